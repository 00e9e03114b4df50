"""Cards in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from tutor_app.widgets.card_grid import CardGrid

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> CardGrid[str]:
    made = CardGrid(theme, QPushButton)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def texts(grid: CardGrid[str]) -> list[str]:
    return [card.text() for card in grid.cards() if isinstance(card, QPushButton)]


def test_all_cards_come_though_not_at_once(qtbot: QtBot, grid: CardGrid[str]) -> None:
    grid.show_things("abcdefg")
    assert 0 < len(grid.cards()) < 7
    qtbot.waitUntil(lambda: texts(grid) == list("abcdefg"))


def test_what_stays_keeps_its_card_and_its_turn(qtbot: QtBot, grid: CardGrid[str]) -> None:
    grid.show_things("ab")
    before = grid.cards()[0]
    grid.show_things("xaby")
    qtbot.waitUntil(lambda: texts(grid) == list("xaby"))
    first, second, *_ = grid.cards()
    assert second is before
    assert first.nextInFocusChain() is second, "Tab follows what one sees"
    qtbot.waitUntil(lambda: first.x() < second.x())


def test_what_is_gone_is_gone_though_it_was_not_made_yet(qtbot: QtBot, grid: CardGrid[str]) -> None:
    grid.show_things("abcdefg")
    grid.show_things("g")
    qtbot.waitUntil(lambda: texts(grid) == ["g"])


@pytest.mark.parametrize(("width", "columns"), [(300, 1), (640, 2), (1000, 3), (4000, 4)])
def test_there_are_as_many_columns_as_fit(
    qtbot: QtBot, grid: CardGrid[str], width: int, columns: int
) -> None:
    grid.show_things("abcdefg")
    qtbot.waitUntil(lambda: len(grid.cards()) == 7)
    grid.resize(width, 400)
    qtbot.waitUntil(lambda: len({card.x() for card in grid.cards()}) == columns)
