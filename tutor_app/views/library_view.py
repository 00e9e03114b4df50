"""The library: packs and documents as cards, what is on its way there, and details in a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tutor_app.controllers.import_controller import ImportController
from tutor_app.controllers.library_controller import LibraryController
from tutor_app.i18n import tr, tr_engine, trn
from tutor_app.item_models.imports import ImportState
from tutor_app.place import Page, Place
from tutor_app.services.holdings import Expansion, Holding, HoldingDetails, HoldingKind
from tutor_app.views.card_export import pack_cards
from tutor_app.views.file_saver import FileSaver
from tutor_app.views.import_panel import ImportPanel
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import button, column, restyle
from tutor_app.widgets.card_grid import CardGrid
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.pack_card import PackCard
from tutor_app.widgets.pack_details import PackDetails
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.app_context import AppContext
    from tutor_app.services.learning_facts import MadeQuestion
    from tutor_app.workers.messages import Failure

_WIDTH = 1120
_AT_ONCE = 40
_NARROWEST = 420
_NAMED = 5
_ALL = "all"


class LibraryView(QWidget):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._library = LibraryController.of(context)
        self._imports = ImportController.of(context)
        self._text = ""
        self._most = _AT_ONCE
        self._dialog: QFileDialog | None = None
        self.exporting: FileSaver | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = context.theme
        self.add_button = button(tr("Add files …"), "primary")
        self.add_button.clicked.connect(self.choose_files)
        self.folder_button = button(tr("Add a folder …"))
        self.folder_button.clicked.connect(self.choose_folder)
        self._header = PageHeader(
            tr("Library"),
            tr("Your packs and documents. Everything stays on this computer."),
            self.folder_button,
            self.add_button,
        )
        self._news = Banner(theme)
        self._news.dismissed.connect(self._imports.forget)
        self._trouble = Banner(theme)
        self.imports = ImportPanel(theme, self._imports)
        self.search = SearchField(theme, tr("Search your library"))
        self.search.search.connect(self._search)
        self.filter = Segmented(
            tr("What to show"),
            [
                (_ALL, tr("All")),
                (HoldingKind.PACK, tr("Course packs")),
                (HoldingKind.DOCUMENT, tr("Documents")),
            ],
        )
        self.filter.changed.connect(self._choose)
        self._tools = QWidget()
        self._tools.setLayout(flow(self.search, self.filter, space="m"))
        self.grid = CardGrid(theme, self._card)
        self._more = button(tr("Show more"))
        self._more.clicked.connect(self._show_more)
        self._empty = self._empty_state()
        everything = button(tr("Show everything"))
        everything.clicked.connect(self._show_everything)
        self._nothing = EmptyState(theme, "search", tr("Nothing found"), tr("Try another word."), everything)
        self.details = PackDetails(theme)
        self._lay_out()
        self._connect()
        self._offer_interrupted()
        self._show()

    def open(self, place: Place) -> None:
        """Show the library, with the details of ``place.pack`` if it names one; ``part`` "add" lets files be chosen."""
        self._library.refresh()
        if place.part == "add":
            self.choose_files()
        if place.pack:
            self._library.ask_details(place.pack)

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.LIBRARY, pack=self.details.shown_id())

    def focus_start(self) -> None:
        """The button that adds."""
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_search(self) -> None:
        """Put the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def stop(self) -> None:
        """Close the details."""
        self.details.leave()

    def add_files(self, files: list[str]) -> None:
        """Import documents and packs, and what can be imported in folders."""
        self._trouble.hide()
        self._imports.add(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the details alone where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        narrowest = _NARROWEST * max(1.0, self._context.theme.scale)
        alone = bool(self.details.shown_id()) and self.width() - self.details.side_width() < narrowest
        self.details.set_alone(alone)
        self._page.setVisible(not alone)

    @Slot()
    def choose_files(self) -> None:
        """Let the learner choose files, in the system's own dialog."""
        self._ask_dialog(QFileDialog.FileMode.ExistingFiles, tr("Add to your library"))

    @Slot()
    def choose_folder(self) -> None:
        """Let the learner choose a folder."""
        self._ask_dialog(QFileDialog.FileMode.Directory, tr("Add a folder to your library"))

    def _ask_dialog(self, mode: QFileDialog.FileMode, title: str) -> None:
        kept = self._context.state.text("import_folder")
        start = kept or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self.window(), title, start or QDir.homePath())
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFiles:
            patterns = "*.pdf *.epub *.docx *.md *.markdown *.html *.htm *.xhtml *.txt *.cnxml *.tutorpack"
            dialog.setNameFilters(
                [f"{tr('Documents and course packs')} ({patterns})", f"{tr('All files')} (*)"]
            )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        self._dialog = dialog
        dialog.open()

    @Slot(list)
    def _chosen(self, files: list[str]) -> None:
        if self._dialog is not None:
            self._context.state.keep_text(self._dialog.directory().absolutePath(), "import_folder")
            self._dialog = None
        self.add_files(files)

    def _lay_out(self) -> None:
        page = self._page = ScrollColumn(_WIDTH)
        more = column(self._more)
        more.setAlignment(self._more, Qt.AlignmentFlag.AlignHCenter)
        page.add(self._header, self._news, self._trouble, self.imports, self._tools, self.grid, more)
        page.add(self._nothing)
        page.column.addWidget(self._empty, 1)
        page.column.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(page, 1)
        across.addWidget(self.details)

    def _connect(self) -> None:
        self._library.changed.connect(self._show)
        self._library.details.connect(self._show_details)
        self._library.questions.connect(self._show_questions)
        self._imports.changed.connect(self._offer_interrupted)
        self._imports.looked.connect(self._tell_looked)
        self._imports.refused.connect(self._tell_refused)
        self.imports.asked.connect(self._ask_in)
        self.imports.read.connect(self._read_in)
        self.details.closed.connect(self._fit)
        self.details.asked.connect(self._ask)
        self.details.read.connect(self._read)
        self.details.exported.connect(self._export)
        self.details.removed.connect(self._library.remove)
        self.details.judged.connect(self._judge)
        self.details.passage_wanted.connect(self._read_passage)

    def _empty_state(self) -> EmptyState:
        first = button(tr("Add files …"), "primary")
        first.clicked.connect(self.choose_files)
        return EmptyState(
            self._context.theme,
            "library",
            tr("Your library is empty"),
            tr(
                "Add a PDF, a book or your notes, or drop them on this window. A minute later you can ask about them."
            ),
            first,
        )

    @Slot()
    def _show(self) -> None:
        holdings = self._library.holdings
        if self._library.failure is not None:
            failure = self._library.failure
            self._trouble.tell(tr_engine(failure.what), tr_engine(failure.todo), role="alarm")
        known = holdings or ()
        chosen = self.filter.chosen()
        words = self._text.casefold().split()
        fitting = tuple(
            holding
            for holding in known
            if chosen in (_ALL, holding.kind) and all(word in _searched(holding) for word in words)
        )
        self._tools.setVisible(bool(known))
        self._show_empty()
        self._nothing.setVisible(bool(known) and not fitting)
        self._more.setVisible(len(fitting) > self._most)
        self.grid.setVisible(bool(fitting))
        self.grid.show_things(fitting[: self._most])

    def _show_empty(self) -> None:
        """What there is to begin with; one filled button a page, and a question or the way to begin has it first."""
        queue = self._imports.queue
        self._empty.setVisible(self._library.holdings == () and not queue.items)
        asked = queue.count(ImportState.ASKING) or self._imports.interrupted
        begins = self._library.holdings == () and not queue.items
        restyle(self.add_button, "role", "" if begins or asked else "primary")

    def _card(self, holding: Holding) -> PackCard:
        card = PackCard(self._context.theme, holding, managed=True)
        card.asked.connect(self._ask)
        card.read.connect(self._read)
        card.removed.connect(self._remove)
        card.opened.connect(self._open_details)
        return card

    @Slot(str)
    def _search(self, text: str) -> None:
        self._text, self._most = text, _AT_ONCE
        self._show()

    @Slot(str)
    def _choose(self, _kind: str) -> None:
        self._most = _AT_ONCE
        self._show()

    @Slot()
    def _show_everything(self) -> None:
        self.search.clear()
        self.filter.choose(_ALL)
        self._search("")

    @Slot()
    def _show_more(self) -> None:
        self._most += _AT_ONCE
        self._show()

    @Slot(object)
    def _ask(self, holding: Holding) -> None:
        self._context.go.emit(Place(Page.ASK, pack=holding.id))

    @Slot(object)
    def _read(self, holding: Holding) -> None:
        self._context.go.emit(Place(Page.READ, pack=holding.id))

    @Slot(str)
    def _ask_in(self, pack: str) -> None:
        self._context.go.emit(Place(Page.ASK, pack=pack))

    @Slot(str)
    def _read_in(self, pack: str) -> None:
        self._context.go.emit(Place(Page.READ, pack=pack))

    @Slot(object)
    def _export(self, holding: Holding) -> None:
        self.exporting = FileSaver(self._context, self, pack_cards(holding))
        self.exporting.choose()

    @Slot(object)
    def _remove(self, holding: Holding) -> None:
        if self.details.shown_id() == holding.id:
            self.details.leave()
        self._library.remove(holding)

    @Slot(object)
    def _open_details(self, holding: Holding) -> None:
        self._library.ask_details(holding.id)

    @Slot(object)
    def _show_details(self, details: HoldingDetails) -> None:
        if self.isVisible():
            self.details.show_details(details)
            self._fit()
            self.details.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
            if details.holding.kind is HoldingKind.DOCUMENT:
                self._library.ask_questions(details.holding.id)

    @Slot(str, object)
    def _show_questions(self, pack: str, questions: tuple[MadeQuestion, ...]) -> None:
        if self.details.shown_id() == pack:
            self.details.questions.set_questions(questions)

    @Slot(str, str)
    def _judge(self, item: str, judgement: str) -> None:
        self._library.judge_question(self.details.shown_id(), item, judgement)

    @Slot(str)
    def _read_passage(self, passage: str) -> None:
        self._context.go.emit(Place(Page.READ, pack=self.details.shown_id(), passage=passage))

    @Slot()
    def _offer_interrupted(self) -> None:
        self._show_empty()
        left = len(self._imports.interrupted)
        if not left:
            self._news.hide()
        elif not self._news.isVisibleTo(self):
            go_on = button(tr("Continue"), "primary")
            go_on.clicked.connect(self._imports.resume)
            what = trn("An import was interrupted.", "{n} imports were interrupted.", left)
            self._news.tell(what, tr("What was added before is here. The rest can be added now."), go_on)

    @Slot(object)
    def _tell_looked(self, found: Expansion) -> None:
        if found.left_out:
            what = trn(
                "{n} file is more than can be added at once.",
                "{n} files are more than can be added at once.",
                found.left_out + len(found.files),
            )
            todo = trn("The first {n} is being added.", "The first {n} are being added.", len(found.files))
            self._trouble.tell(what, tr("{first} Add the rest afterwards.", first=todo))
        elif found.unreadable:
            names = ", ".join(f"“{name}”" for name in found.unreadable[:_NAMED])
            what = trn(
                "A folder could not be opened.", "{n} folders could not be opened.", len(found.unreadable)
            )
            self._trouble.tell(what, tr("Check that you may read: {names}", names=names), role="alarm")
        elif found.empty:
            names = ", ".join(f"“{name}”" for name in found.empty[:_NAMED])
            what = tr("There is nothing in {names} that can be added.", names=names)
            todo = tr("PDF, EPUB, Word, Markdown, HTML and text files can be, and course packs.")
            self._trouble.tell(what, todo, role="alarm")

    @Slot(object)
    def _tell_refused(self, failure: Failure) -> None:
        self._trouble.tell(tr_engine(failure.what), tr_engine(failure.todo), role="alarm")


def _searched(holding: Holding) -> str:
    return f"{holding.title} {holding.description} {holding.file}".casefold()
