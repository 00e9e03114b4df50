"""Saving a file: the system's own dialog asks where to and in which form, and the engine writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tutor_app.app_context import AppContext

_FOLDER = "export_folder"
_PATH = "path"


@dataclass(frozen=True, slots=True)
class FileForm:
    """One form that the file may have: its name for the engine, in words, and how the file's name ends."""

    id: str
    name: str
    ending: str


@dataclass(frozen=True, slots=True)
class SavedFile:
    """What is saved.

    Attributes:
        title: of the dialog.
        name: of the file that is proposed, without its ending.
        forms: the first one is proposed.
        method: of the engine; called with ``arguments``, the path and the form.
        told: the sentence about a file's path and the method's result.
    """

    title: str
    name: str
    forms: tuple[FileForm, ...]
    method: str
    told: Callable[[str, Any], str]
    arguments: tuple[Any, ...] = ()


class FileSaver(QObject):
    """Asks and writes; several files one after the other.

    Args:
        context: of the window.
        parent: what it is asked from.
        wanted: what is saved.
        aside: whether what asks for the file shows what becomes of it, and not the window.

    Signals:
        began: a ``LongWork``: the file is being written.
        saved: a sentence: what was written, and where to. Only ``aside``.
        failed: a ``Failure``: it was not. Only ``aside``.
    """

    began = Signal(object)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self, context: AppContext, parent: QWidget, wanted: SavedFile, *, aside: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.wanted = wanted
        self.dialog: QFileDialog | None = None
        self._aside = aside
        if not aside:
            self.began.connect(context.working)

    @Slot()
    def choose(self) -> None:
        """Ask for a file; what is chosen is written."""
        kept = self._context.state.text(_FOLDER)
        start = kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        forms = {f"{form.name} (*.{form.ending})": form for form in self.wanted.forms}
        first = self.wanted.forms[0]
        dialog = QFileDialog(self._parent.window(), self.wanted.title, start or QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(forms))
        dialog.setDefaultSuffix(first.ending)
        dialog.selectFile(f"{self.wanted.name}.{first.ending}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filterSelected.connect(lambda text: self._rename(dialog, forms[text].ending))
        dialog.fileSelected.connect(lambda path: self._chosen(path, forms[dialog.selectedNameFilter()].id))
        self.dialog = dialog
        dialog.open()

    def write(self, path: str, form: str) -> None:
        """Write the file ``path`` in ``form``, and say where it lies."""
        context, wanted = self._context, self.wanted
        work = context.start_work(
            lambda: tr("Saving {file}", file=path), wanted.method, *wanted.arguments, path, form
        )
        if self._aside:
            work.setProperty(_PATH, path)
            work.finished.connect(self._tell)
            work.failed.connect(self.failed)
        else:  # also where this has gone meanwhile, with its page or the whole window
            work.finished.connect(lambda result: context.notice.emit(wanted.told(path, result)))
            work.failed.connect(context.failed)
        self.began.emit(work)

    def _rename(self, dialog: QFileDialog, ending: str) -> None:
        """Give the name in ``dialog`` the ending of the form that was chosen."""
        dialog.setDefaultSuffix(ending)
        endings = {f".{form.ending}" for form in self.wanted.forms}
        for name in dialog.selectedFiles()[:1]:
            if Path(name).suffix in endings:
                dialog.selectFile(Path(name).with_suffix(f".{ending}").name)

    def _chosen(self, path: str, form: str) -> None:
        if self.dialog is not None:
            self._context.state.keep_text(self.dialog.directory().absolutePath(), _FOLDER)
        self.dialog = None
        self.write(path, form)

    @Slot(object)
    def _tell(self, result: object) -> None:
        self.saved.emit(self.wanted.told(self.sender().property(_PATH), result))
