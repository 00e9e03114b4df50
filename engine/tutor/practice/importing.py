"""A file of practice questions comes in: read, proven, installed as a pack of the learner's, its reviews remembered."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.content.importers.imported_items import ImportedItems, Skipped
from engine.content.importers.practice_format import read_practice
from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledPack
from engine.content.practice_pack import proven
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from engine.tutor.practice.imported_memories import record_memories


@dataclass(frozen=True, slots=True)
class PracticeImport:
    """What became of a file.

    Attributes:
        pack: that was installed.
        questions: how many it has.
        remembered: of how many what another program knew was taken over just now.
        skipped: what was left out, with the reason.
    """

    pack: InstalledPack
    questions: int
    remembered: int
    skipped: tuple[Skipped, ...]


def import_practice(path: Path, paths: DataPaths, clock: Clock, watch: Watch) -> PracticeImport:
    """Import the practice questions in ``path`` into the profile ``paths``.

    The same questions always become the same pack, so importing them again keeps what was learned from them.

    Raises:
        DocumentError: the file cannot be read.
        PackError: none of its questions can be used.
        StorageError: it cannot be stored.
        Cancelled: it was stopped.
    """
    items = proven(
        read_practice(path, cancel=watch.cancel, progress=watch.progress),
        cancel=watch.cancel,
        progress=watch.progress,
    )
    imported = items.source
    pack = PackInstaller(paths, clock).add_practice(items, _identifier(imported))
    remembered = 0
    if imported.reviews or imported.intervals:
        with open_learner_database(paths, clock) as database:
            remembered = record_memories(database, pack.info.id, imported, clock)
    return PracticeImport(pack, len(imported.items), remembered, items.skipped)


def _identifier(imported: ImportedItems) -> str:
    plain = json.dumps(imported.items, ensure_ascii=False, sort_keys=True)
    return f"imported.{hashlib.sha256(plain.encode()).hexdigest()[:16]}"
