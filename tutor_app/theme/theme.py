"""The theme in force: chosen by the learner or by the system, applied to the whole application at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPalette

from tutor_app.preferences import Motion, PreferenceStore, ThemeChoice
from tutor_app.theme.fonts import load_fonts, text_font
from tutor_app.theme.icons import icon
from tutor_app.theme.marks import Marks
from tutor_app.theme.sheet import style_sheet
from tutor_app.theme.tokens import CONTRAST, DARK, LIGHT, MOTION_MS, TYPE, Colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_CHOSEN = {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK, ThemeChoice.CONTRAST: CONTRAST}


class Theme(QObject):
    """Colours and sizes as they are now.

    Args:
        app: what is themed.
        preferences: what the learner chose.
        system: what the system seems to want, until it is asked.

    Signals:
        changed: something of it changed; what is drawn by hand must be drawn anew.

    Attributes:
        system: what the system wants; in force where the learner chose no theme.
    """

    changed = Signal()

    def __init__(self, app: QApplication, preferences: PreferenceStore, *, system: Colours = LIGHT) -> None:
        super().__init__(preferences)  # and goes with them: two themes would style each widget twice
        self.system = system
        self._untold = LIGHT if system is CONTRAST else system  # where the system tells nothing
        self._app = app
        self._preferences = preferences
        self._marks = Marks()
        load_fonts()
        self._apply()
        preferences.changed.connect(self._renew)
        app.layoutDirectionChanged.connect(self._renew)
        app.screenAdded.connect(self._renew)

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return _CHOSEN.get(self._preferences.now.theme, self.system)

    @property
    def scale(self) -> float:
        """How much larger than normal text is, 0.8 to 2.0."""
        return self._preferences.now.text_scale / 100

    def follow_system(self) -> None:
        """Ask the system what it wants, now and whenever that changes.

        After the first paint: it answers in values of Qt's namespace (see ``qt_numbers``).
        """
        hints = self._app.styleHints()
        hints.colorSchemeChanged.connect(self._ask_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._ask_system)
        self._ask_system()

    def pixels(self, size: str) -> int:
        """The height of a size of text (a key of ``tokens.TYPE``), in pixels."""
        return round(TYPE[size] * self.scale)

    def icon(
        self,
        name: str,
        colour: str = "mute",
        *,
        active: str = "on_chosen",
        size: int = 20,
        mirrored: bool | None = None,
    ) -> QIcon:
        """The icon ``name`` in a colour of the theme (an attribute of ``Colours``), as large as the text asks.

        ``mirrored``: whether one that points is turned; as the window is, for None.
        """
        return icon(
            name,
            getattr(self.colours, colour),
            active=getattr(self.colours, active),
            size=round(size * self.scale),
            mirrored=self._right_to_left if mirrored is None else mirrored,
        )

    def motion_ms(self, length: str) -> int:
        """How long a movement takes (a key of ``tokens.MOTION_MS``); 0 where nothing is to move."""
        from PySide6.QtCore import Qt

        off = self._preferences.now.motion is Motion.OFF or not self._app.isEffectEnabled(
            Qt.UIEffect.UI_General
        )
        return 0 if off else MOTION_MS[length]

    @property
    def _right_to_left(self) -> bool:
        return self._app.isRightToLeft()

    @Slot()
    def _ask_system(self) -> None:
        from PySide6.QtCore import Qt

        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            wanted = CONTRAST
        else:
            schemes = {Qt.ColorScheme.Dark: DARK, Qt.ColorScheme.Light: LIGHT}
            wanted = schemes.get(hints.colorScheme(), self._untold)
        if wanted is not self.system:
            self.system = wanted
            self._renew()

    @Slot()
    def _renew(self) -> None:
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._app.setFont(text_font(self.pixels("body")))
        self._app.setPalette(_palette(self.colours))
        sheet = style_sheet(self.colours, self.scale, self._marks, right_to_left=self._right_to_left)
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.page),
        (QPalette.ColorRole.WindowText, colours.ink),
        (QPalette.ColorRole.Base, colours.card),
        (QPalette.ColorRole.AlternateBase, colours.sunken),
        (QPalette.ColorRole.Text, colours.ink),
        (QPalette.ColorRole.Button, colours.card),
        (QPalette.ColorRole.ButtonText, colours.ink),
        (QPalette.ColorRole.ToolTipBase, colours.card),
        (QPalette.ColorRole.ToolTipText, colours.ink),
        (QPalette.ColorRole.PlaceholderText, colours.off),
        (QPalette.ColorRole.Highlight, colours.accent),
        (QPalette.ColorRole.HighlightedText, colours.on_accent),
        (QPalette.ColorRole.Link, colours.accent_ink),
        (QPalette.ColorRole.LinkVisited, colours.accent_ink),
        (QPalette.ColorRole.Accent, colours.accent),
        (QPalette.ColorRole.Mid, colours.line_strong),
        (QPalette.ColorRole.Dark, colours.line_strong),
    ):
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.mute))
    return palette
