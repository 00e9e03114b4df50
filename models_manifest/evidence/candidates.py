"""What the product's own retrieval finds for each question: what the model learns from and is measured on.

Each question is asked of its corpus; to measure when to decline, half of the answerable ones are also asked of the
corpus without their article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.cancel import CancelToken
from engine.content.pack import Pack
from engine.evaluation.dataset import without_group
from engine.protocols import Embedder
from engine.rag.evidence import evidence_features, supports
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.fusion import z_scores
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.ranking import Ranked
from engine.rag.retriever import Reranking, Retriever, Searched
from models_manifest.evidence.corpus import Asked, Corpus

SUPPORT = ("coverage", "coverage_passage", "names", "likeness")
_KEPT, _LEADING = 32, 8
_LEFT_OUT_EVERY = 2

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval found for a question, best first; empty where it found nothing.

    Attributes:
        question: as it was searched.
        sentences: numbers of the sentences kept: the best ones, and the best of each of the best passages.
        scores: their z-scores among all candidates.
        prose: whether they are no rows of a table.
        support: the ``SUPPORT`` features of each, shape (sentences, 4).
        passages: numbers of all passages found.
        passage_scores: their z-scores.
    """

    question: str
    sentences: Ints
    scores: Floats
    prose: Flags
    support: Floats
    passages: Ints
    passage_scores: Floats


def look_up(corpus: Corpus, folder: Path, embedder: Embedder) -> list[Found]:
    """What is found for each question of ``corpus``; its index is made under ``folder``."""
    return list(_asked(corpus, corpus.pack, corpus.questions, folder / f"{corpus.name}.sqlite", embedder))


def look_up_left_out(corpus: Corpus, folder: Path, embedder: Embedder) -> dict[int, Found]:
    """What is found for every second answerable question when its article is not there, by question number."""
    found: dict[int, Found] = {}
    chosen = [at for at, one in enumerate(corpus.questions) if one.answerable][::_LEFT_OUT_EVERY]
    for group in sorted({corpus.questions[at].group for at in chosen}):
        own = [at for at in chosen if corpus.questions[at].group == group]
        rest, path = without_group(corpus.pack, group), folder / f"{corpus.name}-left-out.sqlite"
        asked = [corpus.questions[at] for at in own]
        found.update(zip(own, _asked(corpus, rest, asked, path, embedder), strict=True))
    return found


def _asked(
    corpus: Corpus, pack: Pack, questions: Sequence[Asked], path: Path, embedder: Embedder
) -> Iterator[Found]:
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, embedder, cancel=CancelToken())
    index = PackIndex(path)
    passages = {passage.id: at for at, passage in enumerate(corpus.pack.passages)}
    sentences = {(one.passage, one.start): at for at, one in enumerate(corpus.sentences)}
    try:
        retriever = Retriever([index], embedder=embedder, reranking=Reranking(FeatureReranker()))
        for question in questions:
            searched = retriever.search(question.text, cancel=CancelToken())
            yield (
                _nothing(searched)
                if searched.ranked is None
                else _kept(searched, searched.ranked, passages, sentences)
            )
    finally:
        index.close()


def _nothing(searched: Searched) -> Found:
    numbers, scores, flags = np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.bool_)
    return Found(
        searched.question.text,
        numbers,
        scores,
        flags,
        np.zeros((0, len(SUPPORT)), np.float32),
        numbers,
        scores,
    )


def _kept(
    searched: Searched, ranked: Ranked, passages: dict[str, int], sentences: dict[tuple[int, int], int]
) -> Found:
    number = [passages[found.indexed.passage.id] for found in ranked.found]
    order = np.argsort(-ranked.passage_scores, kind="stable")
    falling = ranked.best_sentences(len(ranked.owner))
    leading = {
        int(falling[np.flatnonzero(ranked.owner[falling] == passage)[0]]) for passage in order[:_LEADING]
    }
    kept = np.array([at for rank, at in enumerate(falling) if rank < _KEPT or int(at) in leading])
    offered = [
        evidence_features(searched.question, [support], searched.rarity) for support in supports(ranked, kept)
    ]
    return Found(
        question=searched.question.text,
        sentences=np.array(
            [sentences[number[int(ranked.owner[at])], ranked.spans[int(at)][0]] for at in kept], np.int32
        ),
        scores=z_scores(ranked.sentence_scores)[kept],
        prose=np.array([not ranked.sentence(int(at)).startswith("|") for at in kept]),
        support=np.array([[features[name] for name in SUPPORT] for features in offered], np.float32),
        passages=np.array(number, np.int32)[order],
        passage_scores=z_scores(ranked.passage_scores)[order],
    )
