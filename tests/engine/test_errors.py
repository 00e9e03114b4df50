"""Every error a person can meet has a code of its own, a sentence and a way out, and stands in the documentation."""

from pathlib import Path

import pytest

from engine.errors import BugError, Cancelled, TutorError, UserFacingError

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"


def _all(kind: type[UserFacingError]) -> list[type[UserFacingError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in _all(child))]


KINDS = [kind for kind in _all(UserFacingError) if kind.__module__ == "engine.errors"]


def test_codes_are_not_shared() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_an_errors_code_stands_below_its_parents(kind: type[UserFacingError]) -> None:
    parent = kind.__base__
    assert parent is not None
    if issubclass(parent, UserFacingError) and parent is not UserFacingError:
        assert kind.code.startswith(f"{parent.code}.")
    assert kind.exit_code in (1, 2, 3)


def test_an_error_is_read_as_what_happened_and_what_to_do() -> None:
    error = UserFacingError("The disk is full.", todo="Free some space.")
    assert (error.what, error.todo) == ("The disk is full.", "Free some space.")
    assert str(error) == "The disk is full. Free some space."


def test_bugs_and_cancellation_are_not_shown_as_the_learners_problem() -> None:
    assert not issubclass(BugError, UserFacingError)
    assert not issubclass(Cancelled, UserFacingError)
    assert issubclass(BugError, TutorError)
    assert issubclass(Cancelled, TutorError)


def test_the_documentation_lists_every_code_with_its_exit_code_and_nothing_else() -> None:
    rows = [
        line.split("|") for line in _PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    listed = {row[1].strip(" `"): int(row[4]) for row in rows}
    assert listed == {kind.code: kind.exit_code for kind in KINDS}
