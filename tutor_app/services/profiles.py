"""The profiles of this computer: data folders, remembered in one small file beside the standard one.

A profile is never deleted here, and opening another one is the window's business.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import storage_error, write_atomically
from engine.errors import UsageError
from engine.paths import data_paths
from tutor_app.services.kept import KnownProfile

if TYPE_CHECKING:
    from tutor_app.workers.workbench import Job, Workbench

_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST_NAME = 40


class ProfilesService:
    """Reads and extends the list of profiles."""

    def __init__(self, workbench: Workbench) -> None:
        self._current = workbench.paths.root
        self._standard = data_paths(None).root
        self._list = self._standard.with_name(f"{self._standard.name}-profiles.json")

    def known(self, _job: Job) -> tuple[KnownProfile, ...]:
        """The standard profile, then the others by name; the present one is always among them."""
        folders = {self._standard: "", **self._remembered()}
        folders.setdefault(self._current, "")
        profiles = [self._profile(folder, name) for folder, name in folders.items()]
        return tuple(sorted(profiles, key=_order))

    def create(self, _job: Job, name: str) -> KnownProfile:
        """Make an empty profile, in a folder of its own beside the standard one, and remember it.

        Raises:
            UsageError: the name is empty, too long, or in use.
            StorageError: the folder could not be made.
        """
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME:
            raise UsageError(
                "A profile needs a name of at most 40 characters.", todo="Write a name, then try again."
            )
        remembered = self._remembered()
        folder = self._standard.with_name(f"{self._standard.name}-profiles") / _folder_name(name)
        if name.casefold() in {known.casefold() for known in remembered.values()} or folder in remembered:
            raise UsageError("There is a profile with this name already.", todo="Choose another name.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
        self._remember({**remembered, folder: name})
        return self._profile(folder, name)

    def remember(self, _job: Job) -> None:
        """Keep the profile of this window in the list, so that there is a way back to it."""
        remembered = self._remembered()
        if self._current != self._standard and self._current not in remembered:
            self._remember({**remembered, self._current: ""})

    def _profile(self, folder: Path, name: str) -> KnownProfile:
        return KnownProfile(
            str(folder),
            name,
            standard=folder == self._standard,
            current=folder == self._current,
            found=folder.is_dir() or folder == self._standard,
        )

    def _remembered(self) -> dict[Path, str]:
        """A damaged list is as good as none: the folders are still there, and can be opened by ``--profile``."""
        try:
            stored = json.loads(self._list.read_text(encoding="utf-8"))
            return {Path(folder): str(name) for folder, name in stored["profiles"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def _remember(self, profiles: dict[Path, str]) -> None:
        stored = {"profiles": {str(folder): name for folder, name in profiles.items()}}
        self._list.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._list, json.dumps(stored, indent=2, ensure_ascii=False).encode() + b"\n")


def _folder_name(name: str) -> str:
    """A name for a folder on every system."""
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip("-").lower()
    return safe or f"profile-{len(name)}"


def _order(profile: KnownProfile) -> tuple[bool, str, str]:
    return not profile.standard, profile.name.casefold(), profile.folder
