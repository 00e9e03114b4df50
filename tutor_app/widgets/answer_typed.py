"""Typing an answer: a word, a number, mathematics with a preview of how it reads, or a sentence or two."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from tutor_app.i18n import apart, tr
from tutor_app.richtext.document import Block, BlockKind, Formula, RichText
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import button, column, label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor_app.richtext.document import Outline
    from tutor_app.services.practising import Preview, Response
    from tutor_app.theme.theme import Theme

_PAUSE_MS = 60  # the preview follows the fingers, but not every stroke of a quick typist
_LONGEST = 500
_LONGEST_SENTENCE = 2000
_SHORT_EM, _LONG_EM = 12, 26
_SHORT = frozenset({"number", "quantity"})
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_OF_NUMBERS = frozenset({"pi", "sqrt"})  # other letters in a short answer are a unit, and no product
_BETWEEN = "between"  # values: the sign of the window's language
_SIGNS = {
    "expression": ("^", "√", "(", ")"),
    "equation": ("=", "^", "√", "(", ")"),
    "interval": ("<", "≤", ">", "≥"),
    "set": ("{", _BETWEEN, "}"),
    "tuple": ("(", _BETWEEN, ")"),
}
MATHEMATICS = frozenset({*_SHORT, *_SIGNS})
"""Kinds of steps whose answer is typed as mathematics."""


class AnswerLine(AnswerInput):
    """A field of one line, what stands behind it, and for mathematics its preview and keys for signs.

    Args:
        theme: colours and sizes.
        kind: of the step.
        after: what stands behind the field.
        fraction: an example of one, where a fraction is to be typed.
    """

    def __init__(self, theme: Theme, kind: str, after: str = "", *, fraction: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._short = kind in _SHORT
        self._mathematics = kind in MATHEMATICS
        self.field = QLineEdit()
        # No limit to its length: Qt would tell of a cursor, and Orca then says nothing of the field that is reached.
        self.field.setAccessibleName(tr("Your answer in {unit}", unit=after) if after else tr("Your answer"))
        self.field.setPlaceholderText(
            tr("A fraction, such as {example}", example=fraction) if fraction else _placeholder(kind)
        )
        self.field.returnPressed.connect(self.submitted)
        self.field.textEdited.connect(self._edit)
        self.field.textChanged.connect(self.changed)
        self.preview = RichTextView(theme)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.hide()
        self._late = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._late.timeout.connect(self._ask_for_preview)
        line = row(self.field, space="s")
        line.setStretch(0, 1000)
        if after:
            line.addWidget(label(after, "reading"))
        line.addStretch(1)
        whole = column(line, space="s")
        signs = ("/",) if fraction else _SIGNS.get(kind, ())
        if signs:
            whole.addWidget(self._made_signs(_between() if sign == _BETWEEN else sign for sign in signs))
        below = column(self.preview)
        below.setContentsMargins(0, SPACE["xs"], 0, 0)  # the top of a fraction is no sign among the keys
        whole.addLayout(below)
        self.setLayout(whole)
        self._fit()
        theme.changed.connect(self._fit)

    def response(self) -> Response | None:
        """What was typed; None for nothing."""
        return self.field.text().strip()[:_LONGEST] or None

    def set_response(self, response: Response) -> None:
        """Put the text back."""
        if isinstance(response, str):
            self.field.setText(response)
            self._late.start()

    def focus_start(self) -> None:
        """The field, behind what is in it."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.deselect()
        self.field.end(False)

    def show_preview(self, preview: Preview) -> None:
        """Show the formula, where it says more than the text does."""
        if preview.typed != self.field.text():
            return
        outline = preview.outline
        plain = outline is None or outline.tex.replace(" ", "") == preview.typed.replace(" ", "")
        measured = self._short and not _WORDS_OF_NUMBERS.issuperset(_WORD.findall(preview.typed))
        if outline is not None and not (plain and self._short) and not measured:
            self.preview.set_rich_text(_formula(outline))
            self.preview.setAccessibleName(tr("It reads: {formula}", formula=outline.spoken))
            self.preview.show()
        else:
            self.preview.hide()

    def _made_signs(self, signs: Iterable[str]) -> QWidget:
        made = QWidget()
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as they are written: ( before )
        keys = FlowLayout(space="xs")
        for sign in signs:
            key = button(apart(sign), "chip")  # else ( would look like ) in a window read from the right
            key.setAccessibleName(tr("Write {sign}", sign=sign))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # they can be typed, too
            key.clicked.connect(partial(self._write, sign))
            keys.addWidget(key)
        made.setLayout(keys)
        return made

    def _write(self, sign: str) -> None:
        self.field.insert(sign)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._late.start()

    def changeEvent(self, event: QEvent) -> None:
        """The preview stands below the field, on whichever side that is."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fit()

    @Slot()
    def _edit(self) -> None:
        if self._mathematics:
            self._late.start()

    @Slot()
    def _ask_for_preview(self) -> None:
        if not self._mathematics:
            return
        if self.field.text().strip():
            self.preview_wanted.emit(self.field.text(), self._kind)
        else:
            self.preview.hide()

    @Slot()
    def _fit(self) -> None:
        em = _SHORT_EM if self._short else _LONG_EM
        self.field.setMinimumWidth(round(8 * self._theme.pixels("body")))
        hint = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        widest = max(round(em * self._theme.pixels("body")), hint + 3 * self._theme.pixels("body"))
        self.field.setMaximumWidth(widest)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # A formula begins at the left: below the field all the same.
        self.preview.setMaximumWidth(widest if mirrored else 16_777_215)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class AnswerSentence(AnswerInput):
    """A box for a sentence or two. Enter checks, Shift+Enter begins a new line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(tr("Your answer"))
        self.box.setAccessibleDescription(tr("Enter checks, Shift and Enter begin a new line"))
        self.box.setPlaceholderText(tr("A sentence or two, in your own words"))
        self.box.setTabChangesFocus(True)
        self.box.setAcceptDrops(False)
        self.box.setFrameShape(QFrame.Shape.NoFrame)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self.changed)
        self.setLayout(column(self.box))
        self._fit()
        theme.changed.connect(self._fit)

    def response(self) -> Response | None:
        """What was typed; None for nothing."""
        return self.box.toPlainText().strip()[:_LONGEST_SENTENCE] or None

    def set_response(self, response: Response) -> None:
        """Put the text back."""
        if isinstance(response, str):
            self.box.setPlainText(response)
            self.box.moveCursor(QTextCursor.MoveOperation.End)

    def focus_start(self) -> None:
        """The box."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter checks."""
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.submitted.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _fit(self) -> None:
        self.box.setFixedHeight(round(5.4 * self._theme.pixels("body")))


def _formula(outline: Outline) -> RichText:
    return RichText((Block(BlockKind.PARAGRAPH, (Formula(outline),)),), f"${outline.tex}$")


def _between() -> str:
    """What stands between values, as in print: a semicolon where the comma is that of decimal numbers."""
    return "," if QLocale().decimalPoint() == "." else ";"


def _placeholder(kind: str) -> str:
    return {
        "number": tr("A number"),
        "quantity": tr("A number and its unit"),
        "expression": tr("An expression"),
        "equation": tr("An equation"),
        "set": tr("All of them, such as {example}", example=f"2{_between()} 5"),
        "tuple": tr("In order, such as {example}", example=f"(2{_between()} 5)"),
        "interval": tr("An inequality, such as {example}", example="x > 2"),
    }.get(kind, tr("Your answer"))
