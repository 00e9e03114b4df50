"""One pack's search index: a single SQLite file with its passages, sentences, words and sentence vectors.

This file knows the tables. The two searches over them are ``fts5_index`` and ``sqlite_vec_index`` (or
``numpy_index`` where extensions cannot be loaded); what fills them is ``ingest``. The file is replaceable: when
its schema is not the one of this version, it is built again, never migrated.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.content.pack import PackInfo
from engine.errors import StorageCorruptError, StorageError
from engine.rag.fts5_index import Fts5Index
from engine.rag.numpy_index import NumpyIndex
from engine.rag.sqlite_vec_index import SqliteVecIndex
from engine.storage.sqlite import OpenMode, connect, load_vector_extension, storage_errors
from engine.types import Passage, PassageKind, Section, Skill, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import VectorIndex
    from engine.storage.sqlite import Connection

_PASSAGES_A_SLIP = 2_000
_BITS_IN_MEMORY = 1_000_000  # sentences; 48 MB of bits
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sections (ordinal INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE skills (ordinal INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE terms (ordinal INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, section TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, kind TEXT NOT NULL, skills TEXT NOT NULL, page INTEGER,
    first_sentence INTEGER NOT NULL, sentence_words TEXT NOT NULL -- a line a sentence: start, end, content stems
) STRICT;
CREATE INDEX passages_by_section ON passages (section);
CREATE TABLE sentences (
    row INTEGER PRIMARY KEY, passage INTEGER NOT NULL REFERENCES passages, start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, passages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX words_by_stem ON words (stem, passages);
CREATE TABLE vectors (row INTEGER PRIMARY KEY REFERENCES sentences, vector BLOB NOT NULL) STRICT;
CREATE TABLE vector_bits (first INTEGER PRIMARY KEY REFERENCES sentences, bits BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE passage_words USING fts5(
    title, text, content='passages', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2'
);
"""

