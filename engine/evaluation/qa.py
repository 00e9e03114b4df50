"""The suite ``eval qa``: are answers right, are they grounded in what they cite, and are they withheld when due.

Definitions are SQuAD's and those of design.md: an answer is supported if its citations are verbatim, a cited
passage holds a gold answer, and the answer does too (or overlaps with it, F1 at least .5). Answers are made as the
tutor makes them without a language model; what a model adds never replaces a quoted sentence.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.evaluation.dataset import QuestionSet, norm, without_group
from engine.evaluation.memo_embedder import MemoEmbedder
from engine.evaluation.quoted_answer import quoted_answer
from engine.evaluation.retrieval import opened_retriever
from engine.types import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from engine.evaluation.dataset import AskedQuestion
    from engine.evaluation.quoted_answer import QuotedAnswer
    from engine.model_loading import Ranking
    from engine.protocols import Embedder, ProgressCallback
    from engine.rag.retriever import Retriever
    from engine.tutor.draft import Draft

_CURVE = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)
_F1_SUPPORTED = 0.5


@dataclass(frozen=True, slots=True)
class Graded:
    """One question's answer, graded. ``answered``: the tutor's own decision; the rest is of the answer it has."""

    question: AskedQuestion
    probability: float
    answered: bool
    valid: bool
    supported: bool
    em: float
    f1: float
    words: int
    milliseconds: float


def evaluate_qa(
    questions: QuestionSet,
    folder: Path,
    embedder: Embedder | None,
    ranking: Ranking,
    *,
    limit: int | None,
    progress: ProgressCallback,
) -> dict[str, object]:
    """Ask the set's questions (the first ``limit``), once with everything indexed and once without their article.

    Args:
        questions: the set.
        folder: where indexes are made.
        embedder: None searches by words alone.
        ranking: orders what was found.
        limit: most questions to ask.
        progress: told how far it is.
    """
    memo = MemoEmbedder(embedder) if embedder else None
    asked = questions.questions[:limit]
    with opened_retriever(questions, folder / "all", memo, ranking, progress=progress) as retriever:
        graded = list(_grade_all(asked, retriever, questions, _counting(progress, "Asking", len(asked))))
    without = _asked_without_article(asked, questions, folder, memo, ranking, progress)
    report = summary(graded)
    report["leave_article_out"] = _share(sum(one.answered for one in without), len(without))
    report["auroc"] = told_apart(graded, without)
    report["curve"] = curve(graded, without)
    return report


def summary(graded: Sequence[Graded]) -> dict[str, object]:
    """The figures of the contract."""
    answerable = [one for one in graded if one.question.answerable]
    given = [one for one in answerable if one.answered]
    impossible = [one for one in graded if not one.question.answerable]
    refused = [one for one in graded if not one.answered]
    rightly = sum(not one.question.answerable for one in refused)
    times = sorted(one.milliseconds for one in graded) or [0.0]
    return {
        "n": len(graded),
        "answered": sum(one.answered for one in graded),
        "coverage": _share(len(given), len(answerable)),
        "grounded_rate": _share(sum(one.supported for one in given), len(given)),
        "cite_valid": _share(
            sum(one.valid for one in graded if one.answered), sum(one.answered for one in graded)
        ),
        "em": _mean([one.em if one.answered else float(not one.question.answerable) for one in graded]),
        "f1": _mean([one.f1 if one.answered else float(not one.question.answerable) for one in graded]),
        "answer_words": _mean([one.words for one in graded if one.answered], digits=1),
        "hallucination_rate": _share(sum(one.answered for one in impossible), len(impossible)),
        "refusal_f1": _share(2 * rightly, len(refused) + len(impossible)),
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[min(len(times) - 1, int(0.95 * len(times)))], 1),
    }


def told_apart(graded: Sequence[Graded], without: Sequence[QuotedAnswer]) -> dict[str, float]:
    """How surely the probability tells answerable questions from impossible ones, and from those without their article.

    The area under the ROC curve, .5 to 1; a kind of question that the set has not is left out.
    """
    from engine.evaluation.fit_reranker import auroc

    good = [one.probability for one in graded if one.question.answerable]
    bad = {
        "impossible": [one.probability for one in graded if not one.question.answerable],
        "without_article": [one.probability for one in without],
    }
    return {
        kind: round(auroc([*good, *other], [True] * len(good) + [False] * len(other)), 4)
        for kind, other in bad.items()
        if good and other
    }


def curve(graded: Sequence[Graded], without: Sequence[QuotedAnswer]) -> list[dict[str, float]]:
    """What is answered, and rightly so, at several coverages, if the threshold were moved there.

    Args:
        graded: answers with everything indexed.
        without: answers to the answerable questions without their article.
    """
    answerable = sorted((one for one in graded if one.question.answerable), key=lambda one: -one.probability)
    impossible = [one for one in graded if not one.question.answerable]
    points = []
    for coverage in _CURVE if answerable else ():
        given = answerable[: max(1, round(coverage * len(answerable)))]
        threshold = given[-1].probability
        points.append(
            {
                "coverage": coverage,
                "threshold": round(threshold, 3),
                "grounded_rate": _share(sum(one.supported for one in given), len(given)),
                "hallucination_rate": _share(
                    sum(one.probability >= threshold for one in impossible), len(impossible)
                ),
                "answered_without_article": _share(
                    sum(one.probability >= threshold for one in without), len(without)
                ),
            }
        )
    return points


def token_f1(answer: str, gold: str) -> float:
    """SQuAD's F1 over normalised tokens."""
    ours, theirs = norm(answer).split(), norm(gold).split()
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def _grade_all(
    asked: Sequence[AskedQuestion], retriever: Retriever, questions: QuestionSet, tick: Callable[[], None]
) -> Iterator[Graded]:
    texts = {passage.id: passage.text for passage in questions.pack.passages}
    for question in asked:
        yield _grade(question, retriever, texts)
        tick()


