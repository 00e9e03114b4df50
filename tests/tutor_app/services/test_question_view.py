"""What the window shows of a question: how a fraction is to be written, an example step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answers.answer import NumberAnswer, NumberForm, TextAnswer
from engine.content.instance import instantiate
from engine.content.item_bank import ItemBank
from engine.content.pack_store import PackStore
from tests.tutor_app.practice_profile import PACK, practice_profile
from tutor_app.richtext.plain import to_plain
from tutor_app.services.question_view import _fraction_asked, worked_example

if TYPE_CHECKING:
    from pathlib import Path

    from tutor_app.services.practising import WorkedExample


def example_of(item: str, folder: Path) -> WorkedExample | None:
    pack = ItemBank(PackStore(practice_profile(folder / "home").packs)).pack(PACK)
    assert pack is not None
    return worked_example(instantiate(pack.items[item], 0))


def test_a_fraction_is_asked_for_by_an_example_that_is_never_the_answer() -> None:
    assert _fraction_asked(NumberAnswer("1/5", NumberForm.FRACTION)) == "2/3"
    assert _fraction_asked(NumberAnswer("4/6", NumberForm.FRACTION)) == "3/4"
    assert _fraction_asked(NumberAnswer("3/4", NumberForm.SIMPLIFIED)) == "2/3"


def test_no_fraction_is_asked_for_where_the_answer_is_whole_or_may_be_written_otherwise() -> None:
    assert _fraction_asked(NumberAnswer("6/3", NumberForm.SIMPLIFIED)) == ""
    assert _fraction_asked(NumberAnswer("1/2")) == ""
    assert _fraction_asked(TextAnswer(("1/2",))) == ""


def test_a_worked_example_tells_each_step_with_its_own_solution(tmp_path: Path) -> None:
    example = example_of("twice", tmp_path)
    assert example is not None
    assert to_plain(example.stem) == "First add $2 + 3$, then double it."
    told = [(to_plain(step.ask), [to_plain(line) for line in step.lines]) for step in example.steps]
    assert told == [("What is the sum?", ["2 + 3 = 5."]), ("And the double of it?", ["5 + 5 = 10."])]


def test_what_is_nothing_but_a_text_with_gaps_is_no_example(tmp_path: Path) -> None:
    assert example_of("fill", tmp_path) is None
