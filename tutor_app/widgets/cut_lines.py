"""Where the upper edge of a page that is scrolled cuts through nothing that is read."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTextEdit, QWidget

from tutor_app.theme.tokens import SPACE

_AIR = SPACE["xs"]  # pixels between the edge and the first that is seen; a text has its own


def behind_cut(whole: QWidget, edge: int, *, through_cards: bool = False) -> int:
    """The least height in ``whole``, at or below ``edge``, that goes through no line, button or card, in pixels.

    Args:
        whole: what is scrolled.
        edge: where it is cut, in pixels.
        through_cards: a card may be cut, but nothing that stands in it.
    """
    parts = [it for it in whole.findChildren(QWidget) if it.isVisible() and _is_read(it)]
    if through_cards:
        holding = [it for it in parts if any(it is not other and it.isAncestorOf(other) for other in parts)]
        parts = [it for it in parts if it not in holding]
    while True:
        behind = max((_end_of(it, whole, edge) for it in parts), default=edge)
        if behind <= edge:
            return edge
        edge = behind


def _is_read(part: QWidget) -> bool:
    """Whether it is a text, or something with a role: a label, a button or a card."""
    return isinstance(part, QTextEdit) or part.property("role") is not None


def _end_of(part: QWidget, whole: QWidget, edge: int) -> int:
    """Where what is cut by ``edge`` ends: a line of a text, or the whole of another part; 0 for nothing."""
    top = part.mapTo(whole, QPoint()).y()
    within = top < edge < top + part.height()
    if isinstance(part, QTextEdit):
        return top + _line_end(part, edge - top) if within else 0
    return top + part.height() if within or 0 <= top - edge < _AIR else 0


def _line_end(view: QTextEdit, y: int) -> int:
    """Where the line ends that is at ``y`` in ``view``; ``y`` between two lines."""
    cursor = view.cursorForPosition(QPoint(0, y))
    block = cursor.block()
    line = block.layout().lineForTextPosition(cursor.positionInBlock())
    top = view.document().documentLayout().blockBoundingRect(block).top() + line.y()
    end = round(top + line.height() + 0.49)
    return end if top < y < end else y
