"""What is measured of each candidate passage and sentence. Pure: arrays in, arrays out.

Two groups: *found* features say how well the two searches like it (BM25, vectors), *asked* features compare the
question's words with one text. The first are fused by ``fusion``, the second are the built-in reranker's.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.rag.question import Question, holds_kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_K1, _B = 1.2, 0.75
ASKED = ("coverage", "bigrams", "names", "kind", "length", "question_mark")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage under consideration.

    Attributes:
        pack: number of its index among those searched.
        row: its row there.
        title: stems of its title.
        sentences: stems of each of its sentences.
        likeness: cosine of each sentence with the question, or None without vectors.
        whole_likeness: cosine of the mean of its sentence vectors with the question.
    """

    pack: int
    row: int
    title: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]
    likeness: "Floats | None"
    whole_likeness: float


def inverse_frequencies(
    stems: Sequence[str], frequencies: Mapping[str, int], passages: int
) -> dict[str, float]:
    """BM25's weight of each stem: ``frequencies`` of ``passages`` hold it."""
    return {
        stem: math.log(1 + (passages - held + 0.5) / (held + 0.5))
        for stem in stems
        for held in (min(frequencies.get(stem, 0), passages),)
    }


def passage_bm25(candidate: Candidate, weights: Mapping[str, float], mean_words: float) -> float:
    """BM25 of a whole passage with its title, with the statistics of all packs searched."""
    counts: dict[str, int] = {}
    length = 0
    for stems in (candidate.title, *candidate.sentences):
        length += len(stems)
        for stem in stems:
            if stem in weights:
                counts[stem] = counts.get(stem, 0) + 1
    norm = _K1 * (1 - _B + _B * length / max(mean_words, 1.0))
    return sum(weights[stem] * count * (_K1 + 1) / (count + norm) for stem, count in counts.items())


def sentence_bm25(candidates: Sequence[Candidate], question: Question) -> "Floats":
    """rank-bm25 over all sentences of the candidates, each with its title: statistics of this question's own.

    Words that it does not ask for only count for the length.
    """
    import numpy as np
    from rank_bm25 import BM25Okapi

    wanted = set(question.stems)
    documents = [
        [stem if stem in wanted else "" for stem in (*candidate.title, *sentence)] or [""]
        for candidate in candidates
        for sentence in candidate.sentences
    ]
    if not documents:
        return np.zeros(0, dtype=np.float32)
    return np.asarray(BM25Okapi(documents).get_scores(list(question.stems)), dtype=np.float32)


def coverage(held: "set[str] | frozenset[str]", weights: Mapping[str, float]) -> float:
    """Share of the question's words, by weight, that are ``held``."""
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in held) / total if total else 0.0


def asked(question: Question, text: str, stems: Sequence[str], weights: Mapping[str, float]) -> list[float]:
    """The ``ASKED`` features of one text whose content stems are ``stems``."""
    held = set(stems)
    pairs = set(pairwise(stems)) if question.bigrams else set()
    return [
        coverage(held, weights),
        len(pairs & question.bigrams) / len(question.bigrams) if question.bigrams else 0.0,
        len(question.names & held) / len(question.names) if question.names else 0.5,
        holds_kind(text, question),
        math.log1p(len(stems)),
        float(text.rstrip().endswith("?")),
    ]
