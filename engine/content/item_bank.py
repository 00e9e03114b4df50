"""The practice items of the installed packs, read when they are first wanted and kept while their pack stays the same.

Packs were checked when they were installed, so nothing is checked again here: the first question should be there in a
moment. An imported document has the automatic items that were made about it, as soon as they are there.
"""

import json
import logging
import os
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.answers.placeholders import fill
from engine.content import auto_item_file, layout
from engine.content.installed_pack import InstalledFrom, InstalledPack
from engine.content.instance import Question
from engine.content.item import Item, Json, Misconception
from engine.content.item_json import read_item, read_misconception
from engine.content.pack_store import PackStore
from engine.errors import PackError
from engine.types import Skill, SkillEdge

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PackItems:
    """What one pack has to practise.

    Attributes:
        items: by id, in the order of the pack.
        misconceptions: by id.
    """

    pack: InstalledPack
    skills: tuple[Skill, ...]
    edges: tuple[SkillEdge, ...]
    items: Mapping[str, Item]
    misconceptions: Mapping[str, Misconception]


class ItemBank:
    """The items of all packs in ``store``; for any thread."""

    def __init__(self, store: PackStore) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._read: dict[tuple[Path, str, int], PackItems] = {}
        self._taught: dict[tuple[Path, str], Mapping[str, tuple[str, ...]]] = {}
        self._listed: tuple[object, list[PackItems]] = (None, [])

    def packs(self) -> list[PackItems]:
        """The packs that have items, in the order of the store. One that is damaged keeps no other from its learner."""
        state = self._state()
        if state != self._listed[0]:
            found = filter(None, map(self._if_readable, self.store.installed()))
            self._listed = (state, [pack for pack in found if pack.items])
        return self._listed[1]

    def pack(self, identifier: str) -> PackItems | None:
        """The items of one pack; None if it is not installed, has none, or they cannot be read."""
        return next((pack for pack in self.packs() if pack.pack.info.id == identifier), None)

    def skills_taught(self, pack: PackItems, passages: Collection[str]) -> frozenset[str]:
        """Ids of the skills that the ``passages`` of a pack teach; of a document's, the sections they stand in.

        Raises:
            PackError: the pack's files are damaged.
        """
        key = (pack.pack.folder, pack.pack.record.manifest_sha256)
        if key not in self._taught:
            content = self.store.content(pack.pack)
            self._taught[key] = {it.id: it.skills or (it.section,) for it in content.passages}
        return frozenset(skill for it in passages for skill in self._taught[key].get(it, ()))

    def picture(self, pack: str, question: Question) -> bytes | None:
        """The picture of a question, filled in; None if it has none, or it cannot be read."""
        installed = self.store.find(pack)
        if installed is None or question.picture is None or not layout.may_hold(question.picture.file):
            return None
        try:
            data = (installed.folder / question.picture.file).read_bytes()
        except OSError:
            return None
        return filled_picture(data, question) if question.picture.file.endswith(".svg") else data

    def _state(self) -> object:
        """Changes whenever a pack comes, goes, or is replaced."""
        folder = self.store.folder
        try:
            with os.scandir(folder) as entries:
                return folder.stat().st_mtime_ns, *((it.name, it.stat().st_mtime_ns) for it in entries)
        except OSError:
            return None

    def _if_readable(self, pack: InstalledPack) -> PackItems | None:
        try:
            return self._of(pack)
        except PackError:
            _log.warning("the practice questions of %s cannot be read", pack.info.id)
            return None

    def _of(self, pack: InstalledPack) -> PackItems:
        key = (pack.folder, pack.record.manifest_sha256, _auto_items_made(pack))
        with self._lock:
            if key not in self._read:
                self._read[key] = _read_items(pack)
            return self._read[key]


def filled_picture(data: bytes, question: Question) -> bytes:
    """The SVG ``data`` with the question's values in it."""
    if b"[[" not in data:
        return data
    from xml.sax.saxutils import escape

    values = {
        name: escape(value, {'"': "&quot;"}) if isinstance(value, str) else value
        for name, value in question.values.items()
    }
    return fill(data.decode(), values).encode()


def _read_items(pack: InstalledPack) -> PackItems:
    if pack.record.source is InstalledFrom.DOCUMENT:
        return _read_document(pack)
    try:
        return _read_pack(pack)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise PackError(
            f"The practice questions of “{pack.info.title}” cannot be read.", todo="Add the pack again."
        ) from error


def _read_pack(pack: InstalledPack) -> PackItems:
    skills = _json(pack.folder / layout.SKILLS)
    items = [
        read_item(document)
        for path in sorted((pack.folder / "items").glob("*.json"))
        for document in _json(path)["items"]
    ]
    misconceptions = (
        _json(pack.folder / layout.MISCONCEPTIONS)["misconceptions"]
        if (pack.folder / layout.MISCONCEPTIONS).is_file()
        else []
    )
    return PackItems(
        pack,
        tuple(
            Skill(it["id"], it["name"], it["goal"], it["bloom"], float(it.get("ref", 0)))
            for it in skills["skills"]
        ),
        tuple(
            SkillEdge(it["from"], it["to"], it["type"], float(it.get("strength", it.get("weight", 1))))
            for it in skills["edges"]
        ),
        {item.id: item for item in items},
        {it.id: it for it in map(read_misconception, misconceptions)},
    )


def _read_document(pack: InstalledPack) -> PackItems:
    found = auto_item_file.read_auto_items(pack.folder)
    if found is None:
        return PackItems(pack, (), (), {}, {})
    items = [read_item(document) for document in found.items]
    return PackItems(pack, found.skills, (), {item.id: item for item in items}, {})


def _auto_items_made(pack: InstalledPack) -> int:
    """Changes whenever the automatic items of a document are made; 0 for a pack, and for none."""
    if pack.record.source is not InstalledFrom.DOCUMENT:
        return 0
    try:
        return (pack.folder / auto_item_file.FILE).stat().st_mtime_ns
    except OSError:
        return 0


def _json(path: Path) -> Json:
    return json.loads(path.read_text(encoding="utf-8"))
