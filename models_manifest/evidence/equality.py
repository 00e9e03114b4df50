"""Whether the exported file says what the training code says."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.cancel import CancelToken
from engine.rag.ingest import embedded_text
from engine.rag.llama_cpp_reranker import LlamaCppReranker
from models_manifest.evidence.corpus import Sentence
from models_manifest.evidence.pairs import Pairs
from models_manifest.evidence.scoring import Scorer


def largest_difference(
    model: Path, scorer: Scorer, pairs: Pairs, asked: Sequence[tuple[str, Sentence]]
) -> float:
    """The largest difference in probability over ``asked``, question and sentence.

    Args:
        model: the exported file, run as the product runs it.
        scorer: the training code with its weights.
        pairs: makes the training code's sequences.
        asked: question and sentence.
    """
    trained = scorer([pairs(question, one) for question, one in asked])
    reranker = LlamaCppReranker(model, name=model.stem, threads=2)
    try:
        given = [
            reranker.score(question, [embedded_text(one.title, one.text)], CancelToken(), [one.previous])[0]
            for question, one in asked
        ]
    finally:
        reranker.close()
    return float(np.abs(_chances(np.array(given)) - _chances(trained)).max())


def _chances(logits: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(1 / (1 + np.exp(-logits)))
