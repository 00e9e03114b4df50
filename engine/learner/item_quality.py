"""Whether an automatic item has proven itself, so that its answers may count as evidence.

The rule is that of teaching.md, 1.6: at least 20 answers, of which .2 to .95 right, and a point-biserial correlation of
at least .15 with how well the same learner did in the questions around it (Lord & Novick 1968, 15.3).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_ANSWERS = 20
_LEAST_CORRELATION = 0.15
_HARDEST, _EASIEST = 0.2, 0.95


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer to an item.

    Attributes:
        right: the first attempt was right and unaided.
        others: share of the questions around it, without this one, that were right, 0 to 1.
    """

    right: bool
    others: float


def is_proven(answers: Sequence[ItemAnswer]) -> bool:
    """Whether an item with these ``answers`` may count."""
    if len(answers) < LEAST_ANSWERS:
        return False
    share = sum(it.right for it in answers) / len(answers)
    return _HARDEST < share < _EASIEST and point_biserial(answers) >= _LEAST_CORRELATION


def point_biserial(answers: Sequence[ItemAnswer]) -> float:
    """Correlation of being right with ``others``, -1 to 1; 0 where one of them is always the same."""
    right = [it.others for it in answers if it.right]
    wrong = [it.others for it in answers if not it.right]
    if not right or not wrong:
        return 0.0
    everything = [*right, *wrong]
    mean = math.fsum(everything) / len(everything)
    spread = math.sqrt(math.fsum((it - mean) ** 2 for it in everything) / len(everything))
    if spread < 1e-9:
        return 0.0
    share = len(right) / len(everything)
    difference = math.fsum(right) / len(right) - math.fsum(wrong) / len(wrong)
    return difference / spread * math.sqrt(share * (1 - share))
