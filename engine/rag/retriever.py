"""Finds what answers a question, over several packs at once.

The line: mend the spelling, read the filters, search words and vectors in every pack, measure and fuse, rerank, read
the best with the evidence model where there is one, take parents and neighbours, weigh the evidence. Each step is in
the file of its name; this one only puts them in order.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.events import QueryFilter
from engine.rag.candidates import Found, gather
from engine.rag.evidence import TOP, evidence_features, judge, quotable, supports
from engine.rag.features import inverse_frequencies
from engine.rag.glossary import defines, introduces, named_terms
from engine.rag.parent_document import with_neighbours
from engine.rag.question import MOST_CHARS, AnswerKind, Question, analyse
from engine.rag.ranking import Ranked, measure, rerank
from engine.rag.reading import figures
from engine.rag.retrieval import Evidence, Retrieval, ScoredPassage, ScoredSentence
from engine.rag.self_query import Outline, read_filters, subtree, without_said
from engine.rag.short_words import written_out
from engine.rag.spelling import repaired
from engine.rag.weights import Weights, fitted_weights
from engine.rag.words import joined_apostrophes, stem, words
from engine.types import PassageKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import Embedder, Reranker
    from engine.rag.pack_index import PackIndex
    from engine.rag.reader import Reader

    Floats = NDArray[np.float32]

_SENTENCES = 12
_ASKED_FOR, _LIKELY, _UNASKED = 2.5, 1.0, -0.5  # deviations of the scores


@dataclass(frozen=True, slots=True)
class Reranking:
    """A reranker and how many of the best sentences it is given: a large model can afford few."""

    reranker: "Reranker"
    limit: int = 24


@dataclass(frozen=True, slots=True)
class Searched:
    """A search before its evidence is weighed.

    Attributes:
        question: as it was searched: mended, without what only restricts the search.
        ranked: the candidates with their scores; None where nothing was found.
        rarity: how much each of the question's words counts.
        filters: those that had something to work on.
        logits: what the evidence model gave the sentences that it read, by their number.
    """

    question: Question
    ranked: Ranked | None = None
    rarity: Mapping[str, float] = field(default_factory=dict)
    filters: tuple[QueryFilter, ...] = ()
    logits: Mapping[int, float] = field(default_factory=dict)


class Retriever:
    """Searches packs. Safe from several threads: one at a time gets in.

    Args:
        indexes: the packs' indexes; they stay owned by the caller.
        embedder: None searches by words alone; so do packs whose vectors are unfinished or another embedder's.
        reranking: None leaves the fused order.
        reader: the evidence model; None leaves the order as it is, and the features decide alone.
        weights: the fitted numbers.
    """

    def __init__(
        self,
        indexes: Sequence["PackIndex"],
        *,
        embedder: "Embedder | None",
        reranking: Reranking | None,
        reader: "Reader | None" = None,
        weights: Weights | None = None,
    ) -> None:
        self._indexes = tuple(indexes)
        self._embedder = embedder
        self._reranking = reranking
        self._reader = reader
        self._weights = weights or fitted_weights()
        self._lock = threading.Lock()

    def retrieve(
        self,
        question: str,
        *,
        packs: Collection[str] | None = None,
        limit: int = 5,
        ignore: Sequence[QueryFilter] = (),
        cancel: CancelToken,
    ) -> Retrieval:
        """Search for what answers ``question``.

        Args:
            question: in the learner's words.
            packs: ids of the packs to search; None for all.
            limit: most passages to return.
            ignore: filters that the learner has undone.
            cancel: checked between the steps.

        Raises:
            Cancelled: the learner stopped it.
        """
        with self._lock:
            searched = self._search(question, self._chosen(packs), ignore, cancel)
            if searched.ranked is None:
                return Retrieval(searched.question.text)
            return self._answer(searched, searched.ranked, limit)

    def search(self, question: str, *, packs: Collection[str] | None = None, cancel: CancelToken) -> Searched:
        """The candidates of ``question`` alone, for whoever measures or trains what comes after.

        Raises:
            Cancelled: the caller stopped it.
        """
        with self._lock:
            return self._search(question, self._chosen(packs), (), cancel)

    def _chosen(self, packs: Collection[str] | None) -> list["PackIndex"]:
        return [index for index in self._indexes if packs is None or index.info.id in packs]

    def _search(
        self, question: str, indexes: list["PackIndex"], ignore: Sequence[QueryFilter], cancel: CancelToken
    ) -> Searched:
        text, _ = self._mended(written_out(joined_apostrophes(question[:MOST_CHARS])), indexes)
        outlines = [Outline(index.info, index.sections, index.skills) for index in indexes]
        read = read_filters(question, outlines)
        filters = tuple(one for one in read if one not in ignore)
        asked = analyse(without_said(text, read))
        if not asked.stems:
            return Searched(asked)
        cancel.check()
        vectors = self._vectors(asked.text, indexes)
        cancel.check()
        found = gather(indexes, asked.text, vectors, _allowed(indexes, filters))
        if not found:
            return Searched(asked)
        rarity = rarity_of(asked, indexes)
        cancel.check()
        ranked = self._ranked(asked, found, rarity, cancel)
        applied = _prefer(asked, ranked, filters)
        cancel.check()
        logits = self._reader.read(asked, ranked, cancel) if self._reader else {}
        return Searched(asked, ranked, rarity, applied, logits)

    def _mended(self, question: str, indexes: list["PackIndex"]) -> tuple[str, Mapping[str, str]]:
        stems = {stem(word) for word in words(question)}
        known = {found for index in indexes for found in index.document_frequencies(stems)}

        def is_known(word: str) -> bool:
            return stem(word) in known

        def similar(start: str, shortest: int, longest: int) -> list[tuple[str, int]]:
            return [
                word
                for index in indexes
                for word in index.words_starting_with(start, shortest=shortest, longest=longest)
            ]

        return repaired(question, is_known=is_known, similar=similar)

    def _vectors(self, question: str, indexes: list["PackIndex"]) -> list["Floats | None"]:
        if self._embedder is None or all(index.embedder != self._embedder.name for index in indexes):
            return [None] * len(indexes)
        vector = self._embedder.embed([question])[0]
        return [vector if index.embedder == self._embedder.name else None for index in indexes]

    def _ranked(
        self, question: Question, found: list[Found], rarity: Mapping[str, float], cancel: CancelToken
    ) -> Ranked:
        ranked = measure(question, found, rarity)
        ranked.fuse(self._weights)
        if self._reranking is not None:
            cancel.check()
            rerank(question, ranked, self._reranking.reranker, self._reranking.limit, cancel)
            ranked.fuse(self._weights)
        return ranked

    def _answer(self, searched: Searched, ranked: Ranked, limit: int) -> Retrieval:
        import numpy as np

        order = np.argsort(-ranked.passage_scores, kind="stable")
        best = ranked.best_sentences(_SENTENCES)
        parents = {int(at): None for at in (*order[:limit], *ranked.owner[best])}
        passages = {
            at: ScoredPassage(
                pack=ranked.found[at].index.info.id,
                passage=ranked.found[at].indexed.passage,
                section=ranked.found[at].index.sections[ranked.found[at].indexed.passage.section],
                score=float(ranked.passage_scores[at]),
                context=with_neighbours(ranked.found[at].index, ranked.found[at].indexed)
                if at in order[:limit]
                else (),
                terms=named_terms(ranked.found[at]),
            )
            for at in parents
        }
        sentences = tuple(
            ScoredSentence(
                found=passages[int(ranked.owner[at])],
                start=ranked.spans[at][0],
                end=ranked.spans[at][1],
                score=float(ranked.sentence_scores[at]),
                features={name: float(values[at]) for name, values in ranked.sentence_features.items()},
                logit=searched.logits.get(int(at)),
            )
            for at in best
        )
        chosen = tuple(passages[int(at)] for at in order[:limit])
        return Retrieval(
            question=searched.question.text,
            passages=chosen,
            sentences=sentences,
            filters=searched.filters,
            evidence=self._weighed(searched, ranked, best),
        )

    def _weighed(self, searched: Searched, ranked: Ranked, best: "NDArray[np.intp]") -> Evidence:
        quoted = quotable(ranked, best)[:TOP]
        features = evidence_features(searched.question, supports(ranked, quoted), searched.rarity)
        has_vectors = ranked.found[int(ranked.owner[best[0]])].candidate.likeness is not None
        if given := list(searched.logits.values()):
            features |= figures(given, searched.logits.get(int(quoted[0]), min(given)))
        return judge(features, self._weights.evidence_for(with_vectors=has_vectors, read=bool(given)))


def _allowed(indexes: list["PackIndex"], filters: Sequence[QueryFilter]) -> list[set[str] | None]:
    """For each index the sections that the restrictions leave; None for all of them."""
    chosen = [one.value.partition("#") for one in filters if one.kind == "section"]
    named = {one.value for one in filters if one.kind == "pack"}
    if not chosen:
        return [None if not named or index.info.id in named else set() for index in indexes]
    return [
        set().union(
            *(subtree(section, index.sections) for pack, _, section in chosen if pack == index.info.id)
        )
        for index in indexes
    ]


def rarity_of(question: Question, indexes: Sequence["PackIndex"]) -> dict[str, float]:
    """How much each of the question's words counts, with the statistics of all packs searched."""
    counts: dict[str, int] = {}
    for index in indexes:
        for word, passages in index.document_frequencies(question.stems).items():
            counts[word] = counts.get(word, 0) + passages
    return inverse_frequencies(question.stems, counts, sum(index.passage_count for index in indexes))


