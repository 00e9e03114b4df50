"""What is known of an installed pack besides its content: one small record in its folder."""

import functools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from engine.content.layout import INDEX
from engine.content.pack import PackInfo
from engine.errors import PackError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

RECORD = ".install.json"


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
    (folder / RECORD).write_bytes(_adapter().dump_json(record))


def read_record(folder: Path) -> InstalledPack:
    """The installed pack in ``folder``.

    Raises:
        PackError: its record is missing or damaged.
    """
    from pydantic import ValidationError

    try:
        return InstalledPack(folder, _adapter().validate_json((folder / RECORD).read_bytes()))
    except (OSError, ValidationError) as error:
        name = folder.parent.name
        raise PackError(
            f"The installed pack {name} is damaged.",
            todo=f"`llm-tutor packs remove {name}`, then add it again.",
        ) from error


@functools.cache
def _adapter() -> "TypeAdapter[InstallRecord]":
    from pydantic import TypeAdapter

    return TypeAdapter(InstallRecord)
