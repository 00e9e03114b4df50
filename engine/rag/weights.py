"""The fitted numbers of retrieval, from ``weights.json``: how they were fitted stands in that file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
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
        evidence_model: id of the model whose figures the next two weigh; "" as long as none is validated.
        evidence_read: the same as ``evidence`` beside the figures of that model.
        evidence_read_by_words: both.
    """

    passage: Mapping[str, float]
    sentence: Mapping[str, float]
    reranker: Mapping[str, float]
    evidence: Mapping[str, float]
    evidence_by_words: Mapping[str, float]
    evidence_model: str = ""
    evidence_read: Mapping[str, float] = field(default_factory=dict)
    evidence_read_by_words: Mapping[str, float] = field(default_factory=dict)

    def evidence_for(self, *, with_vectors: bool, read: bool) -> Mapping[str, float]:
        """The logistic model for what is known; ``read``: beside the figures of the evidence model."""
        if read:
            return self.evidence_read if with_vectors else self.evidence_read_by_words
        return self.evidence if with_vectors else self.evidence_by_words


@cache
def fitted_weights() -> Weights:
    """The weights that are shipped."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(**{name: stored[name] for name in Weights.__dataclass_fields__ if name in stored})
