"""The map of skills: by keyboard, by pointer, near and far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.tutor_app.learner_facts import skill, skill_map
from tutor_app.item_models.skill_model import SkillModel
from tutor_app.services.learning_facts import SkillMap as Found
from tutor_app.widgets.level_mark import level_icon
from tutor_app.widgets.skill_map import SkillMap
from tutor_app.widgets.skill_map_geometry import direct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def make_map(qtbot: QtBot, theme: Theme) -> Callable[..., SkillMap]:
    def made(found: Found | None = None, *, width: int = 700, height: int = 400) -> SkillMap:
        model = SkillModel(lambda level: level_icon(level, theme), theme)
        shown = SkillMap(theme, model)
        qtbot.addWidget(shown)
        shown.resize(width, height)
        model.set_map(found or skill_map())
        shown.show()
        return shown

    return made


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def current(shown: SkillMap) -> str:
    return shown._skills.skills[shown.currentIndex().row()].id


def press(shown: SkillMap, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(shown, key)
    return current(shown)


def test_arrows_go_along_lines_and_within_a_layer(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    shown.show_skill("count")
    first = press(shown, Qt.Key.Key_Right)
    assert first in ("add", "double")
    other = press(shown, Qt.Key.Key_Down) if first == "add" else press(shown, Qt.Key.Key_Up)
    assert {first, other} == {"add", "double"} or other == first
    assert press(shown, Qt.Key.Key_Right) == "halve"
    assert press(shown, Qt.Key.Key_Right) == "halve"
    assert press(shown, Qt.Key.Key_Left, Qt.Key.Key_Left) == "count"
    assert press(shown, Qt.Key.Key_End) == "halve"
    assert press(shown, Qt.Key.Key_Home) == "count"


def test_up_and_down_reach_every_skill_of_a_layer(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map(Found((), "p", tuple(skill(name) for name in "abcde")))
    press(shown, Qt.Key.Key_Home)
    reached = {press(shown, Qt.Key.Key_Up) for _ in range(5)} | {
        press(shown, Qt.Key.Key_Down) for _ in range(5)
    }
    assert reached == set("abcde")


def test_where_it_is_read_from_the_right_the_arrows_turn_too(
    make_map: Callable[..., SkillMap], mirrored: None
) -> None:
    shown = make_map()
    shown.show_skill("count")
    assert press(shown, Qt.Key.Key_Left) in ("add", "double")
    count = shown.visualRect(shown._skills.index_of("count"))
    assert count.left() > shown.visualRect(shown.currentIndex()).left()


def test_letters_find_a_skill_by_its_name(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    shown.show_skill("count")
    QTest.keyClicks(shown, "ha")
    assert current(shown) == "halve"


def test_enter_opens_the_chosen_skill(make_map: Callable[..., SkillMap], qtbot: QtBot) -> None:
    shown = make_map()
    shown.show_skill("add")
    with qtbot.waitSignal(shown.opened) as told:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert told.args == ["add"]


def test_a_click_chooses_what_is_under_it(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map(width=1000)
    shown.show_skill("count")
    at = shown.visualRect(shown._skills.index_of("add")).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert current(shown) == "add"


def test_the_chosen_skill_is_brought_into_view(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map(width=300, height=200)
    for name in ("halve", "count", "double"):
        shown.show_skill(name)
        assert shown.viewport().rect().contains(shown.visualRect(shown.currentIndex()).center())


def test_dragging_moves_the_map(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map(width=300, height=200)
    shown.show_skill("halve")
    before = shown.visualRect(shown.currentIndex()).left()
    corner = next(
        QPoint(x, y)
        for x in range(5, shown.viewport().width(), 10)
        for y in range(5, shown.viewport().height(), 10)
        if not shown.indexAt(QPoint(x, y)).isValid()
    )
    QTest.mousePress(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    QTest.mouseMove(shown.viewport(), corner + QPoint(40, 0))
    QTest.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton)
    assert shown.visualRect(shown.currentIndex()).left() == before + 40


def test_keys_change_the_size_within_bounds_and_nought_shows_all(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    QTest.keyClicks(shown, "-")
    assert shown.zoom < 1
    QTest.keyClicks(shown, "+" * 30)
    assert shown.zoom == 1.5
    QTest.keyClicks(shown, "0")
    room = shown.viewport().rect()
    for row in range(4):
        assert room.contains(shown.visualRect(shown._skills.index(row)))


def test_from_far_away_signs_are_drawn_and_nearby_names(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    near = shown.grab().toImage()
    shown.set_zoom(0.4)
    assert shown.grab().toImage() != near


def test_a_screen_reader_hears_skills_with_their_levels(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    interface = QAccessible.queryAccessibleInterface(shown)
    assert interface.role() not in (QAccessible.Role.Client, QAccessible.Role.NoRole)
    said = [interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())]
    assert "Add. Familiar." in said
    assert "Halve. Not started; something comes before it." in said


def test_the_same_skills_anew_keep_the_choice(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map()
    shown.show_skill("halve")
    shown._skills.set_map(skill_map(following="add"))
    assert current(shown) == "halve"


def test_an_empty_map_has_nothing_to_choose(make_map: Callable[..., SkillMap]) -> None:
    shown = make_map(Found((), ""))
    QTest.keyClick(shown, Qt.Key.Key_Right)
    shown.fit_all()
    assert not shown.currentIndex().isValid()


def test_a_line_that_others_imply_is_not_drawn() -> None:
    skills = (skill("a"), skill("b", 1, ("a",)), skill("c", 2, ("a", "b")))
    assert direct(skills) == {"a": [], "b": ["a"], "c": ["b"]}
