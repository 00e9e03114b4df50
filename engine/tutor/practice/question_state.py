"""Where the learner stands in one question: which step, what was tried, which help may come next.

Pure: computed from the stored attempts and hints, so that a program that was killed in mid-question goes on exactly
there. Sources of the rules of help: docs/practice.md ("The ladder of hints").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.content.instance import Question, QuestionStep
from engine.content.item import ItemKind, Quote
from engine.learner.evidence import Purpose
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.practice_store import Attempt, PosedQuestion, SeenHint

SOLUTION_LEVEL = 5
_ANALOGUE_LEVEL = 3
_LONGEST_READING_S = 12.0
_READING_S_PER_WORD = 0.25
_SOLUTION_WAIT_S = 120.0
_OFFER_AFTER = 2
_GIVE_AFTER = 3
_TELLS_TO_SOLUTION = 3
# To be put right, and asked again: these say nothing about the skill.
_SLIPS = frozenset({Flaw.FORM, Flaw.SPELLING, Flaw.UNSIMPLIFIED, Flaw.NO_UNIT})
# Typed on one line, and right or not as a whole.
_TYPED = frozenset({
    ItemKind.TEXT, ItemKind.NUMBER, ItemKind.QUANTITY, ItemKind.EXPRESSION, ItemKind.EQUATION, ItemKind.SET,
    ItemKind.TUPLE, ItemKind.INTERVAL,
})  # fmt: skip
_ONE_ATTEMPT = frozenset({Purpose.PLACEMENT, Purpose.TEST_OUT})
CREDIT = (1.0, 0.6, 0.4, 0.0, 0.0, 0.0)
"""Credit by highest level of help seen, where the first attempt was not a miss."""


def is_miss(verdict: Verdict) -> bool:
    """Whether an attempt shows that the learner could not do it; a slip of form or what is unreadable does not."""
    if verdict.outcome in (Outcome.RIGHT, Outcome.UNSURE, Outcome.UNREADABLE):
        return False
    return not is_slip(verdict)


def is_slip(verdict: Verdict) -> bool:
    """Whether an answer has the right value and only its form is to be put right."""
    return verdict.flaw in _SLIPS


def takes_result(question: Question, step: QuestionStep) -> bool:
    """Whether the whole question's answer may be typed at ``step`` as well: it is not the last, and both are typed."""
    last = question.steps[-1]
    return step.id != last.id and step.kind in _TYPED and last.kind in _TYPED


@dataclass(frozen=True, slots=True)
class StepState:
    """Where the learner stands in one step.

    Attributes:
        attempts: answers that were graded and could be read.
        misses: how many of them were misses.
        level: highest level of help seen, 0 for none.
        helped_at: when that was, in milliseconds.
        solved: it was answered rightly, or its solution was shown, or the whole question was answered without it.
        passed_over: nothing was done in it, and the whole question was answered without it.
        first_missed: the first attempt was a miss.
        tried_since_help: an attempt came after the last help.
    """

    step: QuestionStep
    attempts: int
    misses: int
    level: int
    helped_at: int
    solved: bool
    first_missed: bool
    tried_since_help: bool
    passed_over: bool

    @property
    def credit(self) -> float:
        """What the step is worth as evidence, 0 to 1."""
        return 0.0 if self.first_missed or not self.solved else CREDIT[self.level]


