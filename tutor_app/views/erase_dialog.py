"""Before everything that is known of a learner is erased: what goes, what stays, a backup first, and a word to type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer, Slot
from PySide6.QtWidgets import QLineEdit

from tutor_app.i18n import tr, tr_engine
from tutor_app.views.data_export import backup_file
from tutor_app.views.file_saver import FileSaver
from tutor_app.views.replacing_dialog import ReplacingDialog, told
from tutor_app.views.settings_group import FIELD_WIDTH
from tutor_app.widgets.basics import announce, breakable, button, card, column, restyle, row
from tutor_app.widgets.work_card import WorkCard
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.app_context import AppContext
    from tutor_app.workers.long_work import LongWork


class EraseDialog(ReplacingDialog):
    """Erases only after the word was typed; no key does it by chance.

    Attributes:
        field: where the word is typed.
        save: has a backup written first, outside of what is erased.
        saving: writes it.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Erase all your data?"), tr("Erase everything"), "danger")
        self._word = tr("erase")
        day = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        self.saving = OutsideSaver(context, self, backup_file(f"llm-tutor-{day}"), aside=True)
        self.saving.began.connect(self._show_saving)
        self.saving.saved.connect(self._tell_saved)
        self.saving.failed.connect(self._tell_failed)
        self.save = button(tr("Save a backup first …"))
        self.save.clicked.connect(self.saving.choose)
        self._saved = told("", "good")
        self._saved.hide()
        self.field = QLineEdit()
        self.field.setMaximumWidth(FIELD_WIDTH)
        asked = tr("To erase it all, type the word “{word}”:", word=self._word)
        self.field.setAccessibleName(asked)
        self.field.textChanged.connect(self._look)
        goes = _listed(
            tr("This goes for good"),
            tr("Everything you asked, and the answers"),
            tr("Everything you practised, your progress and your plan"),
            tr("All backups in the data folder"),
            tr("Your name, and what you typed but did not send"),
        )
        stays = _listed(
            tr("This stays"),
            tr("Packs, documents and models"),
            tr("How the tutor looks and answers"),
            tr("Files that you saved in other folders"),
        )
        self._saving_place = column(self._saved, space="s")
        self.page.add(goes, stays, row(self.save, None), self._saving_place, told(asked), self.field)
        self.page.column.addStretch(1)
        self.accept_button.setEnabled(False)

    def start(self) -> None:
        """Erase."""
        self.replacing.erase()

    def sentence(self, _result: object) -> tuple[str, bool]:
        """It is gone, and the window forgets too."""
        return tr("Your data was erased."), True

    @Slot(str)
    def _look(self, text: str) -> None:
        self.accept_button.setEnabled(text.strip().casefold() == self._word.casefold())

    @Slot(object)
    def _show_saving(self, work: LongWork) -> None:
        self._saved.hide()
        self.save.setEnabled(False)
        self.accept_button.setEnabled(False)
        self._saving_place.addWidget(WorkCard(self._context.theme, work))
        work.ended.connect(self._go_on)

    @Slot(str)
    def _tell_saved(self, sentence: str) -> None:
        self._tell(sentence, "good")

    @Slot(object)
    def _tell_failed(self, failure: Failure) -> None:
        self._tell(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}".strip(), "bad")

    def _tell(self, sentence: str, role: str) -> None:
        restyle(self._saved, "role", role)
        self._saved.setText(breakable(sentence))
        self._saved.show()
        announce(self, sentence)
        QTimer.singleShot(0, self, self.fit)

    @Slot()
    def _go_on(self) -> None:
        self.save.setEnabled(True)
        self._look(self.field.text())


class OutsideSaver(FileSaver):
    """Refuses the data folder: what lies there may be erased with the rest."""

    def write(self, path: str, form: str) -> None:
        """Write the file ``path``, unless it lies there."""
        if Path(path).resolve().is_relative_to(self._context.paths.root.resolve()):
            self.failed.emit(
                Failure(tr("That is in the folder that is erased."), tr("Choose another folder."), "storage")
            )
        else:
            super().write(path, form)


def _listed(title: str, *lines: str) -> QWidget:
    made = card("sunken")
    made.setLayout(
        column(told(title, "strong"), *(told(f"•  {line}") for line in lines), space="xs", margin="m")
    )
    return made
