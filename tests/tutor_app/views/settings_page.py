"""The settings as tests open and press them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tutor_app.place import Page, Place
from tutor_app.views.settings_view import SettingsView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 20_000


def shown(qtbot: QtBot, context: AppContext, part: str) -> SettingsView:
    view = SettingsView(context)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.open(Place(Page.SETTINGS, part=part))
    view.show()
    return view


def press(inside: QWidget, name: str) -> None:
    for made in inside.findChildren(QPushButton):
        if name in (made.text(), made.accessibleName()) and made.isVisible():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton)
            return
    pytest.fail(f"there is no button {name!r}")


def visible_texts(inside: QWidget) -> list[str]:
    return [line.text() for line in inside.findChildren(QLabel) if line.isVisible()]
