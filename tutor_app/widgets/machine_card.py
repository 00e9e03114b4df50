"""This computer in plain words, and the language model that suits it best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import size_text
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.flow_layout import flow

if TYPE_CHECKING:
    from tutor_app.services.model_facts import Machine, ModelFact, ModelsOverview


class MachineCard(QFrame):
    """Empty until ``show_overview``.

    Signals:
        wanted: id of the best model, or of the one to begin with, to be downloaded.
        measured: how fast the computer is, is to be measured.
    """

    wanted = Signal(str)
    measured = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._best = ""
        self._machine = label(tr("Looking at this computer …"), wrap=True)
        self._space = label("", "mute", wrap=True)
        for line in (self._machine, self._space):
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.best_button = button("", "primary")
        self.best_button.clicked.connect(self._want)
        self.measure_button = button("")
        self.measure_button.clicked.connect(self.measured)
        inside = column(
            label(tr("This computer"), "heading"), self._machine, self._space, space="xs", margin="l"
        )
        actions = flow(self.best_button, self.measure_button)
        actions.setContentsMargins(0, SPACE["s"], 0, 0)
        inside.addLayout(actions)
        self.setLayout(inside)
        for part in (self.best_button, self.measure_button):
            part.hide()  # until it is known whether it helps

    def show_overview(self, overview: ModelsOverview, *, job: str) -> None:
        """Show it. ``job`` is what is being fetched or tried: that is not offered."""
        best = overview.recommended()
        self._machine.setText(_machine_text(overview.machine, best))
        self._space.setText(_space_text(overview))
        installed = any(model.state.installed for model in overview.of_kind("llm"))
        # Another program may have been busy while it was measured: it can be done again.
        self.measure_button.setText(
            tr("Measure again") if overview.measured else tr("Measure how fast it is")
        )
        self.measure_button.setVisible(installed and not job)
        wanted = best or (None if installed else _smallest(overview))
        self._best = wanted.id if wanted and not wanted.state.installed and wanted.downloadable else ""
        if wanted is not None:
            size = size_text(wanted.bytes or 0)
            self.best_button.setText(tr("Download {model} ({size})", model=wanted.name, size=size))
        self.best_button.setVisible(bool(self._best) and not job)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self._best)


def _smallest(overview: ModelsOverview) -> ModelFact | None:
    """What to begin with while nobody knows how fast the computer is."""
    return next((model for model in overview.of_kind("llm") if model.downloadable), None)


def _machine_text(machine: Machine, best: ModelFact | None) -> str:
    memory = size_text(machine.memory_mb * 1_000_000)
    lines = [
        tr("{processor}, {memory} of memory.", processor=machine.processor or tr("A computer"), memory=memory)
    ]
    if machine.slow:
        lines.append(tr("Its processor is an older one: language models will be slow."))
    if best is not None:
        lines.append(tr("The best language model for it is {model}.", model=best.name))
    return " ".join(lines)


def _space_text(overview: ModelsOverview) -> str:
    free = size_text(overview.machine.disk_free_mb * 1_000_000)
    if not overview.used_bytes:
        return tr("No model is here yet; {free} of the disk are free.", free=free)
    used = size_text(overview.used_bytes)
    return tr("Models take {used} of the disk; {free} are free.", used=used, free=free)
