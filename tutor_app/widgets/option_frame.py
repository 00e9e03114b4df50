"""A line that can be chosen or moved: a frame around a text with formulas, which shows whether it is chosen."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QTextBlockFormat
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import restyle, row
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QMouseEvent

    from tutor_app.richtext.document import RichText
    from tutor_app.theme.theme import Theme


class OptionText(RichTextView):
    """A text in the middle of its row: without the room that lines leave below them for the next one.

    It begins where its row does, beside its mark, whichever letters or figures it begins with.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._one_line = 0
        self.begin_at_edge(right=self.isRightToLeft())

    def heightForWidth(self, width: int) -> int:
        """The height of the text in ``width`` pixels, down to the end of its last line."""
        last = self.document().lastBlock().blockFormat()
        apart = last.lineHeightType() == QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value
        return super().heightForWidth(width) - (round(last.lineHeight()) if apart else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Its row may be read in another direction than the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.begin_at_edge(right=self.isRightToLeft())

    def minimumSizeHint(self) -> QSize:
        """No wider than the text is."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), self.width_in_one_line()), least.height())

    def width_in_one_line(self) -> int:
        """How wide it is with all its words beside each other, in pixels."""
        if not self._one_line:
            self._lay_out(-1)
            self._one_line = ceil(self.document().idealWidth())
        return self._one_line

    def _build(self, *, anew: bool = False) -> None:
        self._one_line = 0
        super()._build(anew=anew)


def option_text(theme: Theme, text: RichText) -> OptionText:
    """A text that is part of something to press: it takes neither the pointer nor the keyboard."""
    view = OptionText(theme)
    view.set_rich_text(text)
    view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return view


class OptionFrame(QFrame):
    """Shows ``leading`` widgets, the text, and ``trailing`` ones in a row.

    Signals:
        pressed: a click on it.
    """

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: RichText,
        leading: tuple[QWidget, ...] = (),
        trailing: tuple[QWidget, ...] = (),
    ) -> None:
        super().__init__()
        self.setProperty("role", "option")
        self.setProperty("chosen", False)
        self.setProperty("active", False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.view = option_text(theme, text)
        line = row(*leading, space="s")
        line.addWidget(self.view, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in trailing:
            line.addWidget(part)
        line.setContentsMargins(SPACE["m"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        self.setLayout(line)

    def set_chosen(self, chosen: bool) -> None:
        """Show it as chosen, or no longer."""
        restyle(self, "chosen", chosen)

    def set_active(self, active: bool) -> None:
        """Show that the keyboard is in it, or no longer."""
        restyle(self, "active", active)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in it."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Have the release of the button come here too."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard into and out of a control inside."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.set_active(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)
