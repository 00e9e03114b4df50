"""A step of each kind, an answer to it, and the widget for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tutor_app.richtext.parser import parse
from tutor_app.services.gapped_text import with_gaps
from tutor_app.services.practising import ShownOption, ShownStep
from tutor_app.widgets.answer_inputs import answer_input

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.services.practising import Response
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.answer_input import AnswerInput


KEY, BUTTON = Qt.Key, Qt.MouseButton.LeftButton


def option(identifier: str, text: str = "") -> ShownOption:
    return ShownOption(identifier, parse(text or identifier))


ABC = (option("a", "one $x$"), option("b", "two"), option("c", "three"))
STEPS = {
    "choice": ShownStep("s", "choice", parse("?"), options=ABC),
    "multiple": ShownStep("s", "multiple", parse("?"), options=ABC),
    "order": ShownStep("s", "order", parse("?"), options=ABC),
    "match": ShownStep(
        "s", "match", parse("?"), options=ABC[:2], right=(option("x"), option("y"), option("z"))
    ),
    "cloze": ShownStep(
        "s", "cloze", with_gaps("A [gap:g1], and $x$ or [gap:g2]."), gaps=("g1", "g2"), bank=("red", "blue")
    ),
    "short": ShownStep("s", "short", parse("?")),
    "text": ShownStep("s", "text", parse("?")),
    "number": ShownStep("s", "number", parse("?"), after="cm"),
    "expression": ShownStep("s", "expression", parse("?")),
}
GIVEN: dict[str, Response] = {
    "choice": "b",
    "multiple": ("a", "c"),
    "order": ("c", "a", "b"),
    "match": {"a": "y", "b": "y"},
    "cloze": {"g1": "red", "g2": "blue"},
    "short": "because",
    "text": "word",
    "number": "7",
    "expression": "2x",
}


def made(qtbot: QtBot, theme: Theme, kind: str) -> AnswerInput:
    widget = answer_input(theme, STEPS[kind])
    qtbot.addWidget(widget)
    widget.resize(640, 400)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget
