"""What happens when a learner asks: every step of a turn, in its order (design.md, section 3).

The generator yields only what may be shown. The first quoted sentence leaves before the model is even
loaded; the model's own sentences follow as each passes the checks, and where they do not, quotation does.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta, Timings
from engine.tutor import acts
from engine.tutor.asking import Asking, PastTurn
from engine.tutor.conversation_store import TurnOutcome
from engine.tutor.draft import Draft
from engine.tutor.follow_up import PreviousTurn, understand
from engine.tutor.policy import UNANSWERED, choose_act
from engine.tutor.question import clean_question
from engine.tutor.quiz import GAP
from engine.types import Act, AnswerMode, TurnStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.events import QueryFilter, SourceFound, TurnEvent
    from engine.rag.retrieval import Retrieval
    from engine.rag.retriever import Retriever
    from engine.tutor.conversation_store import ConversationStore, StoredTurn
    from engine.tutor.recorder import Recorder
    from engine.tutor.wording import ModelWording

_HISTORY = 4
_REPLY_WORDS = 8
_ANY = PreviousTurn("anything")
_ASKS = re.compile(
    r"(what|why|how|when|where|who|which|can|could|does|do|is|are|explain|define|tell|give|show)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a learner asks for.

    Attributes:
        question: as typed.
        conversation: id of the conversation that goes on; None for a new one.
        mode: how the answer is wanted.
        packs: ids of the packs to look in; None for all.
        ignore: filters that the learner has undone.
    """

    question: str
    conversation: str | None = None
    mode: AnswerMode = AnswerMode.EXPLAIN
    packs: frozenset[str] | None = None
    ignore: tuple[QueryFilter, ...] = ()


@dataclass(slots=True)
class _Work:
    """What a turn has come to so far."""

    started: float
    draft: Draft = field(default_factory=Draft)
    act: Act = Act.EXPLAIN
    mode: AnswerMode = AnswerMode.EXPLAIN
    understood: str = ""
    retrieve_ms: float = 0.0
    first_ms: float = 0.0
    follow_ups: tuple[str, ...] = ()
    status: TurnStatus = TurnStatus.FAILED


