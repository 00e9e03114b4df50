"""What works on this computer, and how to mend what does not: the terminal's ``doctor`` as a list.

What only the window knows, how it is shown, it adds itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.controllers.diagnosis_controller import DiagnosisController
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, card, clear, column, label, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.window_facts import window_facts

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure

_PLACES = {
    "Packs": Place(Page.LIBRARY),
    "Models": Place(Page.MODELS),
    "Model runtime": Place(Page.MODELS),
    "Speed": Place(Page.MODELS),
    "Data folder": Place(Page.SETTINGS, part="profiles"),
    "Learner's data": Place(Page.SETTINGS, part="data"),
}
"""Where each part of ``engine.diagnosis`` can be mended."""
_LOOKS = {"ok": ("check", "good"), "attention": ("info", "warn"), "broken": ("warning", "bad")}


def state_names() -> dict[str, str]:
    """What the states are called."""
    return {"ok": tr("Works"), "attention": tr("Could be better"), "broken": tr("Does not work")}


class DoctorPanel(QWidget):
    """Looks when it is first shown, and again when asked to."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._lines: list[str] = []
        self._looked = False
        self._doctor = DiagnosisController(context, self)
        self._doctor.begun.connect(self._begin)
        self._doctor.found.connect(self._add)
        self._doctor.ended.connect(self._end)
        self._doctor.failed.connect(self._fail)
        self._state = label("", "mute", wrap=True)
        self._again = button(tr("Look again"))
        self._again.clicked.connect(self._doctor.look)
        self._copy = button(tr("Copy the report"), "quiet")
        self._copy.clicked.connect(self._copy_report)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(SPACE["s"])
        self.setLayout(column(self._state, self._findings, row(self._again, self._copy, None), space="m"))

    def showEvent(self, event: QShowEvent) -> None:
        """Look."""
        super().showEvent(event)
        if not self._looked:
            self._looked = True
            self._doctor.look()

    @Slot()
    def _begin(self) -> None:
        clear(self._findings)
        self._lines = []
        self._again.setEnabled(False)
        self._state.setText(tr("Looking at every part of the tutor …"))

    @Slot(str, str, str, str)
    def _add(self, part: str, state: str, message: str, mend: str) -> None:
        self._lines.append(f"{state} {part}: {message} {mend}".strip())
        place = None if state == "ok" else _PLACES.get(part)
        self._show(tr_engine(part), state, (tr_engine(message), tr_engine(mend)), place)

    def _show(self, part: str, state: str, said: tuple[str, str], place: Place | None = None) -> None:
        """Add a card; ``said`` is what is so and what helps, in the window's language."""
        name = state_names()[state]
        icon = IconMark(self._context.theme, *_LOOKS[state], size="heading")
        words = column(row(label(part, "strong"), label(name, "caption"), None), space="xs")
        for text, role in zip(said, ("body", "mute"), strict=True):
            if text:
                line = label(text, role, wrap=True)
                line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
                words.addWidget(line)
        if place is not None:
            words.addWidget(self._way_to(place), 0, Qt.AlignmentFlag.AlignLeading)
        frame = card()
        inside = row(space="m", margin="m")
        inside.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        frame.setLayout(inside)
        frame.setAccessibleName(f"{part}: {name}. {' '.join(said)}".strip())
        self._findings.addWidget(frame)

    def _way_to(self, place: Place) -> QPushButton:
        """A button to the page where it can be mended."""
        texts = {
            Page.LIBRARY: tr("Open the library"),
            Page.MODELS: tr("Open the models"),
            "profiles": tr("Open the profiles"),
            "data": tr("Open your data"),
        }
        made = button(texts[place.part or place.page])
        made.clicked.connect(partial(self._context.go.emit, place))
        return made

    @Slot()
    def _end(self) -> None:
        facts = window_facts(self._context.theme)
        self._lines.append(f"ok Window: {facts}")
        self._show(tr("Window"), "ok", (facts, ""))
        self._again.setEnabled(True)
        broken = any(line.startswith("broken") for line in self._lines)
        self._state.setText(
            tr("Something does not work: see below what helps.") if broken else tr("The tutor can work.")
        )

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._again.setEnabled(True)
        self._state.setText(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}")

    @Slot()
    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._lines))
        self._context.notice.emit(tr("The report was copied."))
