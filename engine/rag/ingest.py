"""Builds a pack's index: words first, so that it can be asked at once; sentence vectors behind, batch by batch.

Each batch is committed, so an import that was cancelled or killed goes on where it stopped.
"""

import hashlib
import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.pack import Pack
from engine.errors import StorageCorruptError
from engine.rag.bit_vectors import sign_bits
from engine.rag.pack_index import SCHEMA, SCHEMA_VERSION, describe, read_meta, write_meta
from engine.rag.sqlite_vec_index import SqliteVecIndex
from engine.rag.words import content_stem, content_stems, words
from engine.sentences import sentence_spans
from engine.storage.sqlite import OpenMode, connect, load_vector_extension, storage_errors, transaction
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import Embedder, ProgressCallback
    from engine.storage.sqlite import Connection

INDEX_FILE = "index.sqlite"
_BATCH = 64


def embedded_text(title: str, sentence: str) -> str:
    """What is embedded for a sentence: its passage's title says what it is about."""
    return f"{title}: {sentence}" if title else sentence


def index_words(pack: Pack, path: Path, *, cancel: CancelToken) -> None:
    """Write the lexical index of ``pack`` to ``path``, in one transaction, unless it is there already.

    An index of other content, or of another schema, is replaced.

    Raises:
        Cancelled: nothing was changed.
        StorageError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = _digest(pack)
    if path.exists() and not _holds(path, digest):
        path.unlink()
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    try:
        with storage_errors(path):
            stored = read_meta(connection)
        if stored:
            return
        with transaction(connection):
            for statement in SCHEMA.split(";\n"):
                connection.execute(statement)
            _fill(connection, pack, cancel)
            write_meta(connection, {"content": digest, "schema": SCHEMA_VERSION, "pack": describe(pack.info)})
    finally:
        connection.close()


def index_vectors(
    path: Path, embedder: "Embedder", *, cancel: CancelToken, progress: "ProgressCallback | None" = None
) -> None:
    """Add the sentence vectors that are missing from the index at ``path``; those of another embedder are replaced.

    Raises:
        Cancelled: what was added so far is kept.
        StorageError: the file cannot be written.
    """
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    try:
        extension = load_vector_extension(connection)
        with storage_errors(path):
            meta = read_meta(connection)
        if meta.get("embedder") != embedder.name:
            _begin_vectors(connection, embedder, extension=extension)
        elif meta.get("vectors") == "complete":
            return
        extension = extension and SqliteVecIndex.stored_in(connection)
        _add_missing(connection, embedder, extension=extension, cancel=cancel, progress=progress)
        with transaction(connection):
            write_meta(connection, {"vectors": "complete"})
    finally:
        connection.close()


def _digest(pack: Pack) -> str:
    body = asdict(replace(pack, edges=(), questions=()))
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, default=str).encode()).hexdigest()


def _holds(path: Path, digest: str) -> bool:
    """Whether the file at ``path`` is an index of this schema and content; a damaged one is none."""
    try:
        connection = connect(path, mode=OpenMode.READ_ONLY)
    except StorageCorruptError:
        return False
    try:
        with storage_errors(path):
            stored = read_meta(connection)
    except StorageCorruptError:
        return False
    finally:
        connection.close()
    return stored.get("schema") == SCHEMA_VERSION and stored.get("content") == digest


def _fill(connection: "Connection", pack: Pack, cancel: CancelToken) -> None:
    for table, parts in (("sections", pack.sections), ("skills", pack.skills), ("terms", pack.terms)):
        connection.executemany(
            f"INSERT INTO {table} (body) VALUES (?)",  # noqa: S608 - the names above
            [(json.dumps(asdict(part), ensure_ascii=False),) for part in parts],
        )
    holding: Counter[str] = Counter()
    content_words = sentences = 0
    for row, passage in enumerate(pack.passages, start=1):
        cancel.check()
        spans = sentence_spans(passage.text)
        lines = [" ".join((str(a), str(b), *content_stems(passage.text[a:b]))) for a, b in spans]
        connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row, passage.id, passage.section, passage.title, passage.text, passage.kind.value,
             json.dumps(passage.skills), passage.page, sentences + 1, "\n".join(lines)),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            [(sentences + number, row, *span) for number, span in enumerate(spans, start=1)],
        )
        sentences += len(spans)
        found = words(f"{passage.title}\n{passage.text}")
        holding.update(set(found))
        content_words += sum(1 for word in found if content_stem(word))
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?)",
        [(word, stem, count) for word, count in sorted(holding.items()) if (stem := content_stem(word))],
    )
    connection.execute("INSERT INTO passage_words (passage_words) VALUES ('rebuild')")
    count = len(pack.passages)
    totals = {"passages": count, "sentences": sentences, "mean_words": content_words / max(count, 1)}
    write_meta(connection, {name: str(total) for name, total in totals.items()})


def _begin_vectors(connection: "Connection", embedder: "Embedder", *, extension: bool) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM vectors")
        connection.execute("DELETE FROM vector_bits")
        if extension:
            connection.execute("DROP TABLE IF EXISTS sentence_bits")
            SqliteVecIndex.create(connection, embedder.dimensions)
        write_meta(connection, {"embedder": embedder.name, "vectors": "incomplete"})


def _add_missing(
    connection: "Connection",
    embedder: "Embedder",
    *,
    extension: bool,
    cancel: CancelToken,
    progress: "ProgressCallback | None",
) -> None:
    import numpy as np

    with storage_errors(connection):
        (total,) = connection.execute("SELECT count(*) FROM sentences").fetchone()
        (done,) = connection.execute("SELECT coalesce(max(row), 0) FROM vectors").fetchone()
    while done < total:
        cancel.check()
        with storage_errors(connection):
            batch = connection.execute(
                "SELECT s.row, p.title, substr(p.text, s.start + 1, s.stop - s.start) FROM sentences s"
                " JOIN passages p ON p.row = s.passage WHERE s.row > ? ORDER BY s.row LIMIT ?",
                (done, _BATCH),
            ).fetchall()
        rows = [row for row, _, _ in batch]
        vectors = embedder.embed([embedded_text(title, text) for _, title, text in batch]).astype(np.float16)
        with transaction(connection):
            connection.executemany(
                "INSERT INTO vectors VALUES (?, ?)",
                [(row, vector.tobytes()) for row, vector in zip(rows, vectors, strict=True)],
            )
            connection.execute(
                "INSERT INTO vector_bits VALUES (?, ?)", (rows[0], sign_bits(vectors).tobytes())
            )
            if extension:
                SqliteVecIndex.add(connection, rows, vectors)
        done = rows[-1]
        if progress is not None:
            progress(Progress("Reading for meaning", done, total, "sentences"))
