"""Fits ``engine/rag/weights.json``: ``python -m engine.evaluation.fit_reranker --data DIR --data DIR --embedder GGUF``.

Linear models over the features of retrieval, small on purpose, since other texts decide: the scores of a passage and of
a sentence (softmax over the candidates of a question, the right ones against the rest) and the logistic model of the
evidence (answer among the best three sentences or not; the same questions are asked again of an index without their
article). Everything reported is by cross-validation over whole articles; what is written is fitted on all of them.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np  # noqa: TID253 - a script of its own, which the product never imports
from numpy.typing import NDArray  # noqa: TID253

from engine.cancel import CancelToken
from engine.evaluation.dataset import AskedQuestion, QuestionSet, load_question_set, norm, without_group
from engine.evaluation.memo_embedder import MemoEmbedder
from engine.evaluation.retrieval import answer_rank
from engine.rag.candidates import gather
from engine.rag.evidence import TOP
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.features import ASKED
from engine.rag.ingest import index_vectors, index_words
from engine.rag.llama_cpp_embedder import LlamaCppEmbedder
from engine.rag.pack_index import PackIndex
from engine.rag.question import analyse
from engine.rag.ranking import Ranked, measure, rerank
from engine.rag.retriever import Reranking, Retriever, rarity_of
from engine.rag.weights import WEIGHTS_FILE, Weights, fitted_weights

if TYPE_CHECKING:
    from engine.protocols import Embedder

Matrix = NDArray[np.float64]
FOLDS = 5
PASSAGE = ("words", "sentence_words", "likeness", "whole_likeness", "coverage", "names", "rerank")
SENTENCE = ("words", "likeness", "parent", "rerank")
EVIDENCE = ("coverage", "coverage_passage", "names", "likeness")
_SHORTLIST = Reranking(FeatureReranker()).limit


@dataclass(slots=True)
class Case:
    """One question's candidates: feature rows, and which of them are right."""

    group: str
    ranked: Ranked
    asked: Matrix
    best: NDArray[np.intp]
    right_passages: NDArray[np.bool_]
    right_sentences: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EvidenceCase:
    """One search: of which article, whether that was indexed, whether the best sentences hold the answer."""

    article: str
    indexed: bool
    holds: bool
    features: dict[str, float]


@dataclass(slots=True)
class Lists:
    """Rows of many lists, one after another; ``starts`` says where each begins."""

    rows: list[Matrix] = field(default_factory=list)
    right: list[NDArray[np.bool_]] = field(default_factory=list)

    def add(self, rows: Matrix, right: NDArray[np.bool_]) -> None:
        """Add a list, if it has something right and something wrong."""
        if right.any() and not right.all():
            self.rows.append(rows)
            self.right.append(right)

    def fit(self, *, ridge: float = 1e-3, steps: int = 400) -> Matrix:
        """Weights that make the right rows likely in a softmax over each list."""
        rows, right = np.concatenate(self.rows), np.concatenate(self.right)
        starts = np.cumsum([0] + [len(one) for one in self.rows[:-1]])
        counts = np.diff([*starts, len(rows)])

        def gradient(weights: Matrix) -> Matrix:
            scores = rows @ weights
            scores -= np.repeat(np.maximum.reduceat(scores, starts), counts)
            likely = np.exp(scores)
            of_all = likely / np.repeat(np.add.reduceat(likely, starts), counts)
            good = likely * right
            of_right = good / np.repeat(np.add.reduceat(good, starts), counts)
            return np.asarray(rows.T @ (of_right - of_all) / len(starts) - ridge * weights)

        return ascend(gradient, rows.shape[1], steps)


