"""``llm-tutor bench retrieval``: how long a search takes at 10,000 and 100,000 passages, beside the alternatives.

The text and its vectors are real: the starter packs' sentences, embedded once. Volume is made from them: a passage is
five of the sentences with some words changed into new ones, a vector is its sentence's with noise. Times of a question
include its embedding, wherever the method needs one. Indexing is compared with the embedder alone on real sentences.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.pack import Pack, PackInfo
from engine.content.pack_folder import read_pack_folder
from engine.errors import ModelError
from engine.paths import asset_path
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.fts5_index import Fts5Index
from engine.rag.ingest import embedded_text, index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.retriever import Reranking, Retriever
from engine.rag.words import STOP_WORDS, content_stems
from engine.sentences import split_sentences
from engine.storage.sqlite import OpenMode, connect
from engine.types import Passage, Progress, Section

if TYPE_CHECKING:
    from engine.protocols import Embedder, ProgressCallback, Vectors

PACKS = ("algebra", "biology", "physics")
SIZES = {"10k": 10_000, "100k": 100_000}
SENTENCES = 5  # of a passage
_REAL = 1200
_RATIO = 240
_QUESTIONS = 100
_HITS = 50
_NEW_WORDS = 0.3
_NOISE = 0.03  # a dimension; a unit vector of 384 has about .05


@dataclass(frozen=True, slots=True)
class Real:
    """The real part: sentences with their vectors, and questions."""

    sentences: list[str]
    vectors: "Vectors"
    questions: list[str]


def bench_retrieval(
    folder: Path, embedder: "Embedder | None", *, progress: "ProgressCallback"
) -> dict[str, object]:
    """All figures in one run; files are made in ``folder``.

    Raises:
        ModelError: there is no embedder.
    """
    if embedder is None:
        raise ModelError(
            "No embedder is installed.", todo="Install one: llm-tutor models add all-minilm-l6-v2"
        )
    packs = [read_pack_folder(asset_path("packs", name)) for name in PACKS]
    sentences = [
        sentence for pack in packs for passage in pack.passages for sentence in split_sentences(passage.text)
    ]
    random.Random(3).shuffle(sentences)
    ratio = index_ratio(packs[0], folder, embedder)
    real = Real(
        sentences[:_REAL],
        _embedded(sentences[:_REAL], embedder, progress),
        [question.question for pack in packs for question in pack.questions][:_QUESTIONS],
    )
    report: dict[str, object] = {
        "index_ratio": round(ratio, 3),
        "embed_question_p50_ms": _embedding_ms(real, embedder),
    }
    for label, size in SIZES.items():
        for name, times in _at_size(size, folder, real, embedder, progress).items():
            _note(report, name, label, times)
    report["volume"] = f"{_REAL} real sentences, changed words and vectors; {SENTENCES} sentences a passage"
    return report


def index_ratio(pack: Pack, folder: Path, embedder: "Embedder") -> float:
    """Time to index some real passages / time of the embedder alone on their sentences, in turns."""
    passages: list[Passage] = []
    count = 0
    for passage in pack.passages:
        passages.append(passage)
        count += len(split_sentences(passage.text))
        if count >= _RATIO:
            break
    part = Pack(pack.info, pack.sections, tuple(passages))
    texts = [embedded_text(one.title, sentence) for one in passages for sentence in split_sentences(one.text)]
    alone = indexing = 0.0
    for number in range(2):
        began = time.perf_counter()
        embedder.embed(texts)
        alone += time.perf_counter() - began
        path = folder / f"ratio-{number}.sqlite"
        began = time.perf_counter()
        index_words(part, path, cancel=CancelToken())
        index_vectors(path, embedder, cancel=CancelToken())
        indexing += time.perf_counter() - began
    return indexing / alone


class VolumeEmbedder:
    """Vectors for made-up sentences: the real sentence's, with noise. Named as the real one, so that they match it.

    Args:
        real: the real sentences.
        name: of the real embedder.
        seed: of the noise.
    """

    def __init__(self, real: Real, name: str, seed: int) -> None:
        import numpy as np

        self.name = name
        self.dimensions = int(real.vectors.shape[1])
        self._vectors = real.vectors
        self._rng = np.random.default_rng(seed)

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """A noisy real vector for each text."""
        import numpy as np

        chosen = self._vectors[self._rng.integers(len(self._vectors), size=len(texts))]
        noisy = chosen + self._rng.standard_normal(chosen.shape, dtype=np.float32) * np.float32(_NOISE)
        return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), dtype=np.float32)

    def close(self) -> None:
        """Nothing to free."""


def volume_pack(real: Real, size: int) -> Pack:
    """A pack of ``size`` passages made of the real sentences."""
    rng = random.Random(size)
    sections = tuple(Section(f"s-{number}", f"Section {number}") for number in range(max(1, size // 50)))
    passages = tuple(
        Passage(
            f"p-{number}",
            sections[number * len(sections) // size].id,
            " ".join(rng.choice(real.sentences).split()[:4]),
            "\n\n".join(_changed(rng.choice(real.sentences), rng) for _ in range(SENTENCES)),
        )
        for number in range(size)
    )
    return Pack(PackInfo(f"bench.{size}", "1.0.0", "Volume", origin="document"), sections, passages)


def _changed(sentence: str, rng: random.Random) -> str:
    return " ".join(
        f"{word}{rng.choice('aeiou')}{rng.choice('bdklmnprst')}"
        if word.isalpha() and word.lower() not in STOP_WORDS and rng.random() < _NEW_WORDS
        else word
        for word in sentence.split()
    )


def _at_size(
    size: int, folder: Path, real: Real, embedder: "Embedder", progress: "ProgressCallback"
) -> dict[str, list[float]]:
    """Milliseconds of each question, by method; "" is ours."""
    pack = volume_pack(real, size)
    path = folder / f"{size}.sqlite"
    progress(Progress(f"Indexing {size:,} passages", 0, None, "passages"))
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, VolumeEmbedder(real, embedder.name, size), cancel=CancelToken(), progress=progress)
    found: dict[str, list[float]] = {}
    index = PackIndex(path)
    retriever = Retriever([index], embedder=embedder, reranking=Reranking(FeatureReranker()))
    found[""] = _timed(real.questions, lambda question: retriever.retrieve(question, cancel=CancelToken()))
    index.close()
    found["fts5"] = _fts5(path, real.questions)
    progress(Progress(f"The alternatives at {size:,}", 0, None, "passages"))
    found |= _in_memory(pack, real.questions)
    found["numpy"] = _numpy(real, size, embedder)
    path.unlink()
    return found


def _fts5(path: Path, questions: Sequence[str]) -> list[float]:
    connection = connect(path, mode=OpenMode.IMMUTABLE)
    plain = Fts5Index(connection, postings=sys.maxsize)
    times = _timed(questions, lambda question: plain.search(question, _HITS))
    connection.close()
    return times


def _in_memory(pack: Pack, questions: Sequence[str]) -> dict[str, list[float]]:
    """rank-bm25, which scores every passage, and bm25s where it is installed (it is a tool of development)."""
    import numpy as np
    from rank_bm25 import BM25Okapi

    corpus = [content_stems(passage.text) for passage in pack.passages]
    okapi = BM25Okapi(corpus)
    times = {
        "rank_bm25": _timed(
            questions,
            lambda question: np.argpartition(-okapi.get_scores(content_stems(question)), _HITS)[:_HITS],
        )
    }
    try:
        import bm25s
    except ModuleNotFoundError:
        return times
    sparse = bm25s.BM25()
    sparse.index(corpus, show_progress=False)
    known = set(sparse.vocab_dict)

    def search(question: str) -> object:
        stems = [stem for stem in content_stems(question) if stem in known]
        return sparse.retrieve([stems], k=_HITS, show_progress=False) if stems else None

    times["bm25s"] = _timed(questions, search)
    return times


def _numpy(real: Real, size: int, embedder: "Embedder") -> list[float]:
    """All vectors in memory, each compared."""
    import numpy as np

    volume = VolumeEmbedder(real, embedder.name, size).embed([""] * (size * SENTENCES))

    def search(question: str) -> object:
        scores = volume @ embedder.embed([question])[0]
        return np.argpartition(-scores, _HITS)[:_HITS]

    return _timed(real.questions, search)


def _embedded(sentences: Sequence[str], embedder: "Embedder", progress: "ProgressCallback") -> "Vectors":
    import numpy as np

    parts = []
    for at in range(0, len(sentences), 50):
        parts.append(embedder.embed(sentences[at : at + 50]))
        progress(Progress("Embedding real sentences", at, len(sentences), "sentences"))
    return np.concatenate(parts)


def _embedding_ms(real: Real, embedder: "Embedder") -> float:
    times = sorted(_timed(real.questions, lambda question: embedder.embed([question])))
    return round(times[len(times) // 2], 2)


def _timed(questions: Sequence[str], search: Callable[[str], object]) -> list[float]:
    """Milliseconds of each question, after five to warm up."""
    for question in questions[:5]:
        search(question)
    times = []
    for question in questions:
        began = time.perf_counter()
        search(question)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _note(report: dict[str, object], method: str, label: str, times: list[float]) -> None:
    ordered = sorted(times)
    figures = {
        f"p50_ms_{label}": round(ordered[len(ordered) // 2], 2),
        f"p95_ms_{label}": round(ordered[int(0.95 * len(ordered))], 2),
    }
    if not method:
        report.update(figures)
        return
    beside = report.setdefault(method, {})
    if isinstance(beside, dict):
        beside.update(figures)
