"""Where a learner's data lies; backups, and a copy to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from tutor_app.i18n import tr
from tutor_app.views.data_export import DataExport
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
        self.exporting = DataExport(context, self)
        export.clicked.connect(self.exporting.choose)
        self.add(
            tr("Take it with you"),
            tr("Everything that is known of you, or your practice alone, in forms that other programs read."),
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
