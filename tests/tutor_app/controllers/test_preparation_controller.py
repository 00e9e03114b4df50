"""What a learner is told of the preparation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.types import Progress
from tutor_app.controllers.preparation_controller import PreparationController, Stage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext


def test_unpacking_is_told_once_there_is_something_to_unpack(context: AppContext, qtbot: QtBot) -> None:
    preparation = PreparationController.of(context)
    stages: list[Stage] = []
    preparation.changed.connect(lambda: stages.append(preparation.stage))
    preparation.begin()
    assert preparation.stage is Stage.LOOKING
    qtbot.waitUntil(lambda: Stage.PACKS in stages, timeout=20_000)
    told = preparation.progress or preparation.now
    assert isinstance(told, Progress)
