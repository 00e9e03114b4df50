import random

from engine.learner.logit import sigmoid
from engine.learner.predictor import NEW_LEARNER, NO_HISTORY, SHIPPED_WEIGHTS, Predictor, features
from engine.learner.predictor_refit import LEAST_ANSWERS, Answer, refit


def learned(weights: tuple[float, ...], count: int) -> list[Answer]:
    """A learner whose answers follow ``weights``."""
    rng = random.Random(4)
    histories = [NO_HISTORY] * 12
    learner = NEW_LEARNER
    answers = []
    for number in range(count):
        skill = rng.randrange(len(histories))
        values = features(histories[skill], learner)
        chance = sigmoid(sum(weight * value for weight, value in zip(weights, values, strict=True)))
        right = rng.random() < chance
        answers.append(Answer(values, right))
        histories[skill] = histories[skill].after(number, right=right)
        learner = learner.after(right=right)
    return answers


UNLIKE = (-1.6, 0.561, 0.378, 0.313, 0.0, 0.0, 0.9, -0.1, 0.2, -0.3)


def test_too_few_answers_change_nothing() -> None:
    result = refit(learned(UNLIKE, LEAST_ANSWERS - 1), Predictor())
    assert not result.accepted
    assert result.predictor.weights == SHIPPED_WEIGHTS


def test_a_learner_unlike_the_shipped_weights_gets_new_ones() -> None:
    result = refit(learned(UNLIKE, 1000), Predictor())
    assert result.accepted
    assert result.gain >= 0.005
    assert result.predictor.weights != SHIPPED_WEIGHTS


def test_a_learner_like_the_shipped_weights_keeps_them() -> None:
    result = refit(learned(SHIPPED_WEIGHTS, 1000), Predictor())
    assert not result.accepted
    assert result.gain < 0.005


def test_refitting_twice_gives_the_same_weights() -> None:
    answers = learned(UNLIKE, 400)
    assert refit(answers, Predictor()) == refit(answers, Predictor())
