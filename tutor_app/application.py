"""The window's program: from the command line to the event loop, in the order that shows something soonest.

Before the first paint only what is painted is imported; the engine's process is started by the first call, which
comes after it. ``tests/architecture/test_window_start.py`` guards the list.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Slot
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication

from engine.errors import StorageBusyError
from engine.paths import asset_path
from tutor_app import i18n
from tutor_app.app_context import AppContext
from tutor_app.crash import CrashGuard
from tutor_app.place import Page, Place
from tutor_app.preferences import Preferences, PreferenceStore
from tutor_app.qt_numbers import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from tutor_app.quick_start import calm_down
from tutor_app.single_instance import SingleInstance
from tutor_app.theme.fonts import load_slanted_fonts
from tutor_app.theme.theme import Theme
from tutor_app.theme.tokens import CONTRAST, DARK, LIGHT
from tutor_app.views.main_window import MainWindow
from tutor_app.window_state import FILE, WindowState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent

    from engine.paths import DataPaths
    from tutor_app.termination import Termination
    from tutor_app.theme.tokens import Colours
    from tutor_app.workers.messages import Failure

_LATEST_MS = 5000  # a window that is started minimised is not painted, and hears of later starts all the same
_QUIET_MS = 1500  # after the first paint, when what the page needs has been asked for
_SWITCH_INTERVAL_S = 0.001
_HALF = 128  # of the lightness of a colour
_CLOSING_MS = 8000  # a window that is being closed stores what it has


def run(paths: DataPaths, files: list[str]) -> int:
    """Show the window of a profile until it is closed; returns the exit code.

    Args:
        paths: the profile's data folder.
        files: documents and packs to import.

    Raises:
        StorageBusyError: the profile is open on another computer, or in a window that does not answer.
    """
    kind = OpeningApplication if sys.platform == "darwin" else TutorApplication
    app = kind(sys.argv[:1])
    try:
        return _run(app, paths, files)
    except StorageBusyError as error:
        from PySide6.QtWidgets import QMessageBox

        # Somebody who started it from the desktop has no terminal to read.
        box = QMessageBox(QMessageBox.Icon.Warning, "LLM Tutor", i18n.tr_engine(error.what))
        box.setInformativeText(i18n.tr_engine(error.todo))
        box.finished.connect(app.quit)
        box.open()
        app.exec()
        raise


def _run(app: TutorApplication, paths: DataPaths, files: list[str]) -> int:
    with contextlib.suppress(OSError):  # what cannot be written to is reported where something is stored
        paths.root.mkdir(parents=True, exist_ok=True)
    instance = SingleInstance(paths.root)
    if not instance.take():
        if instance.hand_over(files):
            return 0
        if not instance.take(wait_ms=_CLOSING_MS):
            raise StorageBusyError(
                "LLM Tutor is open already, and does not answer.", todo="Close it, then start it again."
            )
    session = WindowSession(app, paths, instance)
    session.start(files)
    code = app.exec()
    session.end()
    return code


class TutorApplication(QApplication):
    """The application.

    Attributes:
        window: what it shows.
        seems_dark: whether the colours that the system gave it are those of a dark desktop.
    """

    def __init__(self, arguments: list[str]) -> None:
        # By the command line: asking QStyleFactory would import all names of QStyle, which takes longer than painting.
        super().__init__([*arguments, "-style", "Fusion"])
        self.setApplicationName("llm-tutor")
        self.setApplicationDisplayName("LLM Tutor")
        self.setDesktopFileName("llm-tutor")
        self.window: MainWindow | None = None
        self.seems_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < _HALF
        sys.setswitchinterval(_SWITCH_INTERVAL_S)


class OpeningApplication(TutorApplication):
    """On macOS the system gives it files to open by an event. Elsewhere no event takes the way through Python."""

    def event(self, event: QEvent) -> bool:
        """Open files that the system hands over."""
        from PySide6.QtGui import QFileOpenEvent

        if isinstance(event, QFileOpenEvent) and self.window is not None:
            self.window.import_files([event.file()])
            return True
        return super().event(event)


class WindowSession(QObject):
    """One run of the window on one profile. The window is built anew when its language or the learner's data changes.

    Args:
        app: the application.
        paths: the profile's data folder.
        instance: holds the profile.
        ahead_s: see ``AppContext``.

    Attributes:
        context: what the window's pages share.
        window: the window as it is now.
    """

    def __init__(
        self, app: TutorApplication, paths: DataPaths, instance: SingleInstance, *, ahead_s: int = 0
    ) -> None:
        super().__init__(app)
        self._app = app
        self._instance = instance
        self._guard = CrashGuard(paths, self)
        self._preferences = PreferenceStore(paths.root / "preferences.json", self)
        self._language = self._preferences.now.language
        self._translator: QTranslator | None = None
        self._speak()
        self._theme = Theme(app, self._preferences, system=self._seemingly_wanted(paths))
        self._new_context = partial(AppContext, paths, self._preferences, self._theme, ahead_s=ahead_s)
        self.context = self._new_context()
        self.context.unclean = self._guard.unclean
        self._files: list[str] = []
        self._termination: Termination | None = None
        self._gone_on = False
        self._steps: list[Callable[[], object]] = []
        self.window = MainWindow(self.context)
        app.window = self.window

    def start(self, files: list[str]) -> None:
        """Show the window; on its first page, what was being done last is one click away."""
        self._files = files
        self._end_on_signals()
        self._guard.begin()
        self.window.painted.connect(self._go_on)
        self._preferences.changed.connect(self._speak_anew)
        self._guard.failed.connect(self._tell_fault)
        self.context.replaced.connect(self._begin_anew)
        self._instance.called.connect(self._come_forward)
        self.window.open(Place(Page.HOME))
        self.window.show()
        QTimer.singleShot(_LATEST_MS, self, self._go_on)

    @Slot()
    def close(self) -> None:
        """Close the window, and with it the program."""
        self.window.close()
        self._app.quit()

    def end(self) -> None:
        """End what runs for the window."""
        if self._termination is not None:
            self._termination.close()
        self.context.close()
        self._guard.end()
        self._instance.release()

    @Slot()
    def _go_on(self) -> None:
        """What can wait until the first paint, each in a turn of the event loop of its own. Once."""
        if self._gone_on:
            return
        self._gone_on = True
        self._steps = [
            calm_down,
            self._theme.follow_system,
            load_slanted_fonts,
            self._import_files,
            self._count_in_its_way,
            self._show_icon,
            self._instance.listen,
        ]
        QTimer.singleShot(0, self._take_step)

    @Slot()
    def _take_step(self) -> None:
        self._steps.pop(0)()
        if self._steps:
            QTimer.singleShot(1, self._take_step)
        else:
            QTimer.singleShot(_QUIET_MS, self._warm)

    def _seemingly_wanted(self, paths: DataPaths) -> Colours:
        """What the system wants, as far as that can be told before the first paint; see ``Theme.follow_system``."""
        if WindowState(paths.root / FILE).contrast():
            return CONTRAST
        return DARK if self._app.seems_dark else LIGHT

    def _import_files(self) -> None:
        if self._files:
            self.window.import_files(self._files)
            self._files = []

    def _end_on_signals(self) -> None:
        if sys.platform == "win32":
            return
        from tutor_app.termination import Termination

        self._termination = Termination(self)
        self._termination.asked.connect(self.close)

    def _show_icon(self) -> None:
        self._app.setWindowIcon(QIcon(str(asset_path("icons", "app.svg"))))

    @Slot()
    def _warm(self) -> None:
        self.context.engine.call("reader.warm")
        self.window.import_ahead()

    @Slot(list)
    def _come_forward(self, files: list[str]) -> None:
        from PySide6.QtCore import Qt

        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if files:
            self.window.import_files(files)

    @Slot(object)
    def _speak_anew(self, preferences: Preferences) -> None:
        if preferences.language == self._language:
            return
        self._language = preferences.language
        self._speak()
        self._count_in_its_way()
        place, old = self.window.place(), self.window
        old.keep_state()
        self.window = self._app.window = MainWindow(self.context)
        self.window.open(place or Place(Page.HOME))
        self.window.show()
        old.deleteLater()

    @Slot(object)
    def _tell_fault(self, failure: Failure) -> None:
        self.context.failed.emit(failure)

    @Slot(str, bool)
    def _begin_anew(self, told: str, forgets: bool) -> None:
        """The data is another: nothing that any page knew holds. Not while a page is at work that asked for it."""
        QTimer.singleShot(0, partial(self._open_anew, told, forgets))

    def _open_anew(self, told: str, forgets: bool) -> None:
        old, before = self.window, self.context
        old.keep_state()
        if forgets:
            before.state.forget()
            self._preferences.change(name="")
            self._guard.end()  # its report lay in the folder that was erased
            self._guard.begin()
        self.context = self._new_context()
        self.context.replaced.connect(self._begin_anew)
        self.window = self._app.window = MainWindow(self.context)
        self.window.open(Place(Page.HOME))
        self.window.show()
        self.context.notice.emit(told)
        old.hide()
        old.deleteLater()
        before.close()
        before.deleteLater()
        QTimer.singleShot(_QUIET_MS, self._warm)

    def _count_in_its_way(self) -> None:
        """Numbers and dates as the language writes them. QLocale's many names take long to import."""
        from PySide6.QtCore import QLocale

        QLocale.setDefault(QLocale(self._spoken))

    def _speak(self) -> None:
        """Use the chosen language, its direction and Qt's own words in it."""
        wanted = self._preferences.now.language
        language = wanted or i18n.system_language(_system_languages())
        mirrored = language in i18n.RIGHT_TO_LEFT
        i18n.install(i18n.load(language), right_to_left=mirrored)
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)
        self._app.setProperty("layoutDirection", RIGHT_TO_LEFT if mirrored else LEFT_TO_RIGHT)
        self._spoken = language


def _system_languages() -> list[str]:
    """What the system speaks, the best first. QLocale takes long to import: it is asked where nothing else tells."""
    named = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    told = [code for value in named for code in value.split(":") if code]
    if told:
        return told
    from PySide6.QtCore import QLocale

    return list(QLocale.system().uiLanguages())
