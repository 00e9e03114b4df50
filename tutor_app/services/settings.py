"""The engine's settings and the learner's data, as the settings page shows and changes them."""

from __future__ import annotations

from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from engine.settings import Settings, save_settings
from engine.storage.backup import list_backups
from engine.tutor.export import write_export
from engine.tutor.practice.export import PracticeExport, write_practice

if TYPE_CHECKING:
    from datetime import datetime

    from tutor_app.workers.workbench import Job, Workbench

EVERYTHING = "jsonl"


class SettingsService:
    """Reads and writes what a profile keeps."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def load(self, _job: Job) -> Settings:
        """The settings as they are now.

        Raises:
            SettingsError: the file is invalid.
        """
        return self._workbench.settings

    def save(self, _job: Job, settings: Settings) -> Settings:
        """Keep ``settings``; they were validated when they were made."""
        save_settings(self._workbench.paths.settings_file, settings)
        return settings

    def backups(self, _job: Job) -> tuple[datetime, ...]:
        """When backups were made, the newest first."""
        return tuple(backup.made for backup in list_backups(self._workbench.paths.backups))

    def back_up(self, _job: Job) -> datetime:
        """Make a backup now.

        Raises:
            StorageError: it could not be written.
        """
        return self._workbench.runtime.database.back_up().made

    def export(self, _job: Job, path: str, form: str = EVERYTHING) -> int:
        """Write what is known of the learner to ``path``; returns how many lines or statements.

        Args:
            path: the file.
            form: ``EVERYTHING`` as JSON lines, or a form of ``PracticeExport``: practice alone.

        Raises:
            StorageError: it could not be written.
        """
        runtime = self._workbench.runtime
        if form == EVERYTHING:
            return write_export(runtime.database, Path(path))
        return write_practice(runtime.database, runtime.items, PracticeExport(form), Path(path))

    def licences(self, _job: Job) -> tuple[tuple[str, str, str], ...]:
        """Name, version and licence of every library that is installed beside the program."""
        found = {
            (one.metadata["Name"], one.version, _licence(one.metadata.json))
            for one in distributions()
            if one.metadata["Name"] and one.metadata["Name"] != "llm-tutor"
        }
        return tuple(sorted(found, key=lambda line: line[0].casefold()))


def _licence(metadata: dict[str, str | list[str]]) -> str:
    """The shortest thing that a package says about its licence."""
    said = metadata.get("license_expression") or metadata.get("license") or ""
    if isinstance(said, str) and said and len(said) <= 60:
        return said
    for line in metadata.get("classifier", ()):
        if line.startswith("License ::"):
            return line.rpartition(":: ")[2]
    return ""
