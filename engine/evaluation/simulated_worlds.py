"""Simulated learners in three worlds, to compare policies where real learners cannot be had.

Each world says how knowledge grows, what an answer shows of it and when a skill is truly mastered; none of them is the
policy's own model. ``Growth``: abilities grow steadily, most at a middling challenge, gated by prerequisites, and fade.
``Insight``: a skill is there or it is not, and comes at once, strongly gated. ``Traces``: memory traces that practice
adds and nights weaken, spaced practice lasting longer; skills differ in how fast they grow and help their neighbours,
learners slip, guess and tire differently, and a tenth of the items need two skills. The worlds' numbers were set by
what random practice, OATutor's rule and a policy that sees the truth need in them, never by what ours needs. Simulated
learners are formal ones: language models play learners badly (``teaching.md`` 3.5).
"""

import itertools
import math
import random
from dataclasses import dataclass, field
from typing import Protocol

from engine.learner.curriculum import Curriculum, curriculum
from engine.learner.logit import sigmoid
from engine.learner.situation import ItemFacts
from engine.types import Skill, SkillEdge

PACK = "simulated"
_LAYERS = 5
_SKILLS_IN_LAYER = 4
_ITEMS_OF_SKILL = 12
_DIFFICULTY_SPREAD = 0.8
_AUTHOR_ERROR = 0.6  # correlation of about .8 with the truth
_GUESS = 0.1
_TWO_SKILLS = 0.1


@dataclass(frozen=True, slots=True)
class SimulatedItem:
    """An item as it is (``difficulty`` in logits) and as its author describes it (``facts``)."""

    facts: ItemFacts
    difficulty: float


@dataclass(frozen=True, slots=True)
class Course:
    """A pack of simulated items. ``shown`` is the graph that policies see, ``true`` the one that learners live in."""

    true: Curriculum
    shown: Curriculum
    items: tuple[SimulatedItem, ...]


class Learner(Protocol):
    """A simulated learner."""

    def chance(self, item: SimulatedItem, help_given: float) -> float:
        """Chance of a right answer; ``help_given`` in logits."""

    def practise(self, item: SimulatedItem, chance: float, *, right: bool) -> None:
        """Learn from an item; ``chance`` was that of the last attempt, with its help."""

    def night(self) -> None:
        """A day goes by."""

    def masters(self, skill: str) -> bool:
        """Whether a skill is truly mastered now."""


def course(rng: random.Random, *, wrong_edges: float = 0.0, two_skills: bool = False) -> Course:
    """Twenty skills in five layers, twelve items each.

    Args:
        rng: what everything is drawn from.
        wrong_edges: share of the prerequisites that the shown graph has wrong.
        two_skills: a tenth of the items also need an earlier skill.
    """
    layers = [[f"s{layer}{place}" for place in range(_SKILLS_IN_LAYER)] for layer in range(_LAYERS)]
    skills = [Skill(name, name) for layer in layers for name in layer]
    edges = [
        (source, target)
        for before, layer in itertools.pairwise(layers)
        for target in layer
        for source in rng.sample(before, rng.choice((1, 2)))
    ]
    shown = [_shown(rng.random(), wrong_edges, layers, edge) for edge in edges]
    true = curriculum(PACK, skills, [SkillEdge(*edge, "requires") for edge in edges])
    items = [
        _item(rng, true, skill.id, number, two_skills)
        for skill in skills
        for number in range(_ITEMS_OF_SKILL)
    ]
    seen = curriculum(PACK, skills, [SkillEdge(*edge, "requires") for edge in shown])
    return Course(true, seen, tuple(items))


def _shown(
    draw: float, wrong_edges: float, layers: list[list[str]], edge: tuple[str, str]
) -> tuple[str, str]:
    """The edge as it is, or one to the same skill from another one of an earlier layer.

    One draw decides on both, so that a wrong graph leaves all that is drawn after it as it was: the same learner takes
    the same course with it and without.
    """
    if draw >= wrong_edges:
        return edge
    depth = next(place for place, layer in enumerate(layers) if edge[1] in layer)
    earlier = [skill for layer in layers[:depth] for skill in layer if skill != edge[0]]
    return random.Random(f"wrong:{draw}").choice(earlier), edge[1]


def _item(rng: random.Random, graph: Curriculum, skill: str, number: int, two_skills: bool) -> SimulatedItem:
    difficulty = rng.gauss(0.0, _DIFFICULTY_SPREAD)
    author = difficulty + rng.gauss(0.0, _AUTHOR_ERROR)
    needed = graph.prerequisites[skill]
    also = (rng.choice(needed),) if two_skills and needed and rng.random() < _TWO_SKILLS else ()
    facts = ItemFacts(PACK, f"{skill}.{number}", (skill, *also), author, _GUESS)
    return SimulatedItem(facts, difficulty)


