"""The source of an answer, beside it: the passage with its quote marked, where it stands, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tutor_app.i18n import dotted, tr, tr_engine
from tutor_app.item_models.reading_words import (
    kind_name,
    licence_line,
    origin_name,
    own_headline,
    page_name,
    path_line,
    quote_with_source,
)
from tutor_app.place import Page, Place
from tutor_app.services.reading import Origin, PassagePage
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, align_by_words, button, column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.quiet_text import QuietText
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.selection_button import SelectionButton
from tutor_app.widgets.selection_menu import SelectionMenu
from tutor_app.widgets.skeleton import APPEARS_MS, Skeleton
from tutor_app.widgets.term_card import TermPopover
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure

_MOST_BARS = 0.4
"""The share of the height that what stands above and below the text takes at most."""


class PassagePanel(QWidget):
    """One passage at a time.

    Signals:
        closed: it is to be closed; whoever shows it hides it.
    """

    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._pack = ""
        self._wanted = ""
        self._quotes: tuple[str, ...] = ()
        self._page: PassagePage | None = None
        self._waits = False  # the keyboard was in the text when that was hidden, to wait for another
        self._went: QWidget | None = None  # where Qt has put it meanwhile
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Source"))
        self._request = LatestCall(context.engine, self)
        self._request.finished.connect(self._show)
        self._request.failed.connect(self._fail)
        self._late = QTimer(self, singleShot=True, interval=APPEARS_MS)
        self._late.timeout.connect(self._show_skeleton)
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._place_foot)
        self._settled.timeout.connect(self._reveal_mark)
        context.theme.changed.connect(self._settled.start)
        self._menu = SelectionMenu(context, self)
        self._terms = TermPopover(context, self)
        self._terms.introduced.connect(self._open_introduction)
        self._build()

    def show_passage(self, pack: str, passage: str, quotes: tuple[str, ...] = ()) -> None:
        """Show a passage with ``quotes`` marked. What was shown before stays until it is there."""
        self._pack, self._wanted, self._quotes = pack, passage, tuple(quotes)
        self._menu.set_pack(pack)
        self._terms.set_place(pack, passage)
        self._request.ask("reader.passage", pack, passage, self._quotes)
        self._late.start()

    def page(self) -> PassagePage | None:
        """What is shown."""
        return self._page

    def focus_start(self) -> None:
        """Put the keyboard into the text, and show that it is there."""
        self._text.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the quote in sight, and room for the text."""
        super().resizeEvent(event)
        self._settled.start()

    def _build(self) -> None:
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._head = self._made_head()
        whole.addWidget(self._head)
        whole.addWidget(_rule())
        self._stack = QStackedWidget()
        self._failure = EmptyState(self._context.theme, "warning", "", "", self._made_retry())
        for part in (self._made_text(), Skeleton(self._context.theme), self._failure):
            self._stack.addWidget(part)
        whole.addWidget(self._stack, 1)
        self._foot = self._made_foot()
        whole.addWidget(self._foot)

    def _made_head(self) -> QWidget:
        theme = self._context.theme
        self._book = ElidedLabel("", "strong")
        self._book.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._before = IconButton(theme, "chevron-up", tr("Passage before"))
        self._after = IconButton(theme, "chevron-down", tr("Passage after"))
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        close = IconButton(theme, "close", tr("Close the source"))
        close.clicked.connect(self.closed)
        head = QWidget()
        line = row(space="xs")
        line.addWidget(self._book, 1)
        for part in (self._before, self._after, close):
            line.addWidget(part)
        line.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["s"], SPACE["s"])
        head.setLayout(line)
        return head

    def _made_text(self) -> QWidget:
        self._path = label("", "caption", wrap=True)
        self._kind = label("", "badge")
        self._title = QuietText(self._context.theme)
        align_by_words(self._path)
        self._path.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._text = RichTextView(self._context.theme, size="body")
        self._text.selection_menu_requested.connect(self._show_menu)
        self._terms.watch(self._text)
        inner = QWidget()
        inner.setObjectName("column")
        words = column(space="s")
        titles = column(self._path, space="s")
        titles.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignLeading)
        titles.addWidget(self._title)
        titles.setContentsMargins(EDGE, 0, EDGE, 0)  # in line with the text, which has that edge of its own
        words.addLayout(titles)
        words.addWidget(self._text)
        words.addStretch(1)
        side = SPACE["l"] - EDGE
        words.setContentsMargins(side, SPACE["s"], side, SPACE["xl"])
        self._scrolled = column(words)
        self._scrolled.setSpacing(0)
        inner.setLayout(self._scrolled)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        ask_here = SelectionButton(self._menu, self._scroll)
        ask_here.watch(self._text)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            pressed = QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            pressed.activated.connect(ask_here.ask)
        return self._scroll

    def _made_foot(self) -> QWidget:
        self._origin_icon = QLabel()
        self._origin = label("", "caption", wrap=True)
        self._licence = label("", "caption", wrap=True)
        for part in (self._origin, self._licence):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        read = button(tr("Read in the book"))
        read.clicked.connect(self._read_in_book)
        copy = button(tr("Copy with source"), "quiet", tip=tr("Copy the quote, and where it is from"))
        copy.clicked.connect(self._copy)
        actions = FlowLayout()
        actions.addWidget(read)
        actions.addWidget(copy)
        whose = row(space="s")
        whose.addWidget(self._origin_icon, 0, Qt.AlignmentFlag.AlignTop)
        whose.addLayout(column(self._origin, self._licence, space="xs"), 1)
        parts = column(whose, actions, space="m")
        parts.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["l"])
        foot = QWidget()
        whole = column(_rule(), space="xs")
        whole.setSpacing(0)
        whole.addLayout(parts)
        foot.setLayout(whole)
        foot.hide()
        return foot

    @Slot()
    def _place_foot(self) -> None:
        """Below the text; where text is large and the panel low, at its end, so that there is room for the text."""
        bars = self._head.sizeHint().height() + self._foot.heightForWidth(self.width())
        layout = self._scrolled if bars > _MOST_BARS * self.height() else self._whole
        if layout.indexOf(self._foot) < 0:
            layout.addWidget(self._foot)

    def _made_retry(self) -> QWidget:
        retry = button(tr("Try again"))
        retry.clicked.connect(self._retry)
        return retry

    @Slot(object)
    def _show(self, page: PassagePage) -> None:
        self._late.stop()
        self._page = page
        kind = kind_name(page.kind)
        self._book.setText(page.book.title)
        where = [path_line(page.path, page.number), page_name(page.page)]
        self._path.setText(dotted(*where))
        self._kind.setText(kind)
        self._kind.setVisible(bool(kind))
        self._title.set_rich_text(own_headline(page.title, page.kind))
        self._text.set_rich_text(page.body)
        self._before.setEnabled(bool(page.before))
        self._after.setEnabled(bool(page.after))
        self._origin.setText(origin_name(page.book))
        self._origin.setToolTip(page.book.signed_by)
        self._licence.setText(licence_line(page.book))
        self._licence.setVisible(bool(self._licence.text()))
        self._draw_origin(page.book.origin)
        self._foot.show()
        back = self._waits and self._went is QApplication.focusWidget()
        self._waits, self._went = False, None
        self._stack.setCurrentIndex(0)
        if back:
            self.focus_start()
        self._scroll.verticalScrollBar().setValue(0)
        self._settled.start()

    def _draw_origin(self, origin: Origin) -> None:
        icons = {Origin.DOCUMENT: "file", Origin.UNSIGNED: "info"}
        size = self._context.theme.pixels("heading")
        icon = self._context.theme.icon(icons.get(origin, "shield"), "mute", size=19)
        self._origin_icon.setPixmap(icon.pixmap(size, size))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._late.stop()
        self._page = None
        self._waits, self._went = False, None
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._book.setText("")
        self._before.setEnabled(False)
        self._after.setEnabled(False)
        self._foot.hide()
        self._stack.setCurrentIndex(2)

    @Slot()
    def _show_skeleton(self) -> None:
        self._waits = self._waits or self._text.hasFocus()
        self._foot.hide()
        self._stack.setCurrentIndex(1)
        self._went = QApplication.focusWidget()

    @Slot()
    def _reveal_mark(self) -> None:
        """Scroll so that the quote stands in the upper part of what can be seen."""
        rect = self._text.mark_rect()
        inner = self._scroll.widget()
        if rect.isEmpty() or inner is None:
            return
        top = self._text.mapTo(inner, rect.topLeft()).y()
        if top + rect.height() > self._scroll.viewport().height() - SPACE["l"]:
            self._scroll.verticalScrollBar().setValue(top - self._scroll.viewport().height() // 4)

    @Slot()
    def _retry(self) -> None:
        self.show_passage(self._pack, self._wanted, self._quotes)

    @Slot()
    def _go_before(self) -> None:
        if self._page is not None and self._page.before:
            self.show_passage(self._pack, self._page.before)

    @Slot()
    def _go_after(self) -> None:
        if self._page is not None and self._page.after:
            self.show_passage(self._pack, self._page.after)

    @Slot(str, str)
    def _open_introduction(self, pack: str, passage: str) -> None:
        self.show_passage(pack, passage)

    @Slot()
    def _read_in_book(self) -> None:
        if self._page is not None:
            place = Place(Page.READ, pack=self._pack, passage=self._page.id, quotes=self._quotes)
            self._context.go.emit(place)

    @Slot()
    def _copy(self) -> None:
        if self._page is not None:
            QGuiApplication.clipboard().setText(quote_with_source(self._page, self._quotes))
            self._context.notice.emit(tr("Copied, with its source."))

    @Slot(str, QPoint)
    def _show_menu(self, selected: str, where: QPoint) -> None:
        self._menu.show_for(self._text, selected, where)


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "rule")
    return made
