"""Retrievals made by hand."""

from collections.abc import Sequence

from engine.rag.retrieval import Evidence, Retrieval, ScoredPassage, ScoredSentence
from engine.sentences import sentence_spans
from engine.types import Passage, PassageKind, Section, Term

SECTION = Section("s-1", "Leaves")


def passage(
    text: str,
    *,
    kind: PassageKind = PassageKind.EXPLANATION,
    score: float = 1.0,
    name: str = "p-1",
    terms: Sequence[Term] = (),
) -> ScoredPassage:
    found = Passage(name, SECTION.id, f"Title of {name}", text, kind)
    return ScoredPassage("pack", found, SECTION, score, terms=tuple(terms))


def sentences(found: ScoredPassage, *scores: float) -> list[ScoredSentence]:
    """The sentences of ``found``, with their scores."""
    spans = sentence_spans(found.passage.text)
    return [ScoredSentence(found, *span, score) for span, score in zip(spans, scores, strict=True)]


def retrieval(*scored: ScoredSentence, probability: float = 0.9, question: str = "why") -> Retrieval:
    """What would have been found, the sentences best first."""
    ordered = sorted(scored, key=lambda sentence: -sentence.score)
    passages = tuple({id(one.found): one.found for one in ordered}.values())
    return Retrieval(question, passages, tuple(ordered), evidence=Evidence(probability))
