"""What the page for questions shows: turns with their sources, while they happen and as they were stored. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.types import AnswerMode

if TYPE_CHECKING:
    from datetime import datetime

    from engine.events import QueryFilter
    from engine.types import Act, TurnStatus
    from tutor_app.richtext.document import RichText


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question on its way.

    Attributes:
        question: as typed.
        conversation: id of the conversation that goes on; empty for a new one.
        mode: how the answer is wanted.
        pack: id of the pack to look in; empty for all.
        ignore: filters that the learner has undone.
        without_model: answer by quotations, whatever model there is.
    """

    question: str
    conversation: str = ""
    mode: AnswerMode = AnswerMode.EXPLAIN
    pack: str = ""
    ignore: tuple[QueryFilter, ...] = ()
    without_model: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """A passage that an answer rests on, or that is near the question. ``number`` counts from 1."""

    number: int
    pack: str
    pack_title: str
    licence: str
    passage: str
    title: str
    section: str = ""
    page: int | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """Passages were looked for.

    Attributes:
        conversation: id of the conversation, which may have begun with this question; empty if it is not known yet.
        question: as it is to be shown.
        understood: a follow-up made complete.
        filters: what was read out of the question.
    """

    conversation: str
    question: RichText
    understood: str
    filters: tuple[QueryFilter, ...]


@dataclass(frozen=True, slots=True)
class AnswerSoFar:
    """All sentences of the answer up to now, each checked. ``partial``: they may be no answer, which is said first."""

    body: RichText
    sources: tuple[AnswerSource, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class AnswerWhole:
    """The checked answer. ``nearest``: where something like it stands, if the packs do not say it."""

    body: RichText
    sources: tuple[AnswerSource, ...]
    act: Act
    nearest: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """The turn is stored. ``notices`` are sentences that the learner should see."""

    conversation: str
    turn: str
    status: TurnStatus
    follow_ups: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A stored turn. A status of ``ASKED`` means that it was interrupted, unless it is the one that runs."""

    id: str
    question: RichText
    asked: str
    mode: AnswerMode
    status: TurnStatus
    act: Act | None
    body: RichText
    sources: tuple[AnswerSource, ...]


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turns of a conversation, the oldest first. ``earlier``: how many there are before them."""

    conversation: str
    title: str
    turns: tuple[ShownTurn, ...]
    earlier: int


@dataclass(frozen=True, slots=True)
class ConversationEntry:
    """A line of the history."""

    id: str
    title: str
    changed: datetime
    pinned: bool
    last_question: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The tutor can answer. ``model`` is its name, empty where answers are quotations."""

    model: str
    notices: tuple[str, ...]
