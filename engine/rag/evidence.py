"""Whether what was found carries an answer: a small logistic model over what the evidence says.

How high a passage scored does not tell (AUROC .50 to .59 for such thresholds); which of the question's words, names and
numbers one sentence or passage holds, and how near in meaning it is, does.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.rag.features import coverage
from engine.rag.question import Question
from engine.rag.retrieval import Evidence
from engine.rag.weights import Weights

TOP = 3


@dataclass(frozen=True, slots=True)
class Support:
    """What one of the best sentences offers.

    Attributes:
        stems: content stems of the sentence and its passage's title.
        passage_stems: content stems of the whole passage and its title.
        kind: whether it holds the kind of thing asked for, 0 to 1.
        likeness: its cosine with the question; 0 without vectors.
    """

    stems: frozenset[str]
    passage_stems: frozenset[str]
    kind: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How the best stand out from the rest, in deviations of the candidates' scores.

    Attributes:
        passage_margin: best passage above the second.
        passage_height: best passage above the mean.
        sentence_margin: best sentence above the fourth.
        agreement: 1 if both searches like the same passage best.
    """

    passage_margin: float
    passage_height: float
    sentence_margin: float
    agreement: float


def evidence_features(
    question: Question, supports: Sequence[Support], rarity: Mapping[str, float], standing: Standing
) -> dict[str, float]:
    """The features of the best ``supports``, best first, at most ``TOP`` of them."""
    best = supports[:TOP]
    together = frozenset().union(*(support.stems for support in best))
    near = max(support.likeness for support in best)
    one = max(coverage(support.stems, rarity) for support in best)
    whole = max(coverage(support.passage_stems, rarity) for support in best)
    missing = [weight for stem, weight in rarity.items() if stem not in best[0].passage_stems]
    names = len(question.names)
    return {
        "coverage": one,
        "coverage_first": coverage(best[0].stems, rarity),
        "coverage_passage": whole,
        "coverage_together": coverage(together, rarity),
        "rarest_missing": max(missing, default=0.0) / max([*rarity.values(), 1e-9]),
        "names": max(len(question.names & s.passage_stems) for s in best) / names if names else 0.5,
        "names_sentence": max(len(question.names & s.stems) for s in best) / names if names else 0.5,
        "kind": max(support.kind for support in best),
        "likeness": near,
        "likeness_first": best[0].likeness,
        "likeness_coverage": near * whole,
        "matched": math.log1p(
            sum(weight for stem, weight in rarity.items() if stem in best[0].passage_stems)
        ),
        "words": math.log1p(len(question.stems)),
        "passage_margin": min(standing.passage_margin, 3.0),
        "passage_height": standing.passage_height,
        "sentence_margin": min(standing.sentence_margin, 3.0),
        "agreement": standing.agreement,
    }


def judge(features: Mapping[str, float], weights: Weights, *, with_vectors: bool) -> Evidence:
    """The calibrated probability that the features carry an answer."""
    chosen = weights.evidence if with_vectors else weights.evidence_by_words
    total = chosen["bias"] + sum(chosen.get(name, 0.0) * value for name, value in features.items())
    return Evidence(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), features)
