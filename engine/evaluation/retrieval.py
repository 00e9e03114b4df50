"""The suite ``eval retrieval``: is the right passage found, how high, and how fast.

Recall@k and MRR@10 are over answerable questions. In a textbook a question's gold is a section (module), so the ranks
are those of distinct sections there. Beside the whole: the share of questions whose answer stands in the best one, two,
three sentences, which is what quoting alone can reach.
"""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.evaluation.dataset import AskedQuestion, QuestionSet, norm
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.retrieval import Retrieval
from engine.types import Progress

if TYPE_CHECKING:
    from engine.model_loading import Ranking
    from engine.protocols import Embedder, ProgressCallback
    from engine.rag.retriever import Retriever

_RANKS = 10
_PASSAGES_FOR_SECTIONS = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's outcome: ``rank`` of the gold from 1, 0 if not in the first ten; ``sentence`` likewise."""

    question: AskedQuestion
    rank: int
    sentence: int
    milliseconds: float
    probability: float


def evaluate_retrieval(
    questions: QuestionSet,
    folder: Path,
    embedder: "Embedder | None",
    ranking: "Ranking",
    *,
    limit: int | None,
    progress: "ProgressCallback",
) -> dict[str, object]:
    """Index the set's pack under ``folder``, ask its questions (the first ``limit``), and sum up."""
    with opened_retriever(questions, folder, embedder, ranking, progress=progress) as retriever:
        asked = [question for question in questions.questions if question.answerable]
        outcomes = ask_all(retriever, asked[:limit], by_section=questions.by_section, progress=progress)
    kinds = sorted({outcome.question.kind for outcome in outcomes})
    report = summary(outcomes, len(questions.pack.passages))
    if len(kinds) > 1:
        for kind in kinds:
            of_kind = [outcome for outcome in outcomes if outcome.question.kind == kind]
            report[kind] = summary(of_kind, len(questions.pack.passages))
    return report


@contextlib.contextmanager
def opened_retriever(
    questions: QuestionSet,
    folder: Path,
    embedder: "Embedder | None",
    ranking: "Ranking",
    *,
    progress: "ProgressCallback",
) -> "Iterator[Retriever]":
    """A retriever over the set's pack, indexed under ``folder``."""
    path = folder / f"{questions.pack.info.id}.sqlite"
    index_words(questions.pack, path, cancel=CancelToken())
    if embedder is not None:
        index_vectors(path, embedder, cancel=CancelToken(), progress=progress)
    index = PackIndex(path)
    try:
        yield ranking.retriever([index], embedder)
    finally:
        index.close()


def ask_all(
    retriever: "Retriever",
    questions: Sequence[AskedQuestion],
    *,
    by_section: bool,
    progress: "ProgressCallback",
) -> list[Outcome]:
    """Ask each question and see where its gold came."""
    outcomes = []
    for number, question in enumerate(questions, start=1):
        began = time.perf_counter()
        found = retriever.retrieve(
            question.text, limit=_PASSAGES_FOR_SECTIONS if by_section else _RANKS, cancel=CancelToken()
        )
        elapsed = 1000 * (time.perf_counter() - began)
        outcomes.append(
            Outcome(
                question,
                _rank(found, question.gold, by_section=by_section),
                answer_rank(found, question.answers),
                elapsed,
                found.evidence.probability,
            )
        )
        progress(Progress("Asking", number, len(questions), "questions"))
    return outcomes


def answer_rank(found: Retrieval, answers: Sequence[str]) -> int:
    """Rank from 1 of the first sentence that holds one of the ``answers``; 0 if none does."""
    wanted = [norm(answer) for answer in answers if norm(answer)]
    for rank, sentence in enumerate(found.sentences, start=1):
        held = f" {norm(sentence.text)} "
        if any(f" {answer} " in held for answer in wanted):
            return rank
    return 0


def summary(outcomes: Sequence[Outcome], passages: int) -> dict[str, object]:
    """The keys of the contract, and how often the best sentences hold the answer."""
    count = max(len(outcomes), 1)
    times = sorted(outcome.milliseconds for outcome in outcomes) or [0.0]
    ranks = [outcome.rank for outcome in outcomes]
    report: dict[str, object] = {
        "n": len(outcomes),
        "recall_at_1": round(sum(rank == 1 for rank in ranks) / count, 4),
        "recall_at_5": round(sum(1 <= rank <= 5 for rank in ranks) / count, 4),
        "mrr_at_10": round(sum(1 / rank for rank in ranks if rank) / count, 4),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[min(len(times) - 1, int(0.95 * len(times)))], 2),
        "passages": passages,
    }
    if any(outcome.question.answers and outcome.question.kind == "question" for outcome in outcomes):
        report["answer_in_sentences"] = {
            str(best): round(sum(1 <= outcome.sentence <= best for outcome in outcomes) / count, 4)
            for best in (1, 2, 3)
        }
    return report


def _rank(found: Retrieval, gold: str, *, by_section: bool) -> int:
    if by_section:
        ranked = list(dict.fromkeys(passage.passage.section for passage in found.passages))
    else:
        ranked = [passage.passage.id for passage in found.passages]
    return ranked.index(gold) + 1 if gold in ranked[:_RANKS] else 0
