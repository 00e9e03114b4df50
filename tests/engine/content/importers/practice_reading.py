"""Reading files of practice questions in tests, and looking at what came of them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from engine.cancel import CancelToken
from engine.content.importers.imported_items import ImportedItems
from engine.content.importers.practice_format import read_practice
from engine.content.item import Json
from engine.content.practice_pack import ProvenItems, proven


def read(path: Path) -> ImportedItems:
    """The questions in a file, without anybody watching."""
    return read_practice(path, cancel=CancelToken(), progress=lambda _: None)


def prove(imported: ImportedItems) -> ProvenItems:
    """Those of them that are sound."""
    return proven(imported, cancel=CancelToken(), progress=lambda _: None)


def written(path: Path, content: str | bytes) -> Path:
    """A file with that content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def by_stem(imported: ImportedItems) -> dict[str, Json]:
    """The items by their questions."""
    return {item["stem"]: item for item in imported.items}


def reasons(imported: ImportedItems) -> dict[str, str]:
    """Why things are left out, by what they are."""
    return {one.what: one.reason for one in imported.skipped}


def texts(item: Json) -> dict[str, str]:
    """The texts of an item's options by id."""
    return {one["id"]: one["text"] for name in ("options", "left", "right") for one in item.get(name, ())}


def right(item: Json) -> object:
    """The right answer in words: texts in place of the ids of options."""
    known = texts(item)
    match item["answer"]:
        case str() as one:
            return known[one]
        case list() as several:
            return [known[one] for one in several]
        case {"gaps": gaps}:
            return {gap: answer.get("accept") or answer["value"] for gap, answer in gaps.items()}
        case {"accept": accept}:
            return accept
        case {"value": value}:
            return value
        case {"expectations": [expectation]}:
            return expectation["phrasings"]
        case dict() as pairs if known:
            return {known[one]: known[other] for one, other in pairs.items()}
        case other:
            return other
