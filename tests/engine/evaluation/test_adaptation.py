import pytest

from engine.evaluation.adaptation import POLICIES, WORLDS, evaluate_adaptation, run_course, summary
from engine.evaluation.simulated_worlds import Insight
from engine.types import Progress


def quiet(progress: Progress) -> None:
    """Nobody is told."""


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_a_course_is_the_same_each_time(world: str) -> None:
    assert run_course(world, "ours", 3) == run_course(world, "ours", 3)


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_our_policy_needs_fewer_items_than_chance(world: str) -> None:
    ours = summary([run_course(world, "ours", seed) for seed in range(8)])
    chance = summary([run_course(world, "random", seed) for seed in range(8)])
    assert ours["items"] < 0.8 * chance["items"]
    assert ours["reach"] >= chance["reach"]


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_our_policy_keeps_its_rules_and_chance_does_not(world: str) -> None:
    assert run_course(world, "ours", 5).violations == 0
    assert run_course(world, "ours", 5, wrong_edges=0.3).violations == 0
    assert run_course(world, "random", 5).violations > 0


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_every_policy_comes_to_an_end(policy: str) -> None:
    run = run_course("insight", policy, 1)
    assert 0 < run.items <= 600
    assert 0.0 <= run.first_right <= run.helped_right <= 1.0
    assert run.false <= run.believed <= 20
    assert 0.0 <= run.band <= 1.0
    assert 0.0 <= run.over_practice <= 30.0


def test_the_report_has_the_contracts_keys() -> None:
    report = evaluate_adaptation(limit=1, progress=quiet)
    items = report["items_to_mastery"]
    assert isinstance(items, dict)
    assert {"ours", "random", "linear"} <= set(items)
    assert {"reach", "false_mastery", "success", "wrong_edges_cost", "violations"} <= set(report)
    worlds = report["worlds"]
    assert isinstance(worlds, dict)
    assert {"band", "band_kept", "over_practice", "success_p10", "success_helped"} <= set(
        worlds["growth"]["ours"]
    )


@pytest.mark.parametrize("known", [True, False])
def test_only_questions_about_what_is_mastered_are_needless(
    monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setattr(Insight, "masters", lambda self, skill: known)
    run = run_course("insight", "random", 1)
    assert run.reached is known
    assert (run.over_practice > 0.0) is known
