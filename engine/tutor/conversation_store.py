"""Conversations, their turns and citations, in the learner's database.

Writing a turn while it happens is in ``recorder``, which holds the transaction; the methods here that take a
connection are for it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.clock import Clock, milliseconds
from engine.errors import BugError, UsageError
from engine.events import Timings
from engine.storage.database import LearnerDatabase
from engine.storage.sqlite import Connection
from engine.types import Act, AnswerMode, AnswerPart, Citation, TurnStatus

_TURN = (
    "id, conversation, created, question, mode, status, understood, answer, parts, act, model,"
    " retrieve_ms, first_sentence_ms, total_ms"
)
_LISTED = (
    "SELECT c.id, c.title, c.created, coalesce(max(t.created), c.created) AS changed, c.pinned, count(t.id)"
    " FROM conversations AS c LEFT JOIN turns AS t ON t.conversation = c.id WHERE c.deleted IS NULL"
)
_LISTED_ORDER = "GROUP BY c.id ORDER BY c.pinned DESC, changed DESC, c.id DESC LIMIT :limit"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A row of the list of conversations. ``changed``: when something was last asked in it."""

    id: str
    title: str
    created: datetime
    changed: datetime
    pinned: bool
    turns: int


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """What became of a turn.

    Attributes:
        status: how it ended.
        answer: the checked text that was shown; may be empty.
        parts: the same, sentence by sentence, each with the number of its citation.
        act: what the tutor did, None if it never got to do anything.
        citations: in the order of their numbers in the answer.
        model: id of the language model, "" if none took part.
        understood: the question as it was searched.
        timings: of the turn.
    """

    status: TurnStatus
    answer: str = ""
    parts: tuple[AnswerPart, ...] = ()
    act: Act | None = None
    citations: tuple[Citation, ...] = ()
    model: str = ""
    understood: str = ""
    timings: Timings = field(default_factory=Timings)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and what became of it. Its status is ``ASKED`` while it is worked on or if that was interrupted."""

    id: str
    conversation: str
    created: datetime
    question: str
    mode: AnswerMode
    outcome: TurnOutcome


class ConversationStore:
    """Reads and changes conversations."""

    def __init__(self, database: LearnerDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        with database.reading() as connection:
            # SQLite itself folds the case of ASCII letters only.
            connection.create_function("folded", 1, str.casefold, deterministic=True)

    def conversations(self, *, search: str = "", limit: int = 200) -> list[Conversation]:
        """Conversations that contain ``search`` in title, question or answer: pinned ones first, then the latest."""
        return self._listed(
            "AND (instr(folded(c.title), :text) OR EXISTS (SELECT 1 FROM turns AS s WHERE s.conversation = c.id"
            " AND (instr(folded(s.question), :text) OR instr(folded(s.answer), :text))))",
            {"text": _storable(search).casefold(), "limit": limit},
        )

    def conversation(self, identifier: str) -> Conversation:
        """One conversation.

        Raises:
            UsageError: there is none with this id, or it was deleted.
        """
        found = self._listed("AND c.id = :id", {"id": identifier, "limit": 1})
        if not found:
            raise _unknown(identifier)
        return found[0]

    def rename(self, identifier: str, title: str) -> None:
        """Give a conversation another title."""
        self._change("title = ?", _storable(title), identifier)

    def pin(self, identifier: str, *, pinned: bool) -> None:
        """Keep a conversation at the top of the list, or no longer."""
        self._change("pinned = ?", int(pinned), identifier)

    def delete(self, identifier: str) -> None:
        """Take a conversation out of the list. ``undelete`` brings it back."""
        self._change("deleted = ?", milliseconds(self._clock.now()), identifier)

    def undelete(self, identifier: str) -> None:
        """Bring a deleted conversation back."""
        self._change("deleted = ?", None, identifier)

    def purge(self, *, deleted_for: timedelta) -> int:
        """Remove for good what was deleted at least so long ago; returns how many conversations."""
        before = milliseconds(self._clock.now() - deleted_for)
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM conversations WHERE deleted <= ?", (before,)).rowcount

    def turns(self, conversation: str) -> list[StoredTurn]:
        """All turns of a conversation, in the order they were asked."""
        return self.last_turns(conversation, -1)

    def last_turns(self, conversation: str, count: int) -> list[StoredTurn]:
        """The last ``count`` turns of a conversation, in the order they were asked."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_TURN} FROM turns WHERE conversation = ? ORDER BY n DESC LIMIT ?",  # noqa: S608 - a constant
                (conversation, count),
            ).fetchall()
            return [_turn(row, _citations(connection, row[0])) for row in reversed(rows)]

    def insert_conversation(self, connection: Connection, identifier: str, title: str, now: datetime) -> None:
        """Add an empty conversation, in the caller's transaction."""
        connection.execute(
            "INSERT INTO conversations (id, title, created) VALUES (?, ?, ?)",
            (identifier, _storable(title), milliseconds(now)),
        )

    def insert_turn(self, connection: Connection, turn: StoredTurn) -> None:
        """Add a turn that was just asked, in the caller's transaction. Asking in a deleted conversation revives it.

        Raises:
            UsageError: its conversation does not exist.
        """
        revived = connection.execute(
            "UPDATE conversations SET deleted = NULL WHERE id = ?", (turn.conversation,)
        )
        if revived.rowcount != 1:
            raise _unknown(turn.conversation)
        connection.execute(
            "INSERT INTO turns (id, conversation, n, created, question, mode, status)"
            " SELECT ?1, ?2, coalesce(max(n), 0) + 1, ?3, ?4, ?5, ?6 FROM turns WHERE conversation = ?2",
            (
                turn.id,
                turn.conversation,
                milliseconds(turn.created),
                _storable(turn.question),
                turn.mode.value,
                turn.outcome.status.value,
            ),
        )

    def finish_turn(self, connection: Connection, turn: str, outcome: TurnOutcome) -> None:
        """Store what became of an asked turn, in the caller's transaction."""
        timings = outcome.timings
        changed = connection.execute(
            "UPDATE turns SET status = ?, understood = ?, answer = ?, parts = ?, act = ?, model = ?, retrieve_ms = ?,"
            " first_sentence_ms = ?, total_ms = ? WHERE id = ? AND status = ?",
            (
                outcome.status.value,
                _storable(outcome.understood),
                _storable(outcome.answer),
                json.dumps(
                    [[_storable(part.text), part.citation] for part in outcome.parts], ensure_ascii=False
                ),
                outcome.act.value if outcome.act else None,
                outcome.model,
                timings.retrieve,
                timings.first_sentence,
                timings.total,
                turn,
                TurnStatus.ASKED.value,
            ),
        )
        if changed.rowcount != 1:
            raise BugError(f"the turn {turn} is unknown or was finished before")
        connection.executemany(
            "INSERT INTO citations (turn, n, pack, passage, title, quote, section, page)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(turn, n, *_citation_row(citation)) for n, citation in enumerate(outcome.citations, start=1)],
        )

    def _listed(self, where: str, parameters: dict[str, str | int]) -> list[Conversation]:
        with self._database.reading() as connection:
            rows = connection.execute(f"{_LISTED} {where} {_LISTED_ORDER}", parameters).fetchall()
        return [
            Conversation(row[0], row[1], _moment(row[2]), _moment(row[3]), bool(row[4]), row[5])
            for row in rows
        ]

    def _change(self, assignment: str, value: str | int | None, identifier: str) -> None:
        with self._database.transaction() as connection:
            changed = connection.execute(
                f"UPDATE conversations SET {assignment} WHERE id = ?",  # noqa: S608 - constants
                (value, identifier),
            )
            if changed.rowcount != 1:
                raise _unknown(identifier)


