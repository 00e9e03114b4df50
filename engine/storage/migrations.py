"""The schema of ``learner.db``, as the steps that lead to it.

A step that was released is never changed; a new one is added at the end and ``SCHEMA_VERSION`` goes up by one. The
event log (``events``, ``device``) is there from the first step, so that sync needs no change of old data.
Times are milliseconds since 1970-01-01 UTC.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils.db import Database
    from sqlite_utils.migrations import Migrations

SCHEMA_VERSION = 2
APPLICATION_ID = 0x4C4C4D54  # "LLMT", in the file's header

_CONVERSATIONS_AND_EVENTS = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    deleted INTEGER
) STRICT;
CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 1),
    created INTEGER NOT NULL,
    question TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    understood TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    parts TEXT NOT NULL DEFAULT '[]',
    act TEXT,
    model TEXT NOT NULL DEFAULT '',
    retrieve_ms REAL NOT NULL DEFAULT 0,
    first_sentence_ms REAL NOT NULL DEFAULT 0,
    total_ms REAL NOT NULL DEFAULT 0,
    UNIQUE (conversation, n)
) STRICT;
CREATE TABLE citations (
    turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 1),
    pack TEXT NOT NULL,
    passage TEXT NOT NULL,
    title TEXT NOT NULL,
    quote TEXT NOT NULL,
    section TEXT NOT NULL,
    page INTEGER,
    PRIMARY KEY (turn, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    dev BLOB NOT NULL CHECK (length(dev) = 16),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    hlc INTEGER NOT NULL CHECK (hlc >= 0),
    v INTEGER NOT NULL CHECK (v >= 1),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    body TEXT NOT NULL CHECK (length(CAST(body AS BLOB)) <= 32768),
    server_seq INTEGER
) STRICT;
CREATE INDEX events_in_order ON events (hlc, dev, seq, id);
CREATE INDEX events_pending ON events (hlc, dev, seq, id) WHERE server_seq IS NULL;
CREATE TABLE device (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id BLOB NOT NULL CHECK (length(id) = 16),
    last_seq INTEGER NOT NULL,
    last_hlc INTEGER NOT NULL
) STRICT;
INSERT INTO device VALUES (1, randomblob(16), 0, 0);
"""

# ``questions`` and ``attempts`` hold what a learner does on this device, with the learner's own words; ``snapshots``
# and ``fitted`` are made from the events and may be thrown away.
_PRACTICE = """
CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    posed INTEGER NOT NULL,
    pack TEXT NOT NULL,
    item TEXT NOT NULL,
    seed INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    mode TEXT NOT NULL,
    interleaved INTEGER NOT NULL CHECK (interleaved IN (0, 1)),
    reason TEXT NOT NULL DEFAULT '',
    predicted REAL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'deferred', 'void')),
    ending TEXT,
    closed INTEGER,
    tell INTEGER NOT NULL DEFAULT 0,
    worked_example INTEGER NOT NULL DEFAULT 0 CHECK (worked_example IN (0, 1))
) STRICT;
CREATE INDEX questions_by_session ON questions (session, posed);
CREATE INDEX questions_by_item ON questions (pack, item, posed, status);
CREATE UNIQUE INDEX questions_open ON questions (status) WHERE status = 'open';
CREATE TABLE attempts (
    question TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 1),
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    response TEXT NOT NULL,
    outcome TEXT,
    flaw TEXT,
    misconception TEXT NOT NULL DEFAULT '',
    right_parts TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (question, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE hints (
    question TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    at INTEGER NOT NULL,
    PRIMARY KEY (question, step, level)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
    events INTEGER PRIMARY KEY CHECK (events >= 1),
    hlc INTEGER NOT NULL,
    dev BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE TABLE fitted (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_learning ON events (hlc, dev, seq, id)
    WHERE kind IN ('question.closed', 'question.voided', 'question.restored', 'memory.imported');
CREATE INDEX events_by_kind ON events (kind, hlc);
"""


def learner_migrations() -> "Migrations":
    """The steps, in order. The driver must have been registered: open a connection first."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("learner")

    @migrations()
    def m0001_conversations_and_events(database: "Database") -> None:
        database.executescript(_CONVERSATIONS_AND_EVENTS)

    @migrations()
    def m0002_practice(database: "Database") -> None:
        database.executescript(_PRACTICE)

    return migrations
