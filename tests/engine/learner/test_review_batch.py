import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.fsrs6 import DEFAULTS, Rating, fsrs6
from engine.learner.memory import Step
from engine.learner.review_batch import ReviewBatch
from engine.learner.scheduler import Card, CardKind
from tests.engine.learner.test_fsrs6 import parameter_sets

steps = st.lists(
    st.builds(
        Step,
        card=st.integers(0, 3).map(lambda number: Card(CardKind.ITEM, "p", str(number))),
        at=st.just(0),
        days=st.integers(0, 90),
        rating=st.sampled_from(list(Rating)),
    ),
    max_size=25,
)


@given(steps, st.lists(parameter_sets, min_size=1, max_size=2))
def test_many_at_once_give_what_one_by_one_gives(log: list[Step], sets: list[tuple[float, ...]]) -> None:
    batch = ReviewBatch(log)
    chances = batch.chances(np.array(sets))
    for row, parameters in enumerate(sets):
        model, memories = fsrs6(parameters), dict[Card, tuple[float, float]]()
        expected = []
        for step in log:
            if step.card not in memories:
                memories[step.card] = model.first(step.rating)
                continue
            if step.days >= 1:
                expected.append(model.recall(memories[step.card][0], step.days))
            memories[step.card] = model.next(*memories[step.card], step.rating, days=step.days)
        assert chances[row].tolist() == pytest.approx(expected, rel=1e-9)


def test_partial_practice_moves_a_memory_and_is_not_predicted() -> None:
    card = Card(CardKind.SKILL, "p", "a")
    log = [
        Step(card, 0, 0, Rating.GOOD),
        Step(card, 0, 4, Rating.GOOD, share=0.5),
        Step(card, 0, 6, Rating.AGAIN),
    ]
    batch = ReviewBatch(log)
    first, _ = fsrs6().first(Rating.GOOD)
    full, _ = fsrs6().next(*fsrs6().first(Rating.GOOD), Rating.GOOD, days=4)
    assert batch.positions.tolist() == [2]
    assert batch.recalled.tolist() == [0]
    assert batch.chances(np.array([DEFAULTS])).item() == pytest.approx(
        fsrs6().recall((first + full) / 2, 6), rel=1e-9
    )