def _grade(question: AskedQuestion, retriever: Retriever, texts: dict[str, str]) -> Graded:
    began = time.perf_counter()
    answer = quoted_answer(question.text, retriever)
    elapsed = 1000 * (time.perf_counter() - began)
    draft = answer.draft
    valid = bool(draft.citations) and all(
        citation.quote and citation.quote in texts.get(citation.passage, "") for citation in draft.citations
    )
    f1 = max((token_f1(draft.text, gold) for gold in question.answers), default=0.0)
    return Graded(
        question=question,
        probability=answer.probability,
        answered=answer.answered,
        valid=valid,
        supported=valid and _supported(draft, question, texts, f1),
        em=float(any(norm(draft.text) == norm(gold) for gold in question.answers)),
        f1=f1,
        words=draft.words,
        milliseconds=elapsed,
    )


def _supported(draft: Draft, question: AskedQuestion, texts: dict[str, str], f1: float) -> bool:
    golds = [norm(gold) for gold in question.answers if norm(gold)]
    cited = [norm(texts[citation.passage]) for citation in draft.citations]
    in_passage = any(gold in text for gold in golds for text in cited)
    return in_passage and (any(gold in norm(draft.text) for gold in golds) or f1 >= _F1_SUPPORTED)


def _asked_without_article(
    asked: Sequence[AskedQuestion],
    questions: QuestionSet,
    folder: Path,
    memo: MemoEmbedder | None,
    ranking: Ranking,
    progress: ProgressCallback,
) -> list[QuotedAnswer]:
    """What the tutor says to the answerable questions when their article is not indexed."""
    by_group: dict[str, list[AskedQuestion]] = {}
    for question in asked:
        if question.answerable:
            by_group.setdefault(question.group, []).append(question)
    total = sum(map(len, by_group.values()))
    tick = _counting(progress, "Asking without the article", total)
    given = []
    for number, (group, held_out) in enumerate(by_group.items()):
        rest = QuestionSet(without_group(questions.pack, group), (), questions.by_section)
        with opened_retriever(
            rest, folder / str(number), memo, ranking, progress=lambda _: None
        ) as retriever:
            for question in held_out:
                given.append(quoted_answer(question.text, retriever))
                tick()
    return given


def _counting(progress: ProgressCallback, what: str, total: int) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        progress(Progress(what, done, total, "questions"))

    return tick


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _mean(values: Sequence[float], *, digits: int = 4) -> float:
    return round(sum(values) / len(values), digits) if values else 0.0
