"""What a question showed, when it came to its end: the evidence that everything else is computed from."""

import math
from collections.abc import Iterable, Iterator, Sequence

from engine.content.instance import Question
from engine.content.item import Item, ItemKind, Origin, Step
from engine.learner.adaptation import EXAMPLE_WEIGHT
from engine.learner.evidence import Evidence, SkillResult
from engine.tutor.practice.practice_store import Attempt, SeenHint
from engine.tutor.practice.question_state import QuestionState, StepState

_LONGEST_PAUSE_S = 180.0
_HURRIED_S = 3.0
_HURRIED_WEIGHT = 0.3
_TYPED_GUESS = 0.05


def evidence_of(
    state: QuestionState,
    question: Question,
    attempts: Sequence[Attempt],
    hints: Sequence[SeenHint],
    now: int,
    *,
    proven: bool = False,
) -> Evidence:
    """The evidence of a question that closes at ``now`` (milliseconds).

    Args:
        state: where the learner came to.
        question: the question.
        attempts: all answers.
        hints: all help.
        now: the time.
        proven: an automatic item has shown that it measures something; otherwise it has no weight.
    """
    posed = state.posed
    moments = [*(it.at for it in attempts), *(it.at for it in hints), now]
    return Evidence(
        question=posed.id,
        at=now,
        pack=posed.pack,
        item=posed.item,
        results=tuple(_results(question.item.skills, state.steps)),
        difficulty=question.item.difficulty,
        guess=guess_of(question.item),
        purpose=posed.purpose,
        seconds=seconds_on_task(posed.posed, moments),
        expected_s=question.item.seconds,
        level=state.level,
        attempts=sum(step.attempts for step in state.steps),
        weight=_weight(state, question, attempts, proven=proven),
        misconceptions=_misconceptions(attempts),
        interleaved=posed.interleaved,
    )


def seconds_on_task(start: int, moments: Iterable[int]) -> float:
    """Seconds from ``start`` over each of ``moments`` (milliseconds), long pauses cut down to three minutes."""
    total, before = 0.0, start
    for moment in sorted(moments):
        total += min(_LONGEST_PAUSE_S, max(0.0, (moment - before) / 1000))
        before = max(before, moment)
    return total


def _results(skills: Sequence[str], steps: Sequence[StepState]) -> Iterator[SkillResult]:
    """What was shown of each skill, the main one first.

    A skill without a step of its own fares as the whole question does. Steps that were passed over show nothing: their
    skills are left out, and the main one fares as the rest does.
    """
    done = [state for state in steps if not state.passed_over]
    for skill in skills:
        own = [state for state in steps if state.step.skill == skill]
        shown = [state for state in own if not state.passed_over]
        if shown or not own or skill == skills[0]:
            counted = shown or done
            yield SkillResult(
                skill,
                credit=min(state.credit for state in counted),
                first_right=all(state.credit == 1.0 for state in counted),
            )


def guess_of(item: Item) -> float:
    """The chance of a right answer without knowing anything, 0 to 1: that of the step hardest to guess."""
    return min(map(_guess, item.steps))


def _guess(step: Step) -> float:
    count = len(step.options)
    if step.kind is ItemKind.CHOICE:
        return 1 / count
    if step.kind is ItemKind.MULTIPLE:
        return 0.5**count
    if step.kind is ItemKind.ORDER:
        return 1 / math.factorial(count)
    if step.kind is ItemKind.MATCH:
        return 1 / math.perm(max(count, len(step.right)), count)
    return _TYPED_GUESS


def _weight(state: QuestionState, question: Question, attempts: Sequence[Attempt], *, proven: bool) -> float:
    if question.item.origin is Origin.AUTO and not (proven or question.item.approved):
        return 0.0
    first = attempts[0] if attempts else None
    missed = any(step.first_missed for step in state.steps)
    # A negative time says that the clock was set back, and nothing of hurry.
    hurried = first is not None and 0 <= first.at - state.posed.posed < _HURRIED_S * 1000
    if missed and hurried:
        return _HURRIED_WEIGHT
    return EXAMPLE_WEIGHT if state.posed.worked_example else 1.0


def _misconceptions(attempts: Sequence[Attempt]) -> tuple[str, ...]:
    seen = [it.verdict.misconception for it in attempts if it.verdict and it.verdict.misconception]
    return tuple(dict.fromkeys(seen))
