"""Progress on the icon in the taskbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor_app.taskbar import Taskbar, update_message

if TYPE_CHECKING:
    from tutor_app.application import TutorApplication


def test_the_desktop_is_told_how_far_it_is(qapp: TutorApplication) -> None:
    message = update_message(0.25)
    assert message.member() == "Update"
    name, values = message.arguments()
    assert name == "application://llm-tutor.desktop"
    assert values == {"progress": 0.25, "progress-visible": True}


def test_nothing_under_way_hides_it(qapp: TutorApplication) -> None:
    assert update_message(None).arguments()[1]["progress-visible"] is False


def test_without_a_desktop_nobody_is_told(qapp: TutorApplication) -> None:
    Taskbar().show(0.5)
