"""The engine's settings, and which backups there are, as the settings page shows and changes them."""

from __future__ import annotations

from importlib.metadata import distributions
from typing import TYPE_CHECKING

from engine.settings import Settings, save_settings
from engine.storage.backup import list_backups
from tutor_app.services.copy_facts import KeptBackup

if TYPE_CHECKING:
    from tutor_app.workers.workbench import Job, Workbench


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

    def backups(self, _job: Job) -> tuple[KeptBackup, ...]:
        """The backups, the newest first."""
        return tuple(KeptBackup(one.made, one.bytes) for one in list_backups(self._workbench.paths.backups))

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
