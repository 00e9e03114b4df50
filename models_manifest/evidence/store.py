"""Keeps what retrieval found, so that it is looked up once: a few minutes on two cores.

One compressed file a corpus; it is made anew when the texts, the questions, the embedder or retrieval's own weights
are others.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.protocols import Embedder
from engine.rag.weights import fitted_weights
from models_manifest.evidence.candidates import Found, look_up, look_up_left_out
from models_manifest.evidence.corpus import PUBLIC, Corpus

_BY_SENTENCE = ("sentences", "scores", "prose", "support")
_BY_PASSAGE = ("passages", "passage_scores")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A corpus with what was found.

    Attributes:
        corpus: the texts and questions.
        found: one a question.
        left_out: by question number, what is found without the question's article; empty for the packs.
    """

    corpus: Corpus
    found: list[Found]
    left_out: dict[int, Found]


def looked_up(
    corpora: Sequence[Corpus], folder: Path, embedder: Embedder, log: Callable[[str], None]
) -> list[LookedUp]:
    """What is found for the questions of ``corpora``; kept under ``folder``."""
    return [_one(corpus, folder, embedder, log) for corpus in corpora]


def _one(corpus: Corpus, folder: Path, embedder: Embedder, log: Callable[[str], None]) -> LookedUp:
    path = folder / f"found-{corpus.name}.npz"
    digest = _digest(corpus, embedder)
    stored = _read(path, digest)
    if stored is None:
        log(f"{corpus.name}: looking up {len(corpus.questions)} questions")
        folder.mkdir(parents=True, exist_ok=True)
        found = look_up(corpus, folder, embedder)
        left_out = look_up_left_out(corpus, folder, embedder) if corpus.name in PUBLIC else {}
        _write(path, digest, found, left_out)
        stored = _read(path, digest)
    if stored is None:
        raise OSError(f"{path} cannot be read back")
    found, left_out = stored
    log(f"{corpus.name}: {len(corpus.sentences)} sentences, {len(found)} questions, {len(left_out)} left out")
    return LookedUp(corpus, found, left_out)


def _digest(corpus: Corpus, embedder: Embedder) -> str:
    weights = fitted_weights()
    ranking = (weights.passage, weights.sentence, weights.reranker)
    digest = hashlib.sha256(f"{_FORMAT} {embedder.name} {ranking}".encode())
    for part in (corpus.sentences, corpus.questions):
        for one in part:
            digest.update(repr(one).encode())
    return digest.hexdigest()


def _write(path: Path, digest: str, found: Sequence[Found], left_out: dict[int, Found]) -> None:
    every = [*found, *left_out.values()]
    about = {"digest": digest, "questions": [one.question for one in every], "left_out": list(left_out)}
    arrays = {
        name: np.concatenate([getattr(one, name) for one in every]) for name in (*_BY_SENTENCE, *_BY_PASSAGE)
    }
    counts = {
        "sentence_counts": np.array([len(one.sentences) for one in every]),
        "passage_counts": np.array([len(one.passages) for one in every]),
    }
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, about=np.array(json.dumps(about)), **arrays, **counts)
    new.replace(path)


def _read(path: Path, digest: str) -> tuple[list[Found], dict[int, Found]] | None:
    if not path.exists():
        return None
    with np.load(path) as stored:
        about = json.loads(str(stored["about"]))
        if about["digest"] != digest:
            return None
        every = list(_split({name: stored[name] for name in stored.files}, about["questions"]))
    asked = len(every) - len(about["left_out"])
    return every[:asked], dict(zip(about["left_out"], every[asked:], strict=True))


def _split(arrays: "dict[str, np.ndarray]", questions: Sequence[str]) -> Iterator[Found]:
    by_sentence = np.cumsum(arrays["sentence_counts"])[:-1]
    by_passage = np.cumsum(arrays["passage_counts"])[:-1]
    columns = [np.split(arrays[name], by_sentence) for name in _BY_SENTENCE]
    columns += [np.split(arrays[name], by_passage) for name in _BY_PASSAGE]
    for question, *values in zip(questions, *columns, strict=True):
        yield Found(question, *values)
