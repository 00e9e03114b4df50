"""What retrieval gives back: passages, the sentences that answer best, and how well they carry an answer.

Plain frozen data; who makes it is ``retriever.Retriever``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.events import QueryFilter, SourceFound
from engine.types import Citation, Passage, Section, Term


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found.

    Attributes:
        pack: id of its pack.
        passage: the passage itself.
        section: the section it stands in.
        score: higher is better; only comparable inside one retrieval.
        context: its neighbours in reading order (before and after), given when the passage is short.
        terms: entries of its pack's glossary that it names, in the order in which it does.
    """

    pack: str
    passage: Passage
    section: Section
    score: float
    context: tuple[Passage, ...] = ()
    terms: tuple[Term, ...] = ()

    def source(self) -> SourceFound:
        """The passage as a front end shows it."""
        return SourceFound(
            pack=self.pack,
            passage=self.passage.id,
            title=self.passage.title,
            section=self.section.title,
            page=self.passage.page,
            score=self.score,
        )


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence that may answer: ``text`` is ``found.passage.text[start:end]``, verbatim.

    Attributes:
        found: the passage it stands in.
        start: offset of its first character in the passage's text.
        end: offset after its last character.
        score: higher is better; only comparable inside one retrieval.
        features: what the score was made of, by name.
        logit: of the evidence model, above 0 where it says that the sentence answers; None if it has not read it.
    """

    found: ScoredPassage
    start: int
    end: int
    score: float
    features: Mapping[str, float] = field(default_factory=dict)
    logit: float | None = None

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.found.passage.text[self.start : self.end]

    def citation(self) -> Citation:
        """The sentence as a citation."""
        return Citation(
            pack=self.found.pack,
            passage=self.found.passage.id,
            title=self.found.passage.title,
            quote=self.text,
            section=self.found.section.title,
            page=self.found.passage.page,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the best sentences carry an answer.

    Attributes:
        probability: calibrated probability, 0 to 1, that the best three sentences hold the answer.
        features: what it was computed from, by name.
    """

    probability: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def read(self) -> bool:
        """Whether the evidence model has read the sentences."""
        return "logit" in self.features


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The outcome of one search.

    Attributes:
        question: the question as it was searched, spelling slips repaired.
        passages: best first.
        sentences: best first, over all candidates, also those whose passage is not among ``passages``.
        filters: restrictions read out of the question and applied; hand one back as ``ignore`` to undo it.
        evidence: whether this carries an answer.
    """

    question: str
    passages: tuple[ScoredPassage, ...] = ()
    sentences: tuple[ScoredSentence, ...] = ()
    filters: tuple[QueryFilter, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Glossary entries that ``passages`` name, those of the best passage first."""
        return tuple(dict.fromkeys(term for found in self.passages for term in found.terms))
