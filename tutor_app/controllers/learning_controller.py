"""How far one has come, and the plan: read when a tab is shown, changed with a way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.learning_facts import PlanChoice, PlanFacts, ProgressFacts, SkillMap


class LearningController(QObject):
    """Each tab has one of its own.

    Signals:
        map_read: a ``SkillMap``.
        progress_read: a ``ProgressFacts``.
        plan_read: a ``PlanFacts``.
        failed: a ``Failure``: what was asked for cannot be shown.

    Attributes:
        pack: id of the pack that was asked for last; "" for none in particular.
        plan: the plan as it was last read; None before.
    """

    map_read = Signal(object)
    progress_read = Signal(object)
    plan_read = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.pack = ""
        self.plan: PlanFacts | None = None
        self._map = self._latest(self._have_map)
        self._progress = self._latest(self._have_progress)
        self._plan = self._latest(self._have_plan)
        self._passage = LatestCall(context.engine, self)
        self._passage.finished.connect(self._go_read)
        self._passage.failed.connect(context.failed)
        self._wanted_pack = ""

    def read_map(self, pack: str = "") -> None:
        """Read the map of ``pack``; of the one practised last by default."""
        self.pack = pack
        self._map.ask("learning.skill_map", pack)

    def read_progress(self, pack: str = "") -> None:
        """Read the figures of ``pack``; of all by default."""
        self.pack = pack
        self._progress.ask("learning.progress", pack)

    def read_plan(self) -> None:
        """Read the plan."""
        self._plan.ask("learning.plan")

    def practise(self, pack: str, skill: str) -> None:
        """Go and practise a skill."""
        self._context.go.emit(Place(Page.PRACTICE, part="practise", pack=pack, skill=skill, aim="skill"))

    def read_about(self, pack: str, skill: str) -> None:
        """Go to where a skill is explained."""
        self._wanted_pack = pack
        self._passage.ask("learning.passage", pack, skill)

    def void(self, question: str) -> None:
        """Have a question not count, with a way back."""
        self._change_question("learning.void", question)
        self._context.undoable.emit(
            tr("That question does not count any more."), partial(self.restore, question)
        )

    def restore(self, question: str) -> None:
        """Have a question count again."""
        self._change_question("learning.restore", question)

    def change_plan(self, wanted: PlanChoice) -> None:
        """Keep another plan at once, with a way back."""
        before = self.plan.plan if self.plan is not None else None
        if before is None or wanted == before:
            return
        self._plan.ask("learning.change_plan", wanted)
        self._context.undoable.emit(tr("The plan was changed."), partial(self._take_back, before))

    def _take_back(self, plan: PlanChoice) -> None:
        self._plan.ask("learning.change_plan", plan)

    def _latest(self, finished: object) -> LatestCall:
        call = LatestCall(self._context.engine, self)
        call.finished.connect(finished)
        call.failed.connect(self.failed)
        return call

    def _change_question(self, method: str, question: str) -> None:
        call = self._context.engine.call(method, question)
        call.finished.connect(self._read_again)
        call.failed.connect(self._context.failed)

    @Slot()
    def _read_again(self) -> None:
        self.read_progress(self.pack)

    @Slot(object)
    def _have_map(self, found: SkillMap) -> None:
        self.map_read.emit(found)

    @Slot(object)
    def _have_progress(self, found: ProgressFacts) -> None:
        self.progress_read.emit(found)

    @Slot(object)
    def _have_plan(self, found: PlanFacts) -> None:
        self.plan = found
        self.plan_read.emit(found)

    @Slot(object)
    def _go_read(self, passage: str) -> None:
        self._context.go.emit(Place(Page.READ, pack=self._wanted_pack, passage=passage))
