"""Every page in the pseudo-language: all that it says is marked, and there is room for longer words."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from tests.docs.pages import ROOT
from tests.tutor_app.pseudo import PseudoTranslations
from tests.tutor_app.widget_texts import cut, unmarked
from tutor_app import i18n
from tutor_app.place import Page, Place
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.views.main_window import MainWindow

_SIZES = [(1280, 800), (960, 600)]
_PLACES = [*map(Place, Page), *(Place(Page.PRACTICE, part=part) for part in ("map", "progress", "plan"))]


@pytest.fixture(params=[False, True], ids=["pseudo", "mirrored"])
def pseudo(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    i18n.install(PseudoTranslations(mirrored=request.param))
    _end_windows()
    if request.param:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    _end_windows()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    i18n.install(i18n.load("en"))


def _end_windows() -> None:
    """One that is closed, but still there, would be laid out anew in the other direction, which takes seconds."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _window(qtbot: QtBot, context: AppContext, size: tuple[int, int]) -> MainWindow:
    from tutor_app.views.main_window import MainWindow

    window = MainWindow(context)
    qtbot.addWidget(window)
    window.resize(*size)
    return window


def _settle(qtbot: QtBot, context: AppContext) -> None:
    """Wait until a page has what it asked the engine for."""
    for _ in range(3):  # what has arrived may ask for more
        qtbot.waitUntil(lambda: not any(map(context.engine.busy, Process)), timeout=20_000)
        qtbot.wait(20)


@cache
def _written_by_authors() -> frozenset[str]:
    """What the starter packs say about themselves, their headings and their questions."""
    texts: set[str] = set()
    for file in (ROOT / "assets" / "packs").rglob("*.json"):
        texts.update(_strings(json.loads(file.read_text(encoding="utf-8"))))
    for file in (ROOT / "assets" / "packs").rglob("*.md"):
        heads = re.findall(r"^#+ (.+?)(?: \{.*\})?$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        texts.update(heads)
    return frozenset(text for text in texts if len(text) > 3)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_page_says_nothing_that_no_translation_reaches(
    qtbot: QtBot, prepared_context: AppContext, pseudo: None, size: tuple[int, int]
) -> None:
    window = _window(qtbot, prepared_context, size)
    found = {}
    for place in _PLACES:
        window.open(place)
        window.show()
        _settle(qtbot, prepared_context)
        found[place] = (unmarked(window, _written_by_authors() | {"LLM Tutor"}), cut(window))
    assert found == {place: ([], []) for place in _PLACES}
