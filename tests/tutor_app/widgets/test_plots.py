"""Plots: drawn where there is data, said in words, and as tables."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtTest import QTest

from tutor_app.services.learning_facts import ChanceBin
from tutor_app.widgets.day_axis import counted_axis, day_marks
from tutor_app.widgets.number_table import NumberTable
from tutor_app.widgets.plot import Plot
from tutor_app.widgets.plot_bars import BarPlot
from tutor_app.widgets.plot_card import PlotCard
from tutor_app.widgets.plot_chances import ChancesPlot
from tutor_app.widgets.plot_line import LinePlot
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme


def inked(plot: Plot, colour: str) -> int:
    """How many pixels have about this colour."""
    image = plot.grab().toImage()
    points = itertools.product(range(0, image.width(), 2), range(0, image.height(), 2))
    return sum(image.pixelColor(x, y).name() == colour for x, y in points)


@pytest.fixture(params=["line", "bars", "chances"])
def filled(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> tuple[Plot, Plot]:
    """A plot without data, and the same with some."""
    kinds: dict[str, type[Plot]] = {"line": LinePlot, "bars": BarPlot, "chances": ChancesPlot}
    plots = []
    for _ in range(2):
        plot = kinds[request.param](theme, "A plot")
        qtbot.addWidget(plot)
        plot.resize(400, 200)
        plot.set_axes([(0.0, "0"), (1.0, "10")], [(0.0, "here"), (1.0, "there")])
        plots.append(plot)
    full = plots[1]
    if isinstance(full, LinePlot):
        full.set_values([0.1, 0.9, 0.4])
    elif isinstance(full, BarPlot):
        full.set_bars([0.5, 0.9])
    elif isinstance(full, ChancesPlot):
        full.set_bins([ChanceBin(0.5, 0.6, 9)])
    return plots[0], full


def test_data_is_drawn_in_the_accent(filled: tuple[Plot, Plot], theme: Theme) -> None:
    empty, full = filled
    assert inked(empty, theme.colours.accent) == 0
    assert inked(full, theme.colours.accent) > 0


def test_time_runs_the_way_the_language_does_and_chances_do_not(
    filled: tuple[Plot, Plot], theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, plot = filled
    area = QRectF(0, 0, 100, 100)
    assert plot.at(area, 0.25, 1).x() == 25
    monkeypatch.setattr(Plot, "_right_to_left", True)
    assert plot.at(area, 0.25, 1).x() == (25 if isinstance(plot, ChancesPlot) else 75)


def test_a_card_says_its_sentence_and_hides_what_there_is_nothing_to_draw_for(
    qtbot: QtBot, theme: Theme
) -> None:
    shown = PlotCard("Minutes", BarPlot(theme, "Minutes"), "How to read it")
    qtbot.addWidget(shown)
    shown.show()
    shown.tell("Nothing yet.", drawn=False)
    assert not shown.plot.isVisible()
    assert not shown.toggle.isVisible()
    shown.tell("Three minutes.", drawn=True)
    assert shown.plot.isVisible()
    assert shown.plot.accessibleDescription() == "Three minutes."


def test_the_same_numbers_are_there_as_a_table(qtbot: QtBot, theme: Theme) -> None:
    shown = PlotCard("Minutes", BarPlot(theme, "Minutes"))
    qtbot.addWidget(shown)
    shown.tell("Three minutes.", drawn=True)
    shown.set_rows(("Day", "Minutes"), [("Monday", "1"), ("Tuesday", "2")])
    shown.show()
    assert not shown.table.isVisible()
    shown.toggle.click()
    assert shown.table.isVisible()
    assert shown.toggle.text() == "Hide the table"
    assert [shown.table.topLevelItem(at).text(1) for at in range(2)] == ["1", "2"]  # type: ignore[union-attr]
    shown.tell("Nothing any more.", drawn=False)
    assert not shown.table.isVisible()


def inked_columns(table: NumberTable, top: int, height: int, columns: range) -> list[int]:
    """The columns of pixels with ink in a strip of the table."""
    image = table.grab().toImage()
    paper = image.pixelColor(columns[0], top + 2)
    return [
        x for x in columns if any(image.pixelColor(x, y) != paper for y in range(top + 2, top + height - 3))
    ]


def test_numbers_end_at_the_right_also_where_the_window_is_read_from_there(
    qtbot: QtBot, theme: Theme
) -> None:
    table = NumberTable("Minutes")
    qtbot.addWidget(table)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.set_rows(("Hill", "100 000 000"), [("Hall", "1"), ("Hull", "10 001")])
    table.show()
    head, line = table.header().height(), table.sizeHintForRow(0)
    numbers = range(table.header().sectionSize(1))
    ends = [inked_columns(table, head + at * line, line, numbers)[-1] for at in range(2)]
    assert abs(ends[0] - ends[1]) <= 1
    assert ends[0] > numbers[-1] - 20


@pytest.mark.parametrize("scale", [100, 200])
def test_heads_stand_above_their_cells_and_numbers_end_below_each_other(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, scale: int
) -> None:
    preferences.change(text_scale=scale)
    table = NumberTable("Minutes")
    qtbot.addWidget(table)
    table.set_rows(("Hill", "100 000 000"), [("Hall", "1"), ("Hull", "10 001"), ("Hell", "51")])
    table.show()
    head, line = table.header().height(), table.sizeHintForRow(0)
    rows = [(0, head), *((head + at * line, line) for at in range(3))]
    words, numbers = table.header().sectionSize(0), table.header().sectionSize(1)
    starts = [inked_columns(table, *row, range(words))[0] for row in rows]
    assert max(starts) - min(starts) <= 1
    ends = [inked_columns(table, *row, range(words, words + numbers))[-1] for row in rows]
    assert max(ends) - min(ends) <= 3  # a 1 is narrower than a 0


def test_a_table_is_as_tall_as_its_rows_and_the_page_follows_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollColumn()
    qtbot.addWidget(page)
    page.resize(500, 300)
    table = NumberTable("Minutes")
    page.add(table)
    table.set_rows(("Day", "Minutes"), [(f"Day {at}", str(at)) for at in range(40)])
    page.show()
    last = table.topLevelItem(39)
    assert last is not None
    qtbot.waitUntil(lambda: table.viewport().height() > table.visualItemRect(last).bottom())
    assert table.verticalScrollBar().maximum() == 0
    page.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClick(table, Qt.Key.Key_End)
    row = QRect(table.viewport().mapTo(page, table.visualItemRect(last).topLeft()), QSize(1, 1))
    assert page.rect().contains(row)


@given(st.floats(0, 1e6))
def test_an_axis_has_few_round_numbers_and_room_for_all(most: float) -> None:
    marks, top = counted_axis(most)
    assert top >= max(1, most)
    assert 2 <= len(marks) <= 6
    assert marks[0][0] == 0
    assert marks[-1][0] == 1
    assert all(one < other for (one, _), (other, _) in itertools.pairwise(marks))


def test_each_new_day_is_marked_once() -> None:
    first = date(2026, 11, 2)
    marks = day_marks([first, first, first + timedelta(1)])
    assert [place for place, _ in marks] == [0, 1]


def test_bars_are_marked_once_a_week() -> None:
    days = [date(2026, 11, 2) + timedelta(at) for at in range(30)]
    assert len(day_marks(days, bars=True)) == 5
