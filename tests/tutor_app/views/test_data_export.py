"""A copy of the learner's data: asked for in a dialog of the system's, written in the form that was chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.tutor_app.conftest import make_context
from tests.tutor_app.learner_facts import progress
from tests.tutor_app.practice_profile import pose, practice_profile
from tutor_app.views.data_export import JSON_LINES, data_copy
from tutor_app.views.file_saver import FileSaver
from tutor_app.views.practice_progress import PracticeProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.long_work import LongWork

WAIT_MS = 20_000


@pytest.fixture
def export_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """A profile in which a question was posed."""
    paths = practice_profile(tmp_path / "home")
    pose(paths, "sum")
    yield from make_context(qapp, paths, preferences, theme)


@pytest.fixture
def tab(qtbot: QtBot, export_context: AppContext) -> PracticeProgress:
    made = PracticeProgress(export_context)
    qtbot.addWidget(made)
    made.show()
    made.learning.progress_read.emit(progress())
    return made


@pytest.mark.parametrize(("form", "ending"), [("jsonl", "jsonl"), ("csv", "csv"), ("xapi", "json")])
def test_the_button_on_progress_writes_the_form_that_was_chosen(
    qtbot: QtBot, export_context: AppContext, tab: PracticeProgress, tmp_path: Path, form: str, ending: str
) -> None:
    tab.save.click()
    dialog = tab.exporting.dialog
    assert dialog is not None
    chosen = next(it for it in dialog.nameFilters() if it.endswith(f"(*.{ending})"))
    dialog.selectNameFilter(chosen)
    target = tmp_path / f"copy.{ending}"
    with qtbot.waitSignal(export_context.notice, timeout=WAIT_MS) as told:
        dialog.fileSelected.emit(str(target))
    assert told.args == [f"Your data was saved to {target}."]
    text = target.read_text(encoding="utf-8")
    if form == "csv":
        assert text.startswith("time,pack,item")
    elif form == "xapi":
        assert json.loads(text)[0]["verb"]["id"].endswith("attempted")
    else:
        assert any(json.loads(line).get("kind") == "question.posed" for line in text.splitlines())
    dialog.close()
    QApplication.processEvents()


def test_what_cannot_be_written_is_said(
    qtbot: QtBot, export_context: AppContext, tab: PracticeProgress
) -> None:
    with qtbot.waitSignal(export_context.failed, timeout=WAIT_MS) as told:
        tab.exporting.write("/proc/none/copy.csv", "csv")
    assert told.args[0].what


def test_a_file_that_is_written_when_what_asked_for_it_has_gone_is_no_fault(
    qtbot: QtBot, export_context: AppContext, tmp_path: Path
) -> None:
    asked_from = QWidget()
    saver = FileSaver(export_context, asked_from, data_copy())
    begun: list[LongWork] = []
    saver.began.connect(begun.append)
    saver.write(str(tmp_path / "copy.jsonl"), JSON_LINES)
    with qtbot.waitSignal(begun[0].ended, timeout=WAIT_MS):
        asked_from.deleteLater()
    assert (tmp_path / "copy.jsonl").exists()
