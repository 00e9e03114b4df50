"""The list of earlier conversations: searched, opened, renamed in place, pinned, deleted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from tutor_app.i18n import isolated, tr
from tutor_app.item_models.conversation_list import Age, grouped
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, label, row
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QKeyEvent

    from tutor_app.services.turns import ConversationEntry
    from tutor_app.theme.theme import Theme

_ENTRY = Qt.ItemDataRole.UserRole


def age_names() -> dict[Age, str]:
    """What the groups are called."""
    return {
        Age.PINNED: tr("Pinned"),
        Age.TODAY: tr("Today"),
        Age.YESTERDAY: tr("Yesterday"),
        Age.WEEK: tr("Earlier this week"),
        Age.EARLIER: tr("Earlier"),
    }


class HistoryPanel(QWidget):
    """Shows what it is given; says what is wanted.

    Signals:
        chosen: id of a conversation.
        begun: a new conversation is wanted.
        searched: what the conversations are to contain.
        renamed: id and the new title.
        pinned: id and whether.
        deleted: a ``ConversationEntry``.
        copied: id of a conversation whose text is wanted.
        closed: the panel is to be closed.
    """

    chosen = Signal(str)
    begun = Signal()
    searched = Signal(str)
    renamed = Signal(str, str)
    pinned = Signal(str, bool)
    deleted = Signal(object)
    copied = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filling = False
        self.setObjectName("history")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Earlier conversations"))
        self.field = SearchField(theme, tr("Search conversations"))
        self.field.search.connect(self.searched)
        self.field.left.connect(self.closed)
        self.list = _List()
        self.list.setAccessibleName(tr("Earlier conversations"))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.list.itemChanged.connect(self._rename)
        self.list.delete_pressed.connect(self._delete)
        self.list.left.connect(self.closed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self.show_menu)
        self._nothing = label("", "mute", wrap=True)
        new = IconButton(theme, "plus", tr("New conversation"))
        new.clicked.connect(self.begun)
        close = IconButton(theme, "close", tr("Close the list"))
        close.clicked.connect(self.closed)
        head = row(label(tr("Conversations"), "strong"), None, new, close, space="xs")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE["m"], SPACE["m"], SPACE["m"], SPACE["m"])
        whole.setSpacing(SPACE["s"])
        for part in (head, self.field, self._nothing, self.list):
            if isinstance(part, QWidget):
                whole.addWidget(part)
            else:
                whole.addLayout(part)
        whole.setStretch(3, 1)
        whole.addStretch(0)

    def show_entries(self, entries: Sequence[ConversationEntry], *, current: str, searched: str) -> None:
        """Show these conversations; ``current`` is the one that is open. The keyboard stays where it is in the list."""
        self._filling = True
        kept, row = self._chosen(), self.list.currentRow()
        self.list.clear()
        for age, found in grouped(entries, datetime.now().astimezone()):
            self._add_heading(age_names()[age])
            for entry in found:
                self._add(entry, current=entry.id == current)
        if self.list.hasFocus():
            self._choose_again(kept, row)
        self._filling = False
        self._nothing.setText(
            tr("No conversation holds “{words}”.", words=searched)
            if searched
            else tr("What you ask is kept here.")
        )
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))

    def entries(self) -> list[ConversationEntry]:
        """The conversations that are shown, in their order."""
        found = (self.list.item(at).data(_ENTRY) for at in range(self.list.count()))
        return [entry for entry in found if entry is not None]

    @Slot(QPoint)
    def show_menu(self, where: QPoint) -> QMenu | None:
        """What can be done with the conversation at ``where``."""
        item = self.list.itemAt(where)
        if item is None or item.data(_ENTRY) is None:
            return None
        entry: ConversationEntry = item.data(_ENTRY)
        menu = QMenu(self)
        menu.addAction(tr("Open")).triggered.connect(partial(self.chosen.emit, entry.id))
        menu.addAction(tr("Rename")).triggered.connect(partial(self.list.editItem, item))
        pin = tr("Unpin") if entry.pinned else tr("Pin")
        menu.addAction(pin).triggered.connect(partial(self.pinned.emit, entry.id, not entry.pinned))
        menu.addAction(tr("Copy as text")).triggered.connect(partial(self.copied.emit, entry.id))
        menu.addSeparator()
        menu.addAction(tr("Delete")).triggered.connect(partial(self.deleted.emit, entry))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(where))
        return menu

    def _chosen(self) -> str:
        """Id of the conversation that the keyboard is on."""
        item = self.list.currentItem()
        entry = item.data(_ENTRY) if item is not None else None
        return entry.id if entry is not None else ""

    def _choose_again(self, kept: str, row: int) -> None:
        """Go back to the conversation ``kept``, else to what stands there now."""
        entries = [self.list.item(at).data(_ENTRY) for at in range(self.list.count())]
        rows = [at for at, entry in enumerate(entries) if entry is not None]
        same = [at for at in rows if entries[at].id == kept]
        near = [at for at in rows if at >= row][:1] or rows[-1:]
        for at in same or (near if kept else []):
            self.list.setCurrentRow(at)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont(self.font())
        font.setPixelSize(self._theme.pixels("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        self.list.addItem(item)

    def _add(self, entry: ConversationEntry, *, current: bool) -> None:
        item = QListWidgetItem(entry.title)
        item.setData(_ENTRY, entry)
        item.setToolTip(entry.title)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable)
        if entry.pinned:
            item.setIcon(self._theme.icon("pinned", size=16))
        self.list.addItem(item)
        if current:
            self.list.setCurrentItem(item)

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        entry = item.data(_ENTRY)
        if entry is not None and not self.list.is_editing():
            self.chosen.emit(entry.id)

    @Slot(QListWidgetItem)
    def _rename(self, item: QListWidgetItem) -> None:
        entry = item.data(_ENTRY)
        if not self._filling and entry is not None and item.text().strip() != entry.title:
            self.renamed.emit(entry.id, item.text())

    @Slot()
    def _delete(self) -> None:
        item = self.list.currentItem()
        entry = item.data(_ENTRY) if item is not None else None
        if entry is not None:
            self.deleted.emit(entry)


class _List(QListWidget):
    """F2 renames, Delete deletes, Escape leaves."""

    delete_pressed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_TitleDelegate(self))

    def is_editing(self) -> bool:
        """Whether a title is being changed."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _TitleDelegate(QStyledItemDelegate):
    """Shows a title in the direction of its own words; what is edited is the title alone."""

    def displayText(self, value: object, _locale: QLocale | QLocale.Language) -> str:
        """The title."""
        return isolated(str(value))