def ascend(gradient: Callable[[Matrix], Matrix], size: int, steps: int) -> Matrix:
    """Adam from zero."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights += 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def logistic(rows: Matrix, labels: Matrix, *, ridge: float = 1e-3, steps: int = 800) -> Matrix:
    """Weights and, last, the constant of a logistic regression on standardised rows, given back for raw rows."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / deviation, np.ones((len(rows), 1))])
    keep = np.array([ridge] * rows.shape[1] + [0.0])

    def gradient(weights: Matrix) -> Matrix:
        likely = 1 / (1 + np.exp(-(design @ weights)))
        return np.asarray(design.T @ (labels - likely) / len(labels) - keep * weights)

    fitted = ascend(gradient, design.shape[1], steps)
    raw = fitted[:-1] / deviation
    return np.append(raw, fitted[-1] - raw @ mean)


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Probability that a true one scores higher than a false one; equal scores count half."""
    _, level, count = np.unique(np.asarray(scores), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[level]
    truth = np.asarray(labels, dtype=bool)
    positives = int(truth.sum())
    return float(
        (ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives))
    )


def z_matrix(features: dict[str, NDArray[np.float32]], names: Sequence[str]) -> Matrix:
    """The named features as z-scores, one column each."""
    columns = []
    for name in names:
        values = features[name].astype(np.float64)
        columns.append((values - values.mean()) / (values.std() if values.std() > 1e-6 else 1.0))
    return np.stack(columns, axis=1)


def collect(
    index: PackIndex, questions: Sequence[AskedQuestion], embedder: "Embedder", weights: Weights
) -> Iterator[Case]:
    """The candidates of each question, measured, with what is right among them."""
    built_in = FeatureReranker(weights)
    for question in questions:
        asked = analyse(question.text)
        found = gather([index], asked.text, [embedder.embed([asked.text])[0]], [None])
        if not found:
            continue
        ranked = measure(asked, found, rarity_of(asked, [index]))
        ranked.fuse(weights)
        best = ranked.best_sentences(_SHORTLIST)
        texts = [ranked.titled_sentence(int(at)) for at in best]
        rows = np.array(built_in.features(asked.text, texts))
        rerank(asked, ranked, built_in, _SHORTLIST, CancelToken())
        gold = np.array([one.indexed.passage.id == question.gold for one in found])
        answers = [f" {norm(answer)} " for answer in question.answers if norm(answer)]
        holds = np.array(
            [
                bool(gold[owner]) and any(answer in f" {norm(ranked.sentence(at))} " for answer in answers)
                for at, owner in enumerate(ranked.owner)
            ]
        )
        yield Case(question.group, ranked, rows, best, gold, holds)


def fit_weights(cases: Sequence[Case], start: Weights) -> Weights:
    """Reranker first (beside the found features), then passages, then sentences."""
    joint = Lists()
    for case in cases:
        found = z_matrix(case.ranked.sentence_features, ("words", "likeness", "parent"))[case.best]
        joint.add(np.hstack([found, case.asked]), case.right_sentences[case.best])
    reranker = dict(zip(ASKED, map(float, joint.fit()[3:]), strict=True))
    reranker["question_mark"] = start.reranker["question_mark"]  # an encyclopedia asks nothing; textbooks do
    passages, sentences = Lists(), Lists()
    for case in cases:
        rescore(case, [reranker[name] for name in ASKED])
        passages.add(z_matrix(case.ranked.passage_features, PASSAGE), case.right_passages)
    passage = dict(zip(PASSAGE, map(float, passages.fit()), strict=True))
    halfway = Weights(passage, start.sentence, reranker, start.evidence, start.evidence_by_words)
    for case in cases:
        case.ranked.fuse(halfway)
        sentences.add(z_matrix(case.ranked.sentence_features, SENTENCE), case.right_sentences)
    sentence = dict(zip(SENTENCE, map(float, sentences.fit()), strict=True))
    return Weights(passage, sentence, reranker, start.evidence, start.evidence_by_words)


def rescore(case: Case, weights: Sequence[float]) -> None:
    """Put the reranker's scores under other ``weights`` in place."""
    given = (case.asked @ np.asarray(weights)).astype(np.float32)
    scores = np.full(len(case.ranked.owner), given.min(), dtype=np.float32)
    scores[case.best] = given
    case.ranked.sentence_features["rerank"] = scores
    highest = np.full(len(case.ranked.found), -np.inf, dtype=np.float32)
    np.maximum.at(highest, case.ranked.owner, scores)
    case.ranked.passage_features["rerank"] = highest


def evidence_cases(
    questions: QuestionSet, folder: Path, embedder: "Embedder", weights: Weights
) -> Iterator[EvidenceCase]:
    """Each question twice: with its article indexed, and without."""
    answerable = [question for question in questions.questions if question.answerable]
    for article in sorted({question.group for question in answerable}):
        own = [question for question in answerable if question.group == article]
        for pack in (questions.pack, without_group(questions.pack, article)):
            path = folder / "evidence.sqlite"
            index_words(pack, path, cancel=CancelToken())
            index_vectors(path, embedder, cancel=CancelToken())
            index = PackIndex(path)
            retriever = Retriever(
                [index], embedder=embedder, reranking=Reranking(FeatureReranker(weights)), weights=weights
            )
            for question in own:
                found = retriever.retrieve(question.text, cancel=CancelToken())
                indexed = pack is questions.pack
                holds = indexed and 1 <= answer_rank(found, question.answers) <= TOP
                yield EvidenceCase(article, indexed, holds, dict(found.evidence.features))
            index.close()


