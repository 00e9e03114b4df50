"""What a window says: walks its widgets and lists texts that no translation reaches, and texts without room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionFrame,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_KEY = re.compile(r"\b(Ctrl|Alt|Shift|Esc|Enter|Return|Tab|Space|Home|End|PgUp|PgDown|Del|F\d+)\b(\+\S+)?")
_ROWS = 200
_INNER_MARGIN = 2  # of a line edit, which Qt does not tell
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def unmarked(root: QWidget, content: Iterable[str] = ()) -> list[str]:
    """What is said in ``root``, visible or to a screen reader, outside of a translation, in the pseudo-language.

    Widgets whose property ``content`` is true, and all in them, show what packs or people wrote. ``content``: more
    such texts, and names.
    """
    exempt = sorted((text for text in content if text), key=len, reverse=True)
    return [
        f"{type(widget).__name__}: {text}"
        for widget in _shown(root)
        if not _is_content(widget)
        for text in said_by(widget)
        if _is_bare(text, exempt)
    ]


def cut(root: QWidget) -> list[str]:
    """The texts of visible widgets in ``root`` that do not fit into the room they have."""
    return [
        f"{type(widget).__name__} {widget.width()}x{widget.height()}: {_text_of(widget)}"
        for widget in _shown(root)
        if _is_cut(widget) and not _has_whole_text_as_tip(widget)
    ]


def said_by(widget: QWidget) -> Iterator[str]:
    """Every text of one widget, accessible ones too."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text().replace("&&", "&")
    elif isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from _said_by_items(widget)
    for action in widget.actions():
        yield action.text().replace("&&", "&")


def _said_by_items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), _ROWS) if model is not None else 0):
        for role in _ROLES:
            text = model.index(row, 0).data(role)
            if isinstance(text, str):
                yield text


def _shown(root: QWidget) -> list[QWidget]:
    return [one for one in (root, *root.findChildren(QWidget)) if one.isVisible() and one.width() > 1]


def _is_content(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property("content"):
            return True
        widget = widget.parentWidget()
    return False


def _is_bare(text: str, exempt: list[str]) -> bool:
    text = text.replace("\u202e", "").replace("\u202c", "")
    before = None
    while text != before:  # brackets in brackets
        before, text = text, _BRACKETED.sub("", text)
    for known in exempt:
        text = text.replace(known, "")
    return _WORD.search(_KEY.sub("", text)) is not None


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _has_whole_text_as_tip(widget: QWidget) -> bool:
    tip = widget.toolTip()
    shown = _text_of(widget).rstrip("…")
    return bool(tip) and bool(shown) and shown in tip


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return _label_is_cut(widget)
    if isinstance(widget, QAbstractButton):
        return _button_is_cut(widget)
    if isinstance(widget, QLineEdit):
        return _line_is_cut(widget)
    if isinstance(widget, QComboBox):
        return widget.minimumSizeHint().width() > widget.width() + 1
    return False


def _label_is_cut(label: QLabel) -> bool:
    if not label.text() or label.textFormat() is Qt.TextFormat.RichText:
        return False
    room = label.contentsRect().adjusted(label.margin(), 0, -label.margin(), 0)
    words = label.text().split() if label.wordWrap() else label.text().splitlines()
    wide = max((label.fontMetrics().horizontalAdvance(one) for one in words), default=0)
    high = label.heightForWidth(label.width()) if label.wordWrap() else label.fontMetrics().height()
    return wide > room.width() + 1 or high > label.height() + 1 or _sticks_out(label)


def _button_is_cut(button: QAbstractButton) -> bool:
    if not button.text() or (
        isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return False
    if isinstance(button, QPushButton) and type(button).sizeHint is QPushButton.sizeHint:
        option = QStyleOptionButton()
        button.initStyleOption(option)
        inner = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        need = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
        if not button.icon().isNull():
            need += button.iconSize().width() + 4
        return need > inner.width() + 1 or _sticks_out(button)
    if isinstance(button, QCheckBox | QRadioButton | QToolButton):
        return button.sizeHint().width() > button.width() + 1 or _sticks_out(button)
    return _sticks_out(button)


def _line_is_cut(line: QLineEdit) -> bool:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    inner = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    margins = line.textMargins()
    icons = sum(16 + 8 for action in line.actions() if action.isVisible() and not action.icon().isNull())
    room = QSize(inner.width() - margins.left() - margins.right() - icons, 0)
    return line.fontMetrics().horizontalAdvance(line.placeholderText()) > room.width() - 2 * _INNER_MARGIN


def _sticks_out(widget: QWidget) -> bool:
    """Whether a part of it lies beside what its parents show, where nobody can scroll to."""
    child, parent = widget, widget.parentWidget()
    left, right = 0, widget.width()
    while parent is not None and not child.isWindow():
        left, right = left + child.x(), right + child.x()
        area = parent.parentWidget()
        scrolls = (
            isinstance(area, QAbstractScrollArea)
            and area.viewport() is parent
            and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if scrolls:
            return False
        if left < -1 or right > parent.width() + 1:
            return True
        child, parent = parent, parent.parentWidget()
    return False
