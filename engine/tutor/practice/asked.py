"""A question that was put to the learner, read back: what was asked, what was answered, and where that leaves it.

A question is stored as its item and seed. So reading it needs the item as the pack has it now; where the pack was
updated meanwhile, the question may be gone.
"""

from dataclasses import dataclass

from engine.answers.verdict import Verdict
from engine.content.instance import Question, QuestionStep, instantiate
from engine.content.item_bank import ItemBank
from engine.errors import UsageError
from engine.storage.sqlite import Connection
from engine.tutor.practice.feedback import Reply
from engine.tutor.practice.practice_store import Attempt, PosedQuestion, PracticeStore, SeenHint
from engine.tutor.practice.question_state import QuestionState, question_state


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where the learner stands in it, and what was answered so far."""

    posed: PosedQuestion
    question: Question
    state: QuestionState
    attempts: tuple[Attempt, ...]
    hints: tuple[SeenHint, ...]

    @property
    def step(self) -> QuestionStep:
        """The step that is asked; only while the question is not done."""
        return self.state.steps[self.state.current].step

    def moment(self, now: int) -> int:
        """The time of what happens next (ms): ``now``, but after all before it, whatever became of the clock."""
        before = [*(it.at for it in self.attempts), *(it.at for it in self.hints)]
        return max(now, max(before) + 1) if before else now


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


class QuestionReader:
    """Reads questions back.

    Args:
        bank: the items.
        store: the rows.
    """

    def __init__(self, bank: ItemBank, store: PracticeStore) -> None:
        self._bank = bank
        self._store = store

    def read(self, connection: Connection, identifier: str) -> Asked:
        """The question with this id.

        Its row is read after its answers: where another process closes it in between, it is not open any more.

        Raises:
            UsageError: there is none, its item is gone, or it has lost a step that something was done in.
            PackError: its item, or the whole pack, cannot be read any more.
        """
        attempts = self._store.attempts(connection, identifier)
        hints = self._store.hints(connection, identifier)
        posed = self._store.question(connection, identifier)
        question = self.question(posed)
        touched = {it.step for it in attempts} | {it.step for it in hints}
        if not touched <= {step.id for step in question.steps}:
            raise _gone()
        state = question_state(posed, question, attempts, hints)
        return Asked(posed, question, state, tuple(attempts), tuple(hints))

    def question(self, posed: PosedQuestion) -> Question:
        """What is asked in ``posed``.

        Raises:
            UsageError: its item is gone.
            PackError: it cannot be read any more.
        """
        pack = self._bank.pack(posed.pack)
        item = pack.items.get(posed.item) if pack else None
        if item is None:
            raise _gone()
        return instantiate(item, posed.seed)


def _gone() -> UsageError:
    return UsageError(
        "The pack no longer has that question.", todo="Go on with the next one: what you did counts."
    )