# Whatever changes above, an index of another making is told apart and made again.
SCHEMA_VERSION = hashlib.sha256(SCHEMA.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class IndexedSentence:
    """A sentence of a passage: its row, its place in the text, its content stems."""

    row: int
    start: int
    end: int
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its row and its sentences."""

    row: int
    passage: Passage
    sentences: tuple[IndexedSentence, ...]


class PackIndex:
    """A pack's index, open for reading. Not safe from two threads at once.

    Args:
        path: the file, with at least its lexical part complete.
        use_extension: whether sentences are searched by sqlite-vec (where it loads) or by numpy; None takes the
            faster, which is numpy as long as the bits may stay in memory.

    Raises:
        StorageError: the file is missing, damaged or of another schema.
    """

    def __init__(self, path: Path, *, use_extension: bool | None = None) -> None:
        self._connection = connect(path, mode=OpenMode.READ_ONLY)
        with storage_errors(path):
            self._meta = read_meta(self._connection)
        if self._meta.get("schema") != SCHEMA_VERSION:
            self._connection.close()
            raise StorageCorruptError(
                f"The search index {path} is unfinished or of another version.", todo="Build it again."
            )
        if self.complete:  # nobody writes to it any more: no locks, any medium
            self._connection.close()
            self._connection = connect(path, mode=OpenMode.IMMUTABLE)
        self.info = _info(self._meta["pack"])
        self.passage_count = int(self._meta["passages"])
        self.mean_words = float(self._meta["mean_words"])
        self.sections = {
            section.id: section for section in (Section(**body) for body in self._bodies("sections"))
        }
        self.skills = tuple(Skill(**body) for body in self._bodies("skills"))
        self.terms = tuple(
            Term(
                **{
                    **body,
                    "aliases": tuple(body["aliases"]),
                    "confusable_with": tuple(body["confusable_with"]),
                }
            )
            for body in self._bodies("terms")
        )
        self.lexical = Fts5Index(self._connection)
        if use_extension is None:
            use_extension = int(self._meta["sentences"]) > _BITS_IN_MEMORY
        self._extension = use_extension and self.complete and load_vector_extension(self._connection)
        self._vectors: VectorIndex | None = None

    @property
    def complete(self) -> bool:
        """Whether every sentence has its vector."""
        return self._meta.get("vectors") == "complete"

    @property
    def embedder(self) -> str:
        """Name of the embedder of the vectors; empty while they are not complete."""
        return self._meta.get("embedder", "") if self.complete else ""

    @property
    def vectors(self) -> "VectorIndex":
        """The vector index; only of use when ``complete``."""
        if self._vectors is None:
            backend = (
                SqliteVecIndex
                if self._extension and SqliteVecIndex.stored_in(self._connection)
                else NumpyIndex
            )
            self._vectors = backend(self._connection)
        return self._vectors

    def passages(self, rows: Iterable[int]) -> list[IndexedPassage]:
        """The passages with these row numbers, in reading order."""
        wanted = json.dumps(sorted(set(rows)))
        with storage_errors(self._connection):
            found = self._connection.execute(
                "SELECT row, id, section, title, text, kind, skills, page, first_sentence, sentence_words FROM passages"
                " WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
                (wanted,),
            ).fetchall()
        return [IndexedPassage(row[0], _passage(row[:8]), _sentences(row[8], row[9])) for row in found]

    def passage(self, identifier: str) -> Passage | None:
        """The passage with this id; None if there is none."""
        with storage_errors(self._connection):
            row = self._connection.execute(
                "SELECT row, id, section, title, text, kind, skills, page FROM passages WHERE id = ?",
                (identifier,),
            ).fetchone()
        return _passage(row) if row else None

    def rows_of_sections(self, sections: Iterable[str]) -> set[int]:
        """Rows of the passages that stand in one of the ``sections``."""
        with storage_errors(self._connection):
            return {
                row
                for (row,) in self._connection.execute(
                    "SELECT row FROM passages WHERE section IN (SELECT value FROM json_each(?))",
                    (json.dumps(sorted(sections)),),
                )
            }

    def passages_of_sentences(self, sentences: Sequence[int]) -> dict[int, int]:
        """The passage row of each sentence row."""
        with storage_errors(self._connection):
            return dict(
                self._connection.execute(
                    "SELECT row, passage FROM sentences WHERE row IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(sentences)),),
                ).fetchall()
            )

    def sentence_vectors(self, sentences: Sequence[int]) -> "NDArray[np.float32]":
        """Vectors of the sentence rows, in the order given, shape (len(sentences), dimensions)."""
        import numpy as np

        with storage_errors(self._connection):
            blobs = dict(
                self._connection.execute(
                    "SELECT row, vector FROM vectors WHERE row IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(sentences)),),
                ).fetchall()
            )
        joined = b"".join(blobs[row] for row in sentences)
        return np.frombuffer(joined, dtype=np.float16).reshape(len(sentences), -1).astype(np.float32)

    def document_frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """In how many passages each of the ``stems`` occurs; those that occur nowhere are left out."""
        with storage_errors(self._connection):
            return dict(
                self._connection.execute(
                    "SELECT stem, sum(passages) FROM words WHERE stem IN (SELECT value FROM json_each(?))"
                    " GROUP BY stem",
                    (json.dumps(list(stems)),),
                ).fetchall()
            )

    def words_starting_with(self, start: str, *, shortest: int, longest: int) -> list[tuple[str, int]]:
        """(word, passages that hold it) for the words of the pack that start so and have such a length.

        In a big pack a word that hardly occurs is left out: it may be a slip itself.
        """
        with storage_errors(self._connection):
            return self._connection.execute(
                "SELECT word, passages FROM words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
                " AND passages > ?",
                (start, start + "\U0010ffff", shortest, longest, self.passage_count // _PASSAGES_A_SLIP),
            ).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _bodies(self, table: str) -> list[dict[str, Any]]:
        with storage_errors(self._connection):
            found = self._connection.execute(f"SELECT body FROM {table} ORDER BY ordinal").fetchall()  # noqa: S608 - ours
        return [json.loads(body) for (body,) in found]


def is_complete(path: Path, *, embedder: str | None) -> bool:
    """Whether the index at ``path`` can be searched, and with the vectors of ``embedder`` if one is named."""
    try:
        index = PackIndex(path)
    except StorageError:
        return False
    try:
        return embedder is None or index.embedder == embedder
    finally:
        index.close()


def read_meta(connection: "Connection") -> dict[str, str]:
    """What the file says of itself; empty for a file that is not (yet) an index."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
    return dict(connection.execute("SELECT key, value FROM meta").fetchall()) if known else {}


def write_meta(connection: "Connection", values: dict[str, str]) -> None:
    """Add or replace what the file says of itself."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(values.items()))


def describe(info: PackInfo) -> str:
    """The pack's description as stored."""
    return json.dumps(asdict(info), ensure_ascii=False)


def _info(stored: str) -> PackInfo:
    body = json.loads(stored)
    age = body.pop("age")
    return PackInfo(
        **{**body, "langs": tuple(body["langs"]), "authors": tuple(body["authors"])},
        age=None if age is None else (age[0], age[1]),
    )


def _sentences(first: int, lines: str) -> tuple[IndexedSentence, ...]:
    found = []
    for number, line in enumerate(lines.splitlines()):
        start, end, *stems = line.split(" ")
        found.append(IndexedSentence(first + number, int(start), int(end), tuple(stems)))
    return tuple(found)


def _passage(row: tuple[int, str, str, str, str, str, str, int | None]) -> Passage:
    _, identifier, section, title, text, kind, skills, page = row
    return Passage(identifier, section, title, text, PassageKind(kind), tuple(json.loads(skills)), page)
