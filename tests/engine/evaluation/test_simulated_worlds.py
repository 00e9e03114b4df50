import random

import pytest

from engine.evaluation.adaptation import WORLDS
from engine.evaluation.simulated_worlds import course


def test_a_course_has_twenty_skills_in_layers_and_twelve_items_each() -> None:
    made = course(random.Random(1))
    assert len(made.true.order) == 20
    assert len(made.items) == 240
    assert made.true.prerequisites == made.shown.prerequisites
    assert all(made.true.prerequisites[skill] for skill in made.true.order if skill[1] != "0")


def test_wrong_edges_are_shown_but_not_lived_in() -> None:
    made = course(random.Random(1), wrong_edges=0.3)
    assert made.true.prerequisites != made.shown.prerequisites
    rng, other = random.Random(1), random.Random(1)
    right = course(rng)
    wrong = course(other, wrong_edges=0.3)
    assert wrong.true == right.true
    assert wrong.items == right.items
    assert rng.random() == other.random()


def test_authors_guess_difficulty_with_a_correlation_of_about_four_fifths() -> None:
    items = course(random.Random(5)).items
    true = [item.difficulty for item in items]
    said = [item.facts.difficulty for item in items]
    mean_true, mean_said = sum(true) / len(true), sum(said) / len(said)
    together = sum((one - mean_true) * (other - mean_said) for one, other in zip(true, said, strict=True))
    spread = sum((one - mean_true) ** 2 for one in true) * sum((one - mean_said) ** 2 for one in said)
    assert 0.7 < together / spread**0.5 < 0.9


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_practice_leads_to_mastery_and_help_to_right_answers(world: str) -> None:
    rng = random.Random(7)
    made = course(rng)
    learner = WORLDS[world](made, rng)
    item = next(item for item in made.items if item.facts.skills[0] == "s00")
    assert learner.chance(item, 0.9) > learner.chance(item, 0.0)
    for _ in range(200):
        learner.practise(item, 0.65, right=True)
    assert learner.masters("s00")
    for _ in range(3):
        learner.night()
    assert learner.masters("s00")


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_what_something_rests_on_helps_to_learn_it(world: str) -> None:
    def needed(prepared: bool) -> int:
        total = 0
        for seed in range(20):
            rng = random.Random(seed)
            made = course(rng)
            learner = WORLDS[world](made, rng)
            if prepared:
                for skill in made.true.ancestors["s40"]:
                    item = next(item for item in made.items if item.facts.skills[0] == skill)
                    for _ in range(60):
                        learner.practise(item, 0.65, right=True)
            item = next(item for item in made.items if item.facts.skills[0] == "s40")
            while not learner.masters("s40") and total < 20_000:
                learner.practise(item, 0.65, right=True)
                total += 1
        return total

    assert needed(prepared=True) < needed(prepared=False)