def fit_evidence(cases: Sequence[EvidenceCase], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """The logistic model over the named features, and its AUROC against left-out articles by cross-validation."""
    rows = np.array([[case.features[name] for name in names] for case in cases])
    labels = np.array([float(case.holds) for case in cases])
    fold = folds([case.article for case in cases])
    scores = np.zeros(len(cases))
    for number in range(FOLDS):
        fitted = logistic(rows[fold != number], labels[fold != number])
        scores[fold == number] = rows[fold == number] @ fitted[:-1] + fitted[-1]
    whole = logistic(rows, labels)
    model = {"bias": whole[-1], **dict(zip(names, whole[:-1], strict=True))}
    return {name: round(float(value), 3) for name, value in model.items()}, auroc(
        list(scores), [case.indexed for case in cases]
    )


def folds(groups: Sequence[str]) -> NDArray[np.intp]:
    """A fold for each row; a whole group falls into one."""
    number = {group: at % FOLDS for at, group in enumerate(sorted(set(groups), key=lambda one: one[::-1]))}
    return np.array([number[group] for group in groups])


def validate(cases: Sequence[Case], start: Weights) -> dict[str, float]:
    """Recall of passages and sentences, each fold's by weights fitted on the other folds' articles."""
    fold = folds([case.group for case in cases])
    hits = {"recall_at_1": 0, "recall_at_5": 0, "answer_in_1": 0, "answer_in_3": 0}
    for number in range(FOLDS):
        weights = fit_weights([case for case, own in zip(cases, fold, strict=True) if own != number], start)
        for case, own in zip(cases, fold, strict=True):
            if own != number:
                continue
            rescore(case, [weights.reranker[name] for name in ASKED])
            case.ranked.fuse(weights)
            passages = case.right_passages[np.argsort(-case.ranked.passage_scores, kind="stable")]
            sentences = case.right_sentences[case.ranked.best_sentences(TOP)]
            hits["recall_at_1"] += bool(passages[:1].any())
            hits["recall_at_5"] += bool(passages[:5].any())
            hits["answer_in_1"] += bool(sentences[:1].any())
            hits["answer_in_3"] += bool(sentences.any())
    return {name: round(count / len(cases), 4) for name, count in hits.items()}


def main() -> None:
    """Fit, report on standard error, write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, action="append", required=True, help="a folder in SQuAD's format"
    )
    parser.add_argument("--embedder", type=Path, required=True, help="the embedder's GGUF file")
    parser.add_argument("--write", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    embedder = MemoEmbedder(LlamaCppEmbedder(arguments.embedder, name="fit", threads=os.cpu_count() or 1))
    weights = fitted_weights()
    reported: dict[str, dict[str, float]] = {}
    sets = [load_question_set(folder) for folder in arguments.data]
    with tempfile.TemporaryDirectory() as folder:
        cases: list[Case] = []
        for questions in sets:
            path = Path(folder) / f"{questions.pack.info.id}.sqlite"
            index_words(questions.pack, path, cancel=CancelToken())
            index_vectors(path, embedder, cancel=CancelToken())
            asked = [question for question in questions.questions if question.answerable]
            cases += collect(PackIndex(path), asked, embedder, weights)
        reported["cross_validated"] = validate(cases, weights)
        weights = fit_weights(cases, weights)
        evidence = [
            case for questions in sets for case in evidence_cases(questions, Path(folder), embedder, weights)
        ]
    with_vectors, reported_auroc = fit_evidence(evidence, EVIDENCE)
    by_words, words_auroc = fit_evidence(evidence, EVIDENCE[:-1])
    stored = {
        "about": "Fitted by engine/evaluation/fit_reranker.py; see docs/decisions/0002 and 0010",
        "passage": _rounded(weights.passage),
        "sentence": _rounded(weights.sentence),
        "reranker": _rounded(weights.reranker),
        "evidence": with_vectors,
        "evidence_by_words": by_words,
    }
    arguments.write.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    reported["auroc_left_out_article"] = {
        "with_vectors": round(reported_auroc, 4),
        "by_words": round(words_auroc, 4),
    }
    sys.stderr.write(json.dumps(reported, indent=2) + "\n")


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in weights.items()}


if __name__ == "__main__":
    main()