class TutorSession:
    """Answers questions, one turn at a time.

    Args:
        retriever: finds passages and sentences.
        wording: the model's part.
        conversations: what was said before.
        recorder: keeps what happens, in one transaction a turn.
        limit_s: a turn that takes longer ends with what it has.
        monotonic: the clock of the timings and of the limit, in seconds.
    """

    def __init__(
        self,
        *,
        retriever: Retriever,
        wording: ModelWording,
        conversations: ConversationStore,
        recorder: Recorder,
        limit_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._retriever = retriever
        self._wording = wording
        self._conversations = conversations
        self._recorder = recorder
        self._limit_s = limit_s
        self._monotonic = monotonic

    def ask(self, request: Ask, cancel: CancelToken) -> Iterator[TurnEvent]:
        """One turn. Its last event is ``AnswerStored``, also when it was cancelled.

        Raises:
            QuestionError: the question cannot be worked with; nothing is stored.
            StorageError: the turn cannot be stored; nothing was shown.
        """
        question = clean_question(request.question)
        turn = self._recorder.begin(request.conversation, question, request.mode)
        work = _Work(self._monotonic(), mode=request.mode)
        limited = CancelToken(self._limit_s, parent=cancel, monotonic=self._monotonic)
        try:
            yield from self._answer(turn, request, work, limited)
        except Cancelled:
            work.status = TurnStatus.CANCELLED if cancel.cancelled else TurnStatus.TIMED_OUT
        except (GeneratorExit, KeyboardInterrupt):
            if work.status is TurnStatus.FAILED:  # else the answer was complete
                work.status = TurnStatus.CANCELLED
            raise
        finally:
            timings = Timings(work.retrieve_ms, work.first_ms, self._elapsed(work))
            self._recorder.finish(turn, _outcome(work, timings))
        if work.status is TurnStatus.TIMED_OUT and work.draft.parts:
            yield _checked(work, ())
        yield AnswerStored(
            turn.conversation, turn.id, work.status, work.mode, work.draft.model, timings, work.follow_ups
        )

    def _answer(
        self, turn: StoredTurn, request: Ask, work: _Work, cancel: CancelToken
    ) -> Iterator[TurnEvent]:
        history = self._conversations.last_turns(turn.conversation, _HISTORY + 1)[:-1]
        quiz = _open_quiz(history)
        if quiz is not None and _is_reply(turn.question):
            yield from self._timed(work, acts.answer_quiz(turn.question, quiz, work.draft))
            work.act, work.status = Act.QUIZ, TurnStatus.ANSWERED
            yield _checked(work, ())
            return
        understood = understand(turn.question, request.mode, _leaning_on(history))
        work.understood, work.mode = understood.question, understood.mode
        retrieval = self._retriever.retrieve(
            acts.search_text(understood), packs=request.packs, ignore=request.ignore, cancel=cancel
        )
        work.retrieve_ms = self._elapsed(work)
        found = tuple(one.source() for one in retrieval.passages)
        restricted = tuple(one for one in retrieval.filters if one.restricts)
        yield SourcesFound(found, restricted, understood.question)
        cancel.check()
        work.act = choose_act(retrieval.evidence, understood.mode)
        asking = Asking(turn.conversation, understood, _past(history))
        yield from self._timed(work, self._perform(asking, work, retrieval, cancel))
        cancel.check()
        work.status = TurnStatus.ABSTAINED if work.act in UNANSWERED else TurnStatus.ANSWERED
        work.follow_ups = acts.follow_ups(retrieval, work.draft, work.act)
        yield _checked(work, acts.nearest_sections(retrieval) if work.act in UNANSWERED else ())

    def _perform(
        self, asking: Asking, work: _Work, retrieval: Retrieval, cancel: CancelToken
    ) -> Iterator[TextDelta]:
        if work.act is Act.ABSTAIN:
            return acts.abstain(acts.nearest_sections(retrieval), work.draft)
        if work.act is Act.PARTIAL:
            return acts.quote_nearest(asking, retrieval, work.draft)
        if work.act is Act.EXAMPLE:
            return acts.give_example(retrieval, work.draft)
        if work.act is Act.QUIZ:
            return acts.ask_back(retrieval, work.draft)
        return acts.explain(asking, retrieval, work.draft, self._wording, cancel)

    def _timed(self, work: _Work, deltas: Iterator[TextDelta]) -> Iterator[TextDelta]:
        for delta in deltas:
            work.first_ms = work.first_ms or self._elapsed(work)
            yield delta

    def _elapsed(self, work: _Work) -> float:
        return (self._monotonic() - work.started) * 1000


def _checked(work: _Work, nearest: tuple[SourceFound, ...]) -> AnswerChecked:
    draft = work.draft
    # The source of an open question would give its answer away.
    citations = () if work.act is Act.QUIZ and work.follow_ups else tuple(draft.citations)
    answered = work.act not in UNANSWERED
    return AnswerChecked(
        draft.text, tuple(draft.parts), answered, work.act, citations, nearest, draft.dropped
    )


def _outcome(work: _Work, timings: Timings) -> TurnOutcome:
    return TurnOutcome(
        status=work.status,
        answer=work.draft.text,
        parts=tuple(work.draft.parts),
        act=work.act,
        citations=tuple(work.draft.citations),
        model=work.draft.model,
        understood=work.understood,
        timings=timings,
    )


def _open_quiz(history: list[StoredTurn]) -> StoredTurn | None:
    """The turn before, if it posed a question that waits for its answer."""
    last = history[-1].outcome if history else None
    return history[-1] if last and last.act is Act.QUIZ and GAP in last.answer and last.citations else None


def _is_reply(text: str) -> bool:
    """Whether ``text`` answers the tutor's question rather than asking one."""
    return (
        "?" not in text
        and not _ASKS.match(text)
        and len(text.split()) <= _REPLY_WORDS
        and not understand(text, AnswerMode.EXPLAIN, _ANY).follow_up
    )


def _leaning_on(history: list[StoredTurn]) -> PreviousTurn | None:
    for turn in reversed(history):
        if turn.outcome.understood and turn.outcome.status is TurnStatus.ANSWERED:
            titles = [citation.title for citation in turn.outcome.citations[:1]]
            return PreviousTurn(turn.outcome.understood, *titles)
    return None


def _past(history: list[StoredTurn]) -> tuple[PastTurn, ...]:
    return tuple(
        PastTurn(
            turn.question, turn.outcome.answer, tuple(citation.quote for citation in turn.outcome.citations)
        )
        for turn in history
        if turn.outcome.status is TurnStatus.ANSWERED
    )
