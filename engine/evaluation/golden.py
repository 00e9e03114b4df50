"""A pack's golden questions, asked as a learner would: each must be answered from a right passage, or declined.

Answers are made without a language model, as everywhere in evaluation: what a model adds comes on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.evaluation.quoted_answer import quoted_answer
from engine.types import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.cancel import CancelToken
    from engine.content.pack import GoldenQuestion
    from engine.protocols import ProgressCallback
    from engine.rag.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Miss:
    """A golden question that went wrong, and how."""

    question: str
    fault: str
    probability: float


def ask_golden(
    questions: Sequence[GoldenQuestion],
    retriever: Retriever,
    *,
    packs: frozenset[str] | None,
    cancel: CancelToken,
    progress: ProgressCallback,
) -> list[Miss]:
    """Ask ``questions`` in ``packs``; returns those that went wrong."""
    misses = []
    for number, golden in enumerate(questions, 1):
        cancel.check()
        answer = quoted_answer(golden.question, retriever, packs=packs)
        cited = [citation.passage for citation in answer.draft.citations]
        fault = _fault(golden, answer.draft.text, cited, answered=answer.answered)
        if fault:
            misses.append(Miss(golden.question, fault, round(answer.probability, 3)))
        progress(Progress("Asking the golden questions", number, len(questions), "questions"))
    return misses


def _fault(golden: GoldenQuestion, text: str, cited: list[str], *, answered: bool) -> str:
    if not golden.answerable:
        return f"answered, though the pack does not cover it, from {cited[0]}" if answered else ""
    if not answered:
        return "not answered"
    if golden.passages and cited[0] not in golden.passages:
        return f"answered from {cited[0]}"
    missing = [words for words in golden.answer_contains if words.lower() not in text.lower()]
    return f"the answer does not hold “{missing[0]}”" if missing else ""