def _prefer(question: Question, ranked: Ranked, filters: tuple[QueryFilter, ...]) -> tuple[QueryFilter, ...]:
    """Lift the passages that a kind or skill filter prefers; returns the filters that had something to work on."""
    import numpy as np

    if question.kind is AnswerKind.DEFINITION:
        _lift(ranked, np.array([introduces(found, question) for found in ranked.found]), _LIKELY)
        defining = [_LIKELY * defines(ranked.sentence(at), question) for at in range(len(ranked.owner))]
        lift = np.array(defining, np.float32) * ranked.sentence_scores.std()
        ranked.sentence_scores = ranked.sentence_scores + lift
    applied = []
    for one in filters:
        matching = np.array([_matches(found, one, question) for found in ranked.found])
        if not matching.any():
            continue
        applied.append(one)
        if not one.restricts:
            asked_for = one.value in (PassageKind.EXAMPLE, PassageKind.MISTAKE)
            _lift(ranked, matching, _ASKED_FOR if asked_for else _LIKELY)
    return tuple(applied)


def _lift(ranked: Ranked, matching: "NDArray[np.bool_]", deviations: float) -> None:
    lift = matching.astype("float32") * deviations
    ranked.passage_scores = ranked.passage_scores + lift * ranked.passage_scores.std()
    ranked.sentence_scores = ranked.sentence_scores + lift[ranked.owner] * ranked.sentence_scores.std()


def _matches(found: Found, one: QueryFilter, question: Question) -> bool:
    passage = found.indexed.passage
    if one.restricts:
        return one.value.partition("#")[0] == found.index.info.id
    if one.kind == "skill":
        return one.value in passage.skills
    return passage.kind == one.value or (one.value == PassageKind.DEFINITION and introduces(found, question))
