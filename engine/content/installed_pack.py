"""What is known of an installed pack besides its content: one small record in its folder."""

import functools
import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.content.layout import INDEX
from engine.content.pack import PackInfo
from engine.errors import PackError

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

RECORD = ".install.json"
_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_TEXTS = {"type": "array", "items": _TEXT}
_SCHEMA = {
    "type": "object",
    "required": ["info", "source", "manifest_sha256"],
    "properties": {
        "info": {
            "type": "object",
            "required": ["id", "version", "title"],
            "properties": {
                **dict.fromkeys(("id", "version", "title", "description"), _TEXT),
                **dict.fromkeys(("licence", "entry", "origin"), _TEXT),
                **dict.fromkeys(("langs", "authors"), _TEXTS),
                "age": {
                    "anyOf": [
                        {"const": None},
                        {"type": "array", "minItems": 2, "maxItems": 2, "items": _WHOLE},
                    ]
                },
            },
        },
        **dict.fromkeys(("source", "manifest_sha256", "signed_by"), _TEXT),
        "installed_ms": _WHOLE,
        "counts": {"type": "object", "additionalProperties": _WHOLE},
    },
}


class InstalledFrom(StrEnum):
    """Where an installed pack came from."""

    STARTER = "starter"
    ARCHIVE = "archive"
    FOLDER = "folder"
    DOCUMENT = "document"
    PRACTICE = "practice"  # questions that the learner imported


@dataclass(frozen=True, slots=True)
class InstallRecord:
    """The record.

    Attributes:
        info: what the pack says of itself.
        source: where it came from.
        manifest_sha256: tells two packs of one version apart.
        signed_by: fingerprint of the key that signed it; empty for an unsigned pack.
        installed_ms: when, in milliseconds since 1970 UTC.
        counts: how much there is of everything.
    """

    info: PackInfo
    source: InstalledFrom
    manifest_sha256: str
    signed_by: str = ""
    installed_ms: int = 0
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """A pack in its place. ``folder`` is its own; the search index lies in it as ``index_file``."""

    folder: Path
    record: InstallRecord

    @property
    def info(self) -> PackInfo:
        """What the pack says of itself."""
        return self.record.info

    @property
    def installed_at(self) -> datetime:
        """When it was installed."""
        return datetime.fromtimestamp(self.record.installed_ms / 1000, UTC)

    @property
    def index_file(self) -> Path:
        """The search index. It need not exist yet."""
        return self.folder / INDEX


def write_record(folder: Path, record: InstallRecord) -> None:
    """Put ``record`` into the folder of a pack that is being installed."""
    (folder / RECORD).write_bytes(json.dumps(asdict(record), ensure_ascii=False).encode())


def read_record(folder: Path) -> InstalledPack:
    """The installed pack in ``folder``.

    Raises:
        PackError: its record is missing or damaged.
    """
    try:
        return InstalledPack(folder, _record(json.loads((folder / RECORD).read_bytes())))
    except (OSError, ValueError, RecursionError) as error:
        name = folder.parent.name
        raise PackError(
            f"The installed pack {name} is damaged.",
            todo=f"`llm-tutor packs remove {name}`, then add it again.",
        ) from error


def _record(stored: Any) -> InstallRecord:
    if not _validator().is_valid(stored):
        raise ValueError("it is no record")
    info = _known(PackInfo, stored["info"])
    for name in ("langs", "authors", "age"):
        if info.get(name) is not None:
            info[name] = tuple(info[name])
    return InstallRecord(
        **{
            **_known(InstallRecord, stored),
            "info": PackInfo(**info),
            "source": InstalledFrom(stored["source"]),
        }
    )


def _known(kind: type[PackInfo] | type[InstallRecord], stored: dict[str, Any]) -> dict[str, Any]:
    """What this version of the program knows; a later one may have written more."""
    return {it.name: stored[it.name] for it in fields(kind) if it.name in stored}


@functools.cache
def _validator() -> "Draft202012Validator":
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(_SCHEMA)
