"""The built-in reranker: a linear model over what question and text have in common, no model file needed.

It looks at the question's words by rarity, word pairs, names and numbers, and whether the text holds the kind of thing
that is asked for. Its weights are in ``weights.json``.
"""

from collections import Counter
from collections.abc import Sequence

from engine.cancel import CancelToken
from engine.rag.features import ASKED, asked, inverse_frequencies
from engine.rag.question import analyse
from engine.rag.weights import Weights, fitted_weights
from engine.rag.words import content_stems


class FeatureReranker:
    """A ``Reranker`` over the ``ASKED`` features; a word's rarity is taken from the texts themselves."""

    def __init__(self, weights: Weights | None = None) -> None:
        chosen = weights or fitted_weights()
        self._weights = [chosen.reranker[name] for name in ASKED]

    def score(
        self,
        question: str,
        texts: Sequence[str],
        cancel: CancelToken,
        previous: Sequence[str] = (),  # noqa: ARG002 - the protocol's
    ) -> list[float]:
        """One score a text, higher is better; ``previous`` is not looked at."""
        cancel.check()
        return [
            sum(weight * value for weight, value in zip(self._weights, row, strict=True))
            for row in self.features(question, texts)
        ]

    def close(self) -> None:
        """There is nothing to free."""

    def features(self, question: str, texts: Sequence[str]) -> list[list[float]]:
        """The ``ASKED`` features, one row a text."""
        asked_for = analyse(question)
        stems = [content_stems(text) for text in texts]
        held = Counter(stem for found in stems for stem in set(found))
        rarity = inverse_frequencies(asked_for.stems, held, len(texts))
        return [asked(asked_for, text, found, rarity) for text, found in zip(texts, stems, strict=True)]
