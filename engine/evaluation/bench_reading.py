"""``llm-tutor bench reading``: what the evidence model's reading adds to a search, beside what is usually done.

Usual is to have a cross-encoder read the best two dozen candidates whole; here the same model does that, too. All take
the starter packs' golden questions in turns, so that other load on the machine falls on each alike. How good answers
are is measured by the suites ``qa`` and ``retrieval``, and on unseen articles by ``models_manifest.evidence``.
"""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.pack_folder import read_pack_folder
from engine.errors import ModelError
from engine.evaluation.bench_retrieval import PACKS
from engine.paths import asset_path
from engine.rag.retriever import Reranking, Retriever
from engine.types import Progress

if TYPE_CHECKING:
    from engine.model_loading import Ranking
    from engine.protocols import Embedder, ProgressCallback
    from engine.rag.pack_index import PackIndex

_USUAL = 24
_WARM_UP = 5


def bench_reading(
    indexes: "Sequence[PackIndex]",
    embedder: "Embedder | None",
    ranking: "Ranking",
    *,
    progress: "ProgressCallback",
) -> dict[str, object]:
    """Milliseconds of a search with reading, without, and as is usual.

    Raises:
        ModelError: there is no evidence model.
    """
    if ranking.reader is None:
        raise ModelError("The evidence model is not installed.", todo="Run 'llm-tutor prepare' first.")
    usual = Reranking(ranking.reader.model, limit=_USUAL)
    ways = {
        "": ranking.retriever(indexes, embedder),
        "without": Retriever(indexes, embedder=embedder, reranking=ranking.reranking),
        f"rerank_{_USUAL}": Retriever(indexes, embedder=embedder, reranking=usual),
    }
    packs = [read_pack_folder(asset_path("packs", name)) for name in PACKS]
    questions = [question.question for pack in packs for question in pack.questions]
    times = _in_turns(ways, questions, progress)
    report: dict[str, object] = {"questions": len(questions)} | _percentiles(times.pop(""))
    return report | {name: _percentiles(taken) for name, taken in times.items()}


def _in_turns(
    ways: Mapping[str, Retriever], questions: Sequence[str], progress: "ProgressCallback"
) -> dict[str, list[float]]:
    """Milliseconds of each question, by way of searching, after a few to warm up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number, question in enumerate([*questions[:_WARM_UP], *questions]):
        for name, retriever in ways.items():
            began = time.perf_counter()
            retriever.retrieve(question, cancel=CancelToken())
            times[name].append(1000 * (time.perf_counter() - began))
        progress(Progress("Asking the golden questions", number, _WARM_UP + len(questions), "questions"))
    return {name: taken[_WARM_UP:] for name, taken in times.items()}


def _percentiles(times: Sequence[float]) -> dict[str, object]:
    ordered = sorted(times)
    return {
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p95_ms": round(ordered[int(0.95 * len(ordered))], 1),
    }
