"""The automatic questions about an imported document, kept beside it: one JSON file that can be made again.

Making them is the work of ``auto_items``. A damaged file is the same as none, since nobody wrote what is in it; only
what a teacher approved would be lost.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.atomic import write_atomically
from engine.content.item import Json
from engine.content.pack import Pack
from engine.types import Skill

FILE = "auto_items.json"
_HEAD_BYTES = 64


@dataclass(frozen=True, slots=True)
class AutoItemFile:
    """What the file holds.

    Attributes:
        made_by: version of what made them.
        skills: one for each section that has questions.
        items: as in a pack's ``items/*.json``.
    """

    made_by: str
    skills: tuple[Skill, ...]
    items: Sequence[Json]


def write_auto_items(folder: Path, pack: Pack, made_by: str, items: Sequence[Json]) -> None:
    """Keep the ``items`` about the document ``pack`` in its ``folder``; those that a teacher approved stay approved.

    Raises:
        StorageError: the file cannot be written.
    """
    present = read_auto_items(folder)
    approved = {it["id"] for it in present.items if it.get("approved")} if present else set()
    used = {it["skills"][0] for it in items}
    document = {
        "made_by": made_by,
        "skills": [{"id": it.id, "name": it.title} for it in pack.sections if it.id in used],
        "items": [{**it, "approved": True} if it["id"] in approved else it for it in items],
    }
    write_atomically(folder / FILE, json.dumps(document, ensure_ascii=False, indent=1).encode())
    with contextlib.suppress(OSError):
        os.utime(folder.parent)  # by which readers see that something is new


def is_made_by(folder: Path, version: str) -> bool:
    """Whether the items about the document in ``folder`` were made by this ``version``. Reads the first line only."""
    try:
        with (folder / FILE).open("rb") as file:
            return f'"made_by": "{version}"'.encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False


def read_auto_items(folder: Path) -> AutoItemFile | None:
    """The automatic items about the document in ``folder``; None where none were made, or the file is damaged."""
    try:
        document = json.loads((folder / FILE).read_bytes())
        skills = tuple(Skill(it["id"], it["name"]) for it in document["skills"])
        return AutoItemFile(document["made_by"], skills, document["items"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
