"""Makes the pictures of the README anew: `python docs/make_screenshots.py PROFILE`, on a prepared profile.

PROFILE is copied; the questions that are asked for the pictures are thrown away.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.paths import DataPaths
from tutor_app.application import TutorApplication, WindowSession
from tutor_app.place import Page, Place
from tutor_app.preferences import ThemeChoice
from tutor_app.single_instance import SingleInstance
from tutor_app.views.practice_tabs import Tab

IMAGES = Path(__file__).resolve().parent / "images"
_SIZE = (1280, 800)
_SHOWN_WIDTH = 760
_LONGEST_S = 60


def main(profile: Path) -> None:
    """Show each page, and keep its picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "home"
        root.mkdir()
        (root / "models").symlink_to((profile / "models").absolute(), target_is_directory=True)
        shutil.copytree(profile / "packs", root / "packs")
        session = WindowSession(TutorApplication(["llm-tutor"]), DataPaths(root), SingleInstance(root))
        session.start([])
        window = session.window
        window.resize(*_SIZE)
        home = window.page(Page.HOME)
        _wait(lambda: home.shelf is not None and bool(home.shelf._library.examples))  # type: ignore[attr-defined]
        _keep(window, "home")
        window.open(Place(Page.ASK, question="Why do leaves look green?", send=True))
        ask = window.page(Page.ASK)
        ended: list[object] = []
        ask.chat.ended.connect(ended.append)  # type: ignore[attr-defined]
        _wait(lambda: bool(ended))
        turn = ask.conversation.turns[0]  # type: ignore[attr-defined]
        turn.source_opened.emit(turn._sources[0])
        _wait(lambda: ask.source.panel.page() is not None)  # type: ignore[attr-defined]
        _keep(window, "ask")
        read = window.page(Page.READ)
        window.open(Place(Page.READ))
        _wait(lambda: bool(read.reader.books))  # type: ignore[attr-defined]
        window.open(Place(Page.READ, pack=read.reader.books[1].id))  # type: ignore[attr-defined]
        _wait(lambda: bool(read.book._text.views()))  # type: ignore[attr-defined]
        _keep(window, "read")
        practice = window.page(Page.PRACTICE)
        window.open(Place(Page.PRACTICE, aim="learn", pack="org.llm-tutor.algebra"))
        sitting = practice.tab(Tab.PRACTISE)  # type: ignore[attr-defined]
        _wait(lambda: sitting.practice.question is not None)
        _keep(window, "practise")
        session._preferences.change(theme=ThemeChoice.DARK)
        window.open(Place(Page.MODELS))
        models = window.page(Page.MODELS)
        _wait(lambda: models.models.overview is not None)  # type: ignore[attr-defined]
        _keep(window, "models")
        window.close()
        session.end()


def _keep(window: QWidget, name: str) -> None:
    QTest.qWait(1500)
    picture = window.grab().scaledToWidth(_SHOWN_WIDTH, Qt.TransformationMode.SmoothTransformation)
    picture.save(str(IMAGES / f"{name}.png"))


def _wait(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST_S
    while not ready() and time.monotonic() < end:
        QTest.qWait(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
