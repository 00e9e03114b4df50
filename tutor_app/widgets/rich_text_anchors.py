"""Citations, terms and links in a text: which one has the keyboard or the pointer, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QScrollArea

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractScrollArea

    from tutor_app.widgets.rich_text_builder import RichTextBuilder, Span
    from tutor_app.widgets.rich_text_paint import RichTextPainter
    from tutor_app.widgets.text_objects import TextObjectDrawer

_AROUND = 24


class Anchors:
    """The anchors of one view.

    Args:
        view: where the text is shown.
        builder: knows where the anchors stand in it.
        painter: knows where they stand on the screen.
        drawer: draws the one under the pointer differently.
        tell_term: called with the entry of the glossary that is pointed at, "" for none any more, and where.

    Attributes:
        chosen: the number of the one that has the keyboard, -1 for the text as a whole.
        ring: whether the keyboard is shown at all: it came by Tab, not by a click.
    """

    def __init__(
        self,
        view: QAbstractScrollArea,
        builder: RichTextBuilder,
        painter: RichTextPainter,
        drawer: TextObjectDrawer,
        *,
        tell_term: Callable[[str, QPoint], None],
    ) -> None:
        self._view = view
        self._builder = builder
        self._painter = painter
        self._drawer = drawer
        self._tell_term = tell_term
        self._hovered = -1
        self.chosen = -1
        self.ring = False

    def __len__(self) -> int:
        return len(self._builder.anchors)

    def renew(self) -> None:
        """The text is another: keep what is still there."""
        self.chosen = min(self.chosen, len(self) - 1)
        self._hovered = -1
        self._drawer.hovered = None

    def address(self) -> str:
        """What the chosen one points at; empty for none."""
        return self._builder.anchors[self.chosen].what if self.chosen >= 0 else ""

    def choose(self, number: int) -> None:
        """Give the keyboard to an anchor; -1 for none."""
        before, self.chosen = self.chosen, number
        view = self._view
        view.viewport().update()
        if number < 0:
            view.setAccessibleDescription("")
            if before >= 0:
                self._tell_term("", QPoint())
            return
        span = self._builder.anchors[number]
        rects = self._painter.rects(span)
        view.setAccessibleDescription(self._described(span))
        if rects:
            self._reveal(rects[0].toAlignedRect())
            place = view.viewport().mapToGlobal(rects[0].bottomLeft().toPoint())
            self._tell_term(_term(span.what), place)

    def hover(self, number: int) -> None:
        """The pointer is on an anchor; -1 for none."""
        if number == self._hovered:
            return
        before, self._hovered = self._hovered, number
        span = self._builder.anchors[number] if number >= 0 else None
        self._drawer.hovered = self._builder.object_at(span.start) if span else None
        self._view.viewport().update()
        term = _term(span.what) if span else ""
        if term or before >= 0:
            rects = self._painter.rects(span) if span else []
            corner = rects[0].bottomLeft().toPoint() if rects else QPoint()
            self._tell_term(term, self._view.viewport().mapToGlobal(corner))

    def ring_rects(self) -> list[QRectF]:
        """Where the focus is drawn, in the view."""
        if not (self.ring and self._view.hasFocus()):
            return []
        if self.chosen >= 0:
            rects = self._painter.focus_rects(self._builder.anchors[self.chosen])
            return [rect.adjusted(-2, -2, 2, 2) for rect in rects]
        return [QRectF(self._view.viewport().rect()).adjusted(1, 1, -1, -1)]

    def _described(self, span: Span) -> str:
        kind, _, target = span.what.partition(":")
        if kind == "cite":
            return tr("Source {number}. Enter opens it.", number=target)
        words = self._builder.source(span.start, span.end)
        if kind == "term":
            return tr("{word}, in the glossary. Enter opens it.", word=words)
        return tr("{words}, link. Enter opens it.", words=words)

    def _reveal(self, rect: QRect) -> None:
        """Scroll what the view stands in to where ``rect`` can be seen."""
        outer = self._view.parentWidget()
        while outer is not None and not isinstance(outer, QScrollArea):
            outer = outer.parentWidget()
        inner = outer.widget() if outer is not None else None
        if outer is not None and inner is not None:
            place = self._view.viewport().mapTo(inner, rect.center())
            outer.ensureVisible(place.x(), place.y(), 0, rect.height() + _AROUND)


def _term(address: str) -> str:
    return unquote(address.partition(":")[2]) if address.startswith("term:") else ""
