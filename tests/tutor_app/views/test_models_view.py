"""The models as a person chooses, gets, tries and removes them; without a network."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton, QRadioButton, QStackedWidget

from engine.settings import Settings, load_settings, save_settings
from tests.conftest import ROOT
from tests.engine.models.file_server import serving
from tests.tutor_app.workers import served_process
from tutor_app.place import Page, Place
from tutor_app.views.models_view import ModelsView
from tutor_app.widgets.model_card import ModelCard
from tutor_app.workers import engine_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from engine.types import Progress
    from tutor_app.app_context import AppContext
    from tutor_app.services.model_facts import ModelFact

WAIT_MS = 20_000
SMALLEST = "smollm2-135m-instruct"
WANTED = "qwen2.5-0.5b-instruct"


def shown(qtbot: QtBot, context: AppContext) -> ModelsView:
    view = ModelsView(context)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.open(Place(Page.MODELS))
    view.show()
    # A card that was just made is shown by the event loop.
    qtbot.waitUntil(lambda: any(made.isVisible() for made in view._cards.values()), timeout=WAIT_MS)
    return view


def card(view: ModelsView, model: str) -> ModelCard:
    return view._cards[model]


def fact(view: ModelsView, model: str) -> ModelFact:
    assert view.models.overview is not None
    return next(found for found in view.models.overview.models if found.id == model)


def said(widget: QWidget) -> str:
    return " ".join(line.text() for line in widget.findChildren(QLabel) if line.isVisible())


def offered(inside: QWidget) -> list[str]:
    return [made.text() for made in inside.findChildren(QPushButton)]


def press(inside: QWidget, name: str) -> None:
    for made in inside.findChildren(QPushButton):
        if made.text() == name and made.isVisible():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton)
            return
    pytest.fail(f"there is no button {name!r}")


def choose(view: ModelsView, name: str) -> None:
    option = next(made for made in view.findChildren(QRadioButton) if made.text() == name)
    option.click()


@pytest.fixture
def somebody_downloads(context: AppContext) -> Iterator[str]:
    """Another process is fetching this model into the profile: the engine must not begin."""
    from fcntl import LOCK_EX, flock

    part = context.paths.downloads / WANTED / f"{WANTED}-q4_k_m.gguf.part"
    part.parent.mkdir(parents=True)
    with part.open("ab") as file:
        flock(file, LOCK_EX)
        yield WANTED


def test_an_empty_profile_shows_what_there_is_to_have(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context)
    qtbot.waitUntil(lambda: SMALLEST in view._cards)
    text = said(view)
    for words in ("This computer", "Language model", "Search by meaning", "Sorting", "of memory"):
        assert words in text
    assert not fact(view, SMALLEST).state.installed
    assert view.machine.best_button.text() == "Download SmolLM2 135M Instruct (98 MB)"


def test_a_model_server_is_told_as_long_as_there_is_one(qtbot: QtBot, context: AppContext) -> None:
    save_settings(context.paths.settings_file, Settings(server_url="http://localhost:8000/v1"))
    places: list[Place] = []
    context.go.connect(places.append)
    view = shown(qtbot, context)
    press(view, "Open the settings")
    assert places == [Place(Page.SETTINGS, part="answers")]
    save_settings(context.paths.settings_file, Settings())
    view.models.refresh()
    qtbot.waitUntil(lambda: not view._news.isVisible(), timeout=WAIT_MS)


def test_a_failed_download_says_so_on_its_card_and_can_be_tried_again(
    qtbot: QtBot, context: AppContext, somebody_downloads: str
) -> None:
    view = shown(qtbot, context)
    press(card(view, somebody_downloads), "Download")
    assert offered(card(view, somebody_downloads)) == ["Pause"]
    qtbot.waitUntil(
        lambda: "Wait until it has finished." in said(card(view, somebody_downloads)), timeout=WAIT_MS
    )
    assert offered(card(view, somebody_downloads)) == ["Download"]


@pytest.fixture
def served_model(
    llm_path: Path, tmp_path: Path, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The one language model of the manifest is on a web server of this computer."""
    content = llm_path.read_bytes()
    shutil.copytree(ROOT / "models_manifest", tmp_path / "manifest")
    file = tmp_path / "manifest" / "llm.json"
    manifest = json.loads(file.read_text())
    model = {**manifest["models"][0], "id": "served", "name": "Served"}
    model["files"] = [
        {"name": llm_path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    ]
    monkeypatch.setenv(served_process.VARIABLE, str(file.parent))
    monkeypatch.setattr(engine_client, "_own_command", lambda: served_process.COMMAND)
    with serving(llm_path.parent) as address:
        model["sources"] = [{"kind": "https", "url": address}]
        file.write_text(json.dumps({**manifest, "models": [model]}))
        yield "served"


def test_a_model_is_downloaded_tried_and_used(
    qtbot: QtBot, context: AppContext, served_model: str, llm_path: Path
) -> None:
    view = shown(qtbot, context)
    steps: list[Progress] = []
    view.models.job_changed.connect(
        lambda: steps.append(view.models.progress) if view.models.progress else None
    )
    with qtbot.waitSignal(context.notice, timeout=3 * WAIT_MS) as told:
        press(card(view, served_model), "Download")
        assert offered(card(view, served_model)) == ["Pause"]
    assert told.args == ["Served is ready."]
    qtbot.waitUntil(lambda: fact(view, served_model).in_use, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: offered(card(view, served_model)) == ["Test", "Remove"])
    assert any(step.unit == "bytes" and step.total == llm_path.stat().st_size for step in steps)
    got = context.paths.models / served_model / llm_path.name
    assert got.read_bytes() == llm_path.read_bytes()
    assert not any(path.is_file() for path in context.paths.downloads.rglob("*"))


def test_a_download_can_be_paused(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context)
    failures: list[object] = []
    view.models.job_failed.connect(lambda *failure: failures.append(failure))
    press(card(view, WANTED), "Download")
    qtbot.waitUntil(lambda: "Pause" in offered(card(view, WANTED)) and card(view, WANTED).isVisible())
    press(card(view, WANTED), "Pause")
    qtbot.waitUntil(lambda: offered(card(view, WANTED)) == ["Download"], timeout=WAIT_MS)
    assert not failures


def test_one_model_at_a_time_and_a_second_wish_is_answered(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context)
    notices: list[str] = []
    context.notice.connect(notices.append)
    view.models.download(WANTED)
    view.models.download("qwen2.5-1.5b-instruct")
    assert view.models.job == WANTED
    assert "One model at a time" in notices[0]


def test_answers_can_be_had_without_a_model_and_that_can_be_undone(
    qtbot: QtBot, own_context: AppContext
) -> None:
    view = shown(qtbot, own_context)
    assert fact(view, SMALLEST).in_use
    undo: list[Callable[[], object]] = []
    own_context.undoable.connect(lambda _, back: undo.append(back))
    choose(view, "Answer without a model, by quotations")
    qtbot.waitUntil(lambda: not fact(view, SMALLEST).in_use, timeout=WAIT_MS)
    assert load_settings(own_context.paths.settings_file).llm == "none"
    undo[0]()
    qtbot.waitUntil(lambda: fact(view, SMALLEST).in_use, timeout=WAIT_MS)
    assert load_settings(own_context.paths.settings_file).llm == "auto"


def test_a_removed_model_is_put_back_by_undoing(qtbot: QtBot, own_context: AppContext) -> None:
    view = shown(qtbot, own_context)
    told: list[tuple[str, Callable[[], object]]] = []
    own_context.undoable.connect(lambda what, back: told.append((what, back)))
    press(card(view, SMALLEST), "Remove")
    qtbot.waitUntil(lambda: not fact(view, SMALLEST).state.installed, timeout=WAIT_MS)
    assert "was removed" in told[0][0]
    told[0][1]()
    qtbot.waitUntil(lambda: fact(view, SMALLEST).in_use, timeout=WAIT_MS)
    assert (own_context.paths.models / SMALLEST / "model.json").is_file()


def test_the_keyboard_stays_on_a_card_that_is_drawn_anew(qtbot: QtBot, own_context: AppContext) -> None:
    view = shown(qtbot, own_context)
    with qtbot.waitActive(view):
        view.activateWindow()
    card(view, SMALLEST).focus_first()
    before = card(view, SMALLEST)
    view.models.refresh()
    qtbot.waitUntil(lambda: card(view, SMALLEST) is not before, timeout=WAIT_MS)
    now = view.focusWidget()
    assert now is not None
    assert card(view, SMALLEST).isAncestorOf(now)


def test_a_dropped_file_that_is_no_model_is_refused_with_a_sentence(
    qtbot: QtBot, context: AppContext, tmp_path: Path
) -> None:
    view = shown(qtbot, context)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(2000))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(broken))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    view.dropEvent(event)
    assert view.job_card.isVisible()
    assert "broken.gguf" in said(view.job_card)
    qtbot.waitUntil(lambda: "broken.gguf cannot be used" in said(view), timeout=WAIT_MS)
    assert "Get the file again, or choose another model." in said(view)
    assert not view.job_card.isVisible()
    assert not (context.paths.models / "broken").exists()