def _turn(row: tuple[str, ...], citations: Iterable[Citation]) -> StoredTurn:
    (
        identifier,
        conversation,
        created,
        question,
        mode,
        status,
        understood,
        answer,
        parts,
        act,
        model,
        *timings,
    ) = row
    outcome = TurnOutcome(
        status=TurnStatus(status),
        answer=answer,
        parts=tuple(AnswerPart(text, number) for text, number in json.loads(parts)),
        act=Act(act) if act else None,
        citations=tuple(citations),
        model=model,
        understood=understood,
        timings=Timings(*(float(duration) for duration in timings)),
    )
    return StoredTurn(identifier, conversation, _moment(int(created)), question, AnswerMode(mode), outcome)


def _citations(connection: Connection, turn: str) -> list[Citation]:
    rows = connection.execute(
        "SELECT pack, passage, title, quote, section, page FROM citations WHERE turn = ? ORDER BY n", (turn,)
    )
    return [Citation(*row) for row in rows.fetchall()]


def _citation_row(citation: Citation) -> tuple[str, str, str, str, str, int | None]:
    words = (citation.title, citation.quote, citation.section)
    title, quote, section = (_storable(text) for text in words)
    return citation.pack, citation.passage, title, quote, section, citation.page


def _storable(text: str) -> str:
    """Half characters of broken input (lone surrogates) cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _moment(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)


def _unknown(identifier: str) -> UsageError:
    return UsageError(
        f"There is no conversation {identifier!r}.", todo="Choose one from the list of conversations."
    )
