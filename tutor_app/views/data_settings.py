"""Where a learner's data lies; backups and the way back to one, a copy to take along, and erasing it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDir, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.views.data_export import backup_file, data_copy
from tutor_app.views.erase_dialog import EraseDialog
from tutor_app.views.file_saver import FileSaver
from tutor_app.views.restore_dialog import RestoreDialog, day_and_time
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.amounts import size_text
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.flow_layout import flow

if TYPE_CHECKING:
    from engine.types import BackupContents
    from tutor_app.app_context import AppContext
    from tutor_app.services.copy_facts import KeptBackup
    from tutor_app.views.replacing_dialog import ReplacingDialog

_LISTED = 5
_PATH = "path"


class DataGroup(SettingsGroup):
    """Rows about the data folder.

    Attributes:
        exporting: saves a copy for other programs.
        saving: saves a backup in a file of its own.
        choosing: the system's dialog in which a backup is chosen.
        asking: the dialog that asks before the data is replaced.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.exporting = FileSaver(context, self, data_copy())
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        self.saving = FileSaver(context, self, backup_file(f"llm-tutor-{day}"))
        self.choosing: QFileDialog | None = None
        self.asking: ReplacingDialog | None = None
        show = button(tr("Open the folder"))
        show.clicked.connect(self._open_folder)
        self.add(
            tr("Your data"), tr("Everything is in one folder: {folder}", folder=context.paths.root), show
        )
        self._add_backups()
        self._add_restore()
        export = button(tr("Save a copy …"))
        export.clicked.connect(self.exporting.choose)
        self.add(
            tr("Take it with you"),
            tr("Everything that is known of you, or your practice alone, in forms that other programs read."),
            export,
            keywords=tr("export"),
        )
        self._add_erase()
        self._read()

    def _add_backups(self) -> None:
        now, save = button(tr("Back up now")), button(tr("Save a backup …"))
        now.clicked.connect(self._back_up)
        save.clicked.connect(self.saving.choose)
        self._list = label("", "mute", wrap=True)
        inside = column(space="s")
        inside.addLayout(flow(now, save))
        inside.addWidget(self._list)
        both = QWidget()
        both.setLayout(inside)
        self.add(
            tr("Backups"),
            tr(
                "One is made each day, and the newest 30 are kept. Save one in another place, such as a stick."
            ),
            both,
        )

    def _add_restore(self) -> None:
        restore = button(tr("Restore a backup …"))
        restore.clicked.connect(self._choose_backup)
        self.add(
            tr("Go back to a backup"),
            tr("You see first what is in it. What is there today is put aside, not lost."),
            restore,
            keywords=tr("restore"),
        )

    def _add_erase(self) -> None:
        erase = button(tr("Erase everything …"), "danger")
        erase.clicked.connect(self._ask_to_erase)
        row = self.add(
            tr("Erase your data"),
            tr("Everything you asked and practised, for good, with all backups. Packs and models stay."),
            erase,
            keywords=tr("delete remove reset"),
        )
        row.setObjectName("danger")
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.paths.root)))

    @Slot()
    def _read(self) -> None:
        call = self.context.engine.call("settings.backups")
        call.finished.connect(self._show)
        call.failed.connect(self.context.failed)

    @Slot(object)
    def _show(self, backups: tuple[KeptBackup, ...]) -> None:
        lines = [f"{day_and_time(one.made)}  ({size_text(one.bytes)})" for one in backups[:_LISTED]]
        self._list.setText("\n".join(lines) if lines else tr("There is none yet."))

    @Slot()
    def _back_up(self) -> None:
        work = self.context.start_work(lambda: tr("Backing up"), "copies.back_up")
        work.finished.connect(self._read)
        context = self.context  # where the window is built anew meanwhile this page goes
        work.finished.connect(lambda _made: context.notice.emit(tr("A backup was made.")))
        work.failed.connect(self.context.failed)
        self.context.working.emit(work)

    @Slot()
    def _choose_backup(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        backups = self.context.paths.backups
        start = str(backups) if backups.is_dir() else documents or QDir.homePath()
        dialog = QFileDialog(self.window(), tr("Choose a backup"), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{tr('Backups')} (*.db)", f"{tr('All files')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.look_into)
        self.choosing = dialog
        dialog.open()

    @Slot(str)
    def look_into(self, path: str) -> None:
        """Read what the backup ``path`` holds, and ask whether to go back to it."""
        self.choosing = None
        work = self.context.start_work(lambda: tr("Looking into {file}", file=path), "copies.look_into", path)
        work.setProperty(_PATH, path)
        work.finished.connect(self._ask_to_restore)
        work.failed.connect(self.context.failed)
        self.context.working.emit(work)

    @Slot(object)
    def _ask_to_restore(self, facts: BackupContents) -> None:
        self._ask(RestoreDialog(self.context, self, self.sender().property(_PATH), facts))

    @Slot()
    def _ask_to_erase(self) -> None:
        self._ask(EraseDialog(self.context, self))

    def _ask(self, dialog: ReplacingDialog) -> None:
        self.asking = dialog
        dialog.open()
