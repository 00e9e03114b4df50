"""The text of a leaf: its passages one below the other, and the ways to the leaves before and after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.reading_words import page_name, path_line
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import align_by_words, clear, label
from tutor_app.widgets.passage_card import PassageCard, top_in
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.turn_card import TurnCard
from tutor_app.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from tutor_app.services.reading import Leaf, PassageText
    from tutor_app.theme.theme import Theme

_BUILT_AT_ONCE = 2


class LeafView(QWidget):
    """Builds a few passages at a time, so that the window stays at hand.

    Signals:
        view_added: a ``RichTextView`` and the id of its passage.
        turned: the passage that the leaf before or after begins with.
        reached: id of the passage that a person scrolled to.
        enlarged: the ``Block`` of a picture that was pressed.
    """

    view_added = Signal(object, str)
    turned = Signal(str)
    reached = Signal(str)
    enlarged = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._leaf: Leaf | None = None
        self._passages: list[PassageText] = []
        self._cards: dict[str, PassageCard] = {}
        self._wanted = ""
        self._words: tuple[str, ...] = ()
        self._page = 0
        self._placing = False
        self._focus_due = False
        self._scroll = ScrollColumn()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._building = QTimer(self, singleShot=True, interval=0)
        self._building.timeout.connect(self._build)
        self._settled = QTimer(self, singleShot=True, interval=30)
        self._settled.timeout.connect(self._go_to_wanted)
        self._scroll.verticalScrollBar().valueChanged.connect(self._tell_reached)

    def show_leaf(self, leaf: Leaf, wanted: str, words: tuple[str, ...] = ()) -> None:
        """Show ``leaf``, scrolled to the passage ``wanted`` or what is marked in it.

        Args:
            leaf: what to show.
            wanted: id of one of its passages.
            words: words that are looked for; what begins with one of them is marked.
        """
        reading = QApplication.focusWidget()
        self._focus_due |= reading is not None and self._scroll.isAncestorOf(reading)
        self._leaf, self._wanted, self._words = leaf, wanted, words
        self._passages = list(leaf.passages)
        self._cards, self._page = {}, 0
        self._placing = True
        clear(self._scroll.column)
        self._scroll.column.setSpacing(SPACE["xl"])
        self._scroll.verticalScrollBar().setValue(0)
        self._add_head(leaf)
        self._build()

    def views(self) -> list[RichTextView]:
        """The texts that are shown, in their order."""
        return [view for card in self._cards.values() for view in card.views]

    def card(self, passage: str) -> PassageCard | None:
        """The card of a passage."""
        return self._cards.get(passage)

    def mark_words(self, words: tuple[str, ...]) -> None:
        """Mark other words; none where ``words`` is empty."""
        self._words = words
        for card in self._cards.values():
            card.mark_words(words)

    def focus_text(self) -> None:
        """Put the keyboard into the text, as soon as there is one."""
        card = self._cards.get(self._wanted) or next(iter(self._cards.values()), None)
        self._focus_due = card is None
        if card is not None and card.views:
            card.views[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _build(self) -> None:
        for passage in self._passages[:_BUILT_AT_ONCE]:
            self._add(passage)
        del self._passages[:_BUILT_AT_ONCE]
        if self._passages:
            self._building.start()
        else:
            self._add_turns()
        if self._focus_due and (self._wanted in self._cards or not self._passages):
            self._focus_due = False
            # Who began to type meanwhile keeps the keyboard.
            if self.isVisible() and not isinstance(QApplication.focusWidget(), QLineEdit):
                self.focus_text()
        self._settled.start()

    def _add_head(self, leaf: Leaf) -> None:
        where = [path_line(leaf.path, ""), page_name(leaf.page)]
        if leaf.parts > 1:
            where.append(tr("Part {part} of {parts}", part=leaf.part, parts=leaf.parts))
        head = QVBoxLayout()
        head.setSpacing(SPACE["xs"])
        if any(where):
            head.addWidget(_line(dotted(*where), "caption"))
        head.addWidget(_line(f"{leaf.number}\u2002{leaf.title}".strip(), "title"))
        self._scroll.column.addLayout(head)
        self._page = leaf.page or 0

    def _add(self, passage: PassageText) -> None:
        new_page = bool(passage.page) and passage.page != self._page
        self._page = passage.page or self._page
        card = PassageCard(self._theme, passage, new_page=new_page)
        card.enlarged.connect(self.enlarged)
        card.mark_words(self._words)
        self._cards[passage.id] = card
        self._scroll.column.addWidget(card)
        for view in card.views:
            self.view_added.emit(view, passage.id)

    def _add_turns(self) -> None:
        leaf = self._leaf
        if leaf is None:
            return
        rule = QFrame()
        rule.setProperty("role", "rule")
        self._scroll.column.addWidget(rule)
        turns = []
        before = tr("Section before") if leaf.part == 1 else tr("Part before")
        after = tr("Next section") if leaf.part == leaf.parts else tr("Next part")
        for target, title, says, forward in (
            (leaf.before, leaf.before_title, before, False),
            (leaf.after, leaf.after_title, after, True),
        ):
            if target:
                card = TurnCard(self._theme, title, says, forward=forward)
                card.clicked.connect(partial(self.turned.emit, target))
                turns.append(card)
        self._scroll.column.addWidget(WrappingRow(self._theme, turns))
        place = label(tr("Section {place} of {places}", place=leaf.place, places=leaf.places), "caption")
        place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.column.addWidget(place)
        self._scroll.column.addStretch(1)

    @Slot()
    def _go_to_wanted(self) -> None:
        inner = self._scroll.widget()
        card = self._cards.get(self._wanted)
        if card is None or inner is None or not self._placing:
            return
        first = self._leaf is not None and self._leaf.passages[0].id == self._wanted
        marked = not card.mark_rect().isEmpty()
        room = self._scroll.viewport().height() // 4 if marked else SPACE["l"]
        top = 0 if first and not marked else top_in(card, inner) - room
        self._scroll.verticalScrollBar().setValue(max(0, top))
        self._placing = self._building.isActive()

    @Slot()
    def _tell_reached(self) -> None:
        """Say what is read now, when it was a person who scrolled."""
        inner = self._scroll.widget()
        if inner is None or self._placing:
            return
        bar = self._scroll.verticalScrollBar()
        line = bar.value() + self._scroll.viewport().height() // 3
        if bar.value() == bar.maximum():
            line = bar.value() + self._scroll.viewport().height()
        reached = ""
        for passage, card in self._cards.items():
            if card.mapTo(inner, QPoint(0, 0)).y() <= line:
                reached = passage
        if reached:
            self.reached.emit(reached)


def _line(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    align_by_words(made)
    made.setProperty("content", True)
    made.setContentsMargins(EDGE, 0, EDGE, 0)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
