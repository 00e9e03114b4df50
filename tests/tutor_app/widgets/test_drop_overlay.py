"""What is seen while files are held over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tutor_app.widgets.drop_overlay import DropOverlay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.setAcceptDrops(True)
    made.show()
    return made


def enter(window: QWidget, url: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl(url)])
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)


def test_it_comes_with_files_and_goes_with_them(window: QWidget, theme: Theme) -> None:
    overlay = DropOverlay(theme, window)
    enter(window, "https://example.org/page")
    assert not overlay.isVisible()
    enter(window, "file:///home/ada/levers.pdf")
    assert overlay.isVisible()
    assert overlay.size() == window.size()
    window.resize(700, 400)
    assert overlay.size() == window.size()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not overlay.isVisible()


def test_it_goes_when_the_files_are_dropped(window: QWidget, theme: Theme) -> None:
    overlay = DropOverlay(theme, window)
    overlay.appear()
    data = QMimeData()
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    overlay.eventFilter(window, event)
    assert not overlay.isVisible()
