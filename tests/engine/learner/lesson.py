"""A small course and its evidence, shared by the tests of what a learner knows."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from engine.learner.curriculum import Curriculum, curriculum
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.mastery import DAY_MS
from engine.learner.situation import ItemFacts
from engine.types import Skill, SkillEdge

PACK = "maths"
START = 1_800_000_000_000
SKILLS = ("count", "add", "subtract", "multiply", "divide")
EDGES = (
    ("count", "add"),
    ("count", "subtract"),
    ("add", "multiply"),
    ("subtract", "divide"),
    ("multiply", "divide"),
)


def graph() -> Curriculum:
    """Five skills; division rests on all others."""
    return curriculum(
        PACK,
        [Skill(name, name.title()) for name in SKILLS],
        [SkillEdge(*edge, "requires") for edge in EDGES],
    )


CURRICULA = {PACK: graph()}


def evidence(skill: str = "count", *, right: bool = True, number: int = 0, **changes: Any) -> Evidence:
    """One answer without help, ``number`` minutes after the start."""
    plain = Evidence(
        question=f"q{number}",
        at=START + number * 60_000,
        pack=PACK,
        item=f"{skill}.{number % 8}",
        results=(SkillResult(skill, 1.0 if right else 0.0, right),),
        difficulty=0.0,
        guess=0.1,
        purpose=Purpose.LEARN,
        seconds=30.0,
        expected_s=40.0,
    )
    return replace(plain, **changes)


def helped(skill: str, level: int, *, number: int = 0, **changes: Any) -> Evidence:
    """An answer with hints up to ``level``."""
    credit = {1: 0.6, 2: 0.4}.get(level, 0.0)
    return evidence(
        skill, number=number, results=(SkillResult(skill, credit, False),), level=level, attempts=2, **changes
    )


def bank(*, parametric: bool = False) -> tuple[ItemFacts, ...]:
    """Eight items for each skill, from easy to hard."""
    return tuple(
        ItemFacts(PACK, f"{skill}.{number}", (skill,), (number - 3.5) / 2, parametric=parametric)
        for skill in SKILLS
        for number in range(8)
    )


def some_answer(rng: random.Random, number: int) -> Evidence:
    """Any piece of evidence about one or two skills."""
    names = rng.sample([*SKILLS, "gone"], rng.choice((1, 1, 2)))
    level = rng.choice((0, 0, 0, 1, 2, 3, 5))
    right = level == 0 and rng.random() < 0.7
    credit = 1.0 if right else {1: 0.6, 2: 0.4}.get(level, 0.0)
    return Evidence(
        question=f"q{number}",
        at=START + rng.randrange(30 * DAY_MS),
        pack=rng.choice((PACK, PACK, PACK, "other")),
        item=f"i{rng.randrange(10)}",
        results=tuple(SkillResult(name, credit, right) for name in names),
        difficulty=rng.gauss(0.0, 1.0),
        guess=rng.choice((0.0, 0.1, 0.25, 0.5)),
        purpose=rng.choice(list(Purpose)),
        seconds=rng.uniform(1.0, 300.0),
        expected_s=60.0,
        level=level,
        attempts=rng.randint(1, 4),
        weight=rng.choice((0.0, 0.3, 1.0, 1.0, 1.0)),
        interleaved=rng.random() < 0.5,
    )


def some_log(seed: int, length: int) -> list[Evidence]:
    """A log of ``length`` pieces."""
    rng = random.Random(seed)
    return [some_answer(rng, number) for number in range(length)]


seeds = st.integers(0, 1 << 32)
logs = st.builds(some_log, seeds, st.integers(0, 40))
answers = st.builds(lambda seed: some_answer(random.Random(seed), 99), seeds)
