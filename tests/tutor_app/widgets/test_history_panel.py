"""The list of conversations under the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tutor_app.services.turns import ConversationEntry
from tutor_app.widgets.history_panel import HistoryPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

ENTRIES = tuple(ConversationEntry(name, name, datetime.now(UTC), False, name) for name in "abc")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> HistoryPanel:
    made = HistoryPanel(theme)
    qtbot.addWidget(made)
    made.show()
    show(made, ENTRIES)
    made.list.setFocus()
    return made


def show(panel: HistoryPanel, entries: Sequence[ConversationEntry]) -> None:
    panel.show_entries(entries, current="a", searched="")


def deleted(panel: HistoryPanel, qtbot: QtBot) -> str:
    with qtbot.waitSignal(panel.deleted) as signal:
        QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    return str(signal.args[0].id)


def test_after_a_change_the_keyboard_is_on_the_same_conversation(qtbot: QtBot, panel: HistoryPanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    show(panel, (ENTRIES[0], replace(ENTRIES[1], title="renamed"), ENTRIES[2]))
    assert deleted(panel, qtbot) == "b"


def test_after_one_is_gone_the_keyboard_is_on_the_next_or_the_last(qtbot: QtBot, panel: HistoryPanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    show(panel, (ENTRIES[0], ENTRIES[2]))
    assert deleted(panel, qtbot) == "c"
    show(panel, ENTRIES[:1])
    assert deleted(panel, qtbot) == "a"


def test_without_the_keyboard_the_open_conversation_is_chosen(qtbot: QtBot, panel: HistoryPanel) -> None:
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    panel.field.setFocus()
    show(panel, ENTRIES)
    assert deleted(panel, qtbot) == "a"
