"""A turn from its question to its last event, over a real pack, a real profile and a played model."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import ModelError, QuestionError, UsageError
from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta
from engine.protocols import LanguageModel
from engine.rag.retrieval import Retrieval
from engine.rag.self_query import Outline, read_filters
from engine.tutor.acts import PARTIAL_LEAD
from engine.tutor.quiz import GAP
from engine.tutor.session import Ask
from engine.types import Act, AnswerMode, TurnStatus
from tests.engine.tutor.small_tutor import PACK, PlayedModel, SmallTutor, Turn, opened

GREEN = "Why do leaves look green?"
_TEXTS = {passage.id: passage.text for passage in PACK.passages}


def _tutor(folder: Path, *replies: list[str | Exception]) -> AbstractContextManager[SmallTutor]:
    return opened(folder, PlayedModel(list(replies)))


@pytest.fixture
def quoting(tmp_path: Path) -> Iterator[SmallTutor]:
    """A tutor without a model."""
    with opened(tmp_path, None) as tutor:
        yield tutor


def _is_supported(turn: Turn) -> bool:
    return all(
        delta.citation and delta.citation.quote in _TEXTS[delta.citation.passage] for delta in turn.deltas
    )


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
    assert _is_supported(turn)
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


def test_the_first_quote_is_shown_before_the_model_is_loaded(tmp_path: Path) -> None:
    with _tutor(tmp_path, ["It sends green light back."]) as tutor:
        events = tutor.session.ask(Ask(GREEN), CancelToken())
        assert isinstance(next(events), SourcesFound)
        assert isinstance(next(events), TextDelta)
        assert tutor.loads == []
        list(events)
        assert tutor.loads == [1]


def test_a_supported_sentence_of_the_model_follows_the_quote(tmp_path: Path) -> None:
    with _tutor(
        tmp_path,
        ["It sends green", " light back. A thing has the colour of the", " light that it sends back. "],
    ) as tutor:
        turn = tutor.ask(GREEN)
    said = ["It sends green light back.", "A thing has the colour of the light that it sends back."]
    assert [delta.text for delta in turn.deltas][1:3] == said
    assert _is_supported(turn)
    assert turn.stored.model == "played"
    assert turn.checked.dropped_sentences == 0


@pytest.mark.parametrize(
    "said",
    [
        "Leaves are painted green by fairies.",
        "Chlorophyll takes in green light.",
        "Chlorophyll does not take in red light.",
        "Chlorophyll takes in 90 percent of the red light.",
        "The moon is made of cheese.",
        "Leaves use green light because they look green.",
    ],
)
def test_an_unsupported_sentence_is_dropped_and_quotes_follow(tmp_path: Path, said: str) -> None:
    with _tutor(tmp_path, [said + " "]) as tutor:
        turn = tutor.ask(GREEN)
    assert said not in turn.checked.text
    assert turn.checked.dropped_sentences == 1
    assert len(turn.deltas) > 1
    assert _is_supported(turn)


def test_what_the_model_says_twice_is_shown_once(tmp_path: Path) -> None:
    with _tutor(
        tmp_path, ["It sends green light back. ", "It sends green light back. ", "It sends green light back."]
    ) as tutor:
        turn = tutor.ask(GREEN)
    assert [delta.text for delta in turn.deltas].count("It sends green light back.") == 1


def test_a_sentence_cut_off_by_the_limit_is_left_out(tmp_path: Path) -> None:
    with _tutor(tmp_path, ["It sends green light back. ", "Chlorophyll takes in red"]) as tutor:
        turn = tutor.ask(GREEN)
    assert "Chlorophyll takes in red" not in [delta.text for delta in turn.deltas]


def test_a_model_that_never_stops_is_stopped_after_enough(tmp_path: Path) -> None:
    given: list[int] = []
    with _tutor(
        tmp_path, ["It sends green light back. ", "The pigment sends red light back. "] * 500
    ) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = given.append
        turn = tutor.ask(GREEN)
    assert len(given) < 10
    assert len(turn.checked.text.split()) <= 90


@pytest.mark.parametrize(
    "before", [[], ["It sends green light back. Chloro"]], ids=["at once", "in the middle"]
)
def test_a_model_that_fails_leaves_the_answer_to_the_quotes(
    tmp_path: Path, before: list[str | Exception], caplog: pytest.LogCaptureFixture
) -> None:
    with _tutor(tmp_path, [*before, ModelError("The server fell silent.", todo="Restart it.")]) as tutor:
        turn = tutor.ask(GREEN)
    assert turn.stored.status is TurnStatus.ANSWERED
    assert len(turn.deltas) > 1
    assert _is_supported(turn)
    assert "fell silent" in caplog.text
    assert "leaves" not in caplog.text


def test_a_model_that_cannot_be_loaded_leaves_the_answer_to_the_quotes(tmp_path: Path) -> None:
    def nothing() -> LanguageModel | None:
        return None

    with opened(tmp_path, load=nothing) as tutor:
        turn = tutor.ask(GREEN)
    assert turn.stored.status is TurnStatus.ANSWERED
    assert turn.stored.model == ""


def test_a_question_that_the_packs_do_not_answer_is_not_answered(tmp_path: Path) -> None:
    with _tutor(tmp_path, ["It sends green light back."]) as tutor:
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
    with _tutor(tmp_path, ["It slows it down on ice too."]) as tutor:
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


# --- follow-ups


def test_why_asks_about_the_turn_before(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    turn = quoting.ask("why?")
    assert turn.found.understood == "why friction"
    assert turn.found.sources[0].passage == "p-friction"


def test_a_follow_up_does_not_repeat_what_was_just_read(quoting: SmallTutor) -> None:
    first = quoting.ask(GREEN)
    second = quoting.ask("tell me more")
    shown = {delta.text for delta in first.deltas}
    assert second.deltas
    assert not shown & {delta.text for delta in second.deltas}


def test_the_same_question_asked_anew_is_answered_in_full(quoting: SmallTutor) -> None:
    first = quoting.ask(GREEN)
    assert quoting.ask(GREEN).checked.text == first.checked.text


def test_an_example_is_shown_whole_with_its_source(quoting: SmallTutor) -> None:
    quoting.ask("Why does a red leaf look red?")
    turn = quoting.ask("give an example of that")
    assert (turn.checked.act, turn.stored.mode) == (Act.EXAMPLE, AnswerMode.EXAMPLE)
    assert turn.checked.text == _TEXTS["p-red"]
    assert turn.checked.citations[0].quote == _TEXTS["p-red"]


def test_simpler_may_repeat_and_says_so_in_its_act(quoting: SmallTutor) -> None:
    quoting.ask(GREEN)
    turn = quoting.ask("simpler please")
    assert (turn.checked.act, turn.stored.mode) == (Act.SIMPLIFY, AnswerMode.SIMPLER)
    assert turn.found.understood == GREEN
    assert len(turn.deltas[0].text.split()) <= 14


def test_a_follow_up_leans_past_a_turn_that_was_not_answered(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    quoting.ask("Who was Napoleon?")
    assert quoting.ask("why?").found.understood == "why friction"


def test_another_conversation_does_not_help_a_follow_up(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    quoting.conversation = None
    assert quoting.ask("why?").checked.answered is False


def test_a_conversation_goes_on_after_the_program_was_closed(tmp_path: Path) -> None:
    with _tutor(tmp_path, []) as tutor:
        conversation = tutor.ask("What is friction?").stored.conversation
    with _tutor(tmp_path, ["It works against the motion."]) as tutor:
        tutor.conversation = conversation
        assert tutor.ask("why?").found.understood == "why friction"
        assert tutor.model is not None
        contents = [message.content for message in tutor.model.asked[0].messages]
        assert "Question: What is friction?" in contents


def test_each_prompt_continues_the_one_before(tmp_path: Path) -> None:
    with _tutor(
        tmp_path, ["It sends green light back."], ["Every living thing is made of one cell."]
    ) as tutor:
        tutor.ask(GREEN)
        tutor.ask("What is a cell?")
        assert tutor.model is not None
        first, second = (request.messages for request in tutor.model.asked)
    assert second[: len(first)] == first
    assert second[len(first)].role == "assistant"
    assert {request.conversation for request in tutor.model.asked} == {tutor.conversation}


# --- quiz


def test_a_quiz_is_posed_without_giving_its_answer_away(quoting: SmallTutor) -> None:
    quoting.ask("What is a cell?")
    turn = quoting.ask("quiz me")
    assert (turn.checked.act, turn.stored.mode) == (Act.QUIZ, AnswerMode.QUIZ)
    assert GAP in turn.checked.text
    assert turn.checked.citations == ()


@pytest.mark.parametrize(
    "wish", ["Quiz me on friction", "please test me about friction", "quiz me: friction!"]
)
def test_a_quiz_can_be_asked_for_by_its_topic(quoting: SmallTutor, wish: str) -> None:
    turn = quoting.ask(wish)
    assert turn.checked.act is Act.QUIZ
    assert turn.found.sources[0].passage == "p-friction"


def _posed(tutor: SmallTutor) -> str:
    """Pose a quiz about cells; the word that it wants."""
    tutor.ask("What is a membrane?", mode=AnswerMode.QUIZ)
    [citation] = tutor.turns()[0].outcome.citations
    before, _, after = tutor.turns()[0].outcome.answer.removeprefix("Which word is missing? ").partition(GAP)
    return citation.quote.removeprefix(before).removesuffix(after).strip("*")


def test_a_right_reply_is_called_right_and_its_source_shown(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    turn = quoting.ask(f"the {key.upper()}")
    assert turn.deltas[0].text == "Yes, that is right."
    assert turn.checked.act is Act.QUIZ
    assert key in turn.checked.citations[0].quote
    assert not any(isinstance(event, SourcesFound) for event in turn.events)


def test_a_wrong_reply_is_told_the_word(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    turn = quoting.ask("a potato")
    assert turn.deltas[0].text == f"Not yet. The missing word is “{key}”."
    assert turn.checked.citations


@pytest.mark.parametrize(
    "question", ["What is a force?", "what is a force", "Tell me what a force is", "why?"]
)
def test_a_question_instead_of_a_reply_is_answered(quoting: SmallTutor, question: str) -> None:
    _posed(quoting)
    turn = quoting.ask(question)
    assert turn.checked.act is not Act.QUIZ
    assert any(isinstance(event, SourcesFound) for event in turn.events)


def test_a_quiz_is_replied_to_once(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    quoting.ask("a potato")
    assert quoting.ask(key).checked.act is not Act.QUIZ


# --- an end before the end


def _events_until_cancelled(tutor: SmallTutor, after: int) -> tuple[list[object], list[str]]:
    cancel = CancelToken()
    events: list[object] = []
    for event in tutor.session.ask(Ask(GREEN), cancel):
        events.append(event)
        if len(events) == after:
            cancel.cancel()
    return events, [event.text for event in events if isinstance(event, TextDelta)]


_REPLY: list[str | Exception] = ["It sends green", " light back. ", "Chlorophyll takes in red light. "]
_WHOLE = 6  # SourcesFound, four or five sentences, AnswerChecked, AnswerStored: at least so many


@pytest.mark.parametrize("after", range(1, _WHOLE - 1))
def test_cancelled_after_any_event_nothing_more_is_shown_and_that_is_stored(
    tmp_path: Path, after: int
) -> None:
    with _tutor(tmp_path, list(_REPLY)) as tutor:
        events, shown = _events_until_cancelled(tutor, after)
        [stored] = tutor.turns()
    assert len(events) == after + 1
    assert isinstance(events[-1], AnswerStored)
    assert events[-1].status is stored.outcome.status is TurnStatus.CANCELLED
    assert [part.text for part in stored.outcome.parts] == shown
    assert len(stored.outcome.citations) == len({part.citation for part in stored.outcome.parts})


def test_cancelled_before_it_began_nothing_is_shown(quoting: SmallTutor) -> None:
    cancel = CancelToken()
    cancel.cancel()
    turn = quoting.ask(GREEN, cancel)
    assert [type(event) for event in turn.events] == [AnswerStored]
    assert turn.stored.status is TurnStatus.CANCELLED


def test_cancelled_after_its_first_sentence_no_model_is_loaded(tmp_path: Path) -> None:
    with _tutor(tmp_path, list(_REPLY)) as tutor:
        _events_until_cancelled(tutor, 2)
        assert tutor.loads == []


def test_cancelled_while_the_model_writes(tmp_path: Path) -> None:
    cancel = CancelToken()
    with _tutor(tmp_path, list(_REPLY)) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = lambda number: cancel.cancel() if number == 1 else None
        turn = tutor.ask(GREEN, cancel)
    assert turn.stored.status is TurnStatus.CANCELLED
    assert len(turn.deltas) == 1


@pytest.mark.parametrize("after", range(1, _WHOLE + 1))
def test_a_reader_who_leaves_after_any_event_leaves_what_was_shown(tmp_path: Path, after: int) -> None:
    with _tutor(tmp_path, list(_REPLY)) as tutor:
        events = tutor.session.ask(Ask(GREEN), CancelToken())
        read = [next(events) for _ in range(after)]
        events.close()  # type: ignore[attr-defined]
        [stored] = tutor.turns()
    complete = any(isinstance(event, AnswerChecked) for event in read)
    assert stored.outcome.status is (TurnStatus.ANSWERED if complete else TurnStatus.CANCELLED)
    assert [part.text for part in stored.outcome.parts] == [e.text for e in read if isinstance(e, TextDelta)]


def test_an_interrupt_from_the_keyboard_is_a_cancellation(tmp_path: Path) -> None:
    def interrupted(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    with _tutor(tmp_path, list(_REPLY)) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = interrupted
        with pytest.raises(KeyboardInterrupt):
            tutor.ask(GREEN)
        [stored] = tutor.turns()
        assert stored.outcome.status is TurnStatus.CANCELLED
        assert stored.outcome.parts
        assert tutor.ask(GREEN).stored.status is TurnStatus.ANSWERED


def test_a_fault_of_ours_is_stored_as_a_failed_turn(tmp_path: Path) -> None:
    with _tutor(tmp_path, [ValueError("a bug")]) as tutor:
        with pytest.raises(ValueError, match="a bug"):
            tutor.ask(GREEN)
        [stored] = tutor.turns()
    assert stored.outcome.status is TurnStatus.FAILED


class _Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_slow_model_is_ended_with_what_there_is(tmp_path: Path) -> None:
    clock = _Seconds()

    def slow(number: int) -> None:
        clock.now += 4

    model = PlayedModel([[*_REPLY, "And so on."]], on_piece=slow)
    with opened(tmp_path, model, limit_s=15, monotonic=clock) as tutor:
        turn = tutor.ask(GREEN)
        [stored] = tutor.turns()
    assert turn.stored.status is stored.outcome.status is TurnStatus.TIMED_OUT
    assert len(turn.deltas) == 2
    assert turn.checked.text == stored.outcome.answer
    assert turn.checked.answered
    assert turn.stored.timings.total == 16_000


def test_a_search_that_takes_too_long_shows_nothing(tmp_path: Path) -> None:
    clock = _Seconds()
    with opened(tmp_path, None, limit_s=10, monotonic=clock) as tutor:
        retrieve = tutor.session._retriever.retrieve

        def slow(*given: object, cancel: CancelToken, **more: object) -> Retrieval:
            clock.now += 20
            return retrieve(*given, cancel=cancel, **more)  # type: ignore[arg-type]

        tutor.session._retriever.retrieve = slow  # type: ignore[method-assign]
        turn = tutor.ask(GREEN)
    assert [type(event) for event in turn.events] == [AnswerStored]
    assert turn.stored.status is TurnStatus.TIMED_OUT
