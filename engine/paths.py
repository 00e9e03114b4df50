"""Where things lie: one data folder holds everything a learner has; moving it moves all of it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

APP = "llm-tutor"
HOME_VARIABLE = "LLM_TUTOR_HOME"
_PROGRAM = Path(__file__).resolve().parent.parent


class DataPaths(NamedTuple):
    """The layout of one data folder.

    Attributes:
        root: the folder itself. Nothing is created by naming it.
    """

    root: Path

    @property
    def learner_db(self) -> Path:
        """The learner's own data: precious."""
        return self.root / "learner.db"

    @property
    def backups(self) -> Path:
        """Copies of the learner's data."""
        return self.root / "backups"

    @property
    def packs(self) -> Path:
        """Installed course packs and imported documents, one folder each."""
        return self.root / "packs"

    @property
    def models(self) -> Path:
        """Model files."""
        return self.root / "models"

    @property
    def downloads(self) -> Path:
        """Unfinished downloads."""
        return self.root / "downloads"

    @property
    def settings_file(self) -> Path:
        """The settings."""
        return self.root / "settings.json"

    @property
    def keys(self) -> Path:
        """Public keys of pack authors that were trusted, and this profile's own signing key."""
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        """Logs and crash reports. They never hold a learner's words."""
        return self.root / "logs"


def data_paths(chosen: Path | None, environment: Mapping[str, str] = os.environ) -> DataPaths:
    """The data folder: ``chosen`` (``--profile``), else ``LLM_TUTOR_HOME``, else the platform's own place."""
    if chosen is not None:
        return DataPaths(chosen.expanduser().absolute())
    if environment.get(HOME_VARIABLE):
        return DataPaths(Path(environment[HOME_VARIABLE]).expanduser().absolute())
    import platformdirs

    return DataPaths(Path(platformdirs.user_data_dir(APP, appauthor=False)))


def asset_path(*parts: str) -> Path:
    """A file or folder that is shipped with the program, under ``assets/``."""
    return _PROGRAM.joinpath("assets", *parts)


def manifest_path() -> Path:
    """The folder of model manifests that is shipped with the program."""
    return _PROGRAM / "models_manifest"
