"""What the engine says that helps, as the window says it."""

import ast
from collections.abc import Iterator

import pytest

from tests.docs.pages import ROOT
from tutor_app.workers.window_words import in_the_window

_SIGNS = ("llm-tutor", "--", "PIP_INDEX_URL", "command again", "`")
_NO_PART_OF_THE_WINDOW = ("evaluation", "signing_key.py", "sync")


def advice() -> Iterator[str]:
    """Every ``todo`` that the engine and the services write, with its values left out."""
    for folder in ("engine", "tutor_app/services"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if any(part in _NO_PART_OF_THE_WINDOW for part in file.parts):
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "todo":
                    yield "".join(
                        part.value
                        for part in ast.walk(node.value)
                        if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    )


@pytest.mark.parametrize("todo", sorted({todo for todo in advice() if any(sign in todo for sign in _SIGNS)}))
def test_no_advice_in_the_window_names_a_command(todo: str) -> None:
    said = in_the_window(todo)
    assert not any(sign in said for sign in _SIGNS), said


def test_advice_that_holds_everywhere_is_kept() -> None:
    assert in_the_window("Wait until it has finished.") == "Wait until it has finished."


def test_an_older_pack_is_removed_in_the_library() -> None:
    said = in_the_window("To go back, `llm-tutor packs remove org.example.plants` first.")
    assert said == "Remove it from the library, then add it again."
