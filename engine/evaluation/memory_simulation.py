"""The suite ``eval memory`` without data: how many reviews it takes to hold recall at .9 for 120 days.

Simulated learners take up two new skills a day for a month; each skill exercises earlier ones. Their memories follow
FSRS-6. In the world "modelled" all is as the scheduler believes; in "perturbed" parameters and shares are each
learner's own; "sparse" is that with no more edges than the starter packs have. Three ways to schedule share a world:
ours; ours blind to what a skill exercises; SM-2.

Two comparisons, because they differ. At the same wanted retention (.9) the blind scheduler asks for more reviews and
buys recall above what was wanted. At equal recall each is set (wanted retention, or a factor on SM-2's intervals) so
that the mean recall over skills and days is the same, and the number of reviews is read off between two settings.
"""

import bisect
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.learner.covering import comes_early, lost, mended
from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Fsrs6, Memory, Parameters, Rating, fsrs6
from engine.learner.scheduler import interval_days
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

DAYS = 120
LEARNERS = 24
RETENTION = 0.9
RECALLS = (0.9, 0.95)

_SKILLS = 60
_NEW_A_DAY = 2
_SEED = 20_260
_AT_FIRST = (0.4, 0.1, 0.4, 0.1)
_WHEN_RIGHT = (0.1, 0.8, 0.1)
_RETENTIONS = (0.96, 0.94, 0.92, 0.90, 0.87, 0.84, 0.80, 0.75, 0.70, 0.60)
_FACTORS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.5, 7.0, 9.0, 12.0, 15.0, 20.0)
_PARAMETER_SPREAD = 0.25
_SHARE_SPREAD = 0.5
_SM2_EASE = 2.5
_SM2_LEAST_EASE = 1.3
_SM2_SECOND_DAYS = 6


@dataclass(frozen=True, slots=True)
class World:
    """What learners are like.

    Attributes:
        spread: 0 as the scheduler believes, 1 as unlike it as learners are.
        exercised: how many earlier skills a skill exercises, one of these.
        shares: least and most that is passed on.
    """

    spread: float
    exercised: tuple[int, ...] = (1, 2, 3)
    shares: tuple[float, float] = (0.3, 0.7)


WORLDS = {
    "modelled": World(0.0),
    "perturbed": World(1.0),
    "sparse": World(1.0, exercised=(0, 1), shares=(0.3, 0.4)),
}


@dataclass(frozen=True, slots=True)
class Learner:
    """A simulated learner: how memories fade, and by skill what practising it exercises (as planned, and in truth)."""

    seed: int
    model: Fsrs6
    planned: tuple[tuple[tuple[int, float], ...], ...]
    true: tuple[tuple[tuple[int, float], ...], ...]


class Scheduler(Protocol):
    """Decides on which days a skill is reviewed."""

    def due(self, day: int) -> list[int]:
        """The skills due on ``day``, in the order in which to review them."""
        ...

    def reviewed(self, skill: int, day: int, rating: Rating) -> None:
        """A skill was reviewed, or taken up."""
        ...


class FsrsScheduler:
    """Ours: a clock for each skill. ``exercised`` is empty for a scheduler that is blind to it."""

    def __init__(self, retention: float, exercised: Sequence[Sequence[tuple[int, float]]]) -> None:
        self._retention = retention
        self._exercised = exercised
        self._memories: dict[int, Memory] = {}

    def due(self, day: int) -> list[int]:
        """As ``review_queue`` has it: what mends most comes first, and early if it is much."""
        at = day * DAY_MS
        losses = {skill: lost(memory, fsrs6(), at) for skill, memory in self._memories.items()}
        mends = {skill: mended(loss, self._of_others(skill, losses)) for skill, loss in losses.items()}
        asked = [
            skill
            for skill, memory in self._memories.items()
            if self._is_due(skill, day)
            or comes_early(memory, mends[skill], retention=self._retention, now=at)
        ]
        return sorted(asked, key=lambda skill: (-mends[skill], skill))

    def reviewed(self, skill: int, day: int, rating: Rating) -> None:
        """Move the skill's clock, and the clocks of what it exercises."""
        _practise(self._memories, fsrs6(), skill, rating, self._exercised[skill], at=day * DAY_MS)

    def _of_others(self, skill: int, losses: Mapping[int, float]) -> list[tuple[float, float]]:
        return [(losses[other], share) for other, share in self._exercised[skill] if other in losses]

    def _is_due(self, skill: int, day: int) -> bool:
        memory = self._memories[skill]
        return (
            memory.last + interval_days(memory.stability, self._retention, fsrs6()) * DAY_MS <= day * DAY_MS
        )


class Sm2Scheduler:
    """SM-2 as published: 1 day, 6 days, then the interval times the ease; all times a factor."""

    def __init__(self, factor: float) -> None:
        self._factor = factor
        self._cards: dict[int, tuple[int, float, float, int]] = {}

    def due(self, day: int) -> list[int]:
        """In the order of the skills."""
        return sorted(
            skill
            for skill, (_, _, interval, last) in self._cards.items()
            if last + max(1, round(interval * self._factor)) <= day
        )

    def reviewed(self, skill: int, day: int, rating: Rating) -> None:
        """Grades 1, 3, 4 and 5 for our four ratings; a second answer on one day is no review."""
        count, ease, interval, last = self._cards.get(skill, (0, _SM2_EASE, 0.0, -1))
        if last == day:
            return
        miss = 5 - (1, 3, 4, 5)[rating - 1]
        ease = max(_SM2_LEAST_EASE, ease + 0.1 - miss * (0.08 + miss * 0.02))
        if rating is Rating.AGAIN:
            self._cards[skill] = (0, ease, 1.0, day)
            return
        grown = (1.0, float(_SM2_SECOND_DAYS))[count] if count < 2 else interval * ease
        self._cards[skill] = (count + 1, ease, grown, day)


