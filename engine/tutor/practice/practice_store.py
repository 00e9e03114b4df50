"""Questions as they were posed on this device, with what the learner answered and which help was seen.

Rows are for going on where one was and for showing what was done; what is known of the learner is recomputed from
the events (``learning_log``). The methods take the connection of the caller's transaction, which also appends the
event.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from engine.answers.answer import Response
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import UsageError
from engine.learner.evidence import Purpose
from engine.storage.sqlite import Connection
from engine.sync.practice_events import Ending, PracticeMode

_COLUMNS = (
    "id, session, posed, pack, item, seed, purpose, mode, interleaved, reason, predicted, status, ending, closed,"
    " tell, worked_example"
)

_Word = TypeVar("_Word", bound=StrEnum)


class Status(StrEnum):
    """Where a question is in its life. At most one is open."""

    OPEN = "open"
    CLOSED = "closed"
    DEFERRED = "deferred"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class PosedQuestion:
    """A question as it was posed. Times are milliseconds since 1970-01-01 UTC.

    Attributes:
        id: UUID.
        session: id of the sitting that it was posed in.
        interleaved: the question before it was about another skill.
        reason: code of why it was chosen.
        predicted: chance of a right first attempt, as it was predicted; None where nothing was.
        tell: how often the learner asked to be told the answer.
        worked_example: one was offered first.
    """

    id: str
    session: str
    posed: int
    pack: str
    item: str
    seed: int
    purpose: Purpose
    mode: PracticeMode
    interleaved: bool = False
    reason: str = ""
    predicted: float | None = None
    status: Status = Status.OPEN
    ending: Ending | None = None
    closed: int | None = None
    tell: int = 0
    worked_example: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer of the learner; ``verdict`` is None until it was graded."""

    n: int
    step: str
    at: int
    response: Response
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class SeenHint:
    """Help that was shown."""

    step: str
    level: int
    at: int


class ItemUse(NamedTuple):
    """How an item was used so far.

    Attributes:
        times: how often it was posed.
        last: when it was posed last, in milliseconds; 0 for never.
        seed: with which it was posed last, whatever became of that; -1 for never.
        number: of its last question among all questions, later ones having higher numbers.
        status: of its last question.
    """

    times: int = 0
    last: int = 0
    seed: int = -1
    number: int = 0
    status: Status | None = None


NEVER_USED = ItemUse()


