"""The tabs of the page for practising, and how one is added.

A tab is a line in ``TABS`` ("module:Class") and a name in ``tab_names``. Its widget is made with the ``AppContext``
when it is first shown. It has the methods of ``PracticeTab``, and may have ``find``, ``stop`` and ``tells`` as pages
have them (``MainWindow``). To show a tab from anywhere: ``Place(Page.PRACTICE, part="map", pack=…)``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from tutor_app.place import Place


class Tab(StrEnum):
    """The tabs, in their order; a value is the ``part`` of a ``Place``, and "" is the first one."""

    PRACTISE = "practise"
    MAP = "map"
    PROGRESS = "progress"
    PLAN = "plan"


class PracticeTab(Protocol):
    """What the page asks of a tab's widget, which is also a ``QWidget``."""

    def open(self, place: Place) -> None:
        """Show ``place``. Called whenever the tab is shown, so that it can look up what is new."""

    def place(self) -> Place:
        """Where it is now; with its ``part``."""

    def focus_start(self) -> None:
        """Put the keyboard where one begins."""


TABS: dict[Tab, str] = {
    Tab.PRACTISE: "tutor_app.views.practice_sitting:PracticeSitting",
    Tab.MAP: "tutor_app.views.practice_map:PracticeMap",
    Tab.PROGRESS: "tutor_app.views.practice_progress:PracticeProgress",
    Tab.PLAN: "tutor_app.views.practice_plan:PracticePlan",
}
"""The tabs that there are."""


def tab_names() -> dict[Tab, str]:
    """What the tabs are called."""
    return {
        Tab.PRACTISE: tr("Practise"),
        Tab.MAP: tr("Map"),
        Tab.PROGRESS: tr("Progress"),
        Tab.PLAN: tr("Plan"),
    }
