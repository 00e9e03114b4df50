"""What the settings page shows of a profile: its backups, the profiles beside it, and licences. No engine, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - a field's type


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """One backup.

    Attributes:
        path: the file.
        made: when, with its time zone.
        bytes: its size.
    """

    path: str
    made: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """One profile.

    Attributes:
        folder: its data folder.
        name: what it was called when it was made; empty for the standard one and for folders of other origin.
        standard: whether it is the one that is opened where none is named.
        current: whether it is the one of this window.
        found: whether its folder is there now.
    """

    folder: str
    name: str
    standard: bool = False
    current: bool = False
    found: bool = True


@dataclass(frozen=True, slots=True)
class LibraryLicence:
    """One library that the program uses, as it describes itself."""

    name: str
    version: str
    licence: str
