from typing import Any

import numpy as np
import pytest

from models_manifest.evidence.card import model_card
from models_manifest.evidence.figures import Judged, curve, intervals, public_figures, rounded, school_figures
from models_manifest.evidence.outcomes import Outcome, outcome
from tests.models_manifest.evidence.samples import corpus, found


def test_the_model_can_bring_the_right_sentence_forward() -> None:
    texts = corpus()
    asked, looked_up = texts.questions[0], found([4, 0, 8, 1])
    liked = outcome(texts, asked, looked_up, [-4.0, 6.0, -4.0, -4.0], left_out=False)
    disliked = outcome(texts, asked, looked_up, [6.0, -4.0, -4.0, -4.0], left_out=False)
    assert liked is not None
    assert disliked is not None
    assert (liked.sentence_first, liked.passage_first) == (True, True)
    assert (disliked.sentence_first, disliked.passage_first) == (False, False)
    assert liked.figures[0] == liked.figures[2] == 6.0


def test_nothing_is_right_when_the_article_is_not_there() -> None:
    texts = corpus()
    left_out = outcome(texts, texts.questions[0], found([4, 8]), [6.0, -4.0], left_out=True)
    assert left_out is not None
    assert not left_out.answerable
    assert outcome(texts, texts.questions[0], found([]), [], left_out=False) is None


def judged(seed: int = 0) -> Judged:
    rng = np.random.default_rng(seed)
    made, chances = [], []
    for corpus_name, golden in (
        ("squad_v2", False),
        ("squad_v1_1", False),
        ("algebra", False),
        ("algebra", True),
    ):
        for at in range(60):
            answerable, left_out = at % 3 == 0, at % 3 == 1 and corpus_name.startswith("squad")
            made.append(
                Outcome(
                    corpus_name, f"article-{at % 4}", answerable, left_out, golden,
                    answerable, answerable, answerable, answerable, np.zeros(8),
                )
            )  # fmt: skip
            chances.append(0.9 - 0.1 * rng.random() if answerable else 0.1 * rng.random())
    return Judged(made, np.array(chances))


def validated() -> dict[str, Any]:
    """The figures of a validation of two folds, without the regressions."""
    one = judged()
    return {
        "folds": [0, 1],
        "questions": 240,
        "public": rounded(public_figures(one)),
        "intervals": intervals(one),
        "school": rounded(school_figures(one, golden=False)),
        "golden": rounded(school_figures(one, golden=True)),
        "curve": [rounded(point) for point in curve(one)],
    }


def test_a_perfect_judge_has_perfect_figures() -> None:
    figures = public_figures(judged())
    assert figures["auroc_left_out"] == figures["auroc_impossible"] == 1
    assert figures["grounded_at_80"] == figures["passage_first"] == 1
    assert figures["left_out_at_80"] == figures["impossible_at_80"] == 0
    assert school_figures(judged(), golden=False)["questions"] == 60
    for name, (low, high) in intervals(judged()).items():
        assert low <= figures[name] + 1e-9, name
        assert high >= figures[name] - 0.05, name


def test_the_card_holds_the_figures() -> None:
    card = model_card(validated())
    assert "| right passage first | 1.000 | 1.000 to 1.000 |" in card
    assert "CC BY-SA 4.0" in card
    assert " nan " not in card


@pytest.mark.parametrize("coverage", [1.0, 0.8, 0.5])
def test_the_curve_keeps_its_promise_of_coverage(coverage: float) -> None:
    one = judged()
    point = next(point for point in curve(one) if point["coverage"] == coverage)
    public = one.where(lambda own: own.corpus.startswith("squad") and own.answerable)
    assert float((public.probabilities >= point["threshold"]).mean()) == pytest.approx(coverage, abs=0.03)
