"""The window itself: where it first stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from tutor_app.place import Page, Place
from tutor_app.views import main_window
from tutor_app.views.main_window import MainWindow
from tutor_app.widgets.banner import Banner
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext


def test_a_new_window_fits_on_the_screen_with_its_title_bar(qtbot: QtBot, context: AppContext) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert room.width() < 1280  # else this proves nothing
    assert window.width() <= room.width()
    assert window.height() < room.height()


def test_where_one_is_is_remembered_without_closing_the_window(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "_KEEP_EVERY_MS", 1)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.open(Place(Page.SETTINGS, part="about"))
    window.show()
    qtbot.waitUntil(lambda: context.state.place() == Place(Page.SETTINGS, part="about"))


def test_news_that_have_gone_leave_no_gap_above_the_page(qtbot: QtBot, context: AppContext) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.open(Place(Page.HOME))
    window.show()
    page = window.page(Page.HOME)

    def top() -> int:
        return page.mapTo(window, QPoint()).y()

    before = top()
    context.failed.emit(Failure("It is broken.", "Mend it."))
    banner = window.findChild(Banner)
    assert banner is not None
    qtbot.waitUntil(lambda: top() > before)
    banner.hide()
    qtbot.waitUntil(lambda: top() == before)


@pytest.mark.parametrize("page", list(Page))
def test_a_key_that_a_page_has_no_use_for_does_nothing(qtbot: QtBot, context: AppContext, page: Page) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.open(Place(page))
    window._find()
    window._stop()
    where = window.place()
    assert where is not None
    assert where.page == page
