"""A learner with a memory of known parameters, who reviews what the default parameters ask for."""

import random

from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Memory, Parameters, Rating, elapsed_days, fsrs6
from engine.learner.memory import Step
from engine.learner.scheduler import Card, CardKind, interval_days


def simulated_reviews(truth: Parameters, *, cards: int, days: int, seed: int) -> list[Step]:
    rng = random.Random(seed)
    model, theirs = fsrs6(), fsrs6(truth)
    known: dict[int, Memory] = {}
    real: dict[int, Memory] = {}
    log = []
    for day in range(days):
        at = day * DAY_MS
        due = [number for number, memory in known.items() if _due_day(memory) <= day]
        for number in [*due, *range(day * cards // days, (day + 1) * cards // days)]:
            memory = known.get(number)
            chance = theirs.recall_at(real[number], at) if memory else 0.6
            grade = Rating.GOOD if rng.random() < chance else Rating.AGAIN
            passed = elapsed_days(memory, at) if memory else 0
            log.append(Step(Card(CardKind.ITEM, "p", str(number)), at, passed, grade))
            known[number] = model.review(memory, grade, at=at, seen=at)
            real[number] = theirs.review(real.get(number), grade, at=at, seen=at)
    return log


def _due_day(memory: Memory) -> int:
    return memory.last // DAY_MS + interval_days(memory.stability, 0.9, fsrs6())


STRONG: Parameters = (2.0, 4.0, 9.0, 30.0, *DEFAULTS[4:])
