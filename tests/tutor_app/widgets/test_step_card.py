"""A step that is done: what is said above its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tutor_app.services.gapped_text import filled, lead, with_gaps
from tutor_app.services.practising import PassageRef, ShownAttempt, ShownHint, ShownReply, ShownStep
from tutor_app.widgets.basics import RING, column
from tutor_app.widgets.hint_note import HintNote
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.solution_note import SolutionNote
from tutor_app.widgets.step_card import StepCard
from tutor_app.widgets.turn_view import plain_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

GAPPED = "Fill the gap: A leaf is [gap:g1]."
RIGHT = ShownReply("right", text="Yes.")


def step() -> ShownStep:
    words = {"g1": "green"}
    attempt = ShownAttempt(words, filled(GAPPED, words), RIGHT)
    return ShownStep(
        "s", "cloze", with_gaps(GAPPED), lead=lead(GAPPED), gaps=("g1",), attempts=(attempt,), solved=True
    )


def test_what_is_to_be_done_with_a_text_stands_above_the_answer_and_not_in_it(
    qtbot: QtBot, theme: Theme
) -> None:
    card = StepCard(theme, step(), asked=False)
    qtbot.addWidget(card)
    texts = [it.toPlainText() for it in card.findChildren(RichTextView)]
    assert texts[:2] == ["Fill the gap:", "A leaf is green."]


def test_a_text_that_is_asked_stands_whole_in_its_field(qtbot: QtBot, theme: Theme) -> None:
    card = StepCard(theme, step(), asked=True)
    qtbot.addWidget(card)
    (text, *_) = [it.toPlainText() for it in card.findChildren(RichTextView)]
    assert text.startswith("Fill the gap: A leaf is ")


def test_nobody_is_to_look_once_more_who_was_shown_the_solution(qtbot: QtBot, theme: Theme) -> None:
    missed = ShownAttempt(
        "7", plain_text("7"), ShownReply("wrong", "wrong", "Not yet. Look at it once more.")
    )
    solution = (plain_text("It is 8."),)
    told = ShownStep("s", "number", plain_text("How many?"), attempts=(missed,), solution=solution)
    card = StepCard(theme, told, asked=False)
    qtbot.addWidget(card)
    card.show()
    assert not [it for it in card.findChildren(ReplyNote) if it.isVisible()]
    misled = replace(missed, reply=ShownReply("wrong", "misconception", body=plain_text("You added.")))
    card = StepCard(theme, replace(told, attempts=(misled,)), asked=False)
    qtbot.addWidget(card)
    card.show()
    assert [it for it in card.findChildren(ReplyNote) if it.isVisible()]


def test_a_hint_leads_to_what_can_be_read_about_its_step(qtbot: QtBot, theme: Theme) -> None:
    read = PassageRef("org.example.pack", "p-1")
    helped = ShownStep(
        "s", "number", plain_text("How fast?"), hints=(ShownHint(1, plain_text("Look at the formula.")),)
    )
    card = StepCard(theme, helped, asked=True, passage=read)
    qtbot.addWidget(card)
    (note,) = card.findChildren(HintNote)
    (link,) = note.findChildren(QPushButton)
    assert link.text() == "Read about it"
    with qtbot.waitSignal(card.passage_opened) as opened:
        link.click()
    assert opened.args == [read]


def test_links_begin_where_the_texts_do_that_they_stand_below(qtbot: QtBot, theme: Theme) -> None:
    read = PassageRef("org.example.pack", "p-1")
    missed = ShownAttempt("7", plain_text("7"), ShownReply("wrong", "wrong", "Not yet."))
    hint = ShownHint(1, plain_text("Count them."))
    solution = (plain_text("It is 8."),)
    right = ShownAttempt("8", plain_text("8"), RIGHT)
    asked = ShownStep("s", "number", plain_text("How many?"), attempts=(missed,), hints=(hint,))
    done = ShownStep(
        "s", "number", plain_text("How many?"), attempts=(right,), solution=solution, solved=True
    )
    page = QWidget()
    cards = [StepCard(theme, asked, asked=True, passage=read), StepCard(theme, done, asked=False)]
    page.setLayout(column(*cards))
    qtbot.addWidget(page)
    page.show()

    def left(part: QWidget, edge: int) -> int:
        return part.mapTo(page, QPoint()).x() + edge

    reply, help_ = page.findChildren(ReplyNote)[0], page.findChildren(HintNote)[0]
    pairs: list[tuple[QWidget, RichTextView]] = [
        (note, note.findChildren(RichTextView)[0]) for note in (reply, help_)
    ]
    pairs.append((cards[1].findChildren(SolutionNote)[0], cards[1].findChildren(RichTextView)[0]))
    for note, text in pairs:
        link = next(it for it in note.findChildren(QPushButton) if it.isVisible())
        assert left(link, RING) == left(text, EDGE)


def test_a_solution_that_is_unfolded_is_a_card_as_wide_as_what_is_said(qtbot: QtBot, theme: Theme) -> None:
    right = ShownAttempt("8", plain_text("8"), RIGHT)
    solution = (plain_text("It is 8."),)
    done = ShownStep(
        "s", "number", plain_text("How many?"), attempts=(right,), solution=solution, solved=True
    )
    card = StepCard(theme, done, asked=False)
    card.resize(500, 400)
    qtbot.addWidget(card)
    card.show()
    (note,) = card.findChildren(SolutionNote)
    note.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: note.findChildren(QPushButton)[0].isHidden())
    (framed,) = [it for it in note.findChildren(QFrame) if it.property("role") == "card"]
    (reply,) = card.findChildren(ReplyNote)
    assert framed.isVisible()
    assert framed.mapTo(card, QPoint()).x() == reply.mapTo(card, QPoint()).x()
    assert framed.width() == reply.width()
