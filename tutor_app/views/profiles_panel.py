"""Profiles: one folder a learner. Another one is opened in a window of its own, and this one closes."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_group import FIELD_WIDTH, SettingsGroup
from tutor_app.widgets.basics import button, clear, label, row

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.services.profiles import Profile


class ProfilesPanel(SettingsGroup):
    """Lists the profiles, and begins new ones."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE["s"])
        self.column.addLayout(self._list)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the new profile"))
        self.name.setAccessibleName(tr("Name of the new profile"))
        self.name.setMaximumWidth(FIELD_WIDTH)
        self.name.returnPressed.connect(self._create)
        make = button(tr("Make a profile"))
        make.clicked.connect(self._create)
        naming = row(self.name, make, None)
        naming.setStretch(0, 9)  # as wide as other fields where there is room
        self.column.addLayout(naming)
        elsewhere = button(tr("Use another folder …"))
        elsewhere.clicked.connect(self._choose_folder)
        self.column.addLayout(row(elsewhere, None))
        note = label(
            tr("Each profile has its own questions, documents and settings. None is ever deleted from here."),
            "mute",
            wrap=True,
        )
        self.column.addWidget(note)

    def showEvent(self, event: QShowEvent) -> None:
        """Look them up: this one may have another name since."""
        super().showEvent(event)
        call = self.context.engine.call("profiles.known")
        call.finished.connect(self._show)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def switch_to(self, folder: Path) -> None:
        """Open another profile, and close this window."""
        if folder == self.context.paths.root:
            self.context.notice.emit(tr("This profile is open now."))
            return
        self.context.engine.call("profiles.remember", folder)
        frozen = getattr(sys, "frozen", False)
        arguments = [] if frozen else ["-m", "tutor_app"]
        started, _number = QProcess.startDetached(sys.executable, [*arguments, "--profile", str(folder)])
        if started:
            self.window().close()
        else:
            self.context.notice.emit(tr("The other profile could not be opened."))

    @Slot(object)
    def _show(self, profiles: tuple[Profile, ...]) -> None:
        clear(self._list)
        for profile in profiles:
            name = label(profile.name, "strong")
            name.setProperty("content", True)
            where = label(str(profile.folder), "caption", wrap=True)
            where.setProperty("content", True)
            line = row(name, where, space="m")
            line.setStretch(1, 1)
            if profile.folder == self.context.paths.root:
                line.addWidget(label(tr("Open now"), "badge"))
                rename = button(tr("Rename"))
                rename.setAccessibleName(tr("Rename {name}", name=profile.name))
                rename.clicked.connect(self._rename)
                line.addWidget(rename)
            else:
                go = button(tr("Switch to it"))
                go.setAccessibleName(tr("Switch to {name}", name=profile.name))
                go.clicked.connect(partial(self.switch_to, profile.folder))
                line.addWidget(go)
            self._list.addLayout(line)

    @Slot()
    def _rename(self) -> None:
        """A profile is called as its learner is."""
        self.context.go.emit(Place(Page.SETTINGS, part="learner"))

    @Slot()
    def _choose_folder(self) -> None:
        """A profile may lie anywhere, such as on another disk."""
        dialog = QFileDialog(self.window(), tr("Folder of a profile"), str(self.context.paths.root.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._choose)
        dialog.open()

    @Slot(str)
    def _choose(self, folder: str) -> None:
        call = self.context.engine.call("profiles.usable", folder)
        call.finished.connect(self.switch_to)
        call.failed.connect(self.context.failed)

    @Slot()
    def _create(self) -> None:
        kept = "".join(letter for letter in self.name.text().strip() if letter.isalnum() or letter in " -_")
        if kept.strip():
            self.switch_to(self.context.paths.root.parent / f"llm-tutor-{kept.strip().replace(' ', '-')}")
