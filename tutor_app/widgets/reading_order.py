"""Tab in the order in which a page is laid out.

Qt's own order is that in which widgets were made: what a page gets later, such as the turns of a conversation, would
come after all that stands below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def reading_order(whole: QWidget) -> Iterator[QWidget]:
    """What Tab can go to in ``whole``, in the order in which it is laid out."""
    if not whole.isVisible():
        return
    if _takes_tab(whole):
        yield whole
    for part in _parts(whole):
        yield from reading_order(part)


def focus_next(page: QWidget, *, forward: bool) -> bool:
    """Go on from what has the keyboard in ``page``, and behind its last part out of it; whether there was a way."""
    now = QApplication.focusWidget()
    order = list(reading_order(page))
    if now is None or now not in order:
        return False
    at = order.index(now) + (1 if forward else -1)
    target = order[at] if 0 <= at < len(order) else _outside(page, now, forward=forward)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _outside(page: QWidget, now: QWidget, *, forward: bool) -> QWidget | None:
    """The next widget by Qt's order that is not in ``page``."""
    beside = _beside(now, forward=forward)
    while beside is not None and beside is not now:
        if not page.isAncestorOf(beside) and beside.isVisible() and _takes_tab(beside):
            return beside
        beside = _beside(beside, forward=forward)
    return None


def _beside(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.focusProxy() is None and not _reached_by_arrows(widget)


def _reached_by_arrows(widget: QWidget) -> bool:
    """Of buttons of which one is chosen, Tab stops at that one, else at the first; the arrow keys go on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive():
        return False
    return (group.checkedButton() or group.buttons()[0]) is not widget


def _parts(whole: QWidget) -> list[QWidget]:
    """The children, first those that are laid out."""
    layout = whole.layout()
    laid_out = list(_laid_out(layout)) if layout is not None else []
    known = set(laid_out)
    others = [child for child in whole.children() if isinstance(child, QWidget) and child not in known]
    return [*laid_out, *(child for child in others if not child.isWindow())]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
