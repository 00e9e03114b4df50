"""An icon beside words follows the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor_app.preferences import ThemeChoice
from tutor_app.widgets.icon_mark import IconMark

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme


def test_it_grows_with_the_text_and_takes_the_colours_of_the_theme(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore
) -> None:
    mark = IconMark(theme, "search", "ink", size="heading")
    qtbot.addWidget(mark)
    before = mark.pixmap().toImage()
    preferences.change(text_scale=200)
    assert mark.pixmap().width() == 2 * before.width() == theme.pixels("heading")
    large = mark.pixmap().toImage()
    preferences.change(theme=ThemeChoice.DARK)
    assert mark.pixmap().toImage() != large