def simulate_memory(*, progress: "ProgressCallback", learners: int = LEARNERS) -> dict[str, object]:
    """Reviews a learner in 120 days, and what ours saves, in each world."""
    report: dict[str, object] = {"days": DAYS, "learners": learners}
    for number, (name, world) in enumerate(WORLDS.items(), start=1):
        people = [learner(_SEED + seed, world) for seed in range(learners)]
        ours = _curve(_RETENTIONS, people, lambda one, setting: FsrsScheduler(setting, one.planned))
        blind = _curve(_RETENTIONS, people, lambda _, setting: FsrsScheduler(setting, [()] * _SKILLS))
        sm2 = _curve(_FACTORS, people, lambda _, setting: Sm2Scheduler(setting))
        figures: dict[str, object] = {
            f"recall_{round(100 * recall)}": _compared(
                *(_reviews_at(recall, list(curve.values())) for curve in (ours, blind, sm2))
            )
            for recall in RECALLS
        }
        as_shipped = _compared(ours[RETENTION][1], blind[RETENTION][1], sm2[1.0][1])
        recalls = [
            round(curve[setting][0], 3)
            for curve, setting in ((ours, RETENTION), (blind, RETENTION), (sm2, 1.0))
        ]
        figures["as_shipped"] = as_shipped | {"recalls": recalls}
        report[name] = figures
        progress(Progress("Simulating", number, len(WORLDS), "worlds"))
    return report


def learner(seed: int, world: World) -> Learner:
    """The learner of a seed."""
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    rng = random.Random(seed)
    parameters: Parameters = tuple(
        min(max(value * (1 + world.spread * _PARAMETER_SPREAD * rng.gauss(0, 1)), low), high)
        for value, low, high in zip(DEFAULTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )
    planned = tuple(
        tuple(
            (earlier, rng.uniform(*world.shares))
            for earlier in rng.sample(range(skill), min(skill, rng.choice(world.exercised)))
        )
        for skill in range(_SKILLS)
    )
    true = tuple(
        tuple(
            (earlier, min(1.0, share * (1 + world.spread * _SHARE_SPREAD * rng.uniform(-1, 1))))
            for earlier, share in row
        )
        for row in planned
    )
    return Learner(seed, fsrs6(parameters), planned, true)


def run(one: Learner, scheduler: Scheduler) -> tuple[int, float]:
    """The number of reviews, and the mean recall over skills and days, before each day's reviews."""
    rng = random.Random(one.seed)
    memories: dict[int, Memory] = {}
    reviews, recalls, taken = 0, 0.0, 0
    for day in range(DAYS):
        at = day * DAY_MS
        recalls += sum(one.model.recall_at(memory, at) for memory in memories.values())
        taken += len(memories)
        done: set[int] = set()
        while open_now := [skill for skill in scheduler.due(day) if skill not in done]:
            skill = open_now[0]
            (rating,) = rng.choices((Rating.HARD, Rating.GOOD, Rating.EASY), _WHEN_RIGHT)
            if rng.random() >= one.model.recall_at(memories[skill], at):
                rating = Rating.AGAIN
            _practise(memories, one.model, skill, rating, one.true[skill], at=at)
            scheduler.reviewed(skill, day, rating)
            done.add(skill)
            reviews += 1
        for new in range(_NEW_A_DAY * day, min(_NEW_A_DAY * (day + 1), _SKILLS)):
            (rating,) = rng.choices(tuple(Rating), _AT_FIRST)
            for graded in (rating,) if rating > Rating.AGAIN else (rating, Rating.GOOD):
                _practise(memories, one.model, new, graded, one.true[new], at=at)
                scheduler.reviewed(new, day, graded)
    return reviews, recalls / taken


def _practise(
    memories: dict[int, Memory],
    model: Fsrs6,
    skill: int,
    rating: Rating,
    exercised: Sequence[tuple[int, float]],
    *,
    at: int,
) -> None:
    memories[skill] = model.review(memories.get(skill), rating, at=at, seen=at)
    for other, share in exercised if rating > Rating.AGAIN else ():
        if other in memories:
            memories[other] = model.practise(memories[other], share, at=at)


def _curve(
    settings: Sequence[float],
    people: Sequence[Learner],
    scheduler: Callable[[Learner, float], Scheduler],
) -> dict[float, tuple[float, float]]:
    """By setting, mean recall and mean number of reviews."""
    curve = {}
    for setting in settings:
        runs = [run(one, scheduler(one, setting)) for one in people]
        curve[setting] = (
            sum(recall for _, recall in runs) / len(runs),
            sum(count for count, _ in runs) / len(runs),
        )
    return curve


def _reviews_at(recall: float, points: list[tuple[float, float]]) -> float:
    """The number of reviews at a recall, between the two points around it."""
    points.sort()
    above = min(max(bisect.bisect([point for point, _ in points], recall), 1), len(points) - 1)
    (low, fewer), (high, more) = points[above - 1], points[above]
    return fewer + (more - fewer) * (recall - low) / (high - low)


def _compared(ours: float, blind: float, sm2: float) -> dict[str, object]:
    return {
        "reviews": {"ours": round(ours, 1), "without_implicit": round(blind, 1), "sm2": round(sm2, 1)},
        "fewer_than_without_implicit": round(1 - ours / blind, 3),
        "fewer_than_sm2": round(1 - ours / sm2, 3),
    }
