"""Makes a new profile ready without a question asked: starter packs, then models, then the meaning of all packs.

Two things go on beside each other: packs (and their meaning) in the lane of documents, which gives way to imports;
and the models in the lane of downloads.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.types import Progress
from tutor_app.services.holdings import Preparedness, Preparing

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure


class Stage(StrEnum):
    """What is being done, as far as a learner is told."""

    LOOKING = "looking"
    PACKS = "packs"
    MODELS = "models"
    MEANING = "meaning"
    DONE = "done"


class PreparationController(QObject):
    """One a window's context: ``PreparationController.of(context)``. Nothing happens before ``begin``.

    Signals:
        changed: the stage, how far it is, or what went wrong.

    Attributes:
        failure: why it could not go on.
        paused: whether the learner holds the download.
        models_missing: whether answers are quotations until a model is here.
    """

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._told: dict[Stage, tuple[Preparing | None, Progress | None]] = {}
        self.failure: Failure | None = None
        self.paused = False
        self.models_missing = False
        self._begun = False
        self._packs: Call | None = None
        self._models: Call | None = None
        self._meaning: Call | None = None
        self._packs_done = False
        self._meaning_wanted = False
        self._gave_way = False
        context.models_changed.connect(self._look_at_meaning)

    @staticmethod
    def of(context: AppContext) -> PreparationController:
        """The one of ``context``."""
        return context.findChild(PreparationController) or PreparationController(context)

    @property
    def stage(self) -> Stage:
        """What is being done. What concerns the learner most comes first."""
        if not self._begun:
            return Stage.LOOKING
        if self._packs is not None:  # at most starts there is nothing to unpack, and nothing is told
            return Stage.PACKS if Stage.PACKS in self._told else Stage.LOOKING
        if self._models is not None or self.paused or (self.failure is not None and self.models_missing):
            return Stage.MODELS
        return Stage.MEANING if self._meaning is not None else Stage.DONE

    @property
    def now(self) -> Preparing | None:
        """The model or pack that is being prepared, as far as a learner is told."""
        return self._told.get(self.stage, (None, None))[0]

    @property
    def progress(self) -> Progress | None:
        """How far that is."""
        return self._told.get(self.stage, (None, None))[1]

    @property
    def unpacking(self) -> bool:
        """Whether packs are on their way that a question may be about."""
        return self._packs is not None

    @property
    def downloading(self) -> bool:
        """Whether a model is being fetched."""
        return self._models is not None

    def begin(self) -> None:
        """See what is missing, and get it. Once a window."""
        if not self._begun:
            self._begun = True
            self._get_packs()

    def try_again(self) -> None:
        """Go on after a failure or a pause."""
        self.failure, self.paused = None, False
        if not self._packs_done:
            self._get_packs()
        else:
            self._look()
        self.changed.emit()

    def pause(self) -> None:
        """Hold the download of models; what has arrived is kept."""
        if self._models is not None:
            self.paused = True
            self._models.cancel()
            self.changed.emit()

    def make_way(self) -> None:
        """Let an import go first."""
        if self._meaning is not None and not self._gave_way:
            self._gave_way = True
            self._meaning.cancel()

    def go_on(self) -> None:
        """The imports are done: read the meaning of what is new."""
        self._gave_way = False
        self._look_at_meaning()

    def _get_packs(self) -> None:
        self._packs = self._context.engine.call("preparation.packs")
        self._packs.emitted.connect(self._advance_packs)
        self._packs.finished.connect(self._have_packs)
        self._packs.failed.connect(self._fail_packs)
        self.changed.emit()

    @Slot(object)
    def _have_packs(self, changed: bool) -> None:
        self._packs, self._packs_done = None, True
        if changed:
            self._context.packs_changed.emit()
        self._look()

    @Slot(object)
    def _fail_packs(self, failure: Failure) -> None:
        self._packs, self.failure = None, failure
        self.changed.emit()

    def _look(self) -> None:
        call = self._context.engine.call("preparation.state")
        call.finished.connect(self._know)
        call.failed.connect(self._fail)
        self.changed.emit()

    @Slot(object)
    def _know(self, state: Preparedness) -> None:
        self.models_missing = bool(state.models)
        if state.models and self._models is None and not self.paused:
            self._get_models()
        if state.unfinished:
            self._look_at_meaning()
        self.changed.emit()

    def _get_models(self) -> None:
        self.failure = None
        self._told.pop(Stage.MODELS, None)
        self._models = self._context.engine.call("preparation_models.fetch")
        self._models.emitted.connect(self._advance_models)
        self._models.finished.connect(self._have_models)
        self._models.failed.connect(self._fail_models)

    @Slot(object)
    def _have_models(self, _count: int) -> None:
        self._models = None
        self.models_missing = False
        self._context.models_changed.emit()
        self.changed.emit()

    @Slot(object)
    def _fail_models(self, failure: Failure) -> None:
        self._models = None
        if failure.code != "cancelled":
            self.failure = failure
        self._context.models_changed.emit()  # one of two may have come
        self.changed.emit()

    @Slot()
    def _look_at_meaning(self) -> None:
        """Read what is new for its meaning; does nothing, quickly, where nothing is new or no model can."""
        if not self._packs_done or self._gave_way:
            return
        if self._meaning is not None:
            self._meaning_wanted = True
            return
        self._meaning = self._context.engine.call("preparation.vectors")
        self._meaning.emitted.connect(self._advance_meaning)
        self._meaning.finished.connect(self._have_meaning)
        self._meaning.failed.connect(self._fail_meaning)

    @Slot(object)
    def _have_meaning(self, count: int) -> None:
        self._end_meaning()
        if count:
            self._context.packs_changed.emit()

    @Slot(object)
    def _fail_meaning(self, failure: Failure) -> None:
        self._end_meaning()
        if failure.code != "cancelled":
            self.failure = self.failure or failure
            self.changed.emit()

    def _end_meaning(self) -> None:
        self._meaning = None
        self._told.pop(Stage.MEANING, None)
        wanted, self._meaning_wanted = self._meaning_wanted, False
        if wanted:
            self._look_at_meaning()
        self.changed.emit()

    @Slot(object)
    def _advance_packs(self, value: object) -> None:
        self._tell(Stage.PACKS, value)

    @Slot(object)
    def _advance_models(self, value: object) -> None:
        if isinstance(value, Preparing) and value.number > 1:
            self._context.models_changed.emit()  # the one before is here, and can be used
        self._tell(Stage.MODELS, value)

    @Slot(object)
    def _advance_meaning(self, value: object) -> None:
        if isinstance(value, Preparing) and value.number > 1:
            self._context.packs_changed.emit()
        self._tell(Stage.MEANING, value)

    def _tell(self, stage: Stage, value: object) -> None:
        """Keep what a call told, by its stage: two of them go on beside each other."""
        if isinstance(value, Preparing):
            self._told[stage] = (value, None)
        elif isinstance(value, Progress):
            self._told[stage] = (self._told.get(stage, (None, None))[0], value)
        self.changed.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self.failure = failure
        self.changed.emit()
