"""A model: what it costs, how it is, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy, QVBoxLayout

from tutor_app.i18n import tr, tr_engine
from tutor_app.services.model_facts import ModelFact, ModelState
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, label, row
from tutor_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.types import Progress
    from tutor_app.workers.messages import Failure

_READING_WORDS_S = 4


def size_text(size: int) -> str:
    """Bytes as a person says them."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def cost_text(model: ModelFact) -> str:
    """What it takes of the disk and of the memory, its languages and its licence."""
    parts = []
    if model.bytes:
        parts.append(tr("{size} on the disk", size=size_text(model.bytes)))
    if model.memory_mb:
        parts.append(tr("{size} of memory", size=size_text(model.memory_mb * 1_000_000)))
    parts += [" ".join(model.languages[:6]), model.licence]
    return " · ".join(part for part in parts if part)


def advice_text(model: ModelFact) -> str:
    """What to expect of it on this computer."""
    if not model.fits:
        return tr("Too large for this computer's memory.")
    if model.words_s is None:
        return ""
    speed = tr("About {n} words a second on this computer.", n=QLocale().toString(model.words_s, "f", 0))
    if model.words_s < _READING_WORDS_S:
        return f"{speed} {tr('Slower than one reads.')}"
    return speed


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

    def __init__(self, model: ModelFact, *, busy: bool) -> None:
        super().__init__()
        self.model = model
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Model {model}", model=model.name))
        self.busy = busy
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self._column.setSpacing(SPACE["xs"])
        name = label(model.name, "strong", wrap=True)
        name.setProperty("content", True)
        head = row(name, space="s")
        head.setStretch(0, 1)
        for text in self._badges():
            head.addWidget(label(text, "badge"))
        self._column.addLayout(head)
        self._say(cost_text(model), "caption")
        self._say(advice_text(model), "mute")
        if model.fault:
            self._say(tr("It does not work here: {why}.", why=tr_engine(model.fault)), "bad")
        if not model.verified and model.state.installed:
            self._say(tr("Nobody has verified this file; its sum is {sum}.", sum=model.sha256), "caption")
        self._progress_text = self._say("", "mute")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Progress of {model}", model=model.name))
        self._bar.hide()
        self._column.addWidget(self._bar)
        self._actions = FlowLayout(space="s")
        self._column.addSpacing(SPACE["xs"])
        self._column.addLayout(self._actions)
        self._offer()

    def show_progress(self, progress: Progress | None) -> None:
        """Show how far its job is; before anything is known, that it began."""
        self._bar.show()
        if progress is None or not progress.total:
            self._bar.setRange(0, 0)
            self._progress_text.setText(tr_engine(progress.what) if progress else tr("Beginning …"))
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(1000 * progress.done / progress.total))
            amounts = (
                tr("{done} of {total}", done=size_text(progress.done), total=size_text(progress.total))
                if progress.unit == "bytes"
                else ""
            )
            self._progress_text.setText(
                " · ".join(part for part in (tr_engine(progress.what), amounts) if part)
            )
        self._progress_text.show()

    def show_failure(self, failure: Failure) -> None:
        """Say why the last try did not work; what had arrived is kept."""
        self._say(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}", "warn")

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
            partly = state is ModelState.PARTLY
            self._add(tr("Go on with the download") if partly else tr("Download"), self.wanted.emit)
        if state in (ModelState.WORKS, ModelState.UNTRIED) and not self.model.in_use:
            self._add(tr("Use it"), self.used.emit)
        if state.installed:
            self._add(tr("Test"), self.tested.emit, role="quiet")
            self._add(tr("Remove"), self.removed.emit, role="quiet")

    def _add(self, text: str, work: Callable[[], object], *, role: str = "") -> None:
        made = button(text, role)
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
