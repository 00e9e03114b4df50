"""The models of a profile: what there is, what is used, and the one that is being fetched or tried."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.types import Progress
from tutor_app.i18n import tr
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.model_facts import ChosenBefore, ModelsOverview, RemovedModel
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure


MEASURING = "measure"
"""What ``job`` is while the computer is measured."""


class ModelsController(QObject):
    """One a context: ``ModelsController.of(context)``. Downloads go on when the page is left.

    Signals:
        changed: ``overview`` is another.
        failed: a ``Failure``: the models cannot be looked at.
        job_changed: ``job`` began, moved on (``progress``), or ended.
        job_failed: id of a model, and a ``Failure``.

    Attributes:
        overview: None before it was read.
        job: id (or file) of what is being fetched or tried, "" for nothing.
        progress: how far that is, if known.
        failures: by id, why the last try did not work.
    """

    changed = Signal()
    failed = Signal(object)
    job_changed = Signal()
    job_failed = Signal(str, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self.overview: ModelsOverview | None = None
        self.job = ""
        self.progress: Progress | None = None
        self.failures: dict[str, Failure] = {}
        self._call: Call | None = None
        self._reading = LatestCall(context.engine, self)
        self._reading.finished.connect(self._have)
        self._reading.failed.connect(self.failed)
        context.models_changed.connect(self.refresh)

    @staticmethod
    def of(context: AppContext) -> ModelsController:
        """The one of ``context``."""
        return context.findChild(ModelsController) or ModelsController(context)

    @Slot()
    def refresh(self) -> None:
        """Look again."""
        self._reading.ask("models.overview")

    def download(self, model: str) -> None:
        """Fetch a model, going on where an earlier try stopped."""
        self._begin(model, "downloads.add")

    def import_file(self, path: str) -> None:
        """Take a GGUF file into the profile."""
        self._begin(path, "downloads.import_file")

    def test(self, model: str) -> None:
        """Compare a model's files with their sums, and load it."""
        self._begin(model, "downloads.check")

    def measure(self) -> None:
        """Time the smallest model, from which the others are estimated."""
        self._begin(MEASURING, "downloads.measure", argument=False)

    def pause(self) -> None:
        """Stop what is being done; what has arrived is kept."""
        if self._call is not None:
            self._call.cancel()

    def choose(self, kind: str, choice: str) -> None:
        """Use a model, "auto" or "none" from now on, with a way back."""
        self._choose(kind, choice).finished.connect(self._offer_undo)

    def _choose(self, kind: str, choice: str) -> Call:
        call = self._context.engine.call("models.choose", kind, choice)
        call.finished.connect(self._tell_chosen)
        call.failed.connect(self._context.failed)
        return call

    def remove(self, model: str) -> None:
        """Remove a model, with a way back for an hour."""
        call = self._context.engine.call("models.remove", model)
        call.finished.connect(self._tell_removed)
        call.failed.connect(self._context.failed)

    def _begin(self, what: str, method: str, *, argument: bool = True) -> None:
        if self._call is not None:
            self._context.notice.emit(
                tr("One model at a time: wait until the other one is done, or pause it.")
            )
            return
        self.job, self.progress = what, None
        self.failures.pop(what, None)
        self._call = self._context.engine.call(method, *((what,) if argument else ()))
        self._call.emitted.connect(self._move_on)
        self._call.finished.connect(self._end)
        self._call.failed.connect(self._fail)
        self.job_changed.emit()

    @Slot(object)
    def _have(self, overview: ModelsOverview) -> None:
        self.overview = overview
        self.changed.emit()

    @Slot(object)
    def _move_on(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.progress = progress
            self.job_changed.emit()

    @Slot(object)
    def _end(self, name: str) -> None:
        self._finish()
        self._context.notice.emit(tr("{model} is ready.", model=name))
        self._context.models_changed.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        what = self.job
        self._finish()
        if failure.code != "cancelled":
            self.failures[what] = failure
            self.job_failed.emit(what, failure)
        self.refresh()

    def _finish(self) -> None:
        self._call = None
        self.job, self.progress = "", None
        self.job_changed.emit()

    @Slot(object)
    def _offer_undo(self, before: ChosenBefore) -> None:
        self._context.undoable.emit(
            tr("From now on another model is used."), partial(self._choose, before.kind, before.choice)
        )

    @Slot()
    def _tell_chosen(self) -> None:
        self._context.settings_changed.emit()
        self._context.models_changed.emit()

    @Slot(object)
    def _tell_removed(self, removed: RemovedModel) -> None:
        self._context.undoable.emit(
            tr("{model} was removed.", model=removed.name), partial(self._put_back, removed)
        )
        self._context.models_changed.emit()

    def _put_back(self, removed: RemovedModel) -> None:
        call = self._context.engine.call("models.put_back", removed)
        call.finished.connect(self._context.models_changed)
        call.failed.connect(self._context.failed)