@dataclass(frozen=True, slots=True)
class NextHelp:
    """The next level of help. ``wait_s``: seconds of reading that are left before it; none after an attempt."""

    level: int
    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class QuestionState:
    """Where the learner stands in a question.

    Attributes:
        steps: state by step, in order.
        current: index of the step that is asked; the number of steps when all are done.
    """

    posed: PosedQuestion
    steps: tuple[StepState, ...]
    current: int

    @property
    def done(self) -> bool:
        """Nothing is left to answer."""
        return self.current == len(self.steps)

    @property
    def one_attempt(self) -> bool:
        """There is one attempt at each step and no help; the first that is not right ends the question."""
        return self.posed.purpose in _ONE_ATTEMPT or self.posed.mode is PracticeMode.EXAM

    @property
    def over(self) -> bool:
        """Nothing more is to come: all is answered, or the only attempt was not right."""
        return self.done or (self.one_attempt and any(it.attempts and not it.solved for it in self.steps))

    @property
    def shown(self) -> bool:
        """The solution of a step was shown."""
        return any(state.level == SOLUTION_LEVEL for state in self.steps)

    @property
    def level(self) -> int:
        """Highest level of help seen in any step."""
        return max(state.level for state in self.steps)

    @property
    def offers_help(self) -> bool:
        """Help should be offered: there were misses, and no help yet."""
        state = self._state
        return state is not None and state.level == 0 and state.misses >= _OFFER_AFTER

    @property
    def gives_help(self) -> bool:
        """Help should come unasked."""
        state = self._state
        return state is not None and state.level == 0 and state.misses >= _GIVE_AFTER

    def next_help(self, now: int) -> NextHelp | None:
        """The level that may come next, and when; None where there is no help (any more)."""
        state = self._state
        if state is None or self.one_attempt or state.level == SOLUTION_LEVEL:
            return None
        level = _next_level(state)
        if state.tried_since_help or (self.posed.mode is PracticeMode.LEARN and state.attempts):
            return NextHelp(level)
        wait_s = _SOLUTION_WAIT_S if level == SOLUTION_LEVEL else _reading_s(state)
        since = (now - (state.helped_at or self.posed.posed)) / 1000
        return NextHelp(level, max(0.0, wait_s - max(0.0, since)))

    def told_help(self) -> NextHelp | None:
        """What comes at "just tell me": the next level without waiting; the solution at the third time."""
        state = self._state
        if state is None or self.one_attempt or state.level == SOLUTION_LEVEL:
            return None
        enough = self.posed.tell + 1 >= _TELLS_TO_SOLUTION
        learning = self.posed.mode is PracticeMode.LEARN and state.attempts > 0
        level = SOLUTION_LEVEL if enough or learning else min(_next_level(state), SOLUTION_LEVEL - 1)
        return NextHelp(level) if level > state.level else None

    @property
    def _state(self) -> StepState | None:
        return None if self.done else self.steps[self.current]


def question_state(
    posed: PosedQuestion, question: Question, attempts: Sequence[Attempt], hints: Sequence[SeenHint]
) -> QuestionState:
    """Where the learner stands after these attempts and hints."""
    last = question.steps[-1].id
    whole = any(it.step == last and _is_right(it) for it in attempts)
    states = tuple(_step_state(step, attempts, hints, whole=whole) for step in question.steps)
    current = next((n for n, state in enumerate(states) if not state.solved), len(states))
    return QuestionState(posed, states, current)


def _step_state(
    step: QuestionStep, attempts: Sequence[Attempt], hints: Sequence[SeenHint], *, whole: bool
) -> StepState:
    graded = [it for it in attempts if it.step == step.id and it.verdict and _counts(it.verdict)]
    seen = [it for it in hints if it.step == step.id]
    last = max(seen, key=lambda it: it.level, default=None)
    level = last.level if last else 0
    serious = [it for it in graded if it.verdict and it.verdict.flaw not in _SLIPS]
    return StepState(
        step=step,
        attempts=len(graded),
        misses=sum(1 for it in graded if it.verdict and is_miss(it.verdict)),
        level=level,
        helped_at=max((it.at for it in seen), default=0),
        solved=whole or level == SOLUTION_LEVEL or any(map(_is_right, graded)),
        first_missed=bool(serious) and not _is_right(serious[0]),
        tried_since_help=any(not last or it.at > last.at for it in graded),
        passed_over=whole and not graded and not seen,
    )


def _counts(verdict: Verdict) -> bool:
    return verdict.outcome not in (Outcome.UNREADABLE, Outcome.UNSURE)


def _is_right(attempt: Attempt) -> bool:
    return attempt.verdict is not None and attempt.verdict.outcome is Outcome.RIGHT


def _levels(step: QuestionStep) -> list[int]:
    hints = step.hints
    texts = (hints.orient, hints.principle, hints.analogue, hints.partial)
    return [level for level, text in enumerate(texts, 1) if text] + [SOLUTION_LEVEL]


def _next_level(state: StepState) -> int:
    return next(level for level in _levels(state.step) if level > state.level)


def _reading_s(state: StepState) -> float:
    """Time to read what is on the screen: the last help, or the question."""
    hints = state.step.hints
    principle = hints.principle.text if isinstance(hints.principle, Quote) else hints.principle
    texts = (state.step.ask, hints.orient, principle, hints.analogue, hints.partial)
    words = len(texts[state.level].split())
    return min(_LONGEST_READING_S, _READING_S_PER_WORD * max(words, 12))
