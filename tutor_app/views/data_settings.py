"""Where a learner's data lies; backups, and a copy to take along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from tutor_app.i18n import tr
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import button, label

if TYPE_CHECKING:
    from datetime import datetime

    from tutor_app.app_context import AppContext


class DataGroup(SettingsGroup):
    """Where everything lies; backups and export."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        show = button(tr("Open the folder"))
        show.clicked.connect(self._open_folder)
        self.add(
            tr("Your data"), tr("Everything is in one folder: {folder}", folder=context.paths.root), show
        )
        now = button(tr("Back up now"))
        now.clicked.connect(self._back_up)
        self._backups = self.add(
            tr("Backups"), tr("One is made each day. To bring one back: llm-tutor data restore"), now
        )
        self._list = label("", "mute", wrap=True)
        self.column.insertWidget(self.column.indexOf(self._backups) + 1, self._list)
        export = button(tr("Save a copy …"))
        export.clicked.connect(self._choose_file)
        self.add(
            tr("Take it with you"),
            tr("Everything that is known of you, as text that other programs read."),
            export,
        )
        self._read()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.paths.root)))

    @Slot()
    def _read(self) -> None:
        call = self.context.engine.call("settings.backups")
        call.finished.connect(self._show)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def _show(self, backups: tuple[datetime, ...]) -> None:
        days = [
            QLocale().toString(
                QDateTime.fromSecsSinceEpoch(round(made.timestamp())), QLocale.FormatType.ShortFormat
            )
            for made in backups[:5]
        ]
        self._list.setText("\n".join(days) if days else tr("There is none yet."))

    @Slot()
    def _back_up(self) -> None:
        call = self.context.engine.call("settings.back_up")
        call.finished.connect(self._tell_backup)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def _tell_backup(self, _made: datetime) -> None:
        self.context.notice.emit(tr("A backup was made."))
        self._read()

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("Save a copy of your data"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write everything to ``path``."""
        call = self.context.engine.call("settings.export", path)
        call.finished.connect(partial(self._tell_export, path))
        call.failed.connect(self.context.failed)

    def _tell_export(self, path: str, _lines: int) -> None:
        self.context.notice.emit(tr("Your data was saved to {file}.", file=path))
