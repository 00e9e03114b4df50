"""The settings about one's data in the real window, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QLabel

from engine.clock import SystemClock
from engine.storage.database import open_learner_database
from tests.engine.storage.profile import questions
from tutor_app.place import Page, Place
from tutor_app.views.data_settings import DataGroup
from tutor_app.views.erase_dialog import EraseDialog
from tutor_app.views.restore_dialog import RestoreDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
    from tutor_app.views.settings_view import SettingsView
    from tutor_app.workers.messages import Failure


def asked(paths: DataPaths) -> list[str]:
    with open_learner_database(paths, SystemClock()) as database:
        return questions(database)


def data_group(window: Driver) -> DataGroup:
    window.window.open(Place(Page.SETTINGS, part="data"))
    settings = cast("SettingsView", window.window.page(Page.SETTINGS))
    return cast(DataGroup, settings.group("data"))


def texts(within: QWidget) -> str:
    return "\n".join(made.text() for made in within.findChildren(QLabel) if made.isVisible())


def failures(window: Driver) -> list[Failure]:
    heard: list[Failure] = []
    window.session.context.failed.connect(heard.append)
    return heard


def notices(window: Driver) -> list[str]:
    heard: list[str] = []
    window.session.context.notice.connect(heard.append)
    return heard


def end(window: Driver) -> None:
    """Close it, once what its first page is made of is there."""
    window.wait(lambda: window.home.shelf is not None and window.home.shelf.isVisibleTo(window.home))
    QApplication.processEvents()
    window.end()


def restore_dialog(window: Driver, backup: Path) -> RestoreDialog:
    """The question about ``backup``, which was chosen in the system's dialog."""
    group = data_group(window)
    window.click(window.button("Restore a backup …"))
    chooser = group.choosing
    assert chooser is not None
    chooser.fileSelected.emit(str(backup))
    chooser.close()
    window.wait(lambda: group.asking is not None and group.asking.isVisible())
    return cast(RestoreDialog, group.asking)


def erase_dialog(window: Driver) -> EraseDialog:
    group = data_group(window)
    window.click(window.button("Erase everything …"))
    window.wait(lambda: group.asking is not None and group.asking.isVisible())
    return cast(EraseDialog, group.asking)
