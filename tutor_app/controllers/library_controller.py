"""What is in the library, read anew when it changes; removing, with a way back; details."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.i18n import tr
from tutor_app.services.holdings import HoldingKind
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.holdings import Example, Holding, HoldingDetails
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure


class LibraryController(QObject):
    """One a window's context: ``LibraryController.of(context)``.

    Signals:
        changed: ``holdings`` are others, or it is now known that there are none.
        examples_changed: ``examples`` are others.
        details: the ``HoldingDetails`` that were asked for.
        questions: id of a document, and each ``MadeQuestion`` about it.

    Attributes:
        holdings: as they were last read; None before.
        failure: why they could not be read.
    """

    changed = Signal()
    examples_changed = Signal()
    details = Signal(object)
    questions = Signal(str, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self.holdings: tuple[Holding, ...] | None = None
        self.examples: tuple[Example, ...] = ()
        self.failure: Failure | None = None
        self._removing: set[str] = set()
        self._example_packs: frozenset[str] = frozenset()
        self._reading = LatestCall(context.engine, self)
        self._reading.finished.connect(self._have)
        self._reading.failed.connect(self._fail)
        self._details = LatestCall(context.engine, self)
        self._details.finished.connect(self._have_details)
        self._details.failed.connect(self._fail_details)
        context.packs_changed.connect(self.refresh)
        context.models_changed.connect(self.refresh)

    @staticmethod
    def of(context: AppContext) -> LibraryController:
        """The one of ``context``."""
        return context.findChild(LibraryController) or LibraryController(context)

    @Slot()
    def refresh(self) -> None:
        """Read what is there."""
        self._reading.ask("library.holdings")

    def ask_details(self, pack: str) -> None:
        """Read everything about ``pack``."""
        self._details.ask("library.details", pack)

    def ask_questions(self, pack: str) -> None:
        """Read which questions were made about the document ``pack``."""
        self._show_questions(pack, self._context.engine.call("made_questions.of", pack))

    def judge_question(self, pack: str, item: str, judgement: str) -> None:
        """Keep a question that was made about a document, or drop it, with a way back."""
        self._show_questions(pack, self._context.engine.call("made_questions.judge", pack, item, judgement))
        if judgement == "dropped":
            self._context.undoable.emit(
                tr("That question is not asked any more."), partial(self.judge_question, pack, item, "open")
            )

    def _show_questions(self, pack: str, call: Call) -> None:
        call.finished.connect(partial(self.questions.emit, pack))
        call.failed.connect(self._context.failed)

    def remove(self, holding: Holding) -> None:
        """Take it out of the library. It is gone from the screen at once, and can be put back for a day."""
        self._removing.add(holding.id)
        self._show(tuple(kept for kept in self.holdings or () if kept.id != holding.id))
        call = self._context.engine.call("library.remove", holding.id)
        call.finished.connect(partial(self._removed, holding))
        call.failed.connect(partial(self._not_removed, holding.id))

    def put_back(self, pack: str) -> None:
        """Undo ``remove``."""
        call = self._context.engine.call("library.put_back", pack)
        call.finished.connect(self._context.packs_changed)
        call.failed.connect(self._context.failed)

    def _removed(self, holding: Holding, _nothing: object) -> None:
        self._removing.discard(holding.id)
        self._context.packs_changed.emit()
        self._context.undoable.emit(
            tr("“{title}” was removed.", title=holding.title), partial(self.put_back, holding.id)
        )

    def _not_removed(self, pack: str, failure: object) -> None:
        self._removing.discard(pack)
        self._context.failed.emit(failure)
        self.refresh()

    @Slot(object)
    def _have(self, holdings: tuple[Holding, ...]) -> None:
        recovered, self.failure = self.failure is not None, None
        packs = frozenset(holding.id for holding in holdings if holding.kind is HoldingKind.PACK)
        if packs != self._example_packs:
            self._example_packs = packs
            self._context.engine.call("library.examples").finished.connect(self._have_examples)
        self._show(tuple(holding for holding in holdings if holding.id not in self._removing))
        if recovered:
            self.changed.emit()

    def _show(self, holdings: tuple[Holding, ...]) -> None:
        if holdings != self.holdings:
            self.holdings = holdings
            self.changed.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self.failure = failure
        self.changed.emit()

    @Slot(object)
    def _have_examples(self, examples: tuple[Example, ...]) -> None:
        if examples != self.examples:
            self.examples = examples
            self.examples_changed.emit()

    @Slot(object)
    def _have_details(self, details: HoldingDetails) -> None:
        self.details.emit(details)

    @Slot(object)
    def _fail_details(self, failure: Failure) -> None:
        self._context.failed.emit(failure)
