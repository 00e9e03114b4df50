"""What the learner's estimates are made from: one record for each question that came to its end.

Evidence is read from the event log (``question.closed``) and is complete in itself: it carries the difficulty that the
item had, so that a pack updated meanwhile changes nothing that was learned from it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why a question was posed."""

    LEARN = "learn"
    EVIDENCE = "evidence"
    REVIEW = "review"
    PLACEMENT = "placement"
    TEST_OUT = "test_out"
    PROBE = "probe"  # a prerequisite, after many misses
    RETRY = "retry"  # an isomorphic one, after the solution was shown
    CHOSEN = "chosen"  # the learner picked the skill


@dataclass(frozen=True, slots=True)
class SkillResult:
    """What a question showed about one skill.

    Attributes:
        skill: id of the skill, unique only together with the evidence's pack.
        credit: 1 unaided, .6 after level 1, .4 after level 2, 0 after level 3 or when wrong.
        first_right: the first attempt was right and unaided.
    """

    skill: str
    credit: float
    first_right: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One closed question.

    Attributes:
        question: id (UUID) of the question as it was posed.
        at: when it closed, milliseconds since 1970-01-01 UTC.
        pack: id of the pack.
        item: id of the item in the pack.
        results: by skill, the main one first.
        difficulty: of the item in logits, as it was when posed.
        guess: chance of a right answer without knowing anything, 0 to 1.
        purpose: why it was posed.
        seconds: time on task, interruptions left out.
        expected_s: time that the item is expected to take.
        level: highest hint level seen, 0 to 5.
        attempts: number of attempts that were checked.
        weight: 1; less where it was guessed at speed; 0 for automatic items that are not proven.
        misconceptions: ids of those seen.
        interleaved: the question before it practised another skill.
    """

    question: str
    at: int
    pack: str
    item: str
    results: tuple[SkillResult, ...]
    difficulty: float
    guess: float
    purpose: Purpose
    seconds: float
    expected_s: float
    level: int = 0
    attempts: int = 1
    weight: float = 1.0
    misconceptions: tuple[str, ...] = ()
    interleaved: bool = False

    @property
    def first_right(self) -> bool:
        """Whether the first attempt at the whole question was right and unaided."""
        return all(result.first_right for result in self.results)
