"""A turn from its question to its last event, over a real pack and a real profile."""

from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import QuestionError, UsageError
from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta
from engine.rag.self_query import Outline, read_filters
from engine.tutor.acts import PARTIAL_LEAD
from engine.tutor.session import Ask
from engine.types import Act, AnswerMode, TurnStatus
from tests.engine.tutor.small_tutor import GREEN, PACK, SmallTutor, is_supported, playing


def test_events_come_in_their_order(quoting: SmallTutor) -> None:
    kinds = [type(event) for event in quoting.ask(GREEN).events]
    assert kinds[0] is SourcesFound
    assert kinds[1:-2] == [TextDelta] * len(kinds[1:-2])
    assert kinds[1:-2]
    assert kinds[-2:] == [AnswerChecked, AnswerStored]


def test_an_answer_is_the_sum_of_its_sentences_each_with_its_source(quoting: SmallTutor) -> None:
    turn = quoting.ask(GREEN)
    checked = turn.checked
    assert checked.text == " ".join(delta.text for delta in turn.deltas)
    assert checked.parts == tuple(delta.part for delta in turn.deltas)
    assert checked.answered
    assert is_supported(turn)
    for delta in turn.deltas:
        assert checked.citations[delta.part.citation - 1] == delta.citation
    assert checked.citations[0].passage == "p-green"


def test_a_turn_is_stored_as_it_was_shown(quoting: SmallTutor) -> None:
    turn = quoting.ask(GREEN)
    [stored] = quoting.turns()
    assert (stored.id, stored.conversation) == (turn.stored.turn, turn.stored.conversation)
    assert (stored.question, stored.mode) == (GREEN, AnswerMode.EXPLAIN)
    outcome = stored.outcome
    assert (outcome.status, outcome.act, outcome.model) == (TurnStatus.ANSWERED, Act.EXPLAIN, "")
    assert (outcome.answer, outcome.parts) == (turn.checked.text, turn.checked.parts)
    assert outcome.citations == turn.checked.citations
    assert outcome.timings == turn.stored.timings
    assert 0 < outcome.timings.retrieve <= outcome.timings.first_sentence <= outcome.timings.total


def test_a_question_that_the_packs_do_not_answer_is_not_answered(tmp_path: Path) -> None:
    with playing(tmp_path, ["It sends green light back."]) as tutor:
        turn = tutor.ask("Why is a force a vector?")
        assert tutor.loads == []
    assert (turn.checked.answered, turn.checked.act) == (False, Act.ABSTAIN)
    assert turn.checked.citations == ()
    assert turn.stored.status is TurnStatus.ABSTAINED
    named = [source.section for source in turn.checked.nearest]
    assert "Forces" in named
    assert all(f"“{section}”" in turn.checked.text for section in named)
    assert turn.stored.follow_ups == ()


def test_what_may_be_no_answer_is_quoted_as_all_that_the_packs_say(tmp_path: Path) -> None:
    with playing(tmp_path, ["It slows it down on ice too."]) as tutor:
        turn = tutor.ask("Does friction slow a ball down on ice?")
        assert tutor.loads == []
    lead, *quotes = turn.checked.parts
    assert (lead.text, lead.citation) == (PARTIAL_LEAD, 0)
    assert quotes[-1].text == "A ball that rolls over grass stops because friction slows it down."
    assert [one.quote for one in turn.checked.citations] == [quote.text for quote in quotes]
    assert {one.passage for one in turn.checked.citations} == {"p-friction"}
    assert (turn.checked.answered, turn.checked.act) == (False, Act.PARTIAL)
    assert turn.stored.status is TurnStatus.ABSTAINED
    assert turn.stored.follow_ups == ()


def test_where_nothing_is_near_none_is_named(quoting: SmallTutor) -> None:
    turn = quoting.ask("Wer war Napoleon Bonaparte?")
    assert turn.checked.text == "I cannot find an answer to that in your packs."
    assert turn.checked.nearest == ()


@pytest.mark.parametrize("question", ["", "🌱", "x" * 100_000, "\x00\x01\x02" * 9])
def test_a_question_that_is_none_is_refused_and_nothing_is_stored(quoting: SmallTutor, question: str) -> None:
    with pytest.raises(QuestionError):
        quoting.ask(question)
    assert quoting.turns() == []


@pytest.mark.parametrize(
    "question",
    ["Why do \u202eleaves look green?", "🌱 Why do leaves look green? 🌱", "WHY DO LEAVES LOOK GREEN"],
)
def test_odd_characters_do_not_keep_an_answer_away(quoting: SmallTutor, question: str) -> None:
    assert quoting.ask(question).checked.citations[0].passage == "p-green"


def test_an_unknown_conversation_is_refused(quoting: SmallTutor) -> None:
    with pytest.raises(UsageError):
        list(quoting.session.ask(Ask(GREEN, conversation="nowhere"), CancelToken()))


def test_only_the_chosen_packs_are_looked_in(quoting: SmallTutor) -> None:
    assert quoting.ask(GREEN, packs=frozenset({"org.example.other"})).checked.answered is False
    assert quoting.ask(GREEN, packs=frozenset({PACK.info.id})).checked.answered is True


def test_a_filter_is_shown_and_can_be_undone(quoting: SmallTutor) -> None:
    question = "Why do leaves look green in chapter 2?"
    turn = quoting.ask(question)
    assert [one.kind for one in turn.found.filters] == ["section"]
    assert "p-green" not in [source.passage for source in turn.found.sources]
    undone = quoting.ask(question, ignore=turn.found.filters)
    assert undone.found.filters == ()
    assert "p-green" in [source.passage for source in undone.found.sources]


def test_what_only_prefers_is_not_told_as_a_restriction(quoting: SmallTutor) -> None:
    question = "Say why leaves are green"
    assert read_filters(question, [Outline(PACK.info, {}, PACK.skills)])
    assert quoting.ask(question).found.filters == ()
