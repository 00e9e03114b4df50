"""The page of models: what this computer can run, which models there are, and which are used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QFileInfo, Qt, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.controllers.models_controller import MEASURING, ModelsController
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.services.model_facts import AUTO, NONE, ModelsOverview
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import button, clear, label
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.machine_card import MachineCard
from tutor_app.widgets.model_card import ModelCard
from tutor_app.widgets.model_words import failure_text
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.progress_card import ProgressCard
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.services.model_facts import ModelFact
    from tutor_app.workers.messages import Failure

_WIDTH = 780


def kind_names() -> dict[str, tuple[str, str]]:
    """What the kinds of models are called, and what they are for."""
    return {
        "llm": (
            tr("Language model"),
            tr("Words answers. Every sentence of it is checked against your packs before you see it."),
        ),
        "embedder": (tr("Search by meaning"), tr("Finds passages that say it in other words.")),
        "reranker": (
            tr("Sorting"),
            tr("Puts the best passage first and judges whether it answers. One is built in."),
        ),
    }


class ModelsView(QWidget):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.models = ModelsController.of(context)
        self.models.changed.connect(self._show)
        self.models.failed.connect(self._show_failure)
        self.models.job_changed.connect(self._show_job)
        self.models.job_failed.connect(self._show_job_failure)
        self._wanted = ""
        self._told_server = False
        self._cards: dict[str, ModelCard] = {}
        take = button(tr("Add a model file …"))
        take.clicked.connect(self.choose_files)
        self.field = SearchField(context.theme, tr("Search the models"))
        self.field.search.connect(self._search)
        self._news = Banner(context.theme)
        self.job_card = ProgressCard(context.theme, "")
        self.job_card.cancelled.connect(self.models.pause)
        self.machine = MachineCard()
        self.machine.wanted.connect(self.models.download)
        self.machine.measured.connect(self.models.measure)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE["m"])
        self._page = ScrollColumn(_WIDTH)
        self._page.add(
            PageHeader(
                tr("Models"), tr("What words the answers and finds passages, all on this computer."), take
            ),
            self._news,
            self.job_card,
            self.machine,
            self.field,
            self._list,
        )
        self.job_card.hide()
        self._page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def open(self, _place: Place) -> None:
        """Look at the models as they are now."""
        self.models.refresh()

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.MODELS)

    def focus_start(self) -> None:
        """The search."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_search(self) -> None:
        """The search."""
        self.focus_start()

    def stop(self) -> None:
        """Leave the search. A download is paused by its button, not by a key that closes things."""
        self.field.clear()

    @Slot()
    def choose_files(self) -> None:
        """Choose a model file to take in."""
        dialog = QFileDialog(self.window(), tr("Add a model file"), QDir.homePath())
        dialog.setNameFilters([tr("Models (*.gguf)"), tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.import_file)
        dialog.open()

    @Slot(str)
    def import_file(self, path: str) -> None:
        """Take a model file in."""
        self.models.import_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a model file; other files are the library's."""
        if any(url.toLocalFile().lower().endswith(".gguf") for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first model file in."""
        files = [url.toLocalFile() for url in event.mimeData().urls()]
        for name in (file for file in files if file.lower().endswith(".gguf")):
            event.acceptProposedAction()
            self.import_file(name)
            return

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the models as they are now."""
        super().showEvent(event)
        if self.models.overview is None:
            self.models.refresh()

    @Slot()
    def _show(self) -> None:
        overview = self.models.overview
        if overview is None:
            return
        self._tell_server(overview.server)
        self._fill(overview)

    def _tell_server(self, address: str) -> None:
        if not address:
            if self._told_server:
                self._news.hide()
            self._told_server = False
            return
        self._told_server = True
        change = button(tr("Open the settings"))
        change.clicked.connect(partial(self._context.go.emit, Place(Page.SETTINGS, part="answers")))
        self._news.tell(
            tr("Answers are worded by a model server."),
            tr("Its address is in the settings: {address}", address=address),
            change,
            dismissible=False,
        )

    def _fill(self, overview: ModelsOverview) -> None:
        focused = self._focused_card()
        clear(self._list)
        self._cards = {}
        for kind, (name, purpose) in kind_names().items():
            models = [model for model in overview.of_kind(kind) if self._wanted in model.name.casefold()]
            if not models:
                continue
            self._list.addSpacing(SPACE["s"])
            self._list.addWidget(label(name, "heading"))
            text = label(purpose, "mute", wrap=True)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self._list.addWidget(text)
            if not self._wanted:
                self._add_choices(kind, overview)
            models.sort(key=lambda model: not model.state.installed)
            for model in models:
                self._add(model)
        if not self._cards:
            everything = button(tr("Show everything"))
            everything.clicked.connect(self.field.clear)
            todo = tr("Try another word.")
            nothing = EmptyState(
                self._context.theme, "search", tr("No model is called so."), todo, everything
            )
            self._list.addWidget(nothing)
        self._show_job()
        if focused in self._cards:
            self._cards[focused].focus_first()

    def _focused_card(self) -> str:
        """Id of the model whose card has the keyboard, so that it keeps it when the cards are made anew."""
        now = QApplication.focusWidget()  # not that of this page, which may be hidden
        return next((name for name, made in self._cards.items() if now and made.isAncestorOf(now)), "")

    def _add_choices(self, kind: str, overview: ModelsOverview) -> None:
        chosen = overview.choices.get(kind, AUTO)
        without = {
            "llm": tr("Answer without a model, by quotations"),
            "embedder": tr("Search by words alone"),
            "reranker": tr("Use the built-in sorting"),
        }
        for choice, text in ((AUTO, tr("Choose the best by itself")), (NONE, without[kind])):
            option = QRadioButton(text)
            option.setAutoExclusive(False)
            option.setChecked(chosen == choice)
            option.clicked.connect(partial(self._choose, kind, choice))
            self._list.addWidget(option)

    def _choose(self, kind: str, choice: str, _checked: bool = True) -> None:
        self.models.choose(kind, choice)

    def _add(self, model: ModelFact) -> None:
        made = ModelCard(self._context.theme, model, busy=self.models.job == model.id)
        made.wanted.connect(partial(self.models.download, model.id))
        made.paused.connect(self.models.pause)
        made.used.connect(partial(self.models.choose, model.kind, model.id))
        made.tested.connect(partial(self.models.test, model.id))
        made.removed.connect(partial(self.models.remove, model.id))
        if model.id in self.models.failures:
            made.show_failure(self.models.failures[model.id])
        self._cards[model.id] = made
        self._list.addWidget(made)

    @Slot()
    def _show_job(self) -> None:
        job, overview = self.models.job, self.models.overview
        found = self._cards.get(job)
        self.job_card.setVisible(bool(job) and found is None)
        if overview is not None:
            self.machine.show_overview(overview, job=job)
        if not job:
            return
        if found is None:
            self._show_job_apart(job)
        elif not found.busy and overview is not None:  # drawn anew, with its way to pause
            self._fill(overview)
        else:
            found.show_progress(self.models.progress)

    def _show_job_apart(self, job: str) -> None:
        """What has no card on the page: a file that is taken in, or a measurement."""
        self._news.hide()
        if job == MEASURING:
            self.job_card.set_title(tr("Measuring how fast this computer is"))
        else:
            self.job_card.set_title(tr("Adding “{name}”", name=QFileInfo(job).fileName()))
        progress = self.models.progress
        self.job_card.set_detail(tr_engine(progress.what) if progress else tr("Trying it …"))
        if progress is not None and progress.total:
            self.job_card.set_progress(progress.done, progress.total, progress_text(progress))
        else:
            self.job_card.set_progress(0, 0)

    @Slot(str, object)
    def _show_job_failure(self, what: str, failure: Failure) -> None:
        if what not in self._cards:
            self._news.tell(tr("That did not work."), failure_text(failure), role="alarm")

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        again = button(tr("Try again"))
        again.clicked.connect(self.models.refresh)
        self._news.tell(tr_engine(failure.what), tr_engine(failure.todo), again, role="alarm")

    @Slot(str)
    def _search(self, text: str) -> None:
        self._wanted = text.casefold()
        if self.models.overview is not None:
            self._fill(self.models.overview)
