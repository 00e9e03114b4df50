"""A copy of the learner's data for other programs: the system's own dialog asks where to and in which form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.app_context import AppContext

JSON_LINES, TABLE, STATEMENTS = "jsonl", "csv", "xapi"
_ENDINGS = {JSON_LINES: "jsonl", TABLE: "csv", STATEMENTS: "json"}
_FOLDER = "export_folder"


class DataExport(QObject):
    """Writes one file at a time.

    Args:
        context: of the window.
        parent: what it is asked from.
        first: the form that is proposed.
    """

    def __init__(self, context: AppContext, parent: QWidget, *, first: str = JSON_LINES) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._first = first
        self.dialog: QFileDialog | None = None

    @Slot()
    def choose(self) -> None:
        """Ask for a file; what is chosen is written."""
        kept = self._context.state.text(_FOLDER)
        start = kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        filters = {form: f"{name} (*.{_ENDINGS[form]})" for form, name in form_names().items()}
        dialog = QFileDialog(self._parent.window(), tr("Save a copy of your data"), start or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(filters.values()))
        dialog.selectNameFilter(filters[self._first])
        dialog.setDefaultSuffix(_ENDINGS[self._first])
        dialog.selectFile(f"llm-tutor.{_ENDINGS[self._first]}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forms = {text: form for form, text in filters.items()}
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(_ENDINGS[forms[text]]))
        dialog.fileSelected.connect(lambda path: self._chosen(path, forms[dialog.selectedNameFilter()]))
        self.dialog = dialog
        dialog.open()

    def write(self, path: str, form: str) -> None:
        """Write the file ``path`` in ``form``, and say where it lies."""
        call = self._context.engine.call("settings.export", path, form)
        call.finished.connect(partial(self._tell, path))
        call.failed.connect(self._context.failed)

    def _chosen(self, path: str, form: str) -> None:
        if self.dialog is not None:
            self._context.state.keep_text(self.dialog.directory().absolutePath(), _FOLDER)
        self.dialog = None
        self.write(path, form)

    def _tell(self, path: str, _lines: int) -> None:
        self._context.notice.emit(tr("Your data was saved to {file}.", file=path))


def form_names() -> dict[str, str]:
    """What the forms are called."""
    return {
        JSON_LINES: tr("Everything, as JSON lines"),
        TABLE: tr("Practice, as a table"),
        STATEMENTS: tr("Practice, as xAPI statements"),
    }
