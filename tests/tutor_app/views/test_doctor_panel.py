"""The check-up, as a person without a terminal reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.tutor_app.views.test_models_view import WAIT_MS, press, said
from tutor_app.place import Page, Place
from tutor_app.preferences import ThemeChoice
from tutor_app.views.doctor_panel import DoctorPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext


def looked(qtbot: QtBot, context: AppContext) -> DoctorPanel:
    panel = DoctorPanel(context)
    qtbot.addWidget(panel)
    panel.resize(700, 900)
    panel.show()
    qtbot.waitUntil(lambda: panel._again.isEnabled(), timeout=WAIT_MS)
    # A card that is put into a layout is shown by an event that comes later.
    qtbot.waitUntil(lambda: all(line.isVisible() for line in panel.findChildren(QLabel)), timeout=WAIT_MS)
    return panel


def test_a_check_of_an_empty_profile_leads_to_where_it_is_mended(qtbot: QtBot, context: AppContext) -> None:
    places: list[Place] = []
    context.go.connect(places.append)
    panel = looked(qtbot, context)
    text = said(panel)
    assert "The tutor can work." in text
    assert "Could be better" in text
    press(panel, "Open the models")
    press(panel, "Open the library")
    assert places == [Place(Page.MODELS), Place(Page.LIBRARY)]


def test_a_check_names_nothing_that_only_a_terminal_has(qtbot: QtBot, context: AppContext) -> None:
    context.paths.root.mkdir(parents=True)
    context.paths.learner_db.write_bytes(b"not a database at all" * 500)
    damaged = context.paths.packs / "org.example.plants" / "1.0.0"
    damaged.mkdir(parents=True)
    (damaged / "install.json").write_text("{")
    places: list[Place] = []
    context.go.connect(places.append)
    panel = looked(qtbot, context)
    assert "Does not work" in said(panel)
    assert not any(sign in said(panel) for sign in ("llm-tutor ", "make run", "--profile", "packs remove"))
    press(panel, "Open your data")
    assert places == [Place(Page.SETTINGS, part="data")]


def test_a_check_says_how_the_window_is_shown(qtbot: QtBot, context: AppContext) -> None:
    context.preferences.change(theme=ThemeChoice.CONTRAST, text_scale=150)
    panel = looked(qtbot, context)
    qtbot.waitUntil(lambda: "theme: High contrast; text at 150 %" in said(panel))
    assert "800×800 at 100 %" in said(panel)
    press(panel, "Copy the report")
    assert "ok Window: Qt 6." in QGuiApplication.clipboard().text()


def test_a_check_of_a_prepared_profile_is_copied_as_a_report(qtbot: QtBot, own_context: AppContext) -> None:
    panel = looked(qtbot, own_context)
    press(panel, "Copy the report")
    report = QGuiApplication.clipboard().text()
    assert "ok Packs:" in report
    assert "ok Models:" in report
    assert "broken" not in report
