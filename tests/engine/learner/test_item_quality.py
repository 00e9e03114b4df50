"""When an automatic item may count."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.item_quality import ItemAnswer, is_proven, point_biserial

ANSWERS = st.lists(st.builds(ItemAnswer, st.booleans(), st.floats(0, 1)), max_size=60)


def answers(right: int, wrong: int, *, good: float = 0.9, bad: float = 0.4) -> list[ItemAnswer]:
    return [ItemAnswer(True, good)] * right + [ItemAnswer(False, bad)] * wrong


def test_an_item_that_tells_able_learners_from_others_is_proven() -> None:
    assert is_proven(answers(12, 8))


@pytest.mark.parametrize(
    "given_answers",
    [
        answers(11, 8),  # too few
        answers(4, 16),  # .2 right: hardly anybody
        answers(19, 1),  # .95 right: nearly everybody
        answers(12, 8, good=0.4, bad=0.9),  # the able ones miss it
        answers(12, 8, good=0.5, bad=0.5),  # says nothing
    ],
)
def test_others_are_not(given_answers: list[ItemAnswer]) -> None:
    assert not is_proven(given_answers)


def test_the_correlation_is_that_of_pearson() -> None:
    mixed = [ItemAnswer(True, 0.9), ItemAnswer(True, 0.5), ItemAnswer(False, 0.6), ItemAnswer(False, 0.1)]
    xs, ys = [float(it.right) for it in mixed], [it.others for it in mixed]
    mx, my = sum(xs) / 4, sum(ys) / 4
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    bottom = math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    assert point_biserial(mixed) == pytest.approx(top / bottom)


@given(ANSWERS)
def test_it_lies_between_minus_one_and_one_and_turns_with_its_answers(
    given_answers: list[ItemAnswer],
) -> None:
    found = point_biserial(given_answers)
    turned = point_biserial([ItemAnswer(not it.right, it.others) for it in given_answers])
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert turned == pytest.approx(-found, abs=1e-9)
