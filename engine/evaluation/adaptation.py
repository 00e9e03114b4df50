"""The suite ``eval adaptation``: how many items to true mastery in three simulated worlds, beside three rival policies.

A course is done when nine of ten skills are truly mastered; one that is not by 600 items counts as 600. False mastery
is the share of skills that the policy takes for mastered at the end (all of them, or 600 items) and that are not. After
a wrong answer a learner gets a hint of level 1 (+.5 logit), then 2 (+.9), then the solution; a worked example before
the question is worth as much as a hint of level 2.

Two more figures are of what a course feels like. ``band``: how it goes lately (a moving average of first attempts,
weight .15 for the newest) should be neither discouraging nor boring, .55 to .92; its share of the questions, and
``band_kept``, the share of learners for whom it is never outside. ``over_practice``: questions a skill, reviews left
out, that were asked when it was truly mastered already.

``violations`` counts what must never happen, over all our ``decisions``: the same item twice in a row; a skill, but for
reviews and probes, whose prerequisites are not there as far as the policy knows; mastery from an answer that was given
away.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.evaluation.rival_policies import Chance, Linear, OaTutor, Ours, Policy
from engine.evaluation.simulated_worlds import (
    PACK,
    Course,
    Growth,
    Insight,
    Learner,
    SimulatedItem,
    Traces,
    course,
)
from engine.learner.adaptation import EXAMPLE_WEIGHT
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

HELD_OUT_SEED = 71_000
_LIMIT = 600
_ENOUGH = 0.9
_A_DAY = 30
_DAY_MS = 86_400_000
_QUESTION_MS = 60_000
_HINTS = (0.5, 0.9)
_CREDITS = (0.6, 0.4)
_EXAMPLE = 0.9
_LEARNERS = 100
_WRONG = 0.3
_GIVEN_AWAY = 3
_ANYWHERE = (Purpose.REVIEW, Purpose.PROBE)
_BAND = (0.55, 0.92)
_LATELY_RATE = 0.15
_LATELY_START = 0.7

WORLDS: dict[str, Callable[[Course, random.Random], Learner]] = {
    "growth": Growth,
    "insight": Insight,
    "traces": Traces,
}
POLICIES: dict[str, Callable[[Course, random.Random], Policy]] = {
    "ours": Ours,
    "random": Chance,
    "linear": Linear,
    "oatutor": OaTutor,
}


@dataclass(frozen=True, slots=True)
class Run:
    """One learner's course.

    Attributes:
        items: until true mastery; the limit if it was not reached.
        reached: whether it was.
        first_right: share of first attempts that were right until the end.
        helped_right: share right with no more than level 2.
        band: share of the questions after which it was going neither too badly nor too well.
        over_practice: questions a skill that only showed what was there.
        asked: questions in all.
        violations: of them, those that broke a rule.
        believed: skills that the policy took for mastered at the end.
        false: of these, those that were not.
    """

    items: int
    reached: bool
    first_right: float
    helped_right: float
    band: float
    over_practice: float
    asked: int
    violations: int
    believed: int
    false: int


@dataclass(slots=True)
class _Tally:
    """How a course went, question by question."""

    asked: int = 0
    first_right: int = 0
    helped_right: int = 0
    in_band: int = 0
    needless: int = 0
    violations: int = 0
    lately: float = _LATELY_START

    def take(self, credit: float, *, needless: bool) -> None:
        """One more question."""
        self.asked += 1
        self.first_right += credit == 1.0
        self.helped_right += credit > 0.0
        self.lately += _LATELY_RATE * ((credit == 1.0) - self.lately)
        self.in_band += _BAND[0] <= self.lately <= _BAND[1]
        self.needless += needless


def run_course(world: str, policy: str, seed: int, *, wrong_edges: float = 0.0) -> Run:
    """One learner under one policy; the same ``seed`` gives each policy the same course and learner."""
    rng = _dice(f"{world}:{seed}")
    lesson = course(rng, wrong_edges=wrong_edges, two_skills=world == "traces")
    learner = WORLDS[world](lesson, rng)
    chooser = POLICIES[policy](lesson, _dice(f"{policy}:{seed}"))
    dice = _dice(f"dice:{seed}")
    reached = 0
    tally = _Tally()
    previous = last_item = ""
    for number in range(1, _LIMIT + 1):
        now = (number // _A_DAY) * _DAY_MS + (number % _A_DAY) * _QUESTION_MS
        item, purpose, example = chooser.choose(now)
        skill = item.facts.skills[0]
        needless = purpose is not Purpose.REVIEW and learner.masters(skill)
        believed_before = chooser.believes(skill)
        ready = purpose in _ANYWHERE or all(map(chooser.believes, lesson.shown.prerequisites[skill]))
        answer = _answer(learner, item, dice, _EXAMPLE if example else 0.0)
        chooser.learn(
            replace(
                _evidence(item, purpose, answer, now),
                interleaved=previous != skill,
                weight=EXAMPLE_WEIGHT if example else 1.0,
            )
        )
        given_away = answer[1] >= _GIVEN_AWAY and chooser.believes(skill) and not believed_before
        tally.violations += not ready or given_away or item.facts.item == last_item
        previous, last_item = skill, item.facts.item
        tally.take(answer[0], needless=needless)
        if number % _A_DAY == 0:
            learner.night()
        if not reached and _share(learner, lesson) >= _ENOUGH:
            reached = number
        if reached and all(chooser.believes(skill) for skill in lesson.true.order):
            break
    believed = [skill for skill in lesson.true.order if chooser.believes(skill)]
    return Run(
        reached or _LIMIT,
        reached > 0,
        tally.first_right / tally.asked,
        tally.helped_right / tally.asked,
        tally.in_band / tally.asked,
        tally.needless / len(lesson.true.order),
        tally.asked,
        tally.violations,
        len(believed),
        sum(not learner.masters(skill) for skill in believed),
    )


def _dice(seed: str) -> random.Random:
    return random.Random(seed)


def _share(learner: Learner, lesson: Course) -> float:
    return sum(learner.masters(skill) for skill in lesson.true.order) / len(lesson.true.order)


def _answer(learner: Learner, item: SimulatedItem, dice: random.Random, given: float) -> tuple[float, int]:
    """(credit, highest hint level); the learner has learned from it."""
    chance = learner.chance(item, given)
    if dice.random() < chance:
        learner.practise(item, chance, right=True)
        return 1.0, 0
    for level, (hint, credit) in enumerate(zip(_HINTS, _CREDITS, strict=True), start=1):
        chance = learner.chance(item, given + hint)
        if dice.random() < chance:
            learner.practise(item, chance, right=True)
            return credit, level
    learner.practise(item, chance, right=False)
    return 0.0, 5


def _evidence(item: SimulatedItem, purpose: Purpose, answer: tuple[float, int], now: int) -> Evidence:
    credit, level = answer
    facts = item.facts
    return Evidence(
        question=str(now),
        at=now,
        pack=PACK,
        item=facts.item,
        results=tuple(SkillResult(skill, credit, credit == 1.0) for skill in facts.skills),
        difficulty=facts.difficulty,
        guess=facts.guess,
        purpose=purpose,
        seconds=60.0,
        expected_s=60.0,
        level=level,
    )


def evaluate_adaptation(*, limit: int | None, progress: "ProgressCallback") -> dict[str, object]:
    """Every policy in every world, on seeds that nothing was tuned on; ``limit`` learners a cell, 100 if None."""
    learners = limit or _LEARNERS
    cells = [(world, policy) for world in WORLDS for policy in POLICIES]
    total = len(cells) * learners
    worlds: dict[str, dict[str, dict[str, float]]] = {world: {} for world in WORLDS}
    all_ours: list[Run] = []
    for place, (world, policy) in enumerate(cells):
        runs = []
        for number in range(learners):
            runs.append(run_course(world, policy, HELD_OUT_SEED + number))
            progress(Progress("Simulating", place * learners + number + 1, total, "learners"))
        worlds[world][policy] = summary(runs)
        all_ours += runs if policy == "ours" else []
    misled = {
        world: [
            run_course(world, "ours", HELD_OUT_SEED + number, wrong_edges=_WRONG)
            for number in range(learners)
        ]
        for world in WORLDS
    }
    wrong = {world: summary(runs) for world, runs in misled.items()}
    all_ours += [run for runs in misled.values() for run in runs]
    ours = [worlds[world]["ours"] for world in WORLDS]
    return {
        "learners": learners,
        "items_to_mastery": {
            policy: _mean([worlds[world][policy]["items"] for world in WORLDS]) for policy in POLICIES
        },
        "reach": min(cell["reach"] for cell in ours),
        "false_mastery": max(cell["false_mastery"] for cell in ours),
        "success": {world: worlds[world]["ours"]["success"] for world in WORLDS},
        "fewer_than_random": {world: _fewer(worlds[world], "random") for world in WORLDS},
        "fewer_than_oatutor": {world: _fewer(worlds[world], "oatutor") for world in WORLDS},
        "wrong_edges_cost": {
            world: round(wrong[world]["items"] / worlds[world]["ours"]["items"] - 1.0, 4) for world in WORLDS
        },
        "decisions": sum(run.asked for run in all_ours),
        "violations": sum(run.violations for run in all_ours),
        "worlds": worlds,
        "wrong_edges": wrong,
    }


def summary(runs: Sequence[Run]) -> dict[str, float]:
    """The figures of one policy in one world."""
    count = len(runs)
    success = sorted(run.first_right for run in runs)
    believed = sum(run.believed for run in runs)
    return {
        "items": round(sum(run.items for run in runs) / count, 1),
        "reach": round(sum(run.reached for run in runs) / count, 4),
        "success": round(sum(success) / count, 4),
        "success_p10": round(success[count // 10], 4),
        "success_helped": round(sum(run.helped_right for run in runs) / count, 4),
        "band": round(sum(run.band for run in runs) / count, 4),
        "band_kept": round(sum(run.band == 1.0 for run in runs) / count, 4),
        "over_practice": round(sum(run.over_practice for run in runs) / count, 2),
        "false_mastery": round(sum(run.false for run in runs) / max(believed, 1), 4),
    }


def _fewer(cells: dict[str, dict[str, float]], rival: str) -> float:
    """By what share our policy needs fewer items than ``rival``."""
    return round(1.0 - cells["ours"]["items"] / cells[rival]["items"], 4)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 1)
