"""What the dialogs have in common that replace the learner's data: what will happen, Cancel first, then how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.replacing_controller import ReplacingController
from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.basics import announce, button, column, label, row
from tutor_app.widgets.progress_line import ProgressLine
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from engine.types import Progress
    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure

_WIDTH = 560
_LEAST_HEIGHT = 220


class ReplacingDialog(QDialog):
    """Escape is Cancel, before and while it works. What it does and says is up to those that are made of it.

    Args:
        context: of the window.
        parent: what it stands before.
        title: the question.
        accept: what the button says that does it.
        role: of that button.

    Attributes:
        accept_button, cancel_button: Cancel is the default.
        page: where the question is told.
        replacing: does it.
    """

    def __init__(self, context: AppContext, parent: QWidget, title: str, accept: str, role: str) -> None:
        self._before = parent.window()
        super().__init__(self._before)
        self._context = context
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.replacing = ReplacingController(context, self)
        self.page = ScrollColumn(_WIDTH)
        self.page.column.setSpacing(SPACE["m"])
        self.page.add(told(title, "heading"))
        self._bar = ProgressLine(context.theme)
        self._stage = told("", "strong")
        self._amount = told("", "mute")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._working_page())
        self.cancel_button = button(tr("Cancel"))
        self.accept_button = button(accept, role)
        self.accept_button.setAutoDefault(False)
        self.cancel_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._begin)
        foot = row(None, self.cancel_button, self.accept_button)
        foot.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["l"])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._stack, 1)
        whole.addLayout(foot)
        self.replacing.moved.connect(self._move)
        self.replacing.done.connect(self._finish)
        self.replacing.failed.connect(self._fail)

    def start(self) -> None:
        """Do it."""
        raise NotImplementedError

    def sentence(self, result: object) -> tuple[str, bool]:
        """What is told afterwards, and whether the window is to forget the learner."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close it; where it works, ask that to stop, which closes it."""
        if self.replacing.busy:
            self.cancel_button.setEnabled(False)
            self._stage.setText(tr("Stopping …"))
            self.replacing.cancel()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at Cancel."""
        super().showEvent(event)
        self.fit()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def fit(self) -> None:
        """Be as high as the words need, and no larger than the window."""
        room = self._before.size()
        edge = 2 * SPACE["l"]
        width = min(round(_WIDTH * max(1.0, self._context.theme.scale)) + edge, room.width() - edge)
        self.resize(width, max(self.height(), _LEAST_HEIGHT))
        inside = self.page.widget()
        words = inside.heightForWidth(self.page.viewport().width()) if inside is not None else 0
        wanted = max(_LEAST_HEIGHT, words + self.height() - self._stack.height())
        self.resize(width, min(wanted, room.height() - edge))

    def _working_page(self) -> QWidget:
        made = QWidget()
        parts = column(
            told(self.windowTitle(), "heading"), None, self._stage, self._bar, self._amount, None, space="m"
        )
        parts.setContentsMargins(SPACE["l"], SPACE["xl"], SPACE["l"], SPACE["s"])
        made.setLayout(parts)
        return made

    @Slot()
    def _begin(self) -> None:
        self.accept_button.hide()
        self._stage.setText(tr("Waiting until the tutor has stopped its work …"))
        self._bar.setAccessibleName(self.windowTitle())
        self._stack.setCurrentIndex(1)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._stage.text())
        self.start()

    @Slot(object)
    def _move(self, progress: Progress) -> None:
        self._stage.setText(tr("Copying …"))
        self._bar.set_share(progress.done / progress.total if progress.total else None)
        self._amount.setText(progress_text(progress))

    @Slot(object)
    def _finish(self, result: object) -> None:
        self.accept()
        self._context.replaced.emit(*self.sentence(result))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        super().reject()
        if failure.code == "cancelled":
            self._context.notice.emit(tr("Stopped. Nothing has changed."))
        else:
            self._context.failed.emit(failure)


def told(text: str, role: str = "body") -> QLabel:
    """Words that take the lines they need."""
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
