"""What the tutor's generators yield. A front end draws them, in order; nothing else comes out of a turn."""

from dataclasses import dataclass, field

from engine.types import Act, AnswerMode, AnswerPart, Citation, TurnStatus


@dataclass(frozen=True, slots=True)
class QueryFilter:
    """A wish read out of the question: "in chapter 3" restricts the search, "an example of" only prefers.

    What restricts is shown to the learner, who can undo it.

    Attributes:
        kind: "section", "kind", "skill" or "pack".
        value: id of what it restricts to.
        label: the same in words.
        said: the words of the question that it was read from.
    """

    kind: str
    value: str
    label: str
    said: str

    @property
    def restricts(self) -> bool:
        """Whether nothing outside it is found."""
        return self.kind in ("section", "pack")


@dataclass(frozen=True, slots=True)
class SourceFound:
    """A passage that was found: where it is and how it is called."""

    pack: str
    passage: str
    title: str
    section: str
    page: int | None
    score: float


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """Retrieval is done. ``understood`` is the question as it was searched (a follow-up made complete)."""

    sources: tuple[SourceFound, ...]
    filters: tuple[QueryFilter, ...] = ()
    understood: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """One whole checked sentence (or template) to append, and what it rests on."""

    part: AnswerPart
    citation: Citation | None = None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.part.text


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the question: to the end of retrieval, to the first sentence, to the end."""

    retrieve: float = 0.0
    first_sentence: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class AnswerChecked:
    """The whole answer, every sentence of it checked. ``parts`` is ``text`` sentence by sentence."""

    text: str
    parts: tuple[AnswerPart, ...]
    answered: bool
    act: Act
    citations: tuple[Citation, ...]
    nearest: tuple[SourceFound, ...] = ()
    dropped_sentences: int = 0


@dataclass(frozen=True, slots=True)
class AnswerStored:
    """The turn is on the disk. The last event of every turn, whatever became of it."""

    conversation: str
    turn: str
    status: TurnStatus
    mode: AnswerMode
    model: str
    timings: Timings
    follow_ups: tuple[str, ...] = field(default=())


TurnEvent = SourcesFound | TextDelta | AnswerChecked | AnswerStored