class PracticeStore:
    """Reads and writes the rows of one question at a time.

    Questions are in the order in which they were posed, by their row's number: a clock may be set back.
    """

    def insert(self, connection: Connection, question: PosedQuestion) -> None:
        """Store a question that is being posed."""
        connection.execute(
            f"INSERT INTO questions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                question.id,
                question.session,
                question.posed,
                question.pack,
                question.item,
                question.seed,
                question.purpose.value,
                question.mode.value,
                int(question.interleaved),
                question.reason,
                question.predicted,
                question.status.value,
                question.ending.value if question.ending else None,
                question.closed,
                question.tell,
                int(question.worked_example),
            ),
        )

    def open_question(self, connection: Connection) -> PosedQuestion | None:
        """The question that waits for an answer, if there is one."""
        return next(iter(self._where(connection, "status = 'open'", ())), None)

    def question(self, connection: Connection, identifier: str) -> PosedQuestion:
        """One question.

        Raises:
            UsageError: there is none with this id.
        """
        found = self._where(connection, "id = ?", (identifier,))
        if not found:
            raise UsageError("That question is not there.", todo="Choose another one.")
        return found[0]

    def of_session(self, connection: Connection, session: str) -> list[PosedQuestion]:
        """The questions of a sitting, in the order in which they were posed."""
        return self._where(connection, "session = ? ORDER BY rowid", (session,))

    def latest(self, connection: Connection, limit: int) -> list[PosedQuestion]:
        """The questions posed last, the latest first."""
        return self._where(connection, "1 ORDER BY rowid DESC LIMIT ?", (limit,))

    def of_item(self, connection: Connection, pack: str, item: str) -> list[PosedQuestion]:
        """The questions that were made from an item, in the order in which they were posed."""
        return self._where(connection, "pack = ? AND item = ? ORDER BY rowid", (pack, item))

    def uses(self, connection: Connection, pack: str, *, void: Collection[str] = ()) -> Mapping[str, ItemUse]:
        """How each item of ``pack`` that was ever posed was used; the questions ``void`` are not counted."""
        # The inner query reads the index alone, of all questions; the outer one the last question of each item.
        rows = connection.execute(
            "SELECT latest.item, times, latest.posed, latest.seed, number, latest.status FROM"
            " (SELECT count(*) AS times, max(rowid) AS number FROM questions INDEXED BY questions_by_item"
            " WHERE pack = ? GROUP BY item) JOIN questions AS latest ON latest.rowid = number",
            (pack,),
        ).fetchall()
        bad = Counter(  # "+": by the few ids, not by the many questions of the pack
            item
            for (item,) in connection.execute(
                "SELECT item FROM questions WHERE id IN (SELECT value FROM json_each(?)) AND +pack = ?",
                (json.dumps(sorted(void)), pack),
            ).fetchall()
        )
        return {
            item: ItemUse(times - bad[item], last, seed, number, Status(status))
            for item, times, last, seed, number, status in rows
        }

    def finish(
        self,
        connection: Connection,
        identifier: str,
        status: Status,
        *,
        ending: Ending | None,
        at: int | None,
    ) -> None:
        """Change where a question is in its life."""
        connection.execute(
            "UPDATE questions SET status = ?, ending = ?, closed = ? WHERE id = ?",
            (status.value, ending.value if ending else None, at, identifier),
        )

    def count_tell(self, connection: Connection, identifier: str) -> None:
        """The learner asked to be told the answer."""
        connection.execute("UPDATE questions SET tell = tell + 1 WHERE id = ?", (identifier,))

    def add_attempt(self, connection: Connection, question: str, attempt: Attempt) -> None:
        """Keep an answer, before it is graded."""
        connection.execute(
            "INSERT INTO attempts (question, n, step, at, response) VALUES (?, ?, ?, ?, ?)",
            (question, attempt.n, attempt.step, attempt.at, dump_response(attempt.response)),
        )

    def grade(self, connection: Connection, question: str, attempt: Attempt, verdict: Verdict) -> bool:
        """Keep what the checker said of an answer, and of which step; False where another process had graded it."""
        graded = connection.execute(
            "UPDATE attempts SET step = ?, outcome = ?, flaw = ?, misconception = ?, right_parts = ?"
            " WHERE question = ? AND n = ? AND outcome IS NULL",
            (
                attempt.step,
                verdict.outcome.value,
                verdict.flaw.value if verdict.flaw else None,
                verdict.misconception,
                json.dumps(verdict.right_parts),
                question,
                attempt.n,
            ),
        )
        return graded.rowcount == 1

    def attempts(self, connection: Connection, question: str) -> list[Attempt]:
        """The answers to a question, in order."""
        rows = connection.execute(
            "SELECT n, step, at, response, outcome, flaw, misconception, right_parts FROM attempts"
            " WHERE question = ? ORDER BY n",
            (question,),
        ).fetchall()
        return [
            Attempt(n, step, at, load_response(response), _verdict(*verdict))
            for n, step, at, response, *verdict in rows
        ]

    def add_hint(self, connection: Connection, question: str, hint: SeenHint) -> None:
        """Keep that help was shown."""
        connection.execute(
            "INSERT OR IGNORE INTO hints (question, step, level, at) VALUES (?, ?, ?, ?)",
            (question, hint.step, hint.level, hint.at),
        )

    def hints(self, connection: Connection, question: str) -> list[SeenHint]:
        """The help that was shown for a question, in order."""
        rows = connection.execute(
            "SELECT step, level, at FROM hints WHERE question = ? ORDER BY at, level", (question,)
        ).fetchall()
        return [SeenHint(*row) for row in rows]

    def _where(
        self, connection: Connection, condition: str, values: tuple[object, ...]
    ) -> list[PosedQuestion]:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM questions WHERE {condition}", values)  # noqa: S608 - constants
        return [_question(row) for row in rows.fetchall()]


def dump_response(response: Response) -> str:
    """A response as JSON text: in ASCII, so that halves of characters and NULs can be stored too."""
    plain = response if isinstance(response, (str, tuple)) else dict(response)
    return json.dumps(plain)


def load_response(text: str) -> Response:
    """A response from the text that ``dump_response`` made."""
    plain = json.loads(text)
    return tuple(plain) if isinstance(plain, list) else plain


def _question(row: Sequence[Any]) -> PosedQuestion:
    values: dict[str, Any] = dict(zip(_COLUMNS.split(", "), row, strict=True))
    values["purpose"] = _known(values["purpose"], Purpose.LEARN)
    values["mode"] = _known(values["mode"], PracticeMode.PRACTICE)
    values["interleaved"] = bool(values["interleaved"])
    values["worked_example"] = bool(values["worked_example"])
    values["status"] = Status(values["status"])
    values["ending"] = values["ending"] and _known(values["ending"], Ending.LEFT)
    return PosedQuestion(**values)


def _known(word: str, other: _Word) -> _Word:
    """``word`` as one of the words that ``other`` belongs to; ``other`` for one of a newer program's."""
    try:
        return type(other)(word)
    except ValueError:
        return other


def _verdict(outcome: str | None, flaw: str | None, misconception: str, right_parts: str) -> Verdict | None:
    if outcome is None:
        return None
    return Verdict(
        _known(outcome, Outcome.UNSURE),
        _known(flaw, Flaw.WRONG) if flaw else None,
        misconception,
        tuple(json.loads(right_parts)),
    )
