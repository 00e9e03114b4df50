"""The profiles that were opened on this computer: folders, in a small file beside the data of all of them.

Read and written in the engine's process: a profile's folder may lie on a slow disk.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import storage_error, write_atomically
from engine.errors import StorageError
from engine.paths import HOME_VARIABLE, data_paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor_app.workers.workbench import Job, Workbench

_LIST = "llm-tutor-profiles.json"
_OF_A_PROFILE = {"learner.db", "packs", "models", "preferences.json", "settings.json"}


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile's folder, and what its learner is called; the folder's name where that is not known."""

    folder: Path
    name: str


class ProfilesService:
    """Knows the folders; opening one is the window's business."""

    def __init__(self, workbench: Workbench) -> None:
        self._root = workbench.paths.root
        self._list = list_file()

    def known(self, _job: Job) -> tuple[Profile, ...]:
        """The profiles whose folders are there, this one among them."""
        self._remember(self._root)
        folders = [folder for folder in self._folders() if folder == self._root or folder.is_dir()]
        return tuple(Profile(folder, _name_of(folder)) for folder in folders)

    def usable(self, _job: Job, folder: str) -> Path:
        """``folder``, if it is a profile's, or empty so that it can become one.

        Raises:
            StorageError: something else lies in it, or it cannot be read.
        """
        path = Path(folder)
        try:
            inside = {entry.name for entry in path.iterdir()}
        except OSError as error:
            raise storage_error(error, path) from error
        if inside and not inside & _OF_A_PROFILE:
            raise StorageError(
                f"Something else lies in {path}.", todo="Choose an empty folder, or one of LLM Tutor's."
            )
        return path

    def remember(self, _job: Job, folder: Path) -> None:
        """Add ``folder`` to the list."""
        self._remember(folder)

    def _remember(self, folder: Path) -> None:
        known = self._folders()
        if folder not in known:
            text = json.dumps([str(one) for one in (*known, folder)], indent=2)
            # A list that cannot be kept can be made again.
            with contextlib.suppress(OSError, StorageError):
                self._list.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._list, text.encode())

    def _folders(self) -> list[Path]:
        """What the list names; a damaged one counts as empty."""
        try:
            found = json.loads(self._list.read_text(encoding="utf-8"))
            return [Path(name) for name in found if isinstance(name, str)]
        except (OSError, ValueError, TypeError):
            return []


def list_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The list of this computer's account, beside the data folder; beside ``LLM_TUTOR_HOME`` where that is set."""
    chosen = environment.get(HOME_VARIABLE)
    root = Path(chosen).expanduser().absolute() if chosen else data_paths(None, {}).root
    return root.parent / _LIST


def _name_of(folder: Path) -> str:
    try:
        name = json.loads((folder / "preferences.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, LookupError, TypeError):
        name = ""
    return name if isinstance(name, str) and name else folder.name.removeprefix("llm-tutor-")
