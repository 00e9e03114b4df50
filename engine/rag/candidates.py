"""Gathers the candidates of a question from the indexes: what either search finds, with all that is measured of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.rag.features import Candidate
from engine.rag.pack_index import IndexedPassage, PackIndex
from engine.rag.words import content_stems

if TYPE_CHECKING:
    from engine.protocols import Vectors

_BY_WORDS = 22
_BY_MEANING = 16
_SENTENCES = 80
_WHOLE_SECTION = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate with its passage and its index."""

    index: PackIndex
    indexed: IndexedPassage
    candidate: Candidate


def gather(
    indexes: Sequence[PackIndex],
    question: str,
    vectors: Sequence["Vectors | None"],
    sections: Sequence[set[str] | None],
) -> list[Found]:
    """Candidates of ``question`` in all ``indexes``.

    Args:
        indexes: where to search.
        question: in words.
        vectors: the question's vector for each index, or None where its vectors cannot be used.
        sections: for each index the only sections to search, or None for all.
    """
    found: list[Found] = []
    for number, (index, vector, only) in enumerate(zip(indexes, vectors, sections, strict=True)):
        allowed = None if only is None else index.rows_of_sections(only)
        rows = _rows(index, question, vector)
        if allowed is not None:
            rows = (rows & allowed) | set(sorted(allowed)[:_WHOLE_SECTION])
        found.extend(_measured(number, index, rows, vector))
    return found


def _rows(index: PackIndex, question: str, vector: "Vectors | None") -> set[int]:
    rows = {row for row, _ in index.lexical.search(question, _BY_WORDS)}
    if vector is not None:
        nearest = [row for row, _ in index.vectors.search(vector, _SENTENCES)]
        passages = index.passages_of_sentences(nearest)
        rows.update(list(dict.fromkeys(passages[row] for row in nearest))[:_BY_MEANING])
    return rows


def _measured(number: int, index: PackIndex, rows: Iterable[int], vector: "Vectors | None") -> list[Found]:
    passages = [indexed for indexed in index.passages(rows) if indexed.sentences]
    likeness, whole = _likeness(index, passages, vector)
    return [
        Found(
            index,
            indexed,
            Candidate(
                pack=number,
                row=indexed.row,
                title=_stems_of_title(indexed.passage.title),
                sentences=tuple(sentence.stems for sentence in indexed.sentences),
                likeness=like,
                whole_likeness=of_all,
            ),
        )
        for indexed, like, of_all in zip(passages, likeness, whole, strict=True)
    ]


def _likeness(
    index: PackIndex, passages: Sequence[IndexedPassage], vector: "Vectors | None"
) -> tuple[list["Vectors | None"], list[float]]:
    """Cosine of each sentence with the question, and of each passage's mean vector."""
    import numpy as np

    if vector is None or not passages:
        return [None] * len(passages), [0.0] * len(passages)
    counts = [len(indexed.sentences) for indexed in passages]
    starts = np.cumsum([0, *counts[:-1]])
    stored = index.sentence_vectors([sentence.row for indexed in passages for sentence in indexed.sentences])
    sums = np.add.reduceat(stored, starts, axis=0)
    whole = (sums @ vector) / (np.linalg.norm(sums, axis=1) + 1e-9)
    return list(np.split(stored @ vector, starts[1:])), [float(value) for value in whole]


@lru_cache(maxsize=4096)
def _stems_of_title(title: str) -> tuple[str, ...]:
    return tuple(content_stems(title))
