"""How far the preparation is, in words that say what one can do already. Hidden when there is nothing to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.controllers.preparation_controller import PreparationController, Stage
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import button
from tutor_app.widgets.progress_card import ProgressCard

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


class PreparationCard(QWidget):
    """Shows a ``PreparationController``."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._preparation = PreparationController.of(context)
        self._failure: object = None
        self._card: ProgressCard | None = None
        self._banner: Banner | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._preparation.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Draw it as it is now."""
        preparation = self._preparation
        failure = preparation.failure
        working = preparation.stage not in (Stage.LOOKING, Stage.DONE) and failure is None
        self.setVisible(working or failure is not None)
        if working:
            self._show_progress()
        if self._card is not None:
            self._card.setVisible(working)
        if failure is not self._failure:
            self._failure = failure
            if failure is not None:
                self._tell_failure()
            elif self._banner is not None:
                self._banner.hide()

    def _show_progress(self) -> None:
        if self._card is None:
            self._card = ProgressCard(self._context.theme, "", cancellable=False, pausable=True)
            self._card.paused.connect(self._preparation.pause)
            self._card.resumed.connect(self._preparation.try_again)
            self._box.addWidget(self._card)
        preparation, card = self._preparation, self._card
        progress = preparation.progress
        title, detail = self._words()
        card.set_title(title)
        card.set_detail(detail)
        card.set_paused(preparation.paused)
        card.pause_button.setVisible(preparation.stage is Stage.MODELS)
        if progress is not None and progress.total:
            card.set_progress(progress.done, progress.total, progress_text(progress))
        elif not preparation.paused:
            card.set_progress(0, 0)

    def _words(self) -> tuple[str, str]:
        preparation = self._preparation
        name = preparation.now.name if preparation.now is not None else ""
        if preparation.stage is Stage.PACKS:
            return tr("Unpacking your course packs"), tr("They can be read and asked in a moment.")
        if preparation.stage is Stage.MEANING:
            detail = tr("You can already read and ask. Afterwards it is found by other words too.")
            return tr("Reading “{title}” for its meaning", title=name), detail
        if preparation.paused:
            detail = tr("Answers are quotations until then. What has arrived is kept.")
            return tr("The language model is on hold"), detail
        detail = tr("You can already read and ask. With the models, answers are in words of their own.")
        if preparation.now is not None and preparation.now.kind == "embedder":
            return tr("Getting the search model"), detail
        return tr("Getting the language model"), detail

    def _tell_failure(self) -> None:
        failure = self._preparation.failure
        if failure is None:
            return
        if self._banner is None:
            self._banner = Banner(self._context.theme)
            self._banner.dismissed.connect(self._dismiss)
            self._box.addWidget(self._banner)
        again = button(tr("Try again"))
        again.clicked.connect(self._preparation.try_again)
        if self._preparation.models_missing and failure.code in ("download", "model"):
            models = button(tr("Show models"), "link")
            models.clicked.connect(self._show_models)
            what = tr("You can read and ask. Answers are quotations until the language model is here.")
            todo = tr(
                "It could not be downloaded. Check the network, then try again: what has arrived is kept."
            )
            self._banner.tell(what, todo, again, models)
            self._banner.setToolTip(tr_engine(failure.what))
        elif failure.code == "storage.full":
            what = tr("The disk is full, so preparing has stopped. What is here can be read and asked.")
            self._banner.tell(what, tr("Free some space, then try again."), again)
        else:
            self._banner.tell(tr_engine(failure.what), tr_engine(failure.todo), again)

    @Slot()
    def _dismiss(self) -> None:
        self.hide()

    @Slot()
    def _show_models(self) -> None:
        self._context.go.emit(Place(Page.MODELS))
