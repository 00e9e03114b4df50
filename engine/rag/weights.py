"""The fitted numbers of retrieval, from ``weights.json``: how they were fitted stands in that file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS_FILE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a feature, by name.

    Attributes:
        passage: of the passage score, over z-scores.
        sentence: of the sentence score, over z-scores.
        reranker: of the built-in reranker, over the ``features.ASKED`` as they are.
        evidence: of the logistic model with vectors; "bias" is its constant.
        evidence_by_words: the same without vectors.
    """

    passage: Mapping[str, float]
    sentence: Mapping[str, float]
    reranker: Mapping[str, float]
    evidence: Mapping[str, float]
    evidence_by_words: Mapping[str, float]


@cache
def fitted_weights() -> Weights:
    """The weights that are shipped."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(**{name: stored[name] for name in Weights.__dataclass_fields__})
