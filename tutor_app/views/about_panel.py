"""What this program is, whose it is, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from engine import __version__
from tutor_app.i18n import tr
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel

    from tutor_app.app_context import AppContext


class AboutPanel(SettingsGroup):
    """The libraries are looked up when it is first shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._asked = False
        self._say(tr("LLM Tutor {version}", version=__version__), "heading")
        self._say(
            tr(
                "A tutor that answers from books you can open, on your own computer. Free software under the GNU "
                "General Public License, version 3 or later."
            )
        )
        self._say(tr("Nothing is sent anywhere unless you name a model server in the settings."))
        self._say(
            tr(
                "Text is set in Source Sans (SIL Open Font License 1.1), mathematics in STIX Two Math (SIL Open Font "
                "License 1.1). The icons were drawn for this program and are under its licence. The course packs that "
                "come along are under CC BY 4.0."
            )
        )
        self._say(tr("Libraries"), "heading")
        self._libraries = self._say(tr("Looking them up …"), "mute")
        self._libraries.setProperty("content", True)

    def showEvent(self, event: QShowEvent) -> None:
        """Look the libraries up."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            call = self.context.engine.call("settings.licences")
            call.finished.connect(self._show)

    def _say(self, text: str, role: str = "body") -> QLabel:
        line = label(text, role, wrap=True)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.column.addWidget(line)
        return line

    @Slot(object)
    def _show(self, found: tuple[tuple[str, str, str], ...]) -> None:
        self._libraries.setText("\n".join(" · ".join(part for part in one if part) for one in found))
