"""What can be done with a question: one row of buttons below it, and a line that says when there is more help.

What is seldom wanted goes into a menu where the row has no room for it: a second row would be taken from the question.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import READING_WIDTH, SPACE
from tutor_app.widgets.basics import announce, button, column, label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.rich_text_view import EDGE
from tutor_app.widgets.toast import BOTTOM_BAR, ToastRoom

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QPushButton

    from tutor_app.services.practising import ShownQuestion
    from tutor_app.theme.theme import Theme

_SECOND_MS = 1000
_TIGHT_BELOW = 720  # as in ScrollColumn


class PracticeActions(QWidget):
    """The buttons; each is there when it is of use.

    Signals:
        voided: the question is bad, for this reason.

    Attributes:
        check, go_on: the way on, one of them at a time.
        help, tell: the next level of help; "just tell me".
        explain, put_off, bad: what else can be done.
        more: the menu of those that have no room.
        note: a line about help.
    """

    voided = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName(BOTTOM_BAR)
        self._waited = QTimer(self, singleShot=True)
        self._waited.timeout.connect(self._tell_ready)
        self.check = button(tr("Check"), "primary")
        self.go_on = button(tr("Next"), "primary")
        self.help = button(tr("Help"))
        self.tell = button(tr("Just tell me"), "quiet")
        self.explain = button(tr("Explain this step"), "quiet")
        self.put_off = button(tr("Put off"), "quiet", tip=tr("It comes again later"))
        self.bad = button(tr("Is something wrong?"), "quiet")
        self.bad.setMenu(self._made_reasons())
        self.more = button(tr("More"), "quiet")
        self.more.setMenu(QMenu(self))
        self.more.hide()
        self._often = (self.check, self.go_on, self.help, self.tell)
        self._seldom = (self.explain, self.put_off, self.bad)
        self._of_use: set[QPushButton] = {*self._often, *self._seldom}
        self._narrowed = QTimer(self, singleShot=True, interval=0)
        self._narrowed.timeout.connect(self._spread)
        self.note = label("", "caption", wrap=True)
        self.note.hide()
        buttons = FlowLayout(space="s")
        for part in (*self._often, *self._seldom, self.more):
            buttons.addWidget(part)
        self._buttons = QWidget()
        self._buttons.setLayout(buttons)
        self._column = QWidget()
        inside = column(self.note, self._buttons, space="s")
        inside.setContentsMargins(EDGE, 0, EDGE, 0)  # in line with the text above
        self._column.setLayout(inside)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self._across = row(None, self._column, None, space="s")
        self._across.setStretch(1, 1000)
        whole = column(ToastRoom(), rule, self._across, space="xs")
        whole.setSpacing(0)
        self.setLayout(whole)
        self._fit()
        theme.changed.connect(self._fit)

    @property
    def busy(self) -> bool:
        """Whether nothing can be pressed now."""
        return not self._buttons.isEnabled()

    def set_busy(self, busy: bool) -> None:
        """Nothing can be pressed twice."""
        self._buttons.setEnabled(not busy)

    def set_given(self, given: bool, missing: str = "") -> None:
        """Whether there is an answer to check; ``missing``: what is to be done before there is one."""
        self.check.setEnabled(given)
        self.check.setToolTip(missing)
        self.check.setAccessibleDescription(missing)

    def show_for(self, question: ShownQuestion, *, review: bool) -> None:
        """Show what is of use now; ``review``: the question is only looked at again."""
        asked = not question.ending and not review
        self.go_on.setText(tr("Back to the summary") if review else tr("Next"))
        # In an exam nothing is said to an answer: it goes on at once.
        self.check.setText(tr("Next") if question.mode == "exam" else tr("Check"))
        self.explain.setText(tr("Explain this step") if question.multi_step else tr("Explain this"))
        tested = question.mode == "exam" or question.purpose == "placement"
        helped, explained = asked and question.has_help, not (asked and tested)
        wanted = {
            self.check: asked,
            self.go_on: not asked,
            self.help: helped,
            self.tell: helped,
            self.explain: bool(question.passages) and explained,
            self.put_off: asked,
            self.bad: True,
        }
        self._of_use = {part for part, wished in wanted.items() if wished}
        self._spread()
        self._show_note(question)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons in line with the text."""
        super().resizeEvent(event)
        self._across.setContentsMargins(self._edge, SPACE["m"], self._edge, SPACE["m"])
        self._narrowed.start()  # in the midst of laying out, nothing may come or go

    @property
    def _edge(self) -> int:
        return SPACE["l"] if self.width() < _TIGHT_BELOW else SPACE["xxl"]

    @Slot()
    def _spread(self) -> None:
        """Show in the row what has room there, and the rest in the menu."""
        room = min(self._column.maximumWidth(), self.width() - 2 * self._edge) - 2 * EDGE
        often = [part for part in self._often if part in self._of_use]
        seldom = [part for part in self._seldom if part in self._of_use]
        beside = len(seldom)
        while beside and _width([*often, *seldom[:beside], *([self.more] if seldom[beside:] else [])]) > room:
            beside -= 1
        inside = seldom[beside:]
        shown = {*often, *seldom[:beside], *([self.more] if inside else [])}
        parts = (*self._often, *self._seldom, self.more)
        # What goes, goes first: there is no second row meanwhile.
        for part in sorted(parts, key=shown.__contains__):
            part.setVisible(part in shown)
        self._fill_menu(inside)

    def _fill_menu(self, inside: list[QPushButton]) -> None:
        menu = self.more.menu()
        menu.clear()
        for part in inside:
            if part is self.bad:
                menu.addMenu(part.menu()).setText(part.text())
            else:
                menu.addAction(part.text(), part.click)

    def _made_reasons(self) -> QMenu:
        menu = QMenu(self)
        for reason, text in (
            ("wrong_key", tr("My answer is right, and it says no")),
            ("unclear", tr("I cannot tell what is asked")),
            ("broken", tr("Something is broken: text, picture, field")),
            ("other", tr("Another reason")),
        ):
            menu.addAction(text).triggered.connect(partial(self.voided.emit, reason))
        return menu

    def _show_note(self, question: ShownQuestion) -> None:
        self._waited.stop()
        text = ""
        if question.wait_s > 0:
            seconds = max(1, round(question.wait_s))
            text = tr(
                "Try it first, or read it once more. There is more help in {seconds} s.", seconds=seconds
            )
            self._waited.start(seconds * _SECOND_MS)
        elif question.offers_help:
            text = tr("Would you like some help?")
        self.note.setText(text)
        self.note.setVisible(bool(text))
        if text:
            announce(self.note, text)

    @Slot()
    def _tell_ready(self) -> None:
        self.note.setText(tr("There is more help now, if you want it."))

    @Slot()
    def _fit(self) -> None:
        self._column.setMaximumWidth(round(READING_WIDTH * max(1.0, self._theme.scale)))
        self._spread()


def _width(parts: list[QPushButton]) -> int:
    """How wide a row of ``parts`` is, in pixels."""
    for part in parts:
        part.ensurePolished()
    return sum(part.sizeHint().width() for part in parts) + SPACE["s"] * max(0, len(parts) - 1)
