"""The kinds of event there are, and the envelope that every event travels in.

By the privacy rule the bodies hold no words of the learner and none of the tutor: ids, choices, outcomes,
times. ``redaction`` holds them to it. A change of a body's meaning gets a new ``version``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol
from uuid import UUID

from engine.events import Timings
from engine.types import Act, AnswerMode, Citation, TurnStatus

Body = Mapping[str, object]
"""Names and JSON values."""


class LearningEvent(Protocol):
    """Something that happened to the learner."""

    kind: ClassVar[str]
    version: ClassVar[int]

    def body(self) -> Body:
        """What is told about it, as JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """The learner asked something; no work has begun yet."""

    kind: ClassVar[str] = "question.asked"
    version: ClassVar[int] = 1

    conversation: str
    turn: str
    mode: AnswerMode

    def body(self) -> Body:
        """Where and in which mode, not what."""
        return {"conversation": self.conversation, "turn": self.turn, "mode": self.mode.value}


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A turn came to its end, whatever became of it."""

    kind: ClassVar[str] = "answer.given"
    version: ClassVar[int] = 1

    conversation: str
    turn: str
    mode: AnswerMode
    status: TurnStatus
    act: Act | None
    model: str
    citations: tuple[Citation, ...]
    timings: Timings

    def body(self) -> Body:
        """How it ended, and which passages were cited, without a quotation."""
        return {
            "conversation": self.conversation,
            "turn": self.turn,
            "mode": self.mode.value,
            "status": self.status.value,
            "act": self.act.value if self.act else None,
            "model": self.model,
            "cited": [[citation.pack, citation.passage] for citation in self.citations],
            "retrieve_ms": round(self.timings.retrieve, 1),
            "first_sentence_ms": round(self.timings.first_sentence, 1),
            "total_ms": round(self.timings.total, 1),
        }


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as it is stored and sent.

    Attributes:
        id: UUIDv7; the event's only identity.
        dev: random id of the device, 16 bytes; for order and diagnosis, never for de-duplication.
        seq: number of the event on its device, 1, 2, 3…
        hlc: reading of the hybrid clock.
        v: version of ``kind``.
        kind: what happened, at most 40 ASCII characters.
        body: JSON text of at most 32 KiB.
        server_seq: number in the server's order; None while pending.
    """

    id: UUID
    dev: bytes
    seq: int
    hlc: int
    v: int
    kind: str
    body: str
    server_seq: int | None = None
