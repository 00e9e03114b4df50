"""What happens when a learner asks: every step of a turn, in its order (design.md, section 3).

The generator yields only what may be shown. The first quoted sentence leaves before the model is even
loaded; the model's own sentences follow as each passes the checks, and where they do not, quotation does.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta, Timings
from engine.tutor import acts
from engine.tutor.draft import Draft
from engine.tutor.follow_up import PreviousTurn, Understood, understand
from engine.tutor.policy import choose_act
from engine.tutor.question import clean_question
from engine.tutor.quiz import is_right, missing_words
from engine.types import Act, AnswerMode, TurnStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.events import TurnEvent
    from engine.rag.retrieval import Retrieval
    from engine.rag.retriever import Retriever
    from engine.tutor.conversation_store import ConversationStore, StoredTurn
    from engine.tutor.recorder import Recorder
    from engine.tutor.wording import ModelWording

_HISTORY = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """What a learner asks for.

    Attributes:
        question: as typed.
        conversation: id of the conversation that goes on; None for a new one.
        mode: how the answer is wanted.
        packs: ids of the packs to look in; None for all.
        ignore: kinds of filters ("section", "kind", …) that the learner has undone.
    """

    question: str
    conversation: str | None = None
    mode: AnswerMode = AnswerMode.EXPLAIN
    packs: frozenset[str] | None = None
    ignore: tuple[str, ...] = ()


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
        model_name: name of the model in use, for the record; empty for none.
        limit_s: a turn that takes longer ends with what it has.
        monotonic: the clock of the timings, in seconds.
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
        try:
            yield from self._answer(turn, request, work, CancelToken(self._limit_s, parent=cancel))
            cancel.check()
        except (Cancelled, GeneratorExit) as stopped:
            work.status = TurnStatus.CANCELLED if cancel.cancelled else TurnStatus.TIMED_OUT
            if isinstance(stopped, GeneratorExit):
                work.status = TurnStatus.CANCELLED
                raise
        finally:
            stored = self._store(turn, work)
        yield stored

    def _answer(
        self, turn: StartedTurn, request: Ask, work: _Work, cancel: CancelToken
    ) -> Iterator[TurnEvent]:
        history = self._conversations.last_turns(turn.conversation, before=turn.id, limit=_HISTORY)
        previous = history[-1] if history else None
        if previous is not None and previous.act is Act.QUIZ and _is_reply(turn.question):
            yield from self._check_reply(turn.question, previous, work)
            return
        understood = understand(turn.question, request.mode, _leaning_on(history))
        work.understood, work.mode = understood.question, understood.mode
        retrieval = self._retriever.retrieve(
            _search_text(understood), packs=request.packs, ignore=request.ignore, cancel=cancel
        )
        work.retrieve_ms = self._elapsed(work)
        yield SourcesFound(
            tuple(found.source() for found in retrieval.passages), retrieval.filters, understood.question
        )
        work.act = choose_act(retrieval.evidence, understood.mode)
        shown = _quotes(history) if understood.follow_up and understood.mode is AnswerMode.EXPLAIN else ()
        for delta in self._perform(work, retrieval, turn.conversation, shown, cancel):
            work.first_ms = work.first_ms or self._elapsed(work)
            yield delta
        yield self._checked(work, retrieval)

    def _perform(
        self,
        work: _Work,
        retrieval: Retrieval,
        conversation: str,
        shown: tuple[str, ...],
        cancel: CancelToken,
    ) -> Iterator[TextDelta]:
        if work.act is Act.ABSTAIN:
            return acts.abstain(acts.nearest_sections(retrieval), work.draft)
        if work.act is Act.EXAMPLE:
            return acts.give_example(retrieval, work.draft)
        if work.act is Act.QUIZ:
            return acts.ask_back(retrieval, work.draft)
        return acts.explain(
            retrieval,
            work.draft,
            self._wording,
            conversation=conversation,
            mode=work.mode,
            shown=shown,
            cancel=cancel,
        )
