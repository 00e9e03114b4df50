"""The window may ask for a hint in other words; without a model it stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.runtime import Runtime
from engine.tutor.practice.hint_wording import HintWording
from tests.tutor_app.practice_profile import pose, practice_profile
from tutor_app.richtext.plain import to_plain
from tutor_app.services.hint_wording import HintWordingService
from tutor_app.services.practice import PracticeService
from tutor_app.workers.workbench import Job, Workbench

SAID = "Remember, count the leaves of both twigs together."


class _Model:
    name, context_tokens = "small", 512

    def count_tokens(self, text: str) -> int:
        return len(text)

    def stream(self, *_: object) -> Iterator[str]:
        yield SAID

    def close(self) -> None:
        pass


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    opened = Workbench(practice_profile(tmp_path / "home"), models=False)
    yield opened
    opened.close()


def question_of(workbench: Workbench) -> str:
    pose(workbench.paths, "sum")
    shown = PracticeService(workbench).resume(Job())
    assert shown is not None
    return shown.id


def test_without_a_model_the_hint_stays(workbench: Workbench) -> None:
    assert HintWordingService(workbench).reword(Job(), question_of(workbench), "s1", 1) is None


def test_with_one_it_comes_in_its_words(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Runtime, "model_name", lambda _: "small")
    workbench.runtime.hint_wording = HintWording(_Model)
    service, question = HintWordingService(workbench), question_of(workbench)
    said = service.reword(Job(), question, "s1", 1)
    assert said is not None
    assert to_plain(said) == SAID
    assert service.reword(Job(), question, "s1", 3) is None, "only levels 1 and 2"
    assert service.reword(Job(), "gone", "s1", 1) is None
