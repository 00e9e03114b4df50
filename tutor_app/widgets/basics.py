"""Small parts in the language of the theme: labels, buttons, cards, rows and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tutor_app.qt_numbers import (
    ALIGN_ABSOLUTE,
    ALIGN_LEFT,
    ALIGN_RIGHT,
    ALIGN_V_CENTER,
    PLAIN_TEXT,
    TAB_FOCUS,
)
from tutor_app.theme.tokens import RADIUS, SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent

    from tutor_app.theme.theme import Theme

_Box = TypeVar("_Box", bound=QBoxLayout)
RING = 2
"""Pixels of the ring that shows the keyboard, as in the style sheet; a link has room for one around its words."""
_LONG_WORD = re.compile(r"[^\s/-]{20,}")  # after a hyphen or a slash Qt goes on in another line itself
_PIECE = re.compile(r".{1,8}")


def label(text: str, role: str = "body", *, wrap: bool = False) -> QLabel:
    """Plain text (never interpreted as HTML) in a role of the style sheet: title, heading, mute, caption and so on."""
    made = QLabel(text)
    made.setProperty("textFormat", PLAIN_TEXT)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    # Qt aligns a label by its own words; a Latin title in an Arabic window would stand at the wrong edge.
    edge = ALIGN_RIGHT if QApplication.isRightToLeft() else ALIGN_LEFT
    made.setProperty("alignment", edge | ALIGN_ABSOLUTE | ALIGN_V_CENTER)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def align_by_words(*headings: QLabel) -> None:
    """Have headings begin at the edge where the text below them begins, which is that of its own language."""
    from PySide6.QtCore import Qt

    for heading in headings:
        heading.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


def breakable(text: str) -> str:
    """``text`` whose longest words, such as names of files, may go on in another line instead of widening the page."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)


class PressButton(QPushButton):
    """A button with a hand for a pointer, which it takes when the pointer comes: not before the first paint.

    Inside the ring that shows the keyboard on a filled one there is a line in the colour of its words: in some themes
    the ring alone is too much like the ground.
    """

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hand."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the line inside its ring."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("role") == "primary":
            self._paint_inner_line()

    def _paint_inner_line(self) -> None:
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter, QPen

        inset, radius = 1.5 * RING, RADIUS["control"] - 1.5 * RING  # to the middle of the line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().buttonText(), RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()


def button(text: str, role: str = "", *, tip: str = "") -> QPushButton:
    """A button in a role of the style sheet: primary, danger, quiet, flat, link, chip, or "" for the normal one.

    A click leaves the keyboard where it is; Tab reaches it, Space and Enter press it.
    """
    made = PressButton(text.replace("&", "&&"))
    made.setProperty("role", role)
    made.setProperty("focusPolicy", TAB_FOCUS)
    made.setAutoDefault(True)
    if tip:
        made.setToolTip(tip)
    return made


class IconButton(QToolButton):
    """A button that shows an icon alone; ``name`` is what a screen reader says, and its tool tip."""

    def __init__(self, theme: Theme, icon: str, name: str, *, checkable: bool = False) -> None:
        from PySide6.QtCore import Qt

        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setProperty("role", "quiet")
        self.setCheckable(checkable)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw()
        theme.changed.connect(self._draw)

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon, with another name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """What cannot be used now, by itself or with all around it, is seen to be so."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, "mute" if self.isEnabled() else "line_off"))
        side = round(20 * self._theme.scale)
        self.setIconSize(QSize(side, side))


def card(role: str = "card") -> QFrame:
    """A raised frame: card, sunken, tint or alarm."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def column(*parts: QWidget | QLayout | int | None, space: str = "m", margin: str = "") -> QVBoxLayout:
    """A vertical layout. A number is a fixed gap, None is stretch; ``space`` and ``margin`` are keys of ``SPACE``."""
    return _filled(QVBoxLayout(), parts, space, margin)


def row(*parts: QWidget | QLayout | int | None, space: str = "s", margin: str = "") -> QHBoxLayout:
    """A horizontal layout, like ``column``."""
    return _filled(QHBoxLayout(), parts, space, margin)


def in_line(link: QPushButton, edge: int) -> QHBoxLayout:
    """A link whose words, not its ring around them, stand ``edge`` pixels in, at least two: in line with texts."""
    made = row(link, None)
    made.setContentsMargins(edge - RING, 0, edge - RING, 0)
    return made


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text`` without moving the keyboard."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and draw the widget by it."""
    from PySide6.QtCore import Qt

    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Before that it is drawn by it anyway.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _filled(layout: _Box, parts: tuple[QWidget | QLayout | int | None, ...], space: str, margin: str) -> _Box:
    layout.setSpacing(SPACE[space])
    edge = SPACE[margin] if margin else 0
    layout.setContentsMargins(edge, edge, edge, edge)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout
