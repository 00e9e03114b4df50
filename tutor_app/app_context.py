"""What every page of one window shares. Handed to constructors; there is no global one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.window_state import FILE, WindowState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.paths import DataPaths
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.engine import Engine
    from tutor_app.workers.long_work import LongWork


class AppContext(QObject):
    """The profile, its engine, its looks, and the news that concern more than one page.

    Args:
        paths: the profile's data folder.
        preferences: what was chosen about looks.
        theme: the looks.
        ahead_s: seconds that the engine's clock is ahead of the computer's. Only a test that is to see tomorrow gives
            it: no command, setting or variable does.

    Signals:
        go: a ``Place`` to show.
        notice: a sentence to show for a few seconds.
        undoable: a sentence, and what to call if the learner wants it undone.
        failed: a ``Failure`` to show until it is dismissed.
        packs_changed: packs or documents came, went, or can be searched better.
        models_changed: model files came, went, or another one is chosen.
        settings_changed: the engine's settings were saved.
        status_changed: a line for the foot of the navigation, such as which model words the answers.
        conversations_changed: a conversation was begun, asked in, renamed, deleted …
        practised: a question was answered, put off, voided or brought back: what is known of the learner is another.
        working: a ``LongWork`` to show until it has ended.
        replaced: the learner's data is another, and the engine is held: the window begins anew. A sentence to show
            then, and whether what it keeps of the learner is to be forgotten.

    Attributes:
        unclean: whether the last run of this profile did not end properly.
        under_way: each ``LongWork`` that has not ended: a window that is built meanwhile shows it, too.
    """

    go = Signal(object)
    notice = Signal(str)
    undoable = Signal(str, object)
    failed = Signal(object)
    packs_changed = Signal()
    models_changed = Signal()
    settings_changed = Signal()
    status_changed = Signal(str)
    conversations_changed = Signal()
    practised = Signal()
    working = Signal(object)
    replaced = Signal(str, bool)

    def __init__(
        self, paths: DataPaths, preferences: PreferenceStore, theme: Theme, *, ahead_s: int = 0
    ) -> None:
        super().__init__()
        self.unclean = False
        self.under_way: list[LongWork] = []
        self.paths = paths
        self.preferences = preferences
        self.theme = theme
        self._ahead_s = ahead_s
        self._engine: Engine | None = None
        self.state = WindowState(paths.root / FILE)

    @property
    def engine(self) -> Engine:
        """The engine's processes. Not needed, and not imported, before the first paint."""
        if self._engine is None:
            from tutor_app.workers.engine import Engine

            self._engine = Engine(self.paths.root, self, ahead_s=self._ahead_s)
            self._engine.crashed.connect(self.failed)
        return self._engine

    def start_work(self, title: Callable[[], str], method: str, *arguments: Any) -> LongWork:
        """Call the engine's ``method``, which may take long; emit ``working`` with what comes back to show it."""
        from tutor_app.workers.long_work import LongWork

        work = LongWork(title, self.engine.call(method, *arguments), self)
        self.under_way.append(work)
        work.ended.connect(self._forget_work)
        return work

    @Slot()
    def _forget_work(self) -> None:
        self.under_way.remove(cast("LongWork", self.sender()))

    def close(self) -> None:
        """Write what is to be remembered, and end the engine."""
        self.state.flush()
        if self._engine is not None:
            self._engine.close()
