"""What this program is, under which licence, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem

from engine import __version__
from tutor_app.controllers.settings_controller import SettingsController
from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import card, column, label, row

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext

_SHOWN = 10
_EMBLEM = 48


class AboutPanel(SettingsGroup):
    """Asks for the licences of the libraries when it is first made."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("About"))
        self._theme = context.theme
        self._settings = SettingsController.of(context)
        self._emblem = QLabel()
        words = column(
            label(tr("LLM Tutor {version}", version=__version__), "heading"),
            label(
                tr("A tutor that answers from your packs, with its sources, on your own computer."), wrap=True
            ),
            label(
                tr("Free software under GPL-3.0-or-later: use it, study it, share it and change it."),
                "mute",
                wrap=True,
            ),
            space="xs",
        )
        what = card()
        head = row(space="l")
        head.addWidget(self._emblem, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        what.setLayout(head)
        fonts = card()
        lines = column(
            label(tr("Fonts and icons"), "strong"),
            label(tr("Text: Source Sans, by Adobe, under the SIL Open Font License 1.1."), wrap=True),
            label(tr("Formulas: STIX Two Math, under the SIL Open Font License 1.1."), wrap=True),
            label(tr("Icons: drawn for LLM Tutor, under its licence."), wrap=True),
            space="xs",
        )
        lines.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        fonts.setLayout(lines)
        self.libraries = QTreeWidget()
        self.libraries.setRootIsDecorated(False)
        self.libraries.setHeaderLabels([tr("Library"), tr("Version"), tr("Licence")])
        self.libraries.setAccessibleName(tr("Libraries and their licences"))
        self.libraries.setProperty("content", True)
        self.libraries.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        libraries = card()
        table = column(label(tr("Libraries"), "strong"), self.libraries, space="s")
        table.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        libraries.setLayout(table)
        for part in (what, fonts, libraries):
            self.add_part(part)
        self._settings.licences_known.connect(self._show)
        self._settings.ask_licences()
        self._show()
        self._draw()
        context.theme.changed.connect(self._draw)

    @Slot()
    def _show(self) -> None:
        self.libraries.clear()
        for one in self._settings.licences:
            self.libraries.addTopLevelItem(QTreeWidgetItem([one.name, one.version, one.licence]))

    @Slot()
    def _draw(self) -> None:
        side = round(_EMBLEM * self._theme.scale)
        self._emblem.setPixmap(self._theme.icon("app", "accent", size=_EMBLEM).pixmap(side, side))
        self.libraries.setMinimumHeight(_SHOWN * (self._theme.pixels("body") + 2 * SPACE["m"]))