def test_the_models_can_be_searched(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context)
    view._search("granite")
    assert all("granite" in name for name in view._cards)
    view._search("no such model")
    qtbot.waitUntil(lambda: "No model is called so." in said(view))


def test_cards_made_anew_on_a_page_that_is_not_shown_leave_the_keyboard_where_it_is(
    qtbot: QtBot, prepared_context: AppContext
) -> None:
    view, field, pages = shown(qtbot, prepared_context), QLineEdit(), QStackedWidget()
    qtbot.addWidget(pages)
    pages.addWidget(view)
    pages.addWidget(field)
    with qtbot.waitActive(pages):
        pages.show()
        pages.activateWindow()
    card(view, SMALLEST).focus_first()
    pages.setCurrentWidget(field)
    field.setFocus()
    assert field.hasFocus()
    assert view.models.overview is not None
    view._fill(view.models.overview)
    qtbot.wait(20)
    assert field.hasFocus()


def test_a_model_file_is_chosen_from_where_the_learners_files_are(
    qtbot: QtBot, small_context: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "program").mkdir()
    monkeypatch.chdir(tmp_path / "program")  # a start from a menu may be anywhere
    view = ModelsView(small_context)
    qtbot.addWidget(view)
    view.choose_files()
    dialog = view.window().findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == Path.home()
    dialog.reject()
