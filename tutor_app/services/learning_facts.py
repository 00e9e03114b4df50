"""What the window is told of how far a learner has come and of the plan: plain values. Days are local dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from engine.learner.mastery import Level, Missing
    from engine.learner.trend import Direction
    from tutor_app.richtext.document import RichText


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A pack that can be practised. ``begun``: how many of its ``skills`` were practised."""

    id: str
    title: str
    skills: int
    begun: int


@dataclass(frozen=True, slots=True)
class SkillFacts:
    """One skill on the map; see ``engine.tutor.practice.progress.SkillStanding``.

    Attributes:
        requires: ids of the skills that come directly before it.
        layer: how many skills deep it lies, from 0.
        chance: of a right first answer now, 0 to 1.
        missing: what has yet to be shown.
        ready: everything it requires is there.
        due: when its next review is due (ms since 1970-01-01 UTC); None for no review.
        questions: that the pack has for it.
    """

    id: str
    name: str
    goal: str
    level: Level
    requires: tuple[str, ...]
    layer: int
    chance: float
    answers: int
    missing: tuple[Missing, ...]
    ready: bool
    due: int | None
    questions: int


@dataclass(frozen=True, slots=True)
class SkillMap:
    """The skills of a pack, prerequisites first.

    Attributes:
        packs: all that can be practised.
        pack: id of this one; "" where there is none.
        next: id of the skill that is proposed next; "" for none.
        now: when it was looked up (ms).
    """

    packs: tuple[PackChoice, ...]
    pack: str
    skills: tuple[SkillFacts, ...] = ()
    next: str = ""
    now: int = 0


@dataclass(frozen=True, slots=True)
class TrendFacts:
    """First attempts over time.

    Attributes:
        direction: what may be said of ``average``.
        average: moving average of right first attempts after each answer, oldest first, 0 to 1.
        days: the day of each of them.
    """

    direction: Direction
    average: tuple[float, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ChanceBin:
    """Predictions that were about alike: their mean, the share that came true, and how many."""

    predicted: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """Whether predictions came true.

    Attributes:
        count: of predictions.
        needed: how many are needed to say something.
        over: mean prediction less the share right; above 0: too hopeful.
    """

    count: int
    needed: int
    over: float
    bins: tuple[ChanceBin, ...]


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """A day of the forecast: reviews that fit into the plan, the minutes they take, and how many have to wait."""

    day: date
    reviews: int
    minutes: float
    waiting: int


@dataclass(frozen=True, slots=True)
class PractisedDay:
    """What was done on a day."""

    day: date
    minutes: float
    questions: int


@dataclass(frozen=True, slots=True)
class SeenMisconception:
    """The same misconception in ``count`` of the last ``of`` wrong answers on a skill. ``passage`` explains it."""

    pack: str
    skill: str
    skill_name: str
    description: str
    passage: str
    count: int
    of: int


class Result(StrEnum):
    """What became of a question."""

    RIGHT = "right"  # at the first attempt, without help
    HELPED = "helped"  # solved, with help or after a miss
    SHOWN = "shown"
    MISSED = "missed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A question that was posed. ``text`` has no blocks where the pack no longer has it."""

    id: str
    posed: int
    pack: str
    pack_title: str
    skill_name: str
    text: RichText
    result: Result
    void: bool


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    """A question that was made about a document.

    Attributes:
        id: of the item.
        text: gaps as "___".
        section: that it is about.
        passage: id of what it was made from.
        judgement: "open", "kept" or "dropped".
    """

    id: str
    text: str
    answer: str
    section: str
    passage: str
    judgement: str


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """All figures of a pack, or of all packs together.

    Attributes:
        packs: all that can be practised.
        pack: id of the one that the figures are of; "" for all.
        answers: questions that count.
        forecast: of all packs, for 30 days, today first.
        spent: the last 30 days, today last.
        questions: the latest first.
    """

    packs: tuple[PackChoice, ...]
    pack: str
    answers: int
    trend: TrendFacts
    calibration: CalibrationFacts
    forecast: tuple[ReviewDay, ...]
    spent: tuple[PractisedDay, ...]
    misconceptions: tuple[SeenMisconception, ...]
    questions: tuple[PastQuestion, ...]


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """When and how much. ``days``: of the week, 0 for Monday; ``minutes`` a day, 5 to 240."""

    days: frozenset[int]
    minutes: int
    exam: date | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan, and what a calendar shows: days practised, and the reviews of the days to come."""

    plan: PlanChoice
    today: date
    practised: tuple[PractisedDay, ...]
    forecast: tuple[ReviewDay, ...]
