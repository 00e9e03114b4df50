"""The nouns that cross the engine's layers: frozen, plain, without behaviour of their own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PassageKind(StrEnum):
    """What a passage does for a learner. ``TEXT`` is a passage of an imported document."""

    EXPLANATION = "explanation"
    EXAMPLE = "example"
    MISTAKE = "mistake"
    DEFINITION = "definition"
    FACT = "fact"
    ACTIVITY = "activity"
    SUMMARY = "summary"
    TEXT = "text"


class AnswerMode(StrEnum):
    """How the learner wants the answer."""

    EXPLAIN = "explain"
    SIMPLER = "simpler"
    EXAMPLE = "example"
    QUIZ = "quiz"


class Act(StrEnum):
    """What the tutor does in a turn."""

    EXPLAIN = "explain"
    SIMPLIFY = "simplify"
    EXAMPLE = "example"
    QUIZ = "quiz"
    PARTIAL = "partial"
    ABSTAIN = "abstain"


class TurnStatus(StrEnum):
    """How far a turn got. ``ASKED`` that is never followed up means that the program was stopped."""

    ASKED = "asked"
    ANSWERED = "answered"
    ABSTAINED = "abstained"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or section. ``parent`` is None at the top; ``number`` is like "3" or "3.2"; ``page`` counts from 1."""

    id: str
    title: str
    parent: str | None = None
    number: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of text that a citation opens.

    Attributes:
        id: stable inside its pack.
        section: id of the section it stands in.
        title: its own title, or its section's.
        text: Markdown with TeX between dollar signs.
        skills: ids of the skills it teaches, the main one first.
        page: page of the source document, from 1, if it has pages.
    """

    id: str
    section: str
    title: str
    text: str
    kind: PassageKind = PassageKind.TEXT
    skills: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """One thing to be able to do. ``ref`` is its reference difficulty in logits."""

    id: str
    name: str
    goal: str = ""
    bloom: str = "understand"
    ref: float = 0.0


@dataclass(frozen=True, slots=True)
class SkillEdge:
    """``requires``: ``source`` comes before ``target``. ``exercises``: practising ``source`` practises ``target``.

    ``weight`` is the strength of the first or the share of the second, 0 to 1.
    """

    source: str
    target: str
    kind: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry; ``passage`` is where it is introduced."""

    term: str
    definition: str
    passage: str
    skill: str | None = None
    kind: str = "concept"
    aliases: tuple[str, ...] = ()
    confusable_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from. ``quote`` is verbatim from the passage's text."""

    pack: str
    passage: str
    title: str
    quote: str
    section: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One sentence (or block) of an answer; ``citation`` counts the answer's citations from 1, 0 for none."""

    text: str
    citation: int = 0


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a prompt. ``role`` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """What a language model is asked to write.

    Attributes:
        messages: the whole prompt, oldest first.
        conversation: key of the conversation; a backend keeps one prompt state for each recent key.
        max_tokens: upper limit of the reply.
        temperature: 0 for the most likely text.
        seed: of the sampler.
        stop: strings that end the reply and are not part of it.
        grammar: what the reply may look like, in llama.cpp's GBNF; empty for anything. A backend that cannot keep to
            it leaves it out, so that the reply has to be looked at all the same.
    """

    messages: tuple[ChatMessage, ...]
    conversation: str = ""
    max_tokens: int = 160
    temperature: float = 0.2
    seed: int = 7
    stop: tuple[str, ...] = ()
    grammar: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is. ``total`` is None while unknown; ``unit`` is a plural such as "bytes" or "pages"."""

    what: str
    done: int
    total: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup says of itself.

    Attributes:
        made: when it was made, if it has the name that backups are given.
        newest: when the last thing in it happened; None where nothing did.
        conversations: how many there are; deleted ones are not counted.
        questions: how many were asked in them.
        answers: how many were given in practice.
        bytes: size of the file.
    """

    made: datetime | None
    newest: datetime | None
    conversations: int
    questions: int
    answers: int
    bytes: int
