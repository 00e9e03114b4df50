"""How a review went, read off what happened: a learner is never asked to judge their own memory.

Right or wrong alone costs FSRS little (+.005 log-loss against four buttons), so the finer grades are taken only where
the evidence is plain. Rules: teaching.md 1.3.
"""

from engine.learner.evidence import Evidence, SkillResult
from engine.learner.fsrs6 import Rating

_SLOW = 2.0
_QUICK = 0.6
_GIVEN_AWAY = 3
_GUESSABLE = 0.2


def rating(evidence: Evidence, result: SkillResult, *, ref: float, pace: float = 1.0) -> Rating:
    """The rating of one skill's part in ``evidence``.

    Again: wrong, or hint level 3 or more. Hard: right after level 1 or 2, at a later attempt, or in more than twice
    the usual time. Easy: unaided in less than .6 of it, at an item of at least the skill's reference difficulty. Else
    Good. A later attempt at a question with few options shows nothing: Again.

    Args:
        evidence: the closed question.
        result: the part of it to rate.
        ref: the skill's reference difficulty, logits.
        pace: this learner's usual time / the time that items are expected to take.
    """
    if result.credit <= 0 or evidence.level >= _GIVEN_AWAY:
        return Rating.AGAIN
    if not result.first_right and evidence.level == 0 and evidence.guess >= _GUESSABLE:
        return Rating.AGAIN
    usual = evidence.expected_s * pace
    if result.credit < 1 or not result.first_right or evidence.seconds > _SLOW * usual:
        return Rating.HARD
    if evidence.seconds < _QUICK * usual and evidence.difficulty >= ref:
        return Rating.EASY
    return Rating.GOOD


def item_rating(evidence: Evidence, *, ref: float, pace: float = 1.0) -> Rating | None:
    """The rating of the item as a whole: of its worst part. None where the evidence shows nothing."""
    return min((rating(evidence, result, ref=ref, pace=pace) for result in evidence.results), default=None)
