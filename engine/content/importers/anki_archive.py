"""The zip archive that an Anki deck is: its database, and its pictures by their names in the cards.

Three generations: ``collection.anki2``, ``collection.anki21``, and ``collection.anki21b``, in which everything is
compressed by zstd and the list of media is a protobuf message. A newer one holds an older one too, empty but for a
note that says "update Anki", so the newest is read.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from engine.content.importers.archive import Archive
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.protobuf_fields import protobuf_fields, text_in
from engine.errors import DocumentError

KIND = "an Anki deck"
COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_MEDIA = "media"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BLOCK = 1 << 20
_MOST_WINDOW = 1 << 27
_ENTRIES, _NAME = 1, 1


class AnkiArchive:
    """An open ``.apkg``."""

    def __init__(self, archive: Archive, job: ImportJob) -> None:
        self._archive = archive
        self._job = job
        name = next((name for name in COLLECTIONS if name in archive), None)
        if name is None:
            raise broken(job, KIND)
        self._collection = name
        self._names = self._media_names() if _MEDIA in archive else {}

    @property
    def newest_layout(self) -> bool:
        """Whether note types and decks have tables of their own."""
        return self._collection == COLLECTIONS[0]

    def write_collection(self, into: Path) -> None:
        """Write the database to the file ``into``."""
        into.write_bytes(self._part(self._collection))

    def read(self, address: str) -> bytes | None:
        """The picture that cards call ``address``; None if it is not in the file."""
        from urllib.parse import unquote

        stored = self._names.get(address) or self._names.get(unquote(address))
        if stored is None or stored not in self._archive:
            return None
        return self._part(stored)

    def _part(self, name: str) -> bytes:
        data = self._archive.read(name)
        return self._decompressed(data) if data.startswith(_ZSTD) else data

    def _decompressed(self, data: bytes) -> bytes:
        import zstandard

        limit = self._job.limits.part_bytes
        parts: list[bytes] = []
        size = 0
        try:
            with zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW).stream_reader(data) as stream:
                while block := stream.read(_BLOCK):
                    self._job.cancel.check()
                    parts.append(block)
                    size += len(block)
                    if size > limit:
                        raise _too_much(self._job)
        except zstandard.ZstdError as problem:
            raise broken(self._job, KIND) from problem
        return b"".join(parts)

    def _media_names(self) -> Mapping[str, str]:
        """The file in the archive by the name in the cards."""
        data = self._part(_MEDIA)
        try:
            if data[:1] == b"{":
                return {str(name): str(stored) for stored, name in json.loads(data).items()}
            entries = protobuf_fields(data).get(_ENTRIES, [])
            return {
                text_in(protobuf_fields(entry), _NAME): str(place)
                for place, entry in enumerate(entries)
                if isinstance(entry, bytes)
            }
        except (ValueError, AttributeError, RecursionError) as problem:
            raise broken(self._job, KIND) from problem


def _too_much(job: ImportJob) -> DocumentError:
    return DocumentError(
        f"“{job.name}” would unpack to far more than a deck holds; it was not opened.",
        todo="Get the deck again from a source that you trust.",
    )
