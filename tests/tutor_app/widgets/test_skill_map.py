"""The map of skills: by keyboard, by pointer, near and far."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QAccessible, QColor, QIcon, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.learner.mastery import Level
from tests.tutor_app.learner_facts import skill, skill_map
from tutor_app.item_models.skill_model import SkillModel
from tutor_app.preferences import PreferenceStore, ThemeChoice
from tutor_app.services.learning_facts import SkillMap as Found
from tutor_app.widgets import skill_map_scene
from tutor_app.widgets.level_mark import level_icon, paint_level_on_chosen
from tutor_app.widgets.skill_map import SkillMap
from tutor_app.widgets.skill_map_geometry import direct
from tutor_app.widgets.skill_tile import TileState, has_room_for_name, paint_tile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def chain(length: int, *, rows: int = 3) -> Found:
    """Layers of some skills, each of which rests on one of the layer before."""
    skills = tuple(
        skill(f"skill number {layer} {row}", layer, (f"skill number {layer - 1} {row}",) if layer else ())
        for layer in range(length)
        for row in range(rows)
    )
    return Found((), "p", skills, skills[rows].id)


def boxes(shown: SkillMap) -> list[QRect]:
    """Where the skills stand that are seen, in the viewport."""
    rects = [shown.visualRect(shown._skills.index(row)) for row in range(len(shown._skills.skills))]
    return [rect for rect in rects if rect.intersects(shown.viewport().rect())]


@pytest.mark.parametrize("width", [500, 700, 910])
def test_no_column_is_cut_until_somebody_changes_the_size(
    make_map: Callable[..., SkillMap], width: int
) -> None:
    shown = make_map(chain(8), width=width)
    for wanted in (12, 3):
        shown.show_skill(shown._skills.skills[wanted].id)
        for box in boxes(shown):
            assert box.left() >= 0
            assert box.right() < shown.viewport().width()
    QTest.keyClicks(shown, "+")
    zoom = shown.zoom
    shown.resize(width + 40, 400)
    assert shown.zoom == zoom


def test_a_low_strip_with_large_text_shows_more_than_one_skill(
    make_map: Callable[..., SkillMap], preferences: PreferenceStore
) -> None:
    preferences.change(text_scale=200)
    shown = make_map(chain(8), width=830, height=285)
    shown.show_skill(shown._skills.skills[12].id)
    assert len(boxes(shown)) >= 6
    assert shown._plan is shown._near  # and they can be read


def test_the_whole_map_has_names_where_there_is_room(make_map: Callable[..., SkillMap], theme: Theme) -> None:
    shown = make_map(chain(8), width=700, height=600)
    assert shown.horizontalScrollBar().isVisible()
    QTest.keyClicks(shown, "0")
    assert len(boxes(shown)) == 24
    assert all(shown.viewport().rect().contains(box) for box in boxes(shown))
    assert has_room_for_name(QSizeF(boxes(shown)[0].size()), theme)
    assert not shown.horizontalScrollBar().maximum()
    assert not shown.verticalScrollBar().maximum()


@pytest.mark.parametrize("height", [360, 380, 400, 420])
def test_the_whole_map_needs_no_scroll_bars(
    make_map: Callable[..., SkillMap], mirrored: None, height: int
) -> None:
    shown = make_map(chain(8, rows=8), width=504, height=height)
    assert shown.verticalScrollBar().isVisible()
    QTest.keyClicks(shown, "0")
    QApplication.processEvents()  # the bars go
    assert (shown.horizontalScrollBar().maximum(), shown.verticalScrollBar().maximum()) == (0, 0)
    assert all(shown.viewport().rect().contains(box) for box in boxes(shown))
    assert len(boxes(shown)) == 64


def test_where_there_is_no_room_the_skill_under_the_pointer_has_its_name(
    make_map: Callable[..., SkillMap], monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    monkeypatch.setattr(skill_map_scene, "paint_name_tag", lambda *told: named.append(told[2]))
    shown = make_map(chain(8), width=500, height=200)
    shown.show_skill(shown._skills.skills[0].id)
    QTest.keyClicks(shown, "0")
    shown.grab()
    assert not named  # the chosen one is named beside the map
    at = shown.visualRect(shown._skills.index(4)).center()
    QTest.mouseMove(shown.viewport(), at)
    shown.grab()
    assert set(named) == {"Skill number 1 1"}


@pytest.mark.parametrize("far", [False, True])
def test_a_name_that_is_not_whole_is_told_beside_its_tile_and_no_other(
    make_map: Callable[..., SkillMap], monkeypatch: pytest.MonkeyPatch, far: bool
) -> None:
    named: list[str] = []
    monkeypatch.setattr(skill_map_scene, "paint_name_tag", lambda *told: named.append(told[2]))
    long = "change between fractions, decimals, percentages and words for all of them"
    shown = make_map(Found((), "p", (skill("add"), skill(long), *chain(8).skills)), width=700, height=600)
    if far:
        QTest.keyClicks(shown, "0")
    assert (shown._plan is not shown._near) is far
    for row in (0, 1):
        QTest.mouseMove(shown.viewport(), shown.visualRect(shown._skills.index(row)).center())
        shown.grab()
    assert set(named) == {long.capitalize()}


def test_there_is_no_scroll_bar_for_a_strip_that_nobody_would_scroll_for(
    make_map: Callable[..., SkillMap],
) -> None:
    bare = make_map(chain(8), width=700, height=360)
    needed = round(bare.plane_size.height() * bare.zoom) + bare.height() - bare.room().height()
    for short, scrolls in ((0, False), (4, False), (12, False), (60, True)):
        shown = make_map(chain(8), width=700, height=needed - short)
        shown.show_skill(shown._skills.skills[12].id)
        QApplication.processEvents()
        assert bool(shown.verticalScrollBar().maximum()) is scrolls
        assert scrolls or min(box.top() for box in boxes(shown)) >= 8
        assert all(box.left() >= 0 and box.right() < shown.viewport().width() for box in boxes(shown))


def test_from_far_away_frames_are_as_strong_as_near_by(
    make_map: Callable[..., SkillMap], theme: Theme, preferences: PreferenceStore
) -> None:
    preferences.change(theme=ThemeChoice.CONTRAST)
    shown = make_map(chain(8), width=500, height=200)
    QTest.keyClicks(shown, "0")
    box = shown.visualRect(shown._skills.index(0))  # its frame is whole: nothing comes before it
    drawn = shown.viewport().grab().toImage()
    across = [
        drawn.pixelColor(x, box.center().y() - 4).lightness() for x in range(box.left() - 2, box.left() + 3)
    ]
    assert max(across) > 200


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_on_a_chosen_tile_an_empty_bar_and_the_tab_are_told_from_the_ground(
    theme: Theme, preferences: PreferenceStore, choice: ThemeChoice
) -> None:
    preferences.change(theme=choice)
    colours = theme.colours
    drawn = QImage(220, 120, QImage.Format.Format_RGB32)
    drawn.fill(QColor(colours.page))
    painter = QPainter(drawn)
    box = QRectF(10, 10, 196, 86)
    paint_tile(painter, box, skill("add"), TileState(chosen=True, proposed=True), theme)
    painter.end()
    bar = drawn.pixelColor(100, round(box.bottom()) - 10).name()
    assert bar not in (colours.chosen, colours.page, colours.card)
    column = {drawn.pixelColor(195 - 4, y).name() for y in range(round(box.bottom()) + 4, 120)}
    tab = colours.page if choice is ThemeChoice.CONTRAST else colours.accent
    assert tab in column


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_on_what_is_chosen_an_empty_sign_is_as_empty_as_beside_it(
    theme: Theme, preferences: PreferenceStore, choice: ThemeChoice
) -> None:
    preferences.change(theme=choice)
    colours = theme.colours
    for side in (16, 28):
        drawn = QImage(side + 8, side + 8, QImage.Format.Format_RGB32)
        drawn.fill(QColor(colours.chosen))
        painter = QPainter(drawn)
        paint_level_on_chosen(painter, QRectF(4, 4, side, side), Level.NOT_STARTED, colours, 2)
        painter.end()
        middle = drawn.pixelColor(4 + side // 2, 4 + side // 2).name()
        assert middle == (colours.chosen if choice is ThemeChoice.CONTRAST else colours.card)
        assert drawn.pixelColor(5, 4 + side // 2).name() != middle  # the ring


def test_in_high_contrast_each_level_differs_on_what_is_chosen(
    theme: Theme, preferences: PreferenceStore
) -> None:
    preferences.change(theme=ThemeChoice.CONTRAST)
    drawn = []
    for level in Level:
        icon = level_icon(level, theme).pixmap(QSize(36, 36), QIcon.Mode.Selected).toImage()
        drawn.append(icon.convertToFormat(QImage.Format.Format_ARGB32))
    assert all(one != other for one, other in combinations(drawn, 2))


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
