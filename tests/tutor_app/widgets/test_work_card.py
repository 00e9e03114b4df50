"""Long work on a card: there once it has taken a while, and gone with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from engine.types import Progress
from tutor_app.widgets.work_card import WorkCard
from tutor_app.workers.long_work import LongWork
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.application import TutorApplication
    from tutor_app.theme.theme import Theme


class Asked(QObject):
    """What a call looks like from outside."""

    emitted = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cancels = 0

    def cancel(self) -> None:
        self.cancels += 1


@pytest.fixture
def call() -> Asked:
    return Asked()


@pytest.fixture
def work(qapp: TutorApplication, call: Asked) -> LongWork:
    return LongWork(lambda: "Saving a file", call, qapp)  # type: ignore[arg-type]


@pytest.fixture
def card(qtbot: QtBot, theme: Theme, work: LongWork) -> WorkCard:
    made = WorkCard(theme, work, "You can go on.")
    qtbot.addWidget(made)
    return made


def test_what_is_quick_is_not_shown(card: WorkCard, call: Asked) -> None:
    call.finished.emit(3)
    assert not card.isVisible()
    assert not card._patience.isActive()


def test_what_takes_long_shows_how_far_it_is_and_goes_with_its_end(
    qtbot: QtBot, card: WorkCard, call: Asked, work: LongWork
) -> None:
    qtbot.waitUntil(card.isVisible)
    call.emitted.emit(Progress("Events", 150, 300, "lines"))
    shown = [made.text() for made in card.findChildren(QLabel)]
    assert "150 of 300" in shown
    assert "You can go on." in shown
    results: list[object] = []
    work.finished.connect(results.append)
    call.finished.emit(3)
    assert results == [3]
    assert not card.isVisible()


def test_cancel_asks_once_and_is_no_failure(
    qtbot: QtBot, card: WorkCard, call: Asked, work: LongWork
) -> None:
    failures: list[object] = []
    work.failed.connect(failures.append)
    qtbot.waitUntil(card.isVisible)
    card.cancel_button.click()
    card.cancel_button.click()
    assert call.cancels == 1
    with qtbot.waitSignal(work.ended):
        call.failed.emit(Failure("Stopped.", code="cancelled"))
    assert failures == []


def test_a_failure_is_passed_on(card: WorkCard, call: Asked, work: LongWork) -> None:
    failures: list[object] = []
    work.failed.connect(failures.append)
    call.failed.emit(Failure("The disk is full.", "Free some space.", "storage.full"))
    assert failures == [Failure("The disk is full.", "Free some space.", "storage.full")]
