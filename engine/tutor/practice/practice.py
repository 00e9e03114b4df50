"""Practice, as a front end drives it: ask for a question, answer its steps, ask for help, go on, void what is bad.

The app owns the questions and their grading. Every call leaves the database as it must be found again after a crash: a
question that is posed, an answer before it is graded, a verdict, a hint, an end, each in one transaction with its
event. Nothing here needs a language model. What to pose is decided in ``posing`` and ``agenda``, where a learner stands
in a question in ``question_state``.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from engine.answers.answer import Answer, MistakeRule, Response
from engine.answers.verdict import Outcome, Verdict
from engine.clock import Clock, milliseconds
from engine.content.instance import Question, QuestionStep, instantiate
from engine.content.item import Origin
from engine.content.item_bank import ItemBank
from engine.errors import UsageError
from engine.ids import uuid7
from engine.storage.database import LearnerDatabase
from engine.storage.sqlite import Connection
from engine.sync import outbox
from engine.sync.event_types import LearningEvent
from engine.sync.practice_events import (
    AttemptGraded,
    DecisionMade,
    Ending,
    HintShown,
    PracticeMode,
    QuestionClosed,
    QuestionPosed,
    QuestionRestored,
    QuestionVoided,
    VoidReason,
)
from engine.tutor.practice.closing import evidence_of, seconds_on_task
from engine.tutor.practice.feedback import Reply, reply_to
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice_store import (
    Attempt,
    PosedQuestion,
    PracticeStore,
    SeenHint,
    Status,
)
from engine.tutor.practice.proof import proven_items
from engine.tutor.practice.question_state import NextHelp, QuestionState, question_state


class AnswerChecker(Protocol):
    """Checks answers within a limit of time; see ``engine.answers.checker_process``."""

    def check(self, answer: Answer, response: Response, mistakes: tuple[MistakeRule, ...] = ()) -> Verdict:
        """The verdict; ``UNSURE`` where it took too long."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where the learner stands in it, and what was answered so far."""

    posed: PosedQuestion
    question: Question
    state: QuestionState
    attempts: tuple[Attempt, ...]
    hints: tuple[SeenHint, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of an answer.

    Attributes:
        verdict: of the checker. An exam's is for after its end.
        reply: what is said.
        asked: where the learner now stands.
        help_given: help that came unasked: its level.
    """

    verdict: Verdict
    reply: Reply
    asked: Asked
    help_given: int = 0


class Practice:
    """One learner's practice; for one thread at a time.

    Args:
        database: the learner's.
        bank: the items.
        checker: checks answers.
        clock: the time of everything that is stored.
        new_id: makes the ids of questions and events.
    """

    def __init__(
        self,
        database: LearnerDatabase,
        bank: ItemBank,
        checker: AnswerChecker,
        clock: Clock,
        new_id: Callable[[datetime], UUID] = uuid7,
    ) -> None:
        self._database = database
        self._bank = bank
        self._checker = checker
        self._clock = clock
        self._new_id = new_id
        self._store = PracticeStore()

    def open(self) -> Asked | None:
        """The question that waits for an answer; an answer that a crash left ungraded is graded first.

        A question whose item is gone (its pack was changed or removed) is put off, and None returned.
        """
        with self._database.reading() as connection:
            posed = self._store.open_question(connection)
        if posed is None:
            return None
        try:
            asked = self._asked(posed)
        except UsageError:
            with self._database.transaction() as connection:
                self._store.finish(connection, posed.id, Status.DEFERRED, ending=Ending.LEFT, at=self._now())
            return None
        ungraded = [it for it in asked.attempts if it.verdict is None]
        for attempt in ungraded:
            asked = self._grade(asked, attempt).asked
        return None if ungraded and asked.posed.status is not Status.OPEN else asked

    def pose(self, chosen: Chosen, session: str, mode: PracticeMode) -> Asked:
        """Put a question to the learner.

        Raises:
            UsageError: another one waits for its answer, or the item is not there.
        """
        if self.open() is not None:
            raise UsageError("A question is open already.", todo="Answer it, or put it off.")
        now = self._clock.now()
        posed = PosedQuestion(
            id=str(self._new_id(now)),
            session=session,
            posed=milliseconds(now),
            pack=chosen.pack,
            item=chosen.item,
            seed=chosen.seed,
            purpose=chosen.purpose,
            mode=mode,
            interleaved=self._is_interleaved(chosen),
            reason=chosen.reason.value,
            predicted=chosen.predicted,
            worked_example=chosen.worked_example,
        )
        asked = self._asked(posed)
        with self._database.transaction() as connection:
            self._store.insert(connection, posed)
            if chosen.decision is not None:
                self._append(connection, DecisionMade(posed.id, json.loads(chosen.decision.to_json())))
            self._append(
                connection,
                QuestionPosed(posed.id, posed.pack, posed.item, posed.seed, posed.purpose, posed.mode),
            )
        return asked

    def answer(self, step: str, response: Response) -> Graded:
        """Check an answer to the step that is asked, or to the last one (the whole question at once).

        The answer is on the disk before it is checked.

        Raises:
            UsageError: no question is open, or the step is not asked.
        """
        asked = self._waiting()
        allowed = {asked.state.steps[asked.state.current].step.id, asked.question.steps[-1].id}
        if step not in allowed:
            raise UsageError("That step is not asked now.", todo="Answer the one that is.")
        attempt = Attempt(len(asked.attempts) + 1, step, self._now(), response, None)
        with self._database.transaction() as connection:
            self._store.add_attempt(connection, asked.posed.id, attempt)
        return self._grade(self._asked(asked.posed), attempt)

    def help(self) -> Asked | NextHelp:
        """Show the next level of help; a ``NextHelp`` says how long it is still too early for it.

        Raises:
            UsageError: no question is open, or there is no help for it.
        """
        asked = self._waiting()
        return self._helped(asked, asked.state.next_help(self._now()))

    def tell(self) -> Asked | NextHelp:
        """Give in to “just tell me”: the next level of help at once, and at the third time the solution.

        Raises:
            UsageError: no question is open, or there is no help for it.
        """
        asked = self._waiting()
        given = asked.state.told_help()
        with self._database.transaction() as connection:
            self._store.count_tell(connection, asked.posed.id)
        return self._helped(asked, given or asked.state.next_help(self._now()))

    def leave(self) -> None:
        """Put the open question off. If it was tried and missed, it counts as missed: leaving is no way around it."""
        asked = self._waiting()
        if any(state.first_missed for state in asked.state.steps):
            self._close(asked, Ending.MISSED)
            return
        with self._database.transaction() as connection:
            self._store.finish(
                connection, asked.posed.id, Status.DEFERRED, ending=Ending.LEFT, at=self._now()
            )

    def void(self, question: str, reason: VoidReason, *, by: str = "learner") -> None:
        """Take a question out of everything, as if it had never been posed.

        Raises:
            UsageError: there is no such question.
        """
        with self._database.transaction() as connection:
            posed = self._store.question(connection, question)
            self._store.finish(connection, question, Status.VOID, ending=posed.ending, at=posed.closed)
            self._append(connection, QuestionVoided(question, by, reason))

    def restore(self, question: str) -> None:
        """Let a voided question count again.

        Raises:
            UsageError: there is no such question, or it was not voided.
        """
        with self._database.transaction() as connection:
            posed = self._store.question(connection, question)
            if posed.status is not Status.VOID:
                raise UsageError("That question counts already.", todo="Nothing has to be done.")
            status = Status.CLOSED if posed.ending not in (None, Ending.LEFT) else Status.DEFERRED
            self._store.finish(connection, question, status, ending=posed.ending, at=posed.closed)
            self._append(connection, QuestionRestored(question))

    def asked(self, question: str) -> Asked:
        """A question as it was posed, and what was answered.

        Raises:
            UsageError: there is none with this id, or its item is gone.
        """
        with self._database.reading() as connection:
            posed = self._store.question(connection, question)
        return self._asked(posed)

    def sitting(self, session: str) -> list[PosedQuestion]:
        """The questions of a sitting, in order."""
        with self._database.reading() as connection:
            return self._store.of_session(connection, session)

    def _waiting(self) -> Asked:
        asked = self.open()
        if asked is None:
            raise UsageError("No question is open.", todo="Ask for the next one.")
        return asked

    def _asked(self, posed: PosedQuestion) -> Asked:
        pack = self._bank.pack(posed.pack)
        item = pack.items.get(posed.item) if pack else None
        if item is None:
            raise UsageError(
                "The pack no longer has that question.", todo="Go on with the next one: what you did counts."
            )
        question = instantiate(item, posed.seed)
        with self._database.reading() as connection:
            attempts = self._store.attempts(connection, posed.id)
            hints = self._store.hints(connection, posed.id)
        state = question_state(posed, question, attempts, hints)
        return Asked(posed, question, state, tuple(attempts), tuple(hints))

    def _grade(self, asked: Asked, attempt: Attempt) -> Graded:
        step = _step(asked.question, attempt.step)
        verdict = self._checker.check(step.answer, step.given(attempt.response), step.mistakes)
        before = [asked.posed.posed, *(it.at for it in asked.attempts if it.n < attempt.n)]
        seconds = seconds_on_task(before[-1], [attempt.at])
        with self._database.transaction() as connection:
            self._store.grade(connection, asked.posed.id, attempt.n, verdict)
            self._append(connection, AttemptGraded(asked.posed.id, attempt.step, attempt.n, verdict, seconds))
        now = self._asked(asked.posed)
        given = 0
        if now.state.done or (now.state.one_attempt and verdict.outcome in _DECIDED):
            now = self._close(now, Ending.SOLVED if now.state.done else Ending.MISSED)
        elif now.state.gives_help:
            helped = self._helped(now, now.state.told_help())
            if isinstance(helped, Asked):
                now, given = helped, helped.state.level
        pack = self._bank.pack(asked.posed.pack)
        misconception = pack.misconceptions.get(verdict.misconception) if pack else None
        reply = reply_to(verdict, misconception, turn=attempt.n + asked.posed.seed)
        return Graded(verdict, reply, now, given)

    def _helped(self, asked: Asked, given: NextHelp | None) -> Asked | NextHelp:
        if given is None:
            raise UsageError("There is no help for this question.", todo="Answer it as well as you can.")
        if given.wait_s > 0:
            return given
        step = asked.state.steps[asked.state.current].step.id
        with self._database.transaction() as connection:
            self._store.add_hint(connection, asked.posed.id, SeenHint(step, given.level, self._now()))
            self._append(connection, HintShown(asked.posed.id, step, given.level))
        now = self._asked(asked.posed)
        return self._close(now, Ending.SHOWN) if now.state.done else now

    def _close(self, asked: Asked, ending: Ending) -> Asked:
        ending = Ending.SHOWN if asked.state.shown else ending
        at = self._now()
        proven = asked.question.item.origin is Origin.AUTO and self._is_proven(asked)
        evidence = evidence_of(asked.state, asked.question, asked.attempts, asked.hints, at, proven=proven)
        with self._database.transaction() as connection:
            self._store.finish(connection, asked.posed.id, Status.CLOSED, ending=ending, at=at)
            self._append(connection, QuestionClosed(ending, evidence))
            posed = self._store.question(connection, asked.posed.id)
        return self._asked(posed)

    def _is_proven(self, asked: Asked) -> bool:
        pack = self._bank.pack(asked.posed.pack)
        if pack is None:
            return False
        with self._database.reading() as connection:
            uses = self._store.uses(connection, asked.posed.pack)
            return asked.posed.item in proven_items(connection, pack, uses)

    def _is_interleaved(self, chosen: Chosen) -> bool:
        """Whether the question before this one was about another skill."""
        with self._database.reading() as connection:
            before = self._store.latest(connection, 1)
        if not before:
            return False
        return self._skill(before[0].pack, before[0].item) != self._skill(chosen.pack, chosen.item)

    def _skill(self, pack: str, item: str) -> tuple[str, str]:
        items = self._bank.pack(pack)
        known = items.items.get(item) if items else None
        return pack, known.skills[0] if known else ""

    def _append(self, connection: Connection, event: LearningEvent) -> None:
        outbox.append(connection, event, now=self._clock.now(), new_id=self._new_id)

    def _now(self) -> int:
        return milliseconds(self._clock.now())


_DECIDED = (Outcome.RIGHT, Outcome.NOT_YET, Outcome.PARTLY)


def _step(question: Question, identifier: str) -> QuestionStep:
    return next(step for step in question.steps if step.id == identifier)
