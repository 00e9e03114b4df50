"""Whether what was found carries an answer: a small logistic model over what the evidence says.

How high a passage scored does not tell (AUROC .50 to .59 for such thresholds); which of the question's words, names and
numbers one sentence or passage holds, and how near in meaning it is, does.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.rag.features import coverage
from engine.rag.question import Question
from engine.rag.ranking import Ranked, held_stems
from engine.rag.retrieval import Evidence
from engine.rag.words import content_stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TOP = 3


@dataclass(frozen=True, slots=True)
class Support:
    """What one of the best sentences offers.

    Attributes:
        stems: content stems of the sentence and its passage's title.
        passage_stems: content stems of the whole passage and its title.
        likeness: its cosine with the question; 0 without vectors.
    """

    stems: frozenset[str]
    passage_stems: frozenset[str]
    likeness: float


def quotable(ranked: Ranked, best: "NDArray[np.intp]") -> "NDArray[np.intp]":
    """``best`` without rows of tables, which find a passage but say nothing when quoted alone, unless all are."""
    prose = best[[not ranked.sentence(int(at)).startswith("|") for at in best]]
    return prose if len(prose) else best


def supports(ranked: Ranked, best: "NDArray[np.intp]") -> list[Support]:
    """What each of the sentences ``best`` offers."""
    likeness = ranked.sentence_features["likeness"]
    offered = []
    for at in best:
        found = ranked.found[int(ranked.owner[at])]
        offered.append(
            Support(
                stems=frozenset(found.candidate.title).union(content_stems(ranked.sentence(int(at)))),
                passage_stems=held_stems(found.candidate.title, found.candidate.sentences),
                likeness=float(likeness[at]),
            )
        )
    return offered


def evidence_features(
    question: Question, supports: Sequence[Support], rarity: Mapping[str, float]
) -> dict[str, float]:
    """The best that one of the ``supports`` offers, by feature; ``rarity`` weighs the question's words.

    Few on purpose. Seventeen (margins, ranks, the kind of answer) did no better on articles left out of the index
    (AUROC .992 both) and worse on the starter packs' questions (.967 against .987).
    """
    names = len(question.names)
    return {
        "coverage": max(coverage(support.stems, rarity) for support in supports),
        "coverage_passage": max(coverage(support.passage_stems, rarity) for support in supports),
        "names": max(len(question.names & s.passage_stems) for s in supports) / names if names else 0.5,
        "likeness": max(support.likeness for support in supports),
    }


def judge(features: Mapping[str, float], weights: Mapping[str, float]) -> Evidence:
    """The calibrated probability that the features carry an answer; "bias" is the constant of ``weights``."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return Evidence(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), features)
