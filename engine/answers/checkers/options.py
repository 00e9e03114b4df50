"""Checks what is chosen, put in order or matched: by the ids of the options."""

from collections.abc import Mapping

from engine.answers.answer import ChoiceAnswer, MatchAnswer, MultipleAnswer, OrderAnswer
from engine.answers.verdict import Flaw, Outcome, Verdict

_NOTHING = Verdict(Outcome.UNREADABLE, message="Nothing is chosen yet.")


def check_choice(answer: ChoiceAnswer, chosen: str) -> Verdict:
    """The verdict on the chosen option."""
    if not chosen:
        return _NOTHING
    return Verdict(Outcome.RIGHT) if chosen == answer.correct else Verdict(Outcome.NOT_YET, Flaw.WRONG)


def check_multiple(answer: MultipleAnswer, chosen: tuple[str, ...]) -> Verdict:
    """The verdict on the chosen options: incomplete if only right ones are chosen, but not all."""
    if not chosen:
        return _NOTHING
    right = tuple(sorted(answer.correct & set(chosen)))
    if set(chosen) == answer.correct:
        return Verdict(Outcome.RIGHT, right_parts=right)
    if not right:
        return Verdict(Outcome.NOT_YET, Flaw.WRONG)
    flaw = Flaw.INCOMPLETE if set(chosen) < answer.correct else Flaw.WRONG
    return Verdict(Outcome.PARTLY, flaw, right_parts=right)


def check_order(answer: OrderAnswer, ordered: tuple[str, ...]) -> Verdict:
    """The verdict on the order; ``right_parts`` are the options that stand in their places."""
    if not ordered:
        return _NOTHING
    if ordered == answer.correct:
        return Verdict(Outcome.RIGHT, right_parts=ordered)
    right = tuple(given for given, correct in zip(ordered, answer.correct, strict=False) if given == correct)
    flaw = Flaw.ORDER if sorted(ordered) == sorted(answer.correct) else Flaw.INCOMPLETE
    return Verdict(Outcome.NOT_YET, flaw, right_parts=right)


def check_match(answer: MatchAnswer, pairs: Mapping[str, str]) -> Verdict:
    """The verdict on the pairs; ``right_parts`` are the left-hand ids that are matched rightly."""
    given = {left: right for left, right in pairs.items() if right}
    if not given:
        return _NOTHING
    right = tuple(left for left, correct in answer.pairs.items() if given.get(left) == correct)
    if len(right) == len(answer.pairs):
        return Verdict(Outcome.RIGHT, right_parts=right)
    missing = all(given.get(left, correct) == correct for left, correct in answer.pairs.items())
    outcome = Outcome.PARTLY if right else Outcome.NOT_YET
    return Verdict(outcome, Flaw.INCOMPLETE if missing else Flaw.WRONG, right_parts=right)
