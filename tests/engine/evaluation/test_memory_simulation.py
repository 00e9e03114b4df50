from typing import Any

import pytest

from engine.evaluation import memory_simulation
from engine.evaluation.memory_simulation import (
    WORLDS,
    FsrsScheduler,
    Sm2Scheduler,
    World,
    learner,
    run,
    simulate_memory,
)
from engine.learner.fsrs6 import DEFAULTS, Rating


def test_sm2_waits_one_day_then_six_then_by_the_ease() -> None:
    scheduler = Sm2Scheduler(1.0)
    waits, last = [], 0
    for _ in range(4):
        scheduler.reviewed(0, last, Rating.GOOD)
        due = next(day for day in range(last + 1, 400) if scheduler.due(day))
        waits.append(due - last)
        last = due
    assert waits == [1, 6, 15, 38]


def test_sm2_begins_anew_after_a_miss() -> None:
    scheduler = Sm2Scheduler(1.0)
    for day, rating in ((0, Rating.GOOD), (1, Rating.GOOD), (7, Rating.AGAIN)):
        scheduler.reviewed(0, day, rating)
    assert scheduler.due(8) == [0]


def test_a_scheduler_that_knows_what_is_exercised_asks_for_fewer_reviews() -> None:
    one = learner(3, WORLDS["modelled"])
    knowing, recall = run(one, FsrsScheduler(0.9, one.planned))
    blind, _ = run(one, FsrsScheduler(0.9, [()] * len(one.planned)))
    assert knowing < blind
    assert recall > 0.9


def test_the_same_seed_is_the_same_learner_and_the_same_course() -> None:
    one, again = learner(5, WORLDS["perturbed"]), learner(5, WORLDS["perturbed"])
    assert one.true == again.true
    assert run(one, FsrsScheduler(0.9, one.planned)) == run(again, FsrsScheduler(0.9, again.planned))


def test_a_learner_of_no_spread_is_as_the_scheduler_believes() -> None:
    one = learner(1, World(0.0))
    assert one.model.parameters == DEFAULTS
    assert one.true == one.planned


def test_the_report_compares_at_equal_recall_and_as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_simulation, "WORLDS", {"modelled": World(0.0)})
    monkeypatch.setattr(memory_simulation, "_SKILLS", 12)
    report: Any = simulate_memory(progress=lambda _: None, learners=1)
    assert set(report["modelled"]) == {"recall_90", "recall_95", "as_shipped"}
    assert set(report["modelled"]["as_shipped"]["reviews"]) == {"ours", "without_implicit", "sm2"}
