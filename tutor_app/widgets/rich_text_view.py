"""One message or passage: read, selected, copied, its citations, terms and links opened by mouse or keyboard.

It has no scroll bars: its height follows its content. What is painted by hand is in ``rich_text_paint`` and
``text_objects``; how it is built in ``rich_text_builder``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QTextBrowser, QWidget

from tutor_app.richtext.document import RichText
from tutor_app.richtext.plain import to_plain, to_spoken
from tutor_app.widgets.picture_loader import picture_loader
from tutor_app.widgets.rich_text_anchors import Anchors
from tutor_app.widgets.rich_text_builder import RichTextBuilder
from tutor_app.widgets.rich_text_formats import OBJECT_TYPE, formats
from tutor_app.widgets.rich_text_paint import RichTextPainter
from tutor_app.widgets.text_objects import TextObjectDrawer

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

EDGE = 4
"""Pixels between the edge of the widget and its text, on every side."""

_SCROLLING = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
     Qt.Key.Key_Space}
)  # fmt: skip
_WIDTHS_KEPT = 8


class RichTextView(QTextBrowser):
    """Shows rich text.

    Args:
        theme: colours and sizes.
        parent: as in Qt.
        size: of the running text, a key of ``tokens.TYPE``.
        mute: the running text is in the lighter colour.

    Signals:
        citation_activated: the number of a citation that was clicked.
        term_activated: an entry of the glossary.
        term_hovered: an entry of the glossary under the pointer or with the keyboard, "" for none any more; and where
            on the screen.
        link_activated: an address.
        selection_menu_requested: what is selected (as it is copied; may be ""), and where on the screen.
    """

    citation_activated = Signal(int)
    term_activated = Signal(str)
    term_hovered = Signal(str, QPoint)
    link_activated = Signal(str)
    selection_menu_requested = Signal(str, QPoint)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, size: str = "reading", mute: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._mute = mute
        self._rich = RichText()
        self._formats = formats(theme, size, mute=mute)
        self._stale = False
        self._measuring = False
        self._heights: dict[int, int] = {}
        self._spoken: list[str] = []
        self._set_up()
        self._drawer = TextObjectDrawer(self._formats, self)
        document = self.document()
        document.documentLayout().registerHandler(OBJECT_TYPE, self._drawer)
        self._builder = RichTextBuilder(document, self._drawer, self._formats)
        self._painter = RichTextPainter(document, self._builder, self._drawer)
        self._anchors = Anchors(
            self, self._builder, self._painter, self._drawer, tell_term=self.term_hovered.emit
        )
        document.documentLayout().documentSizeChanged.connect(self._grow)
        self.anchorClicked.connect(self._click)
        picture_loader().arrived.connect(self.viewport().update)
        theme.changed.connect(self._restyle)

    def set_rich_text(self, rich: RichText) -> None:
        """Show ``rich``. What it has in common with the text before stays, and so does the selection in that."""
        self._rich = rich
        if not self._stale:
            self._build()

    @property
    def has_ring(self) -> bool:
        """Whether the keyboard's way through it is shown."""
        return self._anchors.ring

    def take_keyboard(self) -> None:
        """Have the keyboard, and show it, whatever it was that brought one here."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._anchors.ring = True  # it may have had it already
        self._anchors.choose(-1)

    def begin_with_window(self) -> None:
        """Have it begin where the window's words do, as the window's own sentences must in whichever language."""
        self.begin_at_edge(right=QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft)

    def begin_at_edge(self, *, right: bool) -> None:
        """Have it begin at the right, or at the left, whichever letters it begins with."""
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        option.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(option)

    def rich_text(self) -> RichText:
        """The text that is shown."""
        return self._rich

    def selected_source(self) -> str:
        """What is selected, with formulas as TeX between dollar signs."""
        cursor = self.textCursor()
        return self._builder.source(cursor.selectionStart(), cursor.selectionEnd())

    def copy_all(self) -> None:
        """Copy the whole text."""
        QGuiApplication.clipboard().setText(to_plain(self._rich))

    def mark_rect(self) -> QRect:
        """Where the first marked quote stands in this widget; empty if there is none."""
        self._settle()
        marks = self._builder.marks
        united = QRectF()
        for rect in self._painter.rects(marks[0]) if marks else ():
            united = united.united(rect)
        return united.toAlignedRect()

    def first_mark_y(self) -> int:
        """How far down the first marked quote begins, in pixels; 0 if there is none."""
        return self.mark_rect().top() if self._builder.marks else 0

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the text in ``width`` pixels."""
        if self._stale:
            self._restore()
        height = self._heights.get(width)
        if height is None:
            if self.document().textWidth() != width:
                self._lay_out(max(1, width))
            height = round(self.document().size().height() + 0.49)
            if len(self._heights) >= _WIDTHS_KEPT:
                self._heights.clear()
            self._heights[width] = height
        return height

    def sizeHint(self) -> QSize:
        """The size at the width that it was last laid out in."""
        width = next(reversed(self._heights), self.width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; as tall as the text at its width."""
        return QSize(round(8 * self._formats.em), round(self._formats.em))

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Nothing is ever loaded: pictures are drawn from files of packs, by ``text_objects``."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Formulas are copied as TeX."""
        data = QMimeData()
        data.setText(self.selected_source())
        return data

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint boxes and marks, the text, and the focus."""
        self._settle()
        painter = QPainter(self.viewport())
        self._painter.behind(painter, QRectF(event.rect()))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._painter.selected(painter, cursor.selectionStart(), cursor.selectionEnd())
        self._painter.focus(painter, self._anchors.ring_rects())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out in the new width."""
        super().resizeEvent(event)
        self._settle()
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        """Leave the document's font: all text has its own, and setting it would lay everything out again."""
        if event.type() == QEvent.Type.FontChange:
            QFrame.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes along citations, terms and links, then on."""
        anchors = self._anchors
        number = anchors.chosen + (1 if forward else -1)
        if self.hasFocus() and -1 <= number < len(anchors):
            anchors.ring = True
            anchors.choose(number)
            return True
        return QFrame.focusNextPrevChild(self, forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the whole text, or from behind at its last link."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._anchors.ring = True
            back = event.reason() == Qt.FocusReason.BacktabFocusReason
            self._anchors.choose(len(self._anchors) - 1 if back else -1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the link that had the keyboard."""
        super().focusOutEvent(event)
        self._select_by_keys(on=False)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._anchors.ring = False
            self._anchors.choose(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; keys that scroll are for what this stands in."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._anchors.chosen >= 0:
            self._activate(self._anchors.address())
        elif key in _SCROLLING and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            event.ignore()
        else:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._select_by_keys(on=True)
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for what this stands in."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the keyboard's ring away."""
        self._anchors.ring = False
        self._anchors.choose(-1)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        super().mouseMoveEvent(event)
        at = self.document().documentLayout().hitTest(event.position(), Qt.HitTestAccuracy.ExactHit)
        self._anchors.hover(self._builder.anchor_at(at) if at >= 0 else -1)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._anchors.hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The page shows the menu: it knows what can be done."""
        self.selection_menu_requested.emit(self.selected_source(), event.globalPos())
        event.accept()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setReadOnly(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._select_by_keys(on=False)
        self.setCursorWidth(0)
        self.setUndoRedoEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.document().setDocumentMargin(EDGE)
        self.document().setIndentWidth(self._formats.indent)

    def _select_by_keys(self, *, on: bool) -> None:
        """Off until keys select: on a screen of 150 % Qt would draw a cursor, even without a width."""
        flags = Qt.TextInteractionFlag.TextBrowserInteraction
        self.setTextInteractionFlags(flags | Qt.TextInteractionFlag.TextSelectableByKeyboard if on else flags)

    def _build(self, *, anew: bool = False) -> None:
        selection = self._selection()
        kept = self._builder.show(self._rich.blocks, anew=anew)
        if kept is not None:
            self._heights.clear()
            self._anchors.renew()
            self._select(selection)
            self._spoken[kept:] = [to_spoken(block) for block in self._rich.blocks[kept:]]
            self.setAccessibleName("\n".join(filter(None, self._spoken)))
            self.updateGeometry()
            self.viewport().update()

    def _selection(self) -> tuple[int, int, str] | None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        return cursor.anchor(), cursor.position(), self._text_to(cursor.selectionEnd())

    def _select(self, kept: tuple[int, int, str] | None) -> None:
        """Select what was selected, if the text up to there is still the same."""
        if kept is None:
            return
        anchor, position, text = kept
        end = max(anchor, position)
        if end < self.document().characterCount() and self._text_to(end) == text:
            cursor = self.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def _text_to(self, end: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(end, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    @Slot()
    def _grow(self) -> None:
        if self._measuring:
            return
        self._heights.clear()
        self.updateGeometry()

    def _settle(self) -> None:
        """Lay the text out for the width that it is shown in, in the theme of now."""
        if self._stale:
            self._restore()
        width = self.viewport().width()
        if self.document().textWidth() != width:
            self._lay_out(width)

    def _lay_out(self, width: int) -> None:
        """Lay the text out; that its size is another in another width is no news for the layout around it."""
        self._measuring = True
        self.document().setTextWidth(width)
        if (
            self.document().textWidth() != width
        ):  # the first time, Qt takes the width of the widget on the way
            self.document().setTextWidth(width)
        self._measuring = False

    @Slot()
    def _restyle(self) -> None:
        before = self._formats
        self._formats = formats(self._theme, self._size, mute=self._mute)
        if before is self._formats:
            return
        self._stale = True
        if before.pixels != self._formats.pixels:
            self._restore()
        self.viewport().update()

    def _restore(self) -> None:
        self._stale = False
        self._drawer.formats = self._formats
        self._builder.restyle(self._formats)
        self.document().setIndentWidth(self._formats.indent)
        self._build(anew=True)

    @Slot(QUrl)
    def _click(self, url: QUrl) -> None:
        self._activate(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _activate(self, address: str) -> None:
        kind, _, target = address.partition(":")
        if kind == "cite" and target.isdigit():
            self.citation_activated.emit(int(target))
        elif kind == "term":
            self.term_activated.emit(unquote(target))
        elif kind == "link":
            self.link_activated.emit(unquote(target))
