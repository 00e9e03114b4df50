"""The tab with the map: chosen on the map or in the list, told beside it, practised or read about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton

from tests.tutor_app.learner_facts import PACK, skill_map
from tests.tutor_app.practice_profile import PACK as PLANTS
from tests.tutor_app.practice_profile import SKILL, practice_profile
from tutor_app.app_context import AppContext
from tutor_app.place import Page, Place
from tutor_app.views.practice_map import PracticeMap
from tutor_app.widgets.skill_list import SkillDelegate
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme

WAIT_MS = 20_000


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> PracticeMap:
    """The tab with a map that was made by hand."""
    made = PracticeMap(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.learning.map_read.emit(skill_map())
    return made


@pytest.fixture
def plants(tmp_path: Path, preferences: PreferenceStore, theme: Theme) -> Iterator[AppContext]:
    """A profile with a pack that has questions."""
    made = AppContext(practice_profile(tmp_path / "home"), preferences, theme)
    yield made
    made.close()
    made.deleteLater()


def texts(tab: PracticeMap) -> list[str]:
    return [line.text() for line in tab.details.findChildren(QLabel) if line.isVisibleTo(tab)]


def test_it_begins_with_what_comes_next(tab: PracticeMap) -> None:
    assert tab.details.skill is not None
    assert tab.details.skill.id == "double"
    assert tab.place() == Place(Page.PRACTICE, part="map", pack=PACK, skill="double")


def test_map_and_list_have_one_choice(tab: PracticeMap) -> None:
    tab.shown_as.chip("list").click()
    assert tab.list.isVisible()
    tab.list.setCurrentIndex(tab.skills.index_of("halve"))
    tab.shown_as.chip("map").click()
    assert tab.map.isVisible()
    assert tab.map.currentIndex() == tab.skills.index_of("halve")
    assert "Halve" in texts(tab)


def test_list_or_map_is_remembered(tab: PracticeMap, qtbot: QtBot, context: AppContext) -> None:
    tab.shown_as.chip("list").click()
    again = PracticeMap(context)
    qtbot.addWidget(again)
    assert again.shown_as.chosen() == "list"


def test_everything_about_a_skill_is_said_in_words(tab: PracticeMap) -> None:
    tab.map.show_skill("add")
    said = " ".join(texts(tab))
    for piece in (
        "I can add.",
        "Familiar",
        "7 of 10",
        "3 right in a row without help, one of them harder",
        "on another day",
    ):
        assert piece in said
    assert "You may practise it all the same" in said


def test_what_is_mastered_has_nothing_missing(tab: PracticeMap) -> None:
    tab.map.show_skill("count")
    assert not any("Still to show" in line for line in texts(tab))


def test_neighbours_are_links(tab: PracticeMap) -> None:
    tab.map.show_skill("halve")
    links = [made for made in tab.details.findChildren(QPushButton) if made.property("skill") == "add"]
    links[-1].click()
    assert tab.details.skill is not None
    assert tab.details.skill.id == "add"


def test_enter_on_the_map_goes_to_the_button_that_practises(
    tab: PracticeMap, qtbot: QtBot, context: AppContext
) -> None:
    tab.window().activateWindow()
    tab.focus_start()
    QTest.keyClick(tab.map, Qt.Key.Key_Return)
    qtbot.waitUntil(tab.details.go.hasFocus)
    with qtbot.waitSignal(context.go) as told:
        QTest.keyClick(tab.details.go, Qt.Key.Key_Space)
    assert told.args == [Place(Page.PRACTICE, part="practise", pack=PACK, skill="double", aim="skill")]


def test_there_is_room_below_where_there_is_none_beside(tab: PracticeMap) -> None:
    tab.resize(1000, 640)
    assert tab.details.x() > tab.map.x()
    tab.resize(600, 640)
    QTest.qWait(0)
    assert tab.details.geometry().top() >= tab.map.geometry().bottom()


def test_below_the_map_the_name_and_what_can_be_done_are_seen_at_once(
    tab: PracticeMap, preferences: PreferenceStore
) -> None:
    preferences.change(text_scale=200)
    tab.resize(860, 540)
    QApplication.processEvents()
    for button in (tab.details.go, tab.details.about):
        seen = QRect(button.mapTo(tab.details, QPoint()), button.size())
        assert tab.details.viewport().rect().contains(seen)
    assert tab.map.height() > tab.details.height()


def test_the_list_ends_at_a_line_above_the_legend(tab: PracticeMap) -> None:
    tab.shown_as.chip("list").click()
    QApplication.processEvents()
    rule = next(it for it in tab._legend.findChildren(QFrame) if it.property("role") == "rule")
    assert rule.mapTo(tab, QPoint()).y() >= tab.list.mapTo(tab, QPoint()).y() + tab.list.height() + 8


def test_the_legend_names_the_dashed_frame_where_there_are_frames(tab: PracticeMap) -> None:
    named = next(it for it in tab._legend.findChildren(QLabel) if it.text() == "Something comes before it")
    assert named.isVisible()
    tab.shown_as.chip("list").click()
    assert not named.isVisible()


def test_in_the_list_a_name_stands_apart_from_its_sign_and_above_its_level(tab: PracticeMap) -> None:
    tab.shown_as.chip("list").click()
    QApplication.processEvents()
    delegate = tab.list.itemDelegate()
    assert isinstance(delegate, SkillDelegate)
    index = tab.skills.index(0)
    sign, name, level = delegate.places(tab.list.visualRect(index), index)
    assert name.left() - sign.right() - 1 == 12
    assert level.top() == name.bottom() + 1
    assert tab.list.visualRect(index).contains(sign)


def test_in_the_list_a_long_name_takes_more_lines(tab: PracticeMap) -> None:
    tab.shown_as.chip("list").click()
    tab.list.setFixedWidth(140)
    QApplication.processEvents()
    long = replace(tab.skills.skills[1], name="Count things that are far away, one by one")
    tab.skills.set_map(replace(skill_map(), skills=(tab.skills.skills[0], long)))
    short, high = (tab.list.sizeHintForIndex(tab.skills.index(row)).height() for row in (0, 1))
    assert high > short


def test_what_cannot_be_read_is_said_with_a_way_to_try_again(tab: PracticeMap) -> None:
    tab.learning.failed.emit(Failure("The map is torn.", "Mend it."))
    assert tab._again.isVisible()
    assert "The map is torn." in [line.text() for line in tab.findChildren(QLabel) if line.isVisible()]


def test_without_packs_it_leads_to_the_library(qtbot: QtBot, context: AppContext) -> None:
    tab = PracticeMap(context)
    qtbot.addWidget(tab)
    tab.open(Place(Page.PRACTICE, part="map"))
    tab.show()
    qtbot.waitUntil(tab._library.isVisible, timeout=WAIT_MS)
    with qtbot.waitSignal(context.go) as told:
        tab._library.click()
    assert told.args == [Place(Page.LIBRARY)]


def test_a_skill_of_a_real_pack_is_shown_and_read_about(qtbot: QtBot, plants: AppContext) -> None:
    tab = PracticeMap(plants)
    qtbot.addWidget(tab)
    tab.open(Place(Page.PRACTICE, part="map", pack=PLANTS, skill=SKILL))
    tab.show()
    qtbot.waitUntil(lambda: tab.details.skill is not None, timeout=WAIT_MS)
    assert tab.place() == Place(Page.PRACTICE, part="map", pack=PLANTS, skill=SKILL)
    with qtbot.waitSignal(plants.go, timeout=WAIT_MS) as told:
        tab.details.about.click()
    place = told.args[0]
    assert (place.page, place.pack) == (Page.READ, PLANTS)
    assert place.passage.startswith("p-")


def test_the_head_keeps_to_one_row_where_the_name_of_the_pack_can_be_cut(tab: PracticeMap) -> None:
    for width in (1400, 1000, 640):
        tab.resize(width, 640)
        QApplication.processEvents()
        centres = [it.geometry().center().y() for it in (tab.packs, tab.shown_as, *tab._sizes)]
        assert max(centres) - min(centres) <= 2
