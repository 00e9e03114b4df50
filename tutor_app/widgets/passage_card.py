"""A passage in a book: what kind it is, its heading, its text, and its pictures, which can be enlarged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QVBoxLayout, QWidget

from tutor_app.item_models.reading_words import kind_name, own_headline, page_name
from tutor_app.richtext.document import BlockKind, RichText
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.picture_overlay import Picture
from tutor_app.widgets.quiet_text import QuietText
from tutor_app.widgets.rich_text_view import EDGE, RichTextView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QPaintEvent

    from tutor_app.richtext.document import Block
    from tutor_app.services.reading import PassageText
    from tutor_app.theme.theme import Theme

_ICONS = {
    "example": "example",
    "mistake": "warning",
    "definition": "explain",
    "fact": "info",
    "activity": "edit",
    "summary": "list",
}
_BAR = 3


class PassageCard(QWidget):
    """Texts of a kind of their own stand behind a line at their side, so that the main text is told from them.

    Args:
        theme: colours and sizes.
        passage: what it shows.
        new_page: whether a page of the document begins with it, so that its number is shown.

    Signals:
        enlarged: the ``Block`` of a picture that was pressed.

    Attributes:
        passage: what it shows.
        views: its texts; more than one where pictures stand between them.
    """

    enlarged = Signal(object)

    def __init__(self, theme: Theme, passage: PassageText, *, new_page: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.passage = passage
        self.views: list[RichTextView] = []
        self._kind = kind_name(passage.kind)
        self._icon = QLabel()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(SPACE["s"])
        self._inset()
        page = page_name(passage.page) if new_page else ""
        if self._kind or page:
            self._column.addLayout(self._made_kind_line(page))
        if passage.heading.blocks:
            heading = QuietText(theme)
            heading.set_rich_text(own_headline(passage.heading, passage.kind))
            line = column(heading)
            line.setContentsMargins(EDGE, 0, EDGE, 0)
            self._column.addLayout(line)
        for part in _parts(passage.body):
            self._column.addWidget(self._made_part(part))
        self._draw()
        theme.changed.connect(self._draw)

    def mark_rect(self) -> QRect:
        """Where the first marked quote, or else the first marked word, stands in it; empty if there is none."""
        for view in self.views:
            rect = view.mark_rect()
            if rect.isEmpty() and (found := view.extraSelections()):
                rect = view.cursorRect(found[0].cursor)
            if not rect.isEmpty():
                return QRect(view.mapTo(self, rect.topLeft()), rect.size())
        return QRect()

    def mark_words(self, words: Sequence[str]) -> None:
        """Mark all words that begin with one of ``words``."""
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.colours.mark))
        look.setForeground(QColor(self._theme.colours.on_mark))
        pattern = _pattern(words)
        for view in self.views:
            view.setExtraSelections(
                [_selection(cursor, look) for cursor in _found(view, pattern)] if words else []
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line at the side."""
        if not self._kind:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._theme.colours
        painter.setBrush(QColor(colours.warn if self.passage.kind == "mistake" else colours.accent))
        left = self.width() - _BAR if self.isRightToLeft() else 0
        painter.drawRoundedRect(QRectF(left, 0, _BAR, self.height()), _BAR / 2, _BAR / 2)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Have the line at the other side where one reads from the right."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._inset()

    def _inset(self) -> None:
        inset = SPACE["l"] if self._kind else 0
        right = self.isRightToLeft()
        self._column.setContentsMargins(0 if right else inset, 0, inset if right else 0, 0)

    def _made_kind_line(self, page: str) -> QVBoxLayout:
        line = row(space="s")
        line.setContentsMargins(EDGE, 0, EDGE, 0)
        if self._kind:
            line.addWidget(self._icon)
            line.addWidget(label(self._kind, "kind-warn" if self.passage.kind == "mistake" else "kind"))
        line.addStretch(1)
        if page:
            line.addWidget(label(page, "caption"))
        holder = QVBoxLayout()
        holder.addLayout(line)
        return holder

    def _made_part(self, part: RichText | Block) -> QWidget:
        if isinstance(part, RichText):
            view = RichTextView(self._theme)
            view.set_rich_text(part)
            self.views.append(view)
            return view
        picture = Picture(self._theme, part)
        picture.clicked.connect(self._enlarge)
        return picture

    @Slot()
    def _enlarge(self) -> None:
        picture = self.sender()
        if isinstance(picture, Picture):
            self.enlarged.emit(picture.block)

    @Slot()
    def _draw(self) -> None:
        size = self._theme.pixels("reading")
        colour = "warn" if self.passage.kind == "mistake" else "accent_ink"
        icon = self._theme.icon(_ICONS.get(self.passage.kind, "info"), colour, size=17)
        self._icon.setPixmap(icon.pixmap(size, size))
        self.update()


def _parts(body: RichText) -> Iterator[RichText | Block]:
    """``body`` cut at its pictures."""
    blocks: list[Block] = []
    for block in body.blocks:
        if block.kind is not BlockKind.IMAGE:
            blocks.append(block)
            continue
        if blocks:
            yield RichText(tuple(blocks), "")
        blocks = []
        yield block
    if blocks:
        yield (
            replace(body, blocks=tuple(blocks))
            if len(blocks) == len(body.blocks)
            else RichText(tuple(blocks), "")
        )


def _pattern(words: Sequence[str]) -> QRegularExpression:
    found = "|".join(QRegularExpression.escape(word) for word in words)
    options = QRegularExpression.PatternOption
    return QRegularExpression(
        rf"\b(?:{found})\w*", options.CaseInsensitiveOption | options.UseUnicodePropertiesOption
    )


def _found(view: RichTextView, pattern: QRegularExpression) -> Iterator[QTextCursor]:
    cursor = view.document().find(pattern, 0)
    while not cursor.isNull() and cursor.hasSelection():
        yield cursor
        cursor = view.document().find(pattern, cursor)


def _selection(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = cursor, look
    return made


def top_in(card: PassageCard, inner: QWidget) -> int:
    """How far down in ``inner`` the card begins, or the first thing marked in it."""
    mark = card.mark_rect()
    return card.mapTo(inner, QPoint(0, 0) if mark.isEmpty() else mark.topLeft()).y()
