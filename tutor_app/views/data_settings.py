"""Where the learner's data is, its backups, and a copy in a form that other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QDir, QLocale, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from tutor_app.controllers.settings_controller import SettingsController
from tutor_app.i18n import tr, trn
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.amounts import size_text
from tutor_app.widgets.basics import button, card, clear, column, label, row
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.kept import KeptBackup

_SHOWN = 8


class DataSettings(SettingsGroup):
    """Reads the backups when it is first made."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("Data"))
        self._context = context
        self._settings = SettingsController.of(context)
        self._dialog: QFileDialog | None = None
        self.open_button = button(tr("Open the folder"))
        self.open_button.clicked.connect(self._open_folder)
        folder = SettingRow(
            tr("Data folder"), str(context.paths.root), self.open_button, keywords=tr("where files")
        )
        folder.setProperty("content", True)
        self.add_row(folder)
        self.export_button = button(tr("Export …"))
        self.export_button.clicked.connect(self.choose_export)
        self.add_row(
            SettingRow(
                tr("Export"),
                tr("All conversations and what was learned, as a text file with one JSON object a line."),
                self.export_button,
                keywords=tr("copy save move"),
            )
        )
        self.back_up_button = button(tr("Back up now"))
        self.back_up_button.clicked.connect(self._settings.back_up)
        self.add_row(
            SettingRow(
                tr("Backups"),
                tr("One is made every day that you use the program. The latest thirty are kept."),
                self.back_up_button,
                keywords=tr("restore safe copy"),
            )
        )
        self._list = card()
        self._lines = column(space="s")
        self._lines.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self._list.setLayout(self._lines)
        self.add_part(self._list)
        self._settings.backups_changed.connect(self._show_backups)
        self._settings.backing_up.connect(self._show_backing_up)
        self._settings.exported.connect(self._tell_exported)
        self._settings.exporting.connect(self.export_button.setDisabled)
        self._show_backups()
        self._settings.refresh_backups()

    @Slot()
    def choose_export(self) -> None:
        """Let the learner choose where the export goes, in the system's own dialog."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self.window(), tr("Export"), start or QDir.homePath(), "JSON (*.jsonl)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._settings.export)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.paths.root)))

    @Slot()
    def _show_backups(self) -> None:
        clear(self._lines)
        backups = self._settings.backups
        if backups is None:
            self._lines.addWidget(label(tr("Looking for backups …"), "mute"))
        elif not backups:
            self._lines.addWidget(
                label(
                    tr("There is no backup yet. The first is made when you close the window."),
                    "mute",
                    wrap=True,
                )
            )
        for backup in (backups or ())[:_SHOWN]:
            self._lines.addWidget(_line(backup))
        more = len(backups or ()) - _SHOWN
        if more > 0:
            self._lines.addWidget(label(trn("and {n} older one", "and {n} older ones", more), "caption"))

    @Slot(bool)
    def _show_backing_up(self, busy: bool) -> None:
        self.back_up_button.setDisabled(busy)
        self.back_up_button.setText(tr("Backing up …") if busy else tr("Back up now"))

    @Slot(int)
    def _tell_exported(self, lines: int) -> None:
        self._context.notice.emit(trn("{n} line was exported.", "{n} lines were exported.", lines))


def _line(backup: KeptBackup) -> QWidget:
    made = QDateTime.fromSecsSinceEpoch(int(backup.made.timestamp()))
    when: QLabel = label(QLocale().toString(made, QLocale.FormatType.LongFormat))
    when.setProperty("content", True)
    when.setToolTip(backup.path)
    line = QWidget()
    line.setLayout(row(when, None, label(size_text(backup.bytes), "mute")))
    return line
