"""Drives a sitting of practice as a person would, with a small pack and the real engine process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.tutor_app.practice_profile import pose
from tutor_app.place import Page, Place
from tutor_app.views.practice_sitting import PracticeSitting
from tutor_app.widgets.answer_typed import AnswerLine
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 20_000


def made(qtbot: QtBot, context: AppContext, place: Place | None = None) -> PracticeSitting:
    sitting = PracticeSitting(context)
    qtbot.addWidget(sitting)
    sitting.resize(1100, 700)
    with qtbot.waitActive(sitting):
        sitting.show()
        sitting.activateWindow()
    sitting.open(place or Place(Page.PRACTICE))
    settle(qtbot, context)
    return sitting


def settle(qtbot: QtBot, context: AppContext) -> None:
    for _ in range(2):  # what has arrived may ask for more
        qtbot.waitUntil(lambda: not any(map(context.engine.busy, Process)), timeout=WAIT_MS)
        qtbot.wait(40)


def asked(qtbot: QtBot, context: AppContext, item: str, mode: str = "practice") -> PracticeSitting:
    pose(context.paths, item, mode=mode)
    return made(qtbot, context)


def field(sitting: PracticeSitting) -> AnswerLine:
    found = sitting.question.steps[-1].input
    assert isinstance(found, AnswerLine)
    return found


def type_answer(qtbot: QtBot, context: AppContext, sitting: PracticeSitting, text: str) -> None:
    line = field(sitting).field
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, context)


def button(within: QWidget, name: str) -> QAbstractButton:
    return next(
        it
        for it in within.findChildren(QAbstractButton)
        if it.isVisible() and name in (it.text(), it.accessibleName())
    )


def seen(within: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [it for it in within.findChildren(kind) if it.isVisible()]
