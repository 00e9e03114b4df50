"""The walk over a window finds what is unmarked and what is cut, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.tutor_app.pseudo import PseudoTranslations
from tests.tutor_app.widget_texts import cut, unmarked
from tutor_app import i18n
from tutor_app.i18n import tr
from tutor_app.widgets.basics import button, label


@pytest.fixture(autouse=True)
def pseudo() -> Iterator[None]:
    i18n.install(PseudoTranslations())
    yield
    i18n.install(i18n.load("en"))


def _shown(qtbot: QtBot, *parts: QWidget, width: int = 400) -> QWidget:
    whole = QWidget()
    qtbot.addWidget(whole)
    layout = QVBoxLayout(whole)
    for part in parts:
        layout.addWidget(part)
    whole.resize(width, 300)
    whole.show()
    return whole


def test_marked_texts_pass(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setPlaceholderText(tr("Ask"))
    line.setAccessibleName(f"{tr('Ask')} · 12 %")
    keys = label("Ctrl+N")
    nested = label(tr("Open {name}", name=tr("the file")))
    assert unmarked(_shown(qtbot, label(tr("Hello")), button(tr("Save & go")), line, keys, nested)) == []


def test_unmarked_texts_are_named(qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setPlaceholderText("Ask")
    tip = button(tr("Go"), tip="Away")
    listed = QListWidget()
    listed.addItems([tr("One"), "Two"])
    found = unmarked(_shown(qtbot, label(f"{tr('Hello')} there"), line, tip, listed))
    assert [text.partition(": ")[2] for text in found] == ["[Ĥéłłö áé] there", "Ask", "Away", "Two"]


def test_what_people_and_packs_wrote_is_exempt(qtbot: QtBot) -> None:
    marked = QWidget()
    QHBoxLayout(marked).addWidget(QLabel("What is a cell?"))
    marked.setProperty("content", True)
    assert unmarked(_shown(qtbot, marked, label(f"Algebra, {tr('3 pages')}")), content=["Algebra"]) == []


def test_hidden_widgets_are_left_out(qtbot: QtBot) -> None:
    hidden = QLabel("Bare")
    whole = _shown(qtbot, hidden)
    hidden.hide()
    assert unmarked(whole) == cut(whole) == []


def test_texts_with_room_are_not_cut(qtbot: QtBot) -> None:
    whole = _shown(qtbot, label("word " * 60, wrap=True), button("Go on"), QLineEdit(), label("short"))
    assert cut(whole) == []


def test_texts_without_room_are_cut(qtbot: QtBot) -> None:
    narrow, pressed, line = (
        label("a label that has no room"),
        QPushButton("A button without room"),
        QLineEdit(),
    )
    line.setPlaceholderText("A placeholder without room")
    flat = label("many words that need more than one line " * 3, wrap=True)
    for part in (narrow, pressed, line):
        part.setFixedWidth(60)
    flat.setFixedSize(200, 12)
    assert len(cut(_shown(qtbot, narrow, pressed, line, flat))) == 4


def test_a_text_whose_tool_tip_is_whole_is_not_cut(qtbot: QtBot) -> None:
    narrow = label("a label that has no room")
    narrow.setFixedWidth(60)
    narrow.setToolTip("a label that has no room")
    assert cut(_shown(qtbot, narrow)) == []


def test_what_lies_beside_the_window_is_cut(qtbot: QtBot) -> None:
    whole = _shown(qtbot)
    beside = QLabel("beside", whole)
    beside.move(390, 10)
    beside.show()
    assert len(cut(whole)) == 1
