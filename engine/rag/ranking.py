"""Scores the candidates of a question: passages and sentences, fused, then reranked.

Pure once the candidates are gathered; ``evaluation/fit_reranker`` fits the weights on the features that are made here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.rag.candidates import Found
from engine.rag.features import coverage, passage_bm25, sentence_bm25
from engine.rag.fusion import fuse, z_scores
from engine.rag.question import Question
from engine.rag.weights import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.cancel import CancelToken
    from engine.protocols import Reranker

    Floats = NDArray[np.float32]


@dataclass(slots=True)
class Ranked:
    """The candidates, what was measured of them, and their scores.

    Attributes:
        found: the candidates.
        owner: for each sentence the number of its candidate.
        spans: for each sentence its place in the passage's text.
        passage_features: one value a candidate, by name.
        sentence_features: one value a sentence, by name.
        passage_scores: one a candidate.
        sentence_scores: one a sentence.
    """

    found: list[Found]
    owner: "NDArray[np.intp]"
    spans: list[tuple[int, int]]
    passage_features: dict[str, "Floats"]
    sentence_features: dict[str, "Floats"]
    passage_scores: "Floats"
    sentence_scores: "Floats"

    def sentence(self, at: int) -> str:
        """The text of sentence ``at``, verbatim."""
        start, end = self.spans[at]
        return self.found[int(self.owner[at])].indexed.passage.text[start:end]

    def previous_sentence(self, at: int) -> str:
        """The text of the sentence before ``at`` in its passage, "" for the first."""
        return self.sentence(at - 1) if at and self.owner[at - 1] == self.owner[at] else ""

    def title(self, at: int) -> str:
        """Title of the passage of sentence ``at``."""
        return self.found[int(self.owner[at])].indexed.passage.title

    def titled_sentence(self, at: int) -> str:
        """Sentence ``at`` after its passage's title: what a reranker reads."""
        return f"{self.title(at)}. {self.sentence(at)}"

    def fuse(self, weights: Weights) -> None:
        """Compute the scores from the features; a sentence's parent is one of its features."""
        self.passage_scores = fuse(self.passage_features, weights.passage)
        self.sentence_features["parent"] = self.passage_scores[self.owner]
        self.sentence_scores = fuse(self.sentence_features, weights.sentence)

    def best_sentences(self, limit: int) -> "NDArray[np.intp]":
        """Numbers of the best sentences, best first."""
        import numpy as np

        return np.argsort(-self.sentence_scores, kind="stable")[:limit]


def measure(question: Question, found: list[Found], rarity: Mapping[str, float]) -> Ranked:
    """The candidates with their features and no scores yet; ``rarity`` weighs the question's words."""
    import numpy as np

    candidates = [one.candidate for one in found]
    owner = np.repeat(np.arange(len(found)), [len(candidate.sentences) for candidate in candidates])
    likeness = np.concatenate(
        [
            np.zeros(len(candidate.sentences), dtype=np.float32)
            if candidate.likeness is None
            else candidate.likeness
            for candidate in candidates
        ]
    )
    by_words = sentence_bm25(candidates, question)
    held = [held_stems(candidate.title, candidate.sentences) for candidate in candidates]
    passage_features = {
        "words": np.array(
            [passage_bm25(one.candidate, rarity, one.index.mean_words) for one in found], dtype=np.float32
        ),
        "sentence_words": _best_of(by_words, owner, len(found)),
        "likeness": _best_of(likeness, owner, len(found)),
        "whole_likeness": np.array([candidate.whole_likeness for candidate in candidates], dtype=np.float32),
        "coverage": np.array([coverage(words, rarity) for words in held], dtype=np.float32),
        "names": np.array([len(question.names & words) for words in held], dtype=np.float32),
    }
    known = np.array([candidate.likeness is not None for candidate in candidates])
    if known.any() and not known.all():
        for name in ("likeness", "whole_likeness"):
            passage_features[name] = _stood_in_for(passage_features[name], passage_features["words"], known)
        likeness = _stood_in_for(likeness, by_words, known[owner])
    empty = np.zeros(0, dtype=np.float32)
    spans = [(sentence.start, sentence.end) for one in found for sentence in one.indexed.sentences]
    return Ranked(
        found, owner, spans, passage_features, {"words": by_words, "likeness": likeness}, empty, empty
    )


def held_stems(title: Sequence[str], sentences: Sequence[Sequence[str]]) -> frozenset[str]:
    """All content stems of a passage and its title."""
    return frozenset(title).union(*sentences)


def _stood_in_for(likeness: "Floats", by_words: "Floats", known: "NDArray[np.bool_]") -> "Floats":
    """``likeness`` where it is known; elsewhere as remarkable as the words are.

    A pack whose vectors are still being made must not lose every question to those that have theirs.
    """
    import numpy as np

    guessed = likeness[known].mean() + likeness[known].std() * z_scores(by_words)
    return np.where(known, likeness, guessed).astype(np.float32)


def _best_of(values: "Floats", owner: "NDArray[np.intp]", count: int) -> "Floats":
    import numpy as np

    best = np.full(count, -np.inf, dtype=np.float32)
    np.maximum.at(best, owner, values)
    return best


def rerank(
    question: Question, ranked: Ranked, reranker: "Reranker", limit: int, cancel: "CancelToken"
) -> None:
    """Add the reranker's opinion of the ``limit`` best sentences as a feature; the rest take its lowest."""
    import numpy as np

    best = ranked.best_sentences(limit)
    texts = [ranked.titled_sentence(int(at)) for at in best]
    given = np.asarray(reranker.score(question.text, texts, cancel), dtype=np.float32)
    scores = np.full(len(ranked.sentence_scores), given.min(), dtype=np.float32)
    scores[best] = given
    ranked.sentence_features["rerank"] = scores
    ranked.passage_features["rerank"] = _best_of(scores, ranked.owner, len(ranked.found))
