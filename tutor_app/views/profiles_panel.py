"""Profiles: one folder a learner. Another one is opened in a window of its own, and this one closes."""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QStandardPaths, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from engine.atomic import write_atomically
from engine.paths import HOME_VARIABLE
from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_groups import SettingsGroup
from tutor_app.widgets.basics import button, clear, label, row

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext

_LIST = "llm-tutor-profiles.json"


class ProfileList:
    """The folders that were opened as profiles on this computer, in a file beside the data of all of them."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def folders(self) -> list[Path]:
        """The known profiles; a damaged list counts as an empty one."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            return [Path(name) for name in found if isinstance(name, str)]
        except (OSError, ValueError, TypeError):
            return []

    def add(self, folder: Path) -> None:
        """Remember ``folder``."""
        known = self.folders()
        if folder in known:
            return
        text = json.dumps([str(one) for one in (*known, folder)], indent=2)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, text.encode())
        except Exception:  # noqa: BLE001, S110 - OSError or StorageError: a list that is lost can be made again
            pass


def profile_list() -> ProfileList:
    """The list of this computer's account; where the data folder was moved by ``LLM_TUTOR_HOME``, the one beside it."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return ProfileList(Path(chosen).expanduser().absolute().parent / _LIST)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return ProfileList(Path(folder) / _LIST)


class ProfilesPanel(SettingsGroup):
    """Lists the profiles, and begins new ones."""

    def __init__(self, context: AppContext, known: ProfileList | None = None) -> None:
        super().__init__(context)
        self._known = known or profile_list()
        self._known.add(context.paths.root)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE["s"])
        self.column.addLayout(self._list)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the new profile"))
        self.name.setAccessibleName(tr("Name of the new profile"))
        self.name.setMinimumWidth(self.name.fontMetrics().averageCharWidth() * 32)
        self.name.returnPressed.connect(self._create)
        make = button(tr("Make a profile"))
        make.clicked.connect(self._create)
        self.column.addLayout(row(self.name, make, None))
        note = label(
            tr("Each profile has its own questions, documents and settings. None is ever deleted from here."),
            "mute",
            wrap=True,
        )
        self.column.addWidget(note)
        self._show()

    def switch_to(self, folder: Path) -> None:
        """Open another profile, and close this window."""
        self._known.add(folder)
        frozen = getattr(sys, "frozen", False)
        arguments = [] if frozen else ["-m", "tutor_app"]
        started, _number = QProcess.startDetached(sys.executable, [*arguments, "--profile", str(folder)])
        if started:
            self.window().close()
        else:
            self.context.notice.emit(tr("The other profile could not be opened."))

    def _show(self) -> None:
        clear(self._list)
        for folder in self._known.folders():
            here = folder == self.context.paths.root
            if not here and not folder.is_dir():  # to open it would make an empty one
                continue
            name = label(_name_of(folder), "strong")
            name.setProperty("content", True)
            where = label(str(folder), "caption", wrap=True)
            where.setProperty("content", True)
            line = row(name, where, space="m")
            line.setStretch(1, 1)
            if here:
                line.addWidget(label(tr("Open now"), "badge"))
            else:
                go = button(tr("Switch to it"))
                go.setAccessibleName(tr("Switch to {name}", name=_name_of(folder)))
                go.clicked.connect(partial(self.switch_to, folder))
                line.addWidget(go)
            self._list.addLayout(line)

    @Slot()
    def _create(self) -> None:
        kept = "".join(letter for letter in self.name.text().strip() if letter.isalnum() or letter in " -_")
        if kept.strip():
            self.switch_to(self.context.paths.root.parent / f"llm-tutor-{kept.strip().replace(' ', '-')}")


def _name_of(folder: Path) -> str:
    try:
        stored = json.loads((folder / "preferences.json").read_text(encoding="utf-8"))
        name = stored.get("name", "")
    except (OSError, ValueError, AttributeError):
        name = ""
    return name if isinstance(name, str) and name else folder.name.removeprefix("llm-tutor-")
