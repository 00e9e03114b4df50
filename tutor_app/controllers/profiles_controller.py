"""The profiles of this computer, making one, and opening another one in a window of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from tutor_app.controllers.latest_call import LatestCall
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.kept import KnownProfile


class ProfilesController(QObject):
    """One a window's context: ``ProfilesController.of(context)``.

    Signals:
        changed: ``profiles`` are others, or are known now.
        refused: a ``Failure``: the profile could not be made.
        created: the ``KnownProfile`` that was made.
        left: another profile's window was started; this one is to be closed.

    Attributes:
        profiles: the standard one first; empty before they are known.
    """

    changed = Signal()
    refused = Signal(object)
    created = Signal(object)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self.profiles: tuple[KnownProfile, ...] = ()
        self._reading = LatestCall(context.engine, self)
        self._reading.finished.connect(self._have)
        self._reading.failed.connect(context.failed)
        self._next = ""

    @staticmethod
    def of(context: AppContext) -> ProfilesController:
        """The one of ``context``."""
        return context.findChild(ProfilesController) or ProfilesController(context)

    @Slot()
    def refresh(self) -> None:
        """Read which profiles there are."""
        self._reading.ask("profiles.known")

    def create(self, name: str) -> None:
        """Make an empty profile."""
        call = self._context.engine.call("profiles.create", name)
        call.finished.connect(self._have_created)
        call.failed.connect(self.refused)

    def switch(self, folder: str) -> None:
        """Open the profile in ``folder``, once the present one is sure to be found again."""
        self._next = folder
        call = self._context.engine.call("profiles.remember")
        call.finished.connect(self._leave)
        call.failed.connect(self._leave)

    @Slot(object)
    def _have(self, profiles: tuple[KnownProfile, ...]) -> None:
        self.profiles = profiles
        self.changed.emit()

    @Slot(object)
    def _have_created(self, profile: KnownProfile) -> None:
        self.refresh()
        self.created.emit(profile)

    @Slot(object)
    def _leave(self, _result: object) -> None:
        program, *arguments = [*_own_command(), "--profile", self._next]
        started, _number = QProcess.startDetached(program, arguments)
        if started:
            self.left.emit()
        else:
            self._context.failed.emit(
                Failure(
                    "The other profile could not be opened.", "Start LLM Tutor again, then try once more."
                )
            )


def _own_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "tutor_app"]
