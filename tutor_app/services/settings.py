"""The engine's settings, the backups of the learner's data, its export, and the licences of what is used."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.settings import Settings, save_settings
from tutor_app.services.kept import KeptBackup, LibraryLicence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import PackageMetadata

    from engine.storage.database import LearnerDatabase
    from tutor_app.workers.workbench import Job, Workbench

_OURSELVES = "llm-tutor"
_NAME = re.compile(r"[\w.-]+")
_LONGEST_LICENCE = 60  # some distributions put the whole text there


class SettingsService:
    """Reads and writes small files of the profile, and copies the learner's data."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def load(self, _job: Job) -> Settings:
        """The settings as they are now.

        Raises:
            SettingsError: the file is invalid.
        """
        return self._workbench.settings

    def save(self, _job: Job, settings: Settings) -> Settings:
        """Replace the settings.

        Raises:
            SettingsError: a value is out of its range; nothing was written.
            StorageError: they could not be written.
        """
        checked = replace(settings)  # what comes through a pipe was made without its checks
        save_settings(self._workbench.paths.settings_file, checked)
        return checked

    def change(self, _job: Job, values: Mapping[str, object]) -> Settings:
        """Change some settings, by name, and leave the others as they are now.

        Raises:
            SettingsError: a value is out of its range, or the file is invalid; nothing was written.
            StorageError: they could not be written.
        """
        known = {field.name for field in fields(Settings)}
        chosen = {name: value for name, value in values.items() if name in known}
        changed = replace(self._workbench.settings, **chosen)  # type: ignore[arg-type]  # checked when it is made
        save_settings(self._workbench.paths.settings_file, changed)
        return changed

    def backups(self, _job: Job) -> tuple[KeptBackup, ...]:
        """The backups, newest first."""
        from engine.storage.backup import list_backups

        found = list_backups(self._workbench.paths.backups)
        return tuple(KeptBackup(str(one.path), one.made, one.bytes) for one in found)

    def back_up(self, _job: Job) -> KeptBackup:
        """Make a backup now.

        Raises:
            UsageError: there is nothing to back up yet.
            StorageError: it could not be written.
        """
        made = self._database().back_up()
        return KeptBackup(str(made.path), made.made, made.bytes)

    def export(self, _job: Job, path: str) -> int:
        """Write conversations and events to ``path`` as JSON lines; returns their number.

        Raises:
            UsageError: there is nothing to export yet.
            StorageError: it could not be written.
        """
        from engine.tutor.export import write_export

        return write_export(self._database(), Path(path))

    def licences(self, _job: Job) -> tuple[LibraryLicence, ...]:
        """The libraries that this program needs, directly or through others, with the licences they name."""
        from importlib.metadata import PackageNotFoundError, metadata

        found: dict[str, LibraryLicence] = {}
        waiting = [_OURSELVES]
        seen = {_OURSELVES}
        while waiting:
            try:
                about = metadata(waiting.pop())
            except PackageNotFoundError:  # needed on other systems only
                continue
            name = about["Name"]
            if name != _OURSELVES:
                found[name.lower()] = LibraryLicence(name, about["Version"], _licence(about))
            needed = _needed(about) - seen
            seen |= needed
            waiting.extend(needed)
        return tuple(found[name] for name in sorted(found))

    def _database(self) -> LearnerDatabase:
        if not self._workbench.paths.learner_db.exists():
            raise UsageError(
                "Nothing is stored yet.", todo="Ask something first; then there is something to keep."
            )
        return self._workbench.runtime.database


def _needed(about: PackageMetadata) -> set[str]:
    """Names of what a distribution needs; what is not installed here is no matter."""
    lines = about.get_all("Requires-Dist") or []
    names = (_NAME.match(line) for line in lines if "extra ==" not in line)
    return {found.group().lower().replace("_", "-") for found in names if found}


def _licence(about: PackageMetadata) -> str:
    expression = about.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        line.rsplit("::", 1)[-1].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if classifiers:
        return ", ".join(classifiers)
    lines = str(about.get("License") or "").strip().splitlines()
    return lines[0][:_LONGEST_LICENCE] if lines else ""
