"""Drives the real window as a person would: by its controls, waiting for what can be seen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget

from tutor_app.application import TutorApplication, WindowSession
from tutor_app.place import Page
from tutor_app.single_instance import SingleInstance

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from engine.paths import DataPaths
    from tutor_app.views.ask_view import AskView
    from tutor_app.views.home_view import HomeView
    from tutor_app.views.library_view import LibraryView
    from tutor_app.views.main_window import MainWindow
    from tutor_app.views.read_view import ReadView

LONG_MS = 20_000


class Driver:
    """One run of the window on a profile; the clicks and keys of a person."""

    def __init__(
        self,
        qtbot: QtBot,
        app: TutorApplication,
        paths: DataPaths,
        files: tuple[str, ...] = (),
        *,
        ahead_s: int = 0,
    ) -> None:
        self._qtbot = qtbot
        paths.root.mkdir(parents=True, exist_ok=True)
        is_new = not (paths.root / "window.ini").exists()
        self._session = WindowSession(app, paths, SingleInstance(paths.root), ahead_s=ahead_s)
        if is_new:
            self.window.resize(1280, 800)  # the screen of the offscreen platform is smaller
        self._session.start(list(files))
        self.clicks = 0
        self._ended = False
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def session(self) -> WindowSession:
        return self._session

    @property
    def window(self) -> MainWindow:
        return self._session.window

    @property
    def home(self) -> HomeView:
        return cast("HomeView", self.window.page(Page.HOME))

    @property
    def ask(self) -> AskView:
        return cast("AskView", self.window.page(Page.ASK))

    @property
    def read(self) -> ReadView:
        return cast("ReadView", self.window.page(Page.READ))

    @property
    def library(self) -> LibraryView:
        return cast("LibraryView", self.window.page(Page.LIBRARY))

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=LONG_MS)

    def click(self, button: QAbstractButton) -> None:
        """A click of the mouse, counted."""
        assert button.isVisible()
        assert button.isEnabled()
        self.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, text: str, into: QPlainTextEdit) -> None:
        QTest.keyClicks(into, text)

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        QTest.keyClick(on or self.window, key)

    def ask_question(self, question: str) -> None:
        """Type a question and press Enter."""
        edit = self.ask.composer.box.edit
        self.type(question, edit)
        self.press(Qt.Key.Key_Return, edit)
        self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Until the last turn has ended."""
        from tutor_app.controllers.chat_controller import Doing

        self.wait(lambda: bool(self.ask.conversation.turns) and self.ask.chat.doing is Doing.NOTHING)

    def answer(self) -> str:
        """The text of the last answer."""
        from tutor_app.richtext.plain import to_plain

        return to_plain(self.ask.conversation.turns[-1].body.rich_text())

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        """The button with this text or accessible name, once it can be seen."""

        def found() -> list[QAbstractButton]:
            return [
                button
                for button in (within or self.window).findChildren(QAbstractButton)
                if button.isVisible() and name in (button.text().strip(), button.accessibleName())
            ]

        self.wait(lambda: bool(found()))
        return found()[0]

    def shot(self, name: str) -> Path | None:
        """A picture of the window, where LLM_TUTOR_SHOTS names a folder for them."""
        folder = os.environ.get("LLM_TUTOR_SHOTS")
        if not folder:
            return None
        QApplication.processEvents()  # what was just put there is laid out
        path = Path(folder) / f"{name}.png"
        self.window.grab().save(str(path))
        return path

    def end(self) -> None:
        """Close the window, once."""
        if self._ended:
            return
        self._ended = True
        self.window.close()
        self._session.end()
        for made in (self.window, self._session):
            made.deleteLater()
            QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
