"""The engine's settings as the window knows them, backups, export and licences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import SettingsError
from engine.settings import Settings
from tutor_app.controllers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.kept import KeptBackup, LibraryLicence
    from tutor_app.workers.messages import Failure


class SettingsController(QObject):
    """One a window's context: ``SettingsController.of(context)``.

    Signals:
        changed: ``settings`` are others, or are known now.
        failed: a ``Failure``: the settings could not be read.
        backups_changed: ``backups`` are others, or are known now.
        backing_up: whether a backup is being made.
        exported: the number of lines that were written.
        exporting: whether an export is being written.
        licences_known: ``licences`` are known now.

    Attributes:
        settings: as they are; None before they are known.
        backups: newest first; None before they are known.
        licences: of the libraries; empty before they are known.
    """

    changed = Signal()
    failed = Signal(object)
    backups_changed = Signal()
    backing_up = Signal(bool)
    exported = Signal(int)
    exporting = Signal(bool)
    licences_known = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self.settings: Settings | None = None
        self.backups: tuple[KeptBackup, ...] | None = None
        self.licences: tuple[LibraryLicence, ...] = ()
        self._saving = 0
        self._loading = LatestCall(context.engine, self)
        self._loading.finished.connect(self._have)
        self._loading.failed.connect(self.failed)
        self._listing = LatestCall(context.engine, self)
        self._listing.finished.connect(self._have_backups)
        self._listing.failed.connect(context.failed)
        context.settings_changed.connect(self.refresh)
        context.models_changed.connect(self.refresh)

    @staticmethod
    def of(context: AppContext) -> SettingsController:
        """The one of ``context``."""
        return context.findChild(SettingsController) or SettingsController(context)

    @Slot()
    def refresh(self) -> None:
        """Read the settings."""
        if not self._saving:
            self._loading.ask("settings.load")

    def change(self, **values: object) -> SettingsError | None:
        """Change some settings, by name, at once and for later; returns why not, if a value is refused."""
        try:
            changed = replace(self.settings or Settings(), **values)  # type: ignore[arg-type]  # checks itself
        except SettingsError as error:
            return error
        if changed == self.settings:
            return None
        self._loading.cancel()
        self._saving += 1
        self.settings = changed
        self.changed.emit()
        call = self._context.engine.call("settings.change", values)
        call.finished.connect(self._saved)
        call.failed.connect(self._not_saved)
        return None

    @Slot()
    def refresh_backups(self) -> None:
        """Read which backups there are."""
        self._listing.ask("settings.backups")

    @Slot()
    def back_up(self) -> None:
        """Make a backup now."""
        self.backing_up.emit(True)
        call = self._context.engine.call("settings.back_up")
        call.finished.connect(self._backed_up)
        call.failed.connect(self._not_backed_up)

    def export(self, path: str) -> None:
        """Write everything that was said and done to the file ``path``."""
        self.exporting.emit(True)
        call = self._context.engine.call("settings.export", path)
        call.finished.connect(self._have_exported)
        call.failed.connect(self._not_exported)

    def ask_licences(self) -> None:
        """Find out which libraries are used, once."""
        if not self.licences:
            self._context.engine.call("settings.licences").finished.connect(self._have_licences)

    @Slot(object)
    def _have(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.changed.emit()

    @Slot(object)
    def _saved(self, _settings: Settings) -> None:
        self._saving -= 1
        if not self._saving:
            self._context.settings_changed.emit()

    @Slot(object)
    def _not_saved(self, failure: Failure) -> None:
        self._saving -= 1
        self._context.failed.emit(failure)
        self.refresh()

    @Slot(object)
    def _have_backups(self, backups: tuple[KeptBackup, ...]) -> None:
        self.backups = backups
        self.backups_changed.emit()

    @Slot(object)
    def _backed_up(self, _backup: KeptBackup) -> None:
        self.backing_up.emit(False)
        self.refresh_backups()

    @Slot(object)
    def _not_backed_up(self, failure: Failure) -> None:
        self.backing_up.emit(False)
        self._context.failed.emit(failure)

    @Slot(object)
    def _have_exported(self, lines: int) -> None:
        self.exporting.emit(False)
        self.exported.emit(lines)

    @Slot(object)
    def _not_exported(self, failure: Failure) -> None:
        self.exporting.emit(False)
        self._context.failed.emit(failure)

    @Slot(object)
    def _have_licences(self, licences: tuple[LibraryLicence, ...]) -> None:
        self.licences = licences
        self.licences_known.emit()
