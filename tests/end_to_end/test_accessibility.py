"""Every control has a name and a role for a screen reader, and Tab reaches all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from engine.paths import DataPaths
from tests.end_to_end.window_driver import Driver
from tests.tutor_app.cli.small_profile import make_profile
from tutor_app.place import Page, Place
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from pathlib import Path

# In one window, one after the other: opening one for each takes a minute and a half.
_PARTS = [
    Place(Page.HOME),
    Place(Page.ASK),
    *(Place(Page.PRACTICE, part=part) for part in ("map", "progress", "plan")),
    Place(Page.READ),
    Place(Page.LIBRARY),
    Place(Page.MODELS),
    *(
        Place(Page.SETTINGS, part=part)
        for part in ("looks", "learner", "answers", "data", "profiles", "about")
    ),
]


@pytest.fixture
def driver(open_window: Callable[..., Driver], tmp_path: Path) -> Driver:
    paths: DataPaths = make_profile(tmp_path / "home")
    driver = open_window(paths)
    driver.wait(lambda: driver.home.shelf is not None and driver.home.shelf._library.holdings is not None)
    return driver


def _described(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return f"{type(control).__name__} {control.accessibleName() or text}"


def _reachable(window: QWidget) -> list[QWidget]:
    """The controls that Tab stops at, in the order of the chain."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and not _reached_by_arrows(widget)
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _reached_by_arrows(widget: QWidget) -> bool:
    """Of buttons of which one is chosen, Tab stops at that one; the arrow keys go on."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = widget.group()
    return widget.autoExclusive() or (group is not None and group.exclusive())


def _settled(driver: Driver, place: Place) -> None:
    driver.window.open(place)
    if place.page == Page.PRACTICE:
        driver.wait(lambda: not driver.window._context.engine.busy(Process.TUTOR))
    if place.page == Page.READ:
        driver.wait(lambda: bool(driver.read.reader.books))
    if place.page == Page.MODELS:
        models = driver.window.page(Page.MODELS)
        driver.wait(lambda: models.models.overview is not None)  # type: ignore[attr-defined]


def test_every_control_has_a_name_and_a_role(driver: Driver) -> None:
    nameless = []
    for place in _PARTS:
        _settled(driver, place)
        controls = _reachable(driver.window)
        assert len(controls) >= 2, place
        for control in controls:
            interface = QAccessible.queryAccessibleInterface(control)
            name = interface.text(QAccessible.Text.Name)
            if not name or interface.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
                nameless.append(f"{place}: {type(control).__name__} {name!r} {interface.role()}")
    assert nameless == []


def test_tab_reaches_every_control_the_navigation_first(driver: Driver) -> None:
    missed = []
    for place in _PARTS:
        _settled(driver, place)
        controls = _reachable(driver.window)
        rail = list(driver.window.rail.buttons.values())
        assert next(control for control in controls if control in rail) is controls[0], place
        driver.window.activateWindow()
        controls[0].setFocus(Qt.FocusReason.TabFocusReason)
        reached = []
        for _ in range(5 * len(controls)):
            focus = QApplication.focusWidget()
            if focus is not None and focus not in reached:
                reached.append(focus)
            driver.press(Qt.Key.Key_Tab, focus)
        missed += [f"{place}: {_described(control)}" for control in controls if control not in reached]
    assert missed == []
