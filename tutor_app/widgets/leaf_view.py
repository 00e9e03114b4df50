"""The text of a leaf: its passages one below the other, and the ways to the leaves before and after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, clear, label
from tutor_app.widgets.reading_words import kind_name, own_heading, page_name, path_line
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from tutor_app.services.reading import Leaf, PassageText
    from tutor_app.theme.theme import Theme

_BUILT_AT_ONCE = 2


class LeafView(QWidget):
    """Builds a few passages at a time, so that the window stays at hand.

    Signals:
        view_added: a ``RichTextView`` and the id of its passage.
        turned: the passage that the leaf before or after begins with.
        reached: id of the passage that is being read.
    """

    view_added = Signal(object, str)
    turned = Signal(str)
    reached = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._leaf: Leaf | None = None
        self._passages: list[PassageText] = []
        self._views: dict[str, RichTextView] = {}
        self._heads: dict[str, QWidget] = {}
        self._wanted = ""
        self._scroll = ScrollColumn()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._building = QTimer(self, singleShot=True, interval=0)
        self._building.timeout.connect(self._build)
        self._settled = QTimer(self, singleShot=True, interval=30)
        self._settled.timeout.connect(self._go_to_wanted)
        self._scroll.verticalScrollBar().valueChanged.connect(self._tell_reached)

    def show_leaf(self, leaf: Leaf, wanted: str) -> None:
        """Show ``leaf``, scrolled to the passage ``wanted`` or to a marked quote in it."""
        self._leaf, self._wanted = leaf, wanted
        self._passages = list(leaf.passages)
        self._views, self._heads = {}, {}
        clear(self._scroll.column)
        self._scroll.column.setSpacing(SPACE["m"])
        self._scroll.verticalScrollBar().setValue(0)
        path = path_line(leaf.path, "")
        where = " · ".join(part for part in (path, page_name(leaf.page)) if part)
        if where:
            self._say(where, "caption")
        self._say(f"{leaf.number} {leaf.title}".strip(), "title")
        self._build()

    def views(self) -> list[RichTextView]:
        """The texts that are shown, in their order."""
        return list(self._views.values())

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        for view in self._views.values():
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    @Slot()
    def _build(self) -> None:
        for passage in self._passages[:_BUILT_AT_ONCE]:
            self._add(passage)
        del self._passages[:_BUILT_AT_ONCE]
        if self._passages:
            self._building.start()
        else:
            self._add_turns()
        self._settled.start()

    def _add(self, passage: PassageText) -> None:
        kind = kind_name(passage.kind)
        heading = own_heading(passage.heading, passage.kind)
        head: QWidget | None = None
        if kind:
            head = self._say(kind, "badge")
            head.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if heading:
            line = self._say(heading, "heading")
            head = head or line
        view = RichTextView(self._theme)
        view.set_rich_text(passage.body)
        self._views[passage.id] = view
        self._heads[passage.id] = head or view
        self._scroll.column.addWidget(view)
        self._scroll.column.addSpacing(SPACE["m"])
        self.view_added.emit(view, passage.id)

    def _say(self, text: str, role: str) -> QLabel:
        line = label(text, role, wrap=role != "badge")
        line.setProperty("content", True)
        line.setContentsMargins(EDGE if role != "badge" else 0, 0, EDGE if role != "badge" else 0, 0)
        if role != "badge":
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._scroll.column.addWidget(line)
        return line

    def _add_turns(self) -> None:
        leaf = self._leaf
        if leaf is None:
            return
        turns = QHBoxLayout()
        if leaf.before:
            before = button(tr("Before: {title}", title=leaf.before_title), "link")
            before.clicked.connect(partial(self.turned.emit, leaf.before))
            turns.addWidget(before)
        turns.addStretch(1)
        if leaf.after:
            after = button(tr("Next: {title}", title=leaf.after_title), "primary")
            after.clicked.connect(partial(self.turned.emit, leaf.after))
            turns.addWidget(after)
        self._scroll.column.addLayout(turns)
        self._scroll.column.addStretch(1)

    @Slot()
    def _go_to_wanted(self) -> None:
        inner = self._scroll.widget()
        view = self._views.get(self._wanted)
        if view is None or inner is None:
            return
        mark = view.mark_rect()
        if mark.isEmpty():
            first = self._leaf is not None and self._leaf.passages[0].id == self._wanted
            top = 0 if first else self._heads[self._wanted].mapTo(inner, QPoint(0, 0)).y() - SPACE["l"]
        else:
            top = view.mapTo(inner, mark.topLeft()).y() - self._scroll.viewport().height() // 4
        self._scroll.verticalScrollBar().setValue(max(0, top))

    @Slot()
    def _tell_reached(self) -> None:
        inner = self._scroll.widget()
        if inner is None or self._building.isActive():
            return
        line = self._scroll.verticalScrollBar().value() + self._scroll.viewport().height() // 3
        reached = ""
        for passage, head in self._heads.items():
            if head.mapTo(inner, QPoint(0, 0)).y() <= line:
                reached = passage
        if reached:
            self.reached.emit(reached)
