"""Practice, as a front end drives it: ask for a question, answer its steps, ask for help, go on, void what is bad.

The app owns the questions and their grading. Every call leaves the database as it must be found again after a crash,
in transactions that look at the question once more before they change it: another window or a terminal may practise in
the same profile. Nothing here needs a language model. What is written is in ``question_book``, where a learner stands
in a question in ``question_state``; what to pose is decided in ``posing`` and ``agenda``.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from engine.answers.answer import Answer, MistakeRule, Response
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.clock import Clock, milliseconds
from engine.content.instance import QuestionStep
from engine.content.item import ItemKind
from engine.content.item_bank import ItemBank
from engine.errors import ExpressionError, PackError, UsageError
from engine.ids import uuid7
from engine.storage.database import LearnerDatabase
from engine.storage.sqlite import Connection
from engine.sync.practice_events import PracticeMode, VoidReason
from engine.tutor.practice.asked import Asked, Graded, QuestionReader
from engine.tutor.practice.feedback import reply_to
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice_store import (
    Attempt,
    PosedQuestion,
    PracticeStore,
    Status,
    dump_response,
)
from engine.tutor.practice.question_book import QuestionBook
from engine.tutor.practice.question_state import NextHelp, is_miss, is_slip, takes_result

_LONGEST_RESPONSE = 10_000  # characters, as it is stored
_log = logging.getLogger(__name__)


class AnswerChecker(Protocol):
    """Checks answers within a limit of time; see ``engine.answers.checker_process``."""

    def check(self, answer: Answer, response: Response, mistakes: tuple[MistakeRule, ...] = ()) -> Verdict:
        """The verdict; ``UNSURE`` where it took too long."""
        ...


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
        self._reader = QuestionReader(bank, self._store)
        self._book = QuestionBook(bank, self._store, clock, new_id)
        self._handed_out: Asked | None = None

    def open(self) -> Asked | None:
        """The question that waits for an answer, as the learner gets to see it: what is done next is done with it."""
        self._handed_out = self.waiting()
        return self._handed_out

    def waiting(self) -> Asked | None:
        """The question that waits for an answer, maybe one that was posed elsewhere.

        What a crash or an update of its pack left unfinished is finished first: an answer is graded, a question that
        is over is closed. One whose item is gone is put off, and None returned.
        """
        self._finish_what_was_left()
        with self._database.reading() as connection:
            posed = self._store.open_question(connection)
            asked = self._reader.read(connection, posed.id) if posed else None
        return asked if asked and asked.posed.status is Status.OPEN else None

    def pose(self, chosen: Chosen, session: str, mode: PracticeMode) -> Asked:
        """Put a question to the learner.

        Raises:
            UsageError: another one waits for its answer, or the item is not there.
            PackError: the item cannot be asked.
        """
        self._finish_what_was_left()
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
            reason=chosen.reason.value,
            predicted=chosen.predicted,
            worked_example=chosen.worked_example,
        )
        self._reader.question(posed)
        with self._database.transaction() as connection:
            if self._store.open_question(connection) is not None:
                raise UsageError("A question is open already.", todo="Answer it, or put it off.")
            self._handed_out = asked = self._book.pose(connection, posed, chosen.decision)
        return asked

    def answer(self, step: str, response: Response) -> Graded:
        """Check an answer to the step that is asked, or to the last one (the whole question at once).

        What is typed at an earlier step is taken for the whole question's answer where it is that. The answer is on the
        disk before it is checked.

        Raises:
            UsageError: no question is open, the step is not asked, or the answer is far too long.
        """
        _refuse_too_long(response)
        with self._on_open() as (connection, asked):
            if step not in (asked.step.id, asked.question.steps[-1].id):
                raise UsageError("That step is not asked now.", todo="Answer the one that is.")
            attempt = Attempt(len(asked.attempts) + 1, step, asked.moment(self._now()), response, None)
            self._store.add_attempt(connection, asked.posed.id, attempt)
        return self._judge(asked, *self._checked(asked, attempt))

    def help(self) -> Asked | NextHelp:
        """Show the next level of help; a ``NextHelp`` says how long it is still too early for it.

        Raises:
            UsageError: no question is open, or there is no help for it.
        """
        with self._on_open() as (connection, asked):
            return self._helped(connection, asked, asked.state.next_help(self._now()))

    def tell(self) -> Asked | NextHelp:
        """Give in to “just tell me”: the next level of help at once, and at the third time the solution.

        Raises:
            UsageError: no question is open, or there is no help for it.
        """
        with self._on_open() as (connection, asked):
            self._store.count_tell(connection, asked.posed.id)
            given = asked.state.told_help() or asked.state.next_help(self._now())
            return self._helped(connection, asked, given)

    def leave(self) -> None:
        """Put the open question off. If it was tried and missed, it counts as missed: leaving is no way around it.

        Raises:
            UsageError: no question is open.
        """
        with self._on_open() as (connection, asked):
            if any(state.first_missed for state in asked.state.steps):
                self._book.close(connection, asked)
            else:
                self._book.put_off(connection, asked.posed)

    def void(self, question: str, reason: VoidReason, *, by: str = "learner") -> None:
        """Take a question out of everything, as if it had never been posed.

        Raises:
            UsageError: there is no such question.
        """
        with self._database.transaction() as connection:
            self._book.void(connection, self._store.question(connection, question), reason, by=by)

    def restore(self, question: str) -> None:
        """Let a voided question count again.

        Raises:
            UsageError: there is no such question, or it was not voided.
        """
        with self._database.transaction() as connection:
            posed = self._store.question(connection, question)
            if posed.status is not Status.VOID:
                raise UsageError("That question counts already.", todo="Nothing has to be done.")
            self._book.restore(connection, posed)

    def asked(self, question: str) -> Asked:
        """A question as it was posed, and what was answered.

        Raises:
            UsageError: there is none with this id, or its item is gone.
            PackError: its item cannot be read any more.
        """
        with self._database.reading() as connection:
            return self._reader.read(connection, question)

    def sitting(self, session: str) -> list[PosedQuestion]:
        """The questions of a sitting, in order."""
        with self._database.reading() as connection:
            return self._store.of_session(connection, session)

    @contextlib.contextmanager
    def _on_open(self) -> Iterator[tuple[Connection, Asked]]:
        """A transaction about the question that the learner sees, as it stands now.

        Raises:
            UsageError: no question is open, or another one than the learner sees.
        """
        self._finish_what_was_left()
        seen = self._handed_out
        with self._database.transaction() as connection:
            posed = self._store.open_question(connection)
            if posed is None:
                raise UsageError("No question is open.", todo="Ask for the next one.")
            asked = self._reader.read(connection, posed.id)
            if seen is not None and (seen.posed.id, seen.question) != (posed.id, asked.question):
                raise UsageError(
                    "The question has changed: it was gone on with elsewhere, or its pack was updated.",
                    todo="Ask for the question again.",
                )
            yield connection, asked

    def _finish_what_was_left(self) -> None:
        """Grade and close what a crash left in between; put off what its pack no longer has."""
        with self._database.reading() as connection:
            posed = self._store.open_question(connection)
        if posed is None:
            return
        try:
            asked = self.asked(posed.id)
            ungraded = [it for it in asked.attempts if it.verdict is None]
            for attempt in ungraded:
                asked = self._judge(asked, *self._checked_after_crash(asked, attempt)).asked
            if asked.state.over and asked.posed.status is Status.OPEN:
                with self._still_open(posed.id) as connection:
                    if connection:
                        self._book.close(connection, asked)
        except (UsageError, PackError, ExpressionError) as error:
            _log.warning("a question is put off: %s", error.code)
            with self._still_open(posed.id) as connection:
                if connection:
                    self._book.put_off(connection, posed)

    @contextlib.contextmanager
    def _still_open(self, question: str) -> Iterator[Connection | None]:
        """A transaction; None where the question is not open any more."""
        with self._database.transaction() as connection:
            is_open = self._store.question(connection, question).status is Status.OPEN
            yield connection if is_open else None

    def _checked(self, asked: Asked, attempt: Attempt) -> tuple[Attempt, Verdict]:
        """The verdict on an answer, and the answer as one to the step that it is about.

        Whoever types the result of the whole question at an earlier step has answered the last one. If it is the result
        in another form, that is said; it is no miss of the step. A misconception about the step is answered as one,
        although it may give the number of the last step.
        """
        steps = {step.id: step for step in asked.question.steps}
        step, last = steps[attempt.step], asked.question.steps[-1]
        verdict = self._verdict(step, attempt.response)
        if (
            verdict.outcome is Outcome.RIGHT
            or verdict.misconception
            or not takes_result(asked.question, step)
        ):
            return attempt, verdict
        whole = self._verdict(last, attempt.response)
        if whole.outcome is Outcome.RIGHT:
            return replace(attempt, step=last.id), whole
        # A bare number is more often a wrong answer to the step than the result without its unit.
        only_form = is_slip(whole) and whole.flaw is not Flaw.NO_UNIT
        return attempt, whole if only_form and is_miss(verdict) else verdict

    def _verdict(self, step: QuestionStep, response: Response) -> Verdict:
        try:
            return self._checker.check(step.answer, step.given(response), step.mistakes)
        except ExpressionError:  # the pack's own answer has no value, which is not the learner's fault
            return Verdict(Outcome.UNSURE)

    def _checked_after_crash(self, asked: Asked, attempt: Attempt) -> tuple[Attempt, Verdict]:
        """Whatever is wrong with checking this answer, it must not keep the learner from going on for ever."""
        try:
            return self._checked(asked, attempt)
        except Exception as error:  # noqa: BLE001
            _log.error("an answer cannot be checked: %s", type(error).__name__)
            return attempt, Verdict(Outcome.UNSURE)

    def _judge(self, asked: Asked, attempt: Attempt, verdict: Verdict) -> Graded:
        with self._database.transaction() as connection:
            now, given = self._book.judge(connection, asked, attempt, verdict)
        pack = self._bank.pack(asked.posed.pack)
        misconception = pack.misconceptions.get(verdict.misconception) if pack else None
        kinds = {step.id: step.kind for step in asked.question.steps}
        reply = reply_to(
            verdict,
            misconception,
            turn=attempt.n + asked.posed.seed,
            own_words=kinds[attempt.step] is ItemKind.SHORT,
        )
        return Graded(verdict, reply, now, given)

    def _helped(self, connection: Connection, asked: Asked, given: NextHelp | None) -> Asked | NextHelp:
        if given is None:
            raise UsageError("There is no help for this question.", todo="Answer it as well as you can.")
        return given if given.wait_s > 0 else self._book.show_help(connection, asked, given.level)

    def _now(self) -> int:
        return milliseconds(self._clock.now())


def _refuse_too_long(response: Response) -> None:
    if len(dump_response(response)) > _LONGEST_RESPONSE:
        raise UsageError("That answer is too long.", todo="Write a shorter one: a few sentences are enough.")
