"""A model: what it costs, how it is, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout

from tutor_app.i18n import dotted, tr, tr_engine
from tutor_app.services.model_facts import ModelFact, ModelState
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.basics import breakable, button, label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.model_words import advice_text, cost_text, doubt_text, failure_text
from tutor_app.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.types import Progress
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.messages import Failure


class ModelCard(QFrame):
    """Shows a ``ModelFact``.

    Signals:
        wanted, paused, used, tested, removed: what was pressed.
    """

    wanted = Signal()
    paused = Signal()
    used = Signal()
    tested = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, model: ModelFact, *, busy: bool) -> None:
        super().__init__()
        self.model = model
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Model {model}", model=model.name))
        self.busy = busy
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self._column.setSpacing(SPACE["xs"])
        name = label(breakable(model.name), "strong", wrap=True)
        name.setProperty("content", True)
        head = row(name, space="s")
        head.setStretch(0, 1)
        for text in self._badges():
            head.addWidget(label(text, "badge"))
        self._column.addLayout(head)
        self._say(cost_text(model), "caption")
        self._say("" if model.fault else advice_text(model), "mute")
        if model.fault:
            self._say(tr("It does not work here: {why}.", why=tr_engine(model.fault)), "bad")
        if model.state is ModelState.INCOMPLETE:
            again = (
                tr("A part of its files is gone. Remove it, then put it back.")
                if model.bundled
                else tr("A part of its files is gone. Remove it, then download it again.")
            )
            self._say(again, "bad")
        doubt = self._say(doubt_text(model), "caption")
        doubt.setToolTip(model.sha256)
        self._failure = self._say("", "warn")
        self._progress_text = self._say("", "mute")
        self._bar = ProgressLine(theme)
        self._bar.setAccessibleName(tr("Progress of {model}", model=model.name))
        self._bar.hide()
        self._column.addWidget(self._bar)
        self._actions = FlowLayout(space="s")
        self._column.addSpacing(SPACE["s"])
        self._column.addLayout(self._actions)
        self._offer()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far its job is; before anything is known, that it began."""
        self._bar.show()
        if progress is None or not progress.total:
            self._bar.set_share(None)
            self._progress_text.setText(tr_engine(progress.what) if progress else tr("Beginning …"))
        else:
            self._bar.set_share(progress.done / progress.total)
            parts = (tr_engine(progress.what), progress_text(progress))
            self._progress_text.setText(dotted(*parts))
        self._progress_text.show()

    def show_failure(self, failure: Failure) -> None:
        """Say why the last try did not work; what had arrived is kept."""
        self._failure.setText(failure_text(failure))
        self._failure.show()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that can be done with it."""
        first = self._actions.itemAt(0)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _badges(self) -> list[str]:
        badges = []
        if self.model.in_use:
            badges.append(tr("In use"))
        if self.model.recommended:
            badges.append(tr("Best for this computer"))
        if self.model.state is ModelState.PARTLY:
            badges.append(tr("Partly here"))
        return badges

    def _offer(self) -> None:
        state = self.model.state
        if self.busy:
            self._add(tr("Pause"), self.paused.emit)
            return
        if not state.installed and self.model.downloadable:
            self._add(self._get_text(), self.wanted.emit)
        if state in (ModelState.WORKS, ModelState.UNTRIED) and not self.model.in_use:
            self._add(tr("Use it"), self.used.emit)
        if state.installed:
            self._add(tr("Test"), self.tested.emit)
            self._add(tr("Remove"), self.removed.emit)

    def _get_text(self) -> str:
        if self.model.bundled:
            return tr("Put it back")
        return tr("Go on with the download") if self.model.state is ModelState.PARTLY else tr("Download")

    def _add(self, text: str, work: Callable[[], object]) -> None:
        made = button(text)
        made.setAccessibleDescription(tr("For the model {model}", model=self.model.name))
        made.clicked.connect(work)
        self._actions.addWidget(made)

    def _say(self, text: str, role: str) -> QLabel:
        line = label(text, role, wrap=True)
        line.setProperty("content", True)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column.addWidget(line)
        line.setHidden(not text)  # only now: shown without a parent it would be a window of its own
        return line
