"""The practice questions of one pack, for a file that another program reads: which forms there are, and writing one.

What becomes of a question is said in the file of each form. The pack as a whole is given away by ``export``.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import write_atomically
from engine.content.importers.imported_items import Skipped
from engine.content.item_bank import PackItems

if TYPE_CHECKING:
    from engine.content.install import Watch


class ItemExport(StrEnum):
    """The forms: an Anki deck, or a table that is read again by ``importers.csv_items``."""

    APKG = "apkg"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class WrittenItems:
    """What came of an export: how many questions are in the file, and what is not, with the reasons."""

    written: int
    skipped: tuple[Skipped, ...]


def write_items(
    found: PackItems, form: ItemExport, target: Path, *, now: datetime, watch: "Watch"
) -> WrittenItems:
    """Write ``target``, replacing it only when it is whole.

    Raises:
        PackError: no question can become a card.
        StorageError: it cannot be written.
        Cancelled: it was stopped; no file is left.
    """
    items = tuple(found.items.values())
    if form is ItemExport.APKG:
        from engine.content.item_export_anki import Deck, write_apkg

        names = {item.picture.file for item in items if item.picture}
        folder = found.pack.folder
        media = {name: (folder / name).read_bytes() for name in sorted(names) if (folder / name).is_file()}
        deck = Deck(found.pack.info.id, found.pack.info.title, items, media)
        written, skipped = write_apkg(target, deck, now=now, watch=watch)
        return WrittenItems(written, tuple(skipped))
    from engine.content.item_export_csv import items_as_csv

    text, skipped = items_as_csv(items, {skill.id: skill.name for skill in found.skills})
    watch.cancel.check()
    write_atomically(target, text.encode("utf-8-sig"))  # spreadsheets take it for UTF-8 by this mark
    return WrittenItems(len(items) - len(skipped), tuple(skipped))