class Growth:
    """Abilities that grow, fastest at a middling challenge, when what they rest on is there."""

    _MASTERED = 1.1
    _CEILING = 3.0
    _FADING = 0.12
    _SLIP = 0.05

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._graph = course.true
        level = rng.gauss(-1.4, 0.5)
        self._able = {skill: level + rng.gauss(0.0, 0.6) for skill in course.true.order}
        self._rate = 0.66 * math.exp(rng.gauss(0.0, 0.35))
        self._today: set[str] = set()

    def chance(self, item: SimulatedItem, help_given: float) -> float:
        """A logistic curve with guessing and slips."""
        centre = sigmoid(self._able[item.facts.skills[0]] - item.difficulty + help_given)
        return item.facts.guess + (1.0 - item.facts.guess - self._SLIP) * centre

    def practise(self, item: SimulatedItem, chance: float, *, right: bool) -> None:
        """Grow by the challenge, the distance to the ceiling and the prerequisites."""
        del right
        skill = item.facts.skills[0]
        able = self._able[skill]
        needed = self._graph.prerequisites[skill]
        gate = 1.0
        for other in needed:
            gate *= 0.16 + 0.84 * sigmoid(3.0 * (self._able[other] - 0.7))
        challenge = math.exp(-(((chance - 0.65) / 0.3) ** 2))
        self._able[skill] = able + self._rate * gate * challenge * (1.0 - able / self._CEILING)
        self._today.add(skill)

    def night(self) -> None:
        """What was not practised fades."""
        for skill in self._graph.order:
            if skill not in self._today and self._able[skill] > 0.0:
                self._able[skill] -= self._FADING * self._able[skill] / 2.0
        self._today.clear()

    def masters(self, skill: str) -> bool:
        """Three quarters right at the reference difficulty."""
        return self._able[skill] >= self._MASTERED


class Insight:
    """A skill is there or not, and comes with one practice or another."""

    _KNOWN = 2.2
    _UNKNOWN = -2.2

    def __init__(self, course: Course, rng: random.Random) -> None:
        self._graph = course.true
        self._rng = rng
        self._quick = min(0.5, 0.17 * math.exp(rng.gauss(0.0, 0.4)))
        start = rng.uniform(0.0, 0.25)
        self._known: dict[str, bool] = {}
        for skill in course.true.order:
            there = all(self._known[other] for other in course.true.prerequisites[skill])
            self._known[skill] = there and rng.random() < start

    def chance(self, item: SimulatedItem, help_given: float) -> float:
        """High or low, a little by the item."""
        able = self._KNOWN if self._known[item.facts.skills[0]] else self._UNKNOWN
        return item.facts.guess + (0.97 - item.facts.guess) * sigmoid(
            able - 0.8 * item.difficulty + help_given
        )

    def practise(self, item: SimulatedItem, chance: float, *, right: bool) -> None:
        """It may click."""
        del chance, right
        skill = item.facts.skills[0]
        there = all(self._known[other] for other in self._graph.prerequisites[skill])
        if self._rng.random() < (self._quick if there else 0.12 * self._quick):
            self._known[skill] = True

    def night(self) -> None:
        """Nothing is lost."""

    def masters(self, skill: str) -> bool:
        """It has clicked."""
        return self._known[skill]


@dataclass(slots=True)
class _Trace:
    strength: float
    ease: float  # how fast it grows, beside others
    days: float  # how long it lasts
    fresh: bool = True  # not practised today


@dataclass(slots=True)
class Traces:
    """Memory traces that practice adds to and nights weaken."""

    course: Course
    rng: random.Random
    slip: float = 0.0
    guess: float = 0.0
    rate: float = 0.0
    tiring: float = 0.0
    _asked_today: int = 0
    _traces: dict[str, _Trace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slip = self.rng.uniform(0.01, 0.12)
        self.guess = self.rng.uniform(0.0, 0.2)
        self.rate = 0.35 * math.exp(self.rng.gauss(0.0, 0.4))
        self.tiring = self.rng.uniform(0.0, 0.02)
        for skill in self.course.true.order:
            known = self.rng.random() < 0.2
            strength = self.rng.uniform(1.5, 3.5) if known else self.rng.uniform(0.0, 0.6)
            self._traces[skill] = _Trace(strength, math.exp(self.rng.gauss(0.0, 0.6)), 10.0 if known else 1.5)

    def chance(self, item: SimulatedItem, help_given: float) -> float:
        """The weakest trace decides; the mind tires in the course of a day."""
        able = min(self._able(skill) for skill in item.facts.skills)
        centre = sigmoid(able - item.difficulty + help_given - self.tiring * self._asked_today)
        return self.guess + (1.0 - self.guess - self.slip) * centre

    def practise(self, item: SimulatedItem, chance: float, *, right: bool) -> None:
        """Stronger traces, more so by recalling; the first time a day makes one last; neighbours gain a tenth."""
        del chance
        self._asked_today += 1
        for skill in item.facts.skills:
            trace = self._traces[skill]
            self._strengthen(skill, 1.0 if right else 0.6)
            if trace.fresh:
                trace.days = min(60.0, trace.days * 1.8 + 1.0)
                trace.fresh = False
        for other in self._neighbours(item.facts.skills[0]):
            self._strengthen(other, 0.1)

    def _strengthen(self, skill: str, share: float) -> None:
        """By what the learner and the skill allow, less without what it rests on, less the stronger it is."""
        trace = self._traces[skill]
        base = [self._able(other) for other in self.course.true.prerequisites[skill]]
        ready = 0.1 + 0.9 * sigmoid(2.5 * (min(base) - 0.4)) if base else 1.0
        trace.strength += share * self.rate * trace.ease * ready * max(0.1, 1.0 - trace.strength / 5.0)

    def night(self) -> None:
        """Every trace fades by its own half-life."""
        self._asked_today = 0
        for trace in self._traces.values():
            trace.strength *= 0.5 ** (1.0 / (4.0 * trace.days))
            trace.fresh = True

    def masters(self, skill: str) -> bool:
        """Three quarters right at the reference difficulty."""
        return self._able(skill) >= 1.1

    def _able(self, skill: str) -> float:
        return 1.4 * self._traces[skill].strength - 2.0

    def _neighbours(self, skill: str) -> list[str]:
        return [other for other in self._traces if other[:-1] == skill[:-1] and other != skill]
