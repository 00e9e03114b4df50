"""Long work that belongs to no page: shown only once it has taken a while, with a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from tutor_app.i18n import tr
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.basics import announce
from tutor_app.widgets.progress_card import ProgressCard

if TYPE_CHECKING:
    from engine.types import Progress
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.long_work import LongWork

SHOWN_AFTER_MS = 1000


class WorkCard(ProgressCard):
    """Goes when the work has ended.

    Args:
        theme: for its bar.
        work: what it shows.
        detail: what is to be known meanwhile.
    """

    def __init__(self, theme: Theme, work: LongWork, detail: str = "") -> None:
        super().__init__(theme, work.title())
        self._work = work
        self.set_detail(detail)
        self.hide()
        self._patience = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._patience.timeout.connect(self._appear)
        self._patience.start()
        work.moved.connect(self._move)
        work.ended.connect(self._leave)
        self.cancelled.connect(self._cancel)

    @Slot()
    def _appear(self) -> None:
        self.show()
        announce(self, self._work.title())

    @Slot(object)
    def _move(self, progress: Progress) -> None:
        self.set_progress(progress.done, progress.total or 0, progress_text(progress))

    @Slot()
    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.set_detail(tr("Stopping …"))
        self._work.cancel()

    @Slot()
    def _leave(self) -> None:
        self._patience.stop()
        self.hide()
        self.deleteLater()
