"""Practice for the window: questions without what may not be seen yet, replies, help, ends, and what a sitting was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.content.instance import distinct_seeds
from engine.content.item import ItemKind
from engine.errors import UsageError
from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.learner.placement import MOST_QUESTIONS
from engine.paths import DataPaths
from engine.runtime import Runtime
from engine.settings import Settings
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice import question_state
from engine.tutor.practice.posing import Chosen
from tests.engine.tutor.practice.classroom import adding
from tests.tutor_app.practice_profile import ITEMS, MISTAKE, PACK, QUOTE, SKILL, pose, practice_profile
from tutor_app.richtext.document import Formula, Text
from tutor_app.richtext.plain import to_plain
from tutor_app.services.practice import EXAM_QUESTIONS, PracticeService, example_seed
from tutor_app.services.practising import GAP, PassageRef, Wish
from tutor_app.services.question_view import typed
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor_app.services.practising import Response, ShownQuestion

RIGHT: dict[str, Response] = {
    "sum": "7",
    "pick": "green",
    "all": ("red", "blue"),
    "sort": ("cell", "leaf", "tree"),
    "pair": {"leaf": "green", "bark": "brown"},
    "fill": {"g1": "green", "g2": "red"},
    "say": "because it sends green light back",
    "term": "2x",
}
JOB = Job()


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return practice_profile(tmp_path / "home")


@pytest.fixture
def practice(paths: DataPaths) -> Iterator[PracticeService]:
    workbench = Workbench(paths, models=False)
    yield PracticeService(workbench)
    workbench.close()


def opened(practice: PracticeService, paths: DataPaths, item: str, mode: str = "practice") -> ShownQuestion:
    pose(paths, item, mode=mode)
    question = practice.resume(JOB)
    assert question is not None
    return question


def test_a_profile_without_packs_has_nothing_to_do(tmp_path: Path) -> None:
    practice = PracticeService(Workbench(DataPaths(tmp_path / "none"), models=False))
    assert practice.offers(JOB).packs == ()
    assert practice.today(JOB).next is None
    assert practice.resume(JOB) is None


def test_a_pack_is_offered_with_its_next_skill_and_the_reason(practice: PracticeService) -> None:
    (offer,) = practice.offers(JOB).packs
    assert (offer.id, offer.begun, offer.skills) == (PACK, 0, 1)
    assert offer.next is not None
    assert (offer.next.skill_id, offer.next.skill, offer.next.reason) == (SKILL, "Say why", "new_skill")


@pytest.mark.parametrize(("mode", "example"), [("practice", True), ("exam", False)])
def test_a_new_skill_begins_with_an_example_but_not_in_an_exam(
    practice: PracticeService, paths: DataPaths, mode: str, example: bool
) -> None:
    chosen = Chosen(PACK, "pick", 0, Purpose.LEARN, Reason.NEW_SKILL, worked_example=True)
    with Runtime(paths, Settings(llm="none", embedder="none", reranker="none")) as runtime:
        runtime.practice.pose(chosen, "sitting", PracticeMode(mode))
    question = practice.resume(JOB)
    assert question is not None
    assert bool(question.example) is example


def test_an_example_shows_none_of_the_questions_that_come_next() -> None:
    item = adding("sums")
    asked = distinct_seeds(item, 6)
    shown = [example_seed(item, seed) for seed in asked]
    assert None not in shown
    assert not set(shown) & set(asked)


def test_the_first_question_of_a_sitting_waits_from_then_on(practice: PracticeService) -> None:
    question = practice.next(JOB, Wish("one", "learn", PACK))
    assert question is not None
    assert practice.next(JOB, Wish("two", "learn", PACK)) == question
    today = practice.today(JOB)
    assert (today.waits, today.open_skill, today.open_pack) == (True, "Say why", "Plants")


@pytest.mark.parametrize("item", RIGHT)
def test_each_kind_is_answered_and_its_answer_stays_readable(
    practice: PracticeService, paths: DataPaths, item: str
) -> None:
    question = opened(practice, paths, item)
    done = practice.answer(JOB, question.step.id, RIGHT[item])
    assert done.ending == "solved"
    (attempt,) = done.step.attempts
    assert attempt.reply is not None
    assert attempt.reply.outcome == "right"
    assert to_plain(attempt.said)


def test_typed_mathematics_stays_typeset_and_words_stay_words(
    practice: PracticeService, paths: DataPaths
) -> None:
    question = opened(practice, paths, "term")
    first = practice.answer(JOB, question.step.id, "x+x/1")
    (block,) = first.step.attempts[-1].said.blocks
    assert isinstance(block.runs[0], Formula)
    second = practice.answer(JOB, question.step.id, "I do not know")
    assert to_plain(second.step.attempts[-1].said) == "I do not know"


def test_what_stands_behind_the_field_is_shown_once_and_a_unit_is_no_product() -> None:
    assert to_plain(typed(ItemKind.NUMBER, "198 mins", "min")) == "$198$ min"
    (block,) = typed(ItemKind.QUANTITY, "1/2 m/s").blocks
    assert block.runs == (Text("1/2 m/s"),)


def test_why_an_answer_cannot_be_read_is_said(practice: PracticeService, paths: DataPaths) -> None:
    question = opened(practice, paths, "sum")
    reply = practice.answer(JOB, question.step.id, "7 apples").step.attempts[-1].reply
    assert reply is not None
    assert reply.text.startswith("The word “apples” cannot be read here.")
    again = practice.help(JOB).step.attempts[-1].reply
    assert again == reply


def test_an_open_question_shows_no_step_and_no_solution_ahead(
    practice: PracticeService, paths: DataPaths
) -> None:
    question = opened(practice, paths, "twice")
    assert (question.multi_step, [step.id for step in question.steps]) == (True, ["s1"])
    assert question.step.solution == ()
    after = practice.answer(JOB, "s1", "5")
    assert [(step.id, step.solved, bool(step.solution)) for step in after.steps] == [
        ("s1", True, False),
        ("s2", False, False),
    ]
    over = practice.answer(JOB, "s2", "10")
    assert [bool(step.solution) for step in over.steps] == [True, True]


def test_a_misconception_is_answered_by_the_packs_question_and_what_to_read(
    practice: PracticeService, paths: DataPaths
) -> None:
    question = opened(practice, paths, "sum")
    reply = practice.answer(JOB, question.step.id, "1").step.attempts[-1].reply
    assert reply is not None
    assert (to_plain(reply.body), reply.text) == (MISTAKE, "")
    assert reply.passage is not None
    assert reply.passage.passage == "p-leaf-03"


def test_help_comes_level_by_level_and_a_rule_names_its_place(
    practice: PracticeService, paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("_LONGEST_READING_S", "_READING_S_PER_WORD"):
        monkeypatch.setattr(question_state, limit, 900.0)  # however slow this computer is
    question = opened(practice, paths, "sum")
    early = practice.help(JOB)
    assert early.wait_s > 0
    assert early.step.hints == ()
    practice.answer(JOB, question.step.id, "9")
    (first,) = practice.help(JOB).step.hints
    assert first.level == 1
    practice.answer(JOB, question.step.id, "8")
    rule = practice.help(JOB).step.hints[-1]
    assert rule.passage is not None
    assert (rule.level, rule.passage.passage, rule.passage.quotes) == (2, "p-leaf-01", (QUOTE,))


def test_just_tell_me_leads_to_the_solution_at_the_third_time(
    practice: PracticeService, paths: DataPaths
) -> None:
    opened(practice, paths, "sum")
    practice.tell(JOB)
    assert practice.tell(JOB).ending == ""
    told = practice.tell(JOB)
    assert (told.ending, told.step.shown, len(told.step.solution)) == ("shown", True, 2)


def test_gaps_keep_their_place_and_right_ones_are_told(practice: PracticeService, paths: DataPaths) -> None:
    question = opened(practice, paths, "fill")
    assert question.stem.blocks == ()
    runs = [run for block in question.step.ask.blocks for run in block.runs if isinstance(run, Formula)]
    assert [run.outline.tex for run in runs] == [f"{GAP}g1", f"{GAP}g2"]
    reply = practice.answer(JOB, question.step.id, {"g1": "green", "g2": "blue"}).step.attempts[-1].reply
    assert reply is not None
    assert reply.right_parts == ("g1",)


def test_which_ticks_are_right_is_not_told(practice: PracticeService, paths: DataPaths) -> None:
    question = opened(practice, paths, "all")
    reply = practice.answer(JOB, question.step.id, ("red", "green")).step.attempts[-1].reply
    assert reply is not None
    assert reply.right_parts == ()


def test_a_picture_comes_with_its_words(practice: PracticeService, paths: DataPaths) -> None:
    picture = opened(practice, paths, "sum").picture
    assert picture is not None
    assert picture.data.startswith(b"<svg")
    assert picture.alt == "Two twigs."


def test_an_exam_keeps_its_verdicts_until_it_is_over(practice: PracticeService, paths: DataPaths) -> None:
    question = opened(practice, paths, "sum", mode="exam")
    assert not question.has_help
    ended = practice.answer(JOB, question.step.id, "1")
    assert ended.ending == "missed"
    assert ended.step.attempts[-1].reply is None
    assert ended.step.solution == ()
    told = practice.closed(JOB, question.id)
    assert told.step.attempts[-1].reply is not None
    assert told.step.solution


@pytest.mark.parametrize(
    ("wish", "most"),
    [
        (Wish("new", "learn", PACK, mode="exam"), EXAM_QUESTIONS),
        (Wish("new", "placement", PACK), MOST_QUESTIONS),
    ],
)
def test_an_exam_or_placement_puts_off_what_was_open_before(
    practice: PracticeService, wish: Wish, most: int
) -> None:
    before = practice.next(JOB, Wish("old", "learn", PACK))
    question = practice.next(JOB, wish)
    assert before is not None
    assert question is not None
    assert (question.session, question.mode) == ("new", wish.mode)
    assert (question.number, question.most, before.most) == (1, most, 0)
    again = practice.next(JOB, wish)
    assert again is not None
    assert again.id == question.id, "in the same sitting it waits"


def test_an_exam_ends_after_its_questions(practice: PracticeService) -> None:
    wish = Wish("exam", "learn", PACK, mode="exam")
    for _ in range(EXAM_QUESTIONS):
        question = practice.next(JOB, wish)
        assert question is not None
        practice.leave(JOB, question.id)
    assert practice.next(JOB, wish) is None


def test_a_voided_question_leaves_no_trace_and_can_come_back(
    practice: PracticeService, paths: DataPaths
) -> None:
    question = opened(practice, paths, "sum")
    practice.answer(JOB, question.step.id, "7")
    assert practice.summary(JOB, question.session).questions == 1
    practice.void(JOB, question.id, "unclear")
    summary = practice.summary(JOB, question.session)
    assert (summary.questions, summary.done, summary.changed) == (0, (), ())
    assert practice.offers(JOB).packs[0].begun == 0
    practice.restore(JOB, question.id)
    assert practice.summary(JOB, question.session).questions == 1


def test_leaving_without_an_open_question_does_nothing(practice: PracticeService) -> None:
    practice.leave(JOB, "gone")
    with pytest.raises(UsageError):
        practice.answer(JOB, "s1", "7")


def test_a_question_that_a_terminal_has_posed_meanwhile_is_not_put_off_nor_answered(
    practice: PracticeService, paths: DataPaths
) -> None:
    seen = opened(practice, paths, "sum")
    with Runtime(paths, Settings()) as terminal:
        assert terminal.practice.open() is not None
        terminal.practice.leave()
    pose(paths, "term")
    assert practice.today(JOB).waits, "looking at the first page hands nothing out"
    practice.leave(JOB, seen.id)
    with pytest.raises(UsageError, match="has changed"):
        practice.answer(JOB, "s1", "7")
    waiting = practice.resume(JOB)
    assert waiting is not None
    assert waiting.id != seen.id
    assert waiting.step.attempts == ()


def test_getting_ready_loads_typesetting(practice: PracticeService, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("tutor_app.services.practice.warm_up", lambda: loaded.append("typesetting"))
    practice.get_ready(JOB)
    assert loaded == ["typesetting"]


def test_what_a_sitting_has_changed_is_known_after_a_restart(
    practice: PracticeService, paths: DataPaths
) -> None:
    question = opened(practice, paths, "sum")
    practice.answer(JOB, question.step.id, "7")
    changed = practice.summary(JOB, question.session).changed
    assert [it.rose for it in changed] == [True]
    workbench = Workbench(paths, models=False)
    assert PracticeService(workbench).summary(JOB, question.session).changed == changed
    workbench.close()


def test_a_summary_says_what_was_done_what_rose_and_what_comes_next(
    practice: PracticeService, paths: DataPaths
) -> None:
    practice.offers(JOB)
    question = opened(practice, paths, "sum")
    practice.answer(JOB, question.step.id, "7")
    summary = practice.summary(JOB, question.session)
    assert (summary.questions, summary.first_right) == (1, 1)
    assert [(one.skill, one.result) for one in summary.done] == [("Say why", "right")]
    assert [(one.name, one.rose) for one in summary.changed] == [("Say why", True)]
    assert summary.next is not None
    assert summary.next.reason


@pytest.mark.parametrize(
    ("kind", "typed", "tex"),
    [
        ("expression", "1/2x + 3", "\\frac{1}{2} x + 3"),
        ("expression", "(2", "2"),
        ("expression", "", None),
        ("expression", "…", None),
        ("expression", "(0,6)", "0.6"),
        ("tuple", "(0,6)", "\\left(0, 6\\right)"),
    ],
)
def test_what_is_typed_reads_as_mathematics_as_far_as_it_goes(
    practice: PracticeService, kind: str, typed: str, tex: str | None
) -> None:
    preview = practice.preview(JOB, typed, kind)
    assert preview.typed == typed
    assert (preview.outline.tex if preview.outline else None) == tex


def test_the_profile_has_a_question_of_each_kind() -> None:
    assert {item["id"] for item in ITEMS} == {*RIGHT, "twice"}


def test_quiz_me_asks_about_the_passage_that_was_read(practice: PracticeService) -> None:
    read = (PassageRef("org.example.gone", "p-1"), PassageRef(PACK, "p-leaf-01"))
    question = practice.quiz(JOB, Wish("quiz", "learn"), read)
    assert question is not None
    assert (question.pack, question.purpose, question.reason) == (PACK, "chosen", "chosen")
    assert read[1] in question.passages
    again = practice.quiz(JOB, Wish("quiz", "learn"), read)
    assert again is not None
    assert again.id == question.id, "it waits for its answer"


def test_there_may_be_nothing_to_ask_about_a_passage(practice: PracticeService) -> None:
    assert practice.quiz(JOB, Wish("quiz", "learn"), (PassageRef("org.example.gone", "p-1"),)) is None
