"""The policies that ours is compared with: chance, OATutor's rule, and a linear course."""

import random
from typing import Protocol

from engine.errors import BugError
from engine.evaluation.simulated_worlds import PACK, Course, SimulatedItem
from engine.learner import memory, replay
from engine.learner.adaptation import decide
from engine.learner.evidence import Evidence, Purpose
from engine.learner.learner_state import LearnerState
from engine.learner.memory import MemoryState
from engine.learner.situation import ItemFacts, Situation


class Policy(Protocol):
    """Chooses items for one simulated learner."""

    def choose(self, now: int) -> tuple[SimulatedItem, Purpose, bool]:
        """The next item, its purpose, and whether a worked example comes first."""

    def learn(self, evidence: Evidence) -> None:
        """Take in how it went."""

    def believes(self, skill: str) -> bool:
        """Whether the policy takes a skill for mastered."""


class Ours:
    """The product: state and policy as shipped."""

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._course = course
        self._curricula = {PACK: course.shown}
        self._state = LearnerState()
        self._memory = MemoryState()
        self._history: list[Evidence] = []
        self._items = {item.facts.item: item for item in course.items}
        self._facts = {item.facts.item: item.facts for item in course.items}
        self._seed = rng.randrange(1 << 30)

    def choose(self, now: int) -> tuple[SimulatedItem, Purpose, bool]:
        """By ``engine.learner.adaptation``."""
        situation = Situation(
            state=self._state,
            curriculum=self._course.shown,
            items=tuple(self._facts.values()),
            history=tuple(self._history[-30:]),
            recall={skill: self._memory.recall(PACK, skill, now=now) for skill in self._course.shown.order},
            seed=self._seed,
            now=now,
        )
        decision = decide(situation)
        if decision is None:
            raise BugError("a simulated course has no item to ask")
        choice = decision.choice
        return self._items[choice.item], choice.purpose, choice.worked_example

    def learn(self, evidence: Evidence) -> None:
        """Fold."""
        self._state = replay.fold(self._state, evidence, self._curricula)
        self._memory = memory.fold(self._memory, evidence, self._curricula)
        self._history.append(evidence)
        old = self._facts[evidence.item]
        self._facts[evidence.item] = ItemFacts(
            old.pack,
            old.item,
            old.skills,
            old.difficulty,
            old.guess,
            times_used=old.times_used + 1,
            last_used=evidence.at,
        )

    def believes(self, skill: str) -> bool:
        """Proficient or mastered."""
        return self._state.skill(PACK, skill).proficient


class Chance:
    """Any item; takes three right in a row for mastery."""

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._course = course
        self._rng = rng
        self._streak = dict.fromkeys(course.true.order, 0)

    def choose(self, now: int) -> tuple[SimulatedItem, Purpose, bool]:
        """Any."""
        del now
        return self._rng.choice(self._course.items), Purpose.LEARN, False

    def learn(self, evidence: Evidence) -> None:
        """Count."""
        skill = evidence.results[0].skill
        self._streak[skill] = self._streak[skill] + 1 if evidence.first_right else 0

    def believes(self, skill: str) -> bool:
        """Three in a row."""
        return self._streak[skill] >= 3


class Linear:
    """One skill after the other, each until three right in a row; then round again."""

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._rng = rng
        self._order = course.shown.order
        self._items = _by_skill(course)
        self._streak = dict.fromkeys(self._order, 0)
        self._done = dict.fromkeys(self._order, False)
        self._at = 0

    def choose(self, now: int) -> tuple[SimulatedItem, Purpose, bool]:
        """Any item of the skill in turn."""
        del now
        return self._rng.choice(self._items[self._order[self._at]]), Purpose.LEARN, False

    def learn(self, evidence: Evidence) -> None:
        """Count, and go on."""
        skill = evidence.results[0].skill
        self._streak[skill] = self._streak[skill] + 1 if evidence.first_right else 0
        if self._streak[skill] >= 3:
            self._done[skill] = True
            self._streak[skill] = 0
            self._at = (self._at + 1) % len(self._order)

    def believes(self, skill: str) -> bool:
        """Three in a row, once."""
        return self._done[skill]


class OaTutor:
    """The skill of least mastery by BKT with .1 for each parameter, ties by chance; mastered from .95."""

    _P = 0.1

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._rng = rng
        self._items = _by_skill(course)
        self._known = dict.fromkeys(course.true.order, self._P)

    def choose(self, now: int) -> tuple[SimulatedItem, Purpose, bool]:
        """Any item of the least known skill."""
        del now
        least = min(self._known.values())
        skill = self._rng.choice([name for name, known in self._known.items() if known == least])
        return self._rng.choice(self._items[skill]), Purpose.LEARN, False

    def learn(self, evidence: Evidence) -> None:
        """Bayes, then a chance to have learned."""
        skill = evidence.results[0].skill
        known, rate = self._known[skill], self._P
        if evidence.first_right:
            after = known * (1.0 - rate) / (known * (1.0 - rate) + (1.0 - known) * rate)
        else:
            after = known * rate / (known * rate + (1.0 - known) * (1.0 - rate))
        self._known[skill] = after + (1.0 - after) * rate

    def believes(self, skill: str) -> bool:
        """OATutor's threshold."""
        return self._known[skill] >= 0.95


def _by_skill(course: Course) -> dict[str, list[SimulatedItem]]:
    found: dict[str, list[SimulatedItem]] = {skill: [] for skill in course.true.order}
    for item in course.items:
        found[item.facts.skills[0]].append(item)
    return found
