"""The library: what is there, everything about one of it, removing it and putting it back.

Adding is in ``documents.py``, in a process of its own.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from engine.content import layout
from engine.content.auto_item_file import read_auto_items
from engine.content.installed_pack import InstalledFrom, InstalledPack
from engine.content.pack_store import PackStore
from engine.content.pack_trash import PackTrash
from engine.errors import PackError, StorageError
from engine.model_loading import chosen_model
from engine.rag.pack_index import SCHEMA_VERSION, read_meta
from engine.storage.sqlite import OpenMode, connect, storage_errors
from tutor_app.services.holdings import (
    Example,
    Holding,
    HoldingDetails,
    HoldingKind,
    HoldingState,
    PassageName,
)
from tutor_app.services.source_names import SourceNames

if TYPE_CHECKING:
    from pathlib import Path

    from tutor_app.workers.workbench import Job, Workbench

_EXAMPLES_A_PACK = 2
_LONGEST_EXAMPLE = 60


class LibraryService:
    """Reads the installed packs as they are now."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._store = PackStore(workbench.paths.packs)
        self._trash = PackTrash(workbench.paths.packs)
        self._names = SourceNames(workbench.paths.packs)
        self._vectors: dict[Path, tuple[int, str]] = {}

    def holdings(self, job: Job) -> tuple[Holding, ...]:
        """Packs by title, then documents, the newest first; damaged ones before all."""
        names, embedder = self._names.all(), self._embedder()
        found = []
        for pack in self._store.installed():
            job.cancel.check()
            found.append(self._holding(pack, names, embedder))
        sound = {holding.id for holding in found}
        damaged = [
            Holding(identifier, names.get(identifier, identifier), _kind_of(identifier), HoldingState.DAMAGED)
            for identifier in self._store.damaged()
            if identifier not in sound
        ]
        return tuple(damaged + sorted(found, key=_shelf_order))

    def details(self, _job: Job, pack: str) -> HoldingDetails:
        """Everything about ``pack``.

        Raises:
            PackError: it is not there any more, or damaged.
        """
        installed = self._store.find(pack)
        if installed is None:
            raise PackError("It is not in the library any more.", todo="Look through what is there.")
        holding = self._holding(installed, self._names.all(), self._embedder())
        info, record = installed.info, installed.record
        return HoldingDetails(
            holding,
            origin=str(record.source),
            version=info.version,
            authors=info.authors,
            licence=info.licence,
            languages=info.langs,
            signed_by=record.signed_by,
            counts={**record.counts, **_made_questions(installed)},
            bytes=_size(installed.folder),
            age=info.age,
        )

    def remove(self, _job: Job, pack: str) -> None:
        """Move ``pack``, sound or damaged, to the trash, where it stays for a day.

        Raises:
            PackError: it is not there.
            StorageError: it could not be moved.
        """
        now = self._workbench.clock.now()
        self._trash.take(pack, now=now)
        self._trash.empty(now=now)

    def put_back(self, _job: Job, pack: str) -> None:
        """Undo ``remove``.

        Raises:
            PackError: it is gone for good, or was added again meanwhile.
        """
        self._trash.put_back(pack)

    def examples(self, job: Job) -> tuple[Example, ...]:
        """Questions to begin with, from the packs that bring some along; each pack's first, then each one's second."""
        columns = []
        for pack in self._store.installed():
            job.cancel.check()
            if pack.record.source is not InstalledFrom.DOCUMENT:
                columns.append(_examples(pack))
        rows = range(_EXAMPLES_A_PACK)
        return tuple(column[row] for row in rows for column in columns if row < len(column))

    def passage_name(self, _job: Job, pack: str, passage: str) -> PassageName | None:
        """What a passage is called; None if it is not there any more."""
        for index in self._workbench.runtime.indexes:
            if index.info.id == pack:
                found = index.passage(passage)
                if found is None:
                    return None
                section = index.sections.get(found.section)
                return PassageName(index.info.title, section.title if section else "", found.title)
        return None

    def _holding(self, pack: InstalledPack, names: dict[str, str], embedder: str) -> Holding:
        counts = pack.record.counts
        ready = embedder and self._vectors_in(pack.index_file) == embedder
        return Holding(
            pack.info.id,
            pack.info.title,
            _kind(pack),
            HoldingState.READY if ready else HoldingState.WORDS,
            pack.info.description,
            file=names.get(pack.info.id, ""),
            passages=counts.get("passages", 0),
            sections=counts.get("sections", 0),
            added_ms=pack.record.installed_ms,
        )

    def _vectors_in(self, index: Path) -> str:
        """As ``_vectors_of``; an index that has not changed is not opened again."""
        try:
            changed = index.stat().st_mtime_ns
        except OSError:
            return ""
        known = self._vectors.get(index)
        if known is None or known[0] != changed:
            known = self._vectors[index] = (changed, _vectors_of(index))
        return known[1]

    def _embedder(self) -> str:
        found = chosen_model(self._workbench.paths, "embedder", self._workbench.settings.embedder)
        return found.id if found else ""


def _made_questions(pack: InstalledPack) -> dict[str, int]:
    """How many practice questions were made about a document, by the name that a pack's count has."""
    made = read_auto_items(pack.folder) if pack.record.source is InstalledFrom.DOCUMENT else None
    return {"items": len(made.items)} if made is not None else {}


def _kind(pack: InstalledPack) -> HoldingKind:
    document = pack.record.source is InstalledFrom.DOCUMENT
    return HoldingKind.DOCUMENT if document else HoldingKind.PACK


def _kind_of(identifier: str) -> HoldingKind:
    """For one whose record cannot be read: importers make ids of this kind."""
    return HoldingKind.DOCUMENT if identifier.startswith("local.") else HoldingKind.PACK


def _vectors_of(index: Path) -> str:
    """Name of the embedder whose vectors are complete in ``index``; empty for none.

    It reads only what the index says of itself: opening one whole takes long where there are thousands.
    """
    with suppress(StorageError, OSError):
        connection = connect(index, mode=OpenMode.READ_ONLY)
        try:
            with storage_errors(index):
                meta = read_meta(connection)
        finally:
            connection.close()
        if meta.get("vectors") == "complete" and meta.get("schema") == SCHEMA_VERSION:
            return meta.get("embedder", "")
    return ""


def _shelf_order(holding: Holding) -> tuple[bool, int, str]:
    document = holding.kind is HoldingKind.DOCUMENT
    return (document, -holding.added_ms if document else 0, holding.title.casefold())


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _examples(pack: InstalledPack) -> list[Example]:
    """Well-formed questions with an answer, of those that the pack is tested with."""
    try:
        stored = json.loads((pack.folder / layout.QUESTIONS).read_bytes())["questions"]
        asked = [str(entry["question"]) for entry in stored if entry.get("passages")]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
    good = [text for text in asked if text.endswith("?") and len(text) <= _LONGEST_EXAMPLE]
    return [Example(text[0].upper() + text[1:], pack.info.id) for text in good[:_EXAMPLES_A_PACK]]
