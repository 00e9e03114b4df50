"""Turns that end early: stopped, left, broken, or too slow."""

from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.events import AnswerChecked, AnswerStored, TextDelta
from engine.rag.retrieval import Retrieval
from engine.tutor.session import Ask
from engine.types import TurnStatus
from tests.engine.tutor.small_tutor import GREEN, PlayedModel, SmallTutor, opened, playing


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
    with playing(tmp_path, list(_REPLY)) as tutor:
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
    with playing(tmp_path, list(_REPLY)) as tutor:
        _events_until_cancelled(tutor, 2)
        assert tutor.loads == []


def test_cancelled_while_the_model_writes(tmp_path: Path) -> None:
    cancel = CancelToken()
    with playing(tmp_path, list(_REPLY)) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = lambda number: cancel.cancel() if number == 1 else None
        turn = tutor.ask(GREEN, cancel)
    assert turn.stored.status is TurnStatus.CANCELLED
    assert len(turn.deltas) == 1


@pytest.mark.parametrize("after", range(1, _WHOLE + 1))
def test_a_reader_who_leaves_after_any_event_leaves_what_was_shown(tmp_path: Path, after: int) -> None:
    with playing(tmp_path, list(_REPLY)) as tutor:
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

    with playing(tmp_path, list(_REPLY)) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = interrupted
        with pytest.raises(KeyboardInterrupt):
            tutor.ask(GREEN)
        [stored] = tutor.turns()
        assert stored.outcome.status is TurnStatus.CANCELLED
        assert stored.outcome.parts
        assert tutor.ask(GREEN).stored.status is TurnStatus.ANSWERED


def test_a_fault_of_ours_is_stored_as_a_failed_turn(tmp_path: Path) -> None:
    with playing(tmp_path, [ValueError("a bug")]) as tutor:
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
