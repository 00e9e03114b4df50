"""The page of models: what this computer can run, which models there are, and which are used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.controllers.models_controller import ModelsController
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.services.model_facts import AUTO, NONE, ModelsOverview
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import button, card, clear, column, label
from tutor_app.widgets.model_card import ModelCard, size_text
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.services.model_facts import Machine, ModelFact
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
        "reranker": (tr("Sorting"), tr("Puts the best passage first. One is built in.")),
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
        self._cards: dict[str, ModelCard] = {}
        take = button(tr("Add a model file …"))
        take.clicked.connect(self.choose_files)
        self.field = SearchField(context.theme, tr("Search the models"))
        self.field.search.connect(self._search)
        self._news = Banner(context.theme)
        self._machine = label("", wrap=True)
        self._space = label("", "mute", wrap=True)
        self._measure = button(tr("Measure how fast it is"))
        self._measure.clicked.connect(self.models.measure)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE["m"])
        self._page = ScrollColumn(_WIDTH)
        self._page.add(
            PageHeader(
                tr("Models"), tr("What words the answers and finds passages, all on this computer."), take
            ),
            self._news,
            self._made_machine(),
            self.field,
            self._list,
        )
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

    def find(self) -> None:  # type: ignore[override]  # a static method of Qt that nobody needs
        """The search."""
        self.focus_start()

    def stop(self) -> None:
        """Pause what is being fetched."""
        self.models.pause()

    @Slot()
    def choose_files(self) -> None:
        """Choose a model file to take in."""
        dialog = QFileDialog(self.window(), tr("Add a model file"))
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

    def _made_machine(self) -> QWidget:
        frame = card()
        for part in (self._machine, self._space):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        inside = column(
            label(tr("This computer"), "heading"), self._machine, self._space, space="xs", margin="l"
        )
        inside.addWidget(self._measure, 0, Qt.AlignmentFlag.AlignLeading)
        frame.setLayout(inside)
        return frame

    @Slot()
    def _show(self) -> None:
        overview = self.models.overview
        if overview is None:
            return
        self._machine.setText(_machine_text(overview.machine, overview.recommended()))
        self._space.setText(
            tr(
                "Models take {used} of the disk; {free} are free.",
                used=size_text(overview.used_bytes),
                free=size_text(overview.machine.disk_free_mb * 1_000_000),
            )
        )
        installed = any(model.state.installed for model in overview.of_kind("llm"))
        self._measure.setVisible(not overview.measured and installed)
        if overview.server:
            self._news.tell(
                tr("Answers are worded by a model server."),
                tr("Its address is in the settings: {address}", address=overview.server),
                dismissible=False,
            )
        self._fill(overview)

    def _fill(self, overview: ModelsOverview) -> None:
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
            self._list.addWidget(label(tr("No model is called so."), "mute"))
        self._show_job()

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
        made = ModelCard(model, busy=self.models.job == model.id)
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
        job = self.models.job
        found = self._cards.get(job)
        if found is None:
            if job and not self._news.isVisible():
                self._news.tell(tr("A model is being looked at …"), dismissible=False)
            elif not job and (self.models.overview is None or not self.models.overview.server):
                self._news.hide()
            return
        if not found.busy and self.models.overview is not None:  # drawn anew, with its way to pause
            self._fill(self.models.overview)
            return
        found.show_progress(self.models.progress)

    @Slot(str, object)
    def _show_job_failure(self, what: str, failure: Failure) -> None:
        if what not in self._cards:
            self._context.failed.emit(failure)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._news.tell(tr_engine(failure.what), tr_engine(failure.todo), role="alarm")

    @Slot(str)
    def _search(self, text: str) -> None:
        self._wanted = text.casefold()
        if self.models.overview is not None:
            self._fill(self.models.overview)


def _machine_text(machine: Machine, best: ModelFact | None) -> str:
    memory = size_text(machine.memory_mb * 1_000_000)
    lines = [
        tr("{processor}, {memory} of memory.", processor=machine.processor or tr("A computer"), memory=memory)
    ]
    if machine.slow:
        lines.append(tr("Its processor is an older one: language models will be slow."))
    if best is not None:
        lines.append(tr("The best language model for it is {model}.", model=best.name))
    return " ".join(lines)
