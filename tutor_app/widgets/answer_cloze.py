"""A text with gaps: a field in the place of each, words to choose from below it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tutor_app.i18n import tr, trn
from tutor_app.richtext.document import Formula
from tutor_app.services.practising import GAP
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import button, label, restyle, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.rich_text_paint import x_at
from tutor_app.widgets.rich_text_view import EDGE, RichTextView

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import Response, ShownStep
    from tutor_app.theme.theme import Theme

_LONGEST = 200


class _Gap(QLineEdit):
    """The field of one gap."""

    def __init__(self, owner: AnswerCloze, gap: str, name: str) -> None:
        super().__init__()
        self._owner = owner
        self._gap = gap
        self.setProperty("role", "gap")
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Words that are pressed go here."""
        super().focusInEvent(event)
        self._owner.go_to(self._gap)


class GappedText(RichTextView):
    """A text that leaves room for its gaps; ``fields`` are kept where those are."""

    def __init__(self, theme: Theme, text: RichText) -> None:
        super().__init__(theme)
        self.fields: dict[str, QLineEdit] = {}
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Later: in the midst of laying out, the lines are not there yet.
        self._laid_out = QTimer(self, singleShot=True, interval=0)
        self._laid_out.timeout.connect(self.place_fields)
        self.set_rich_text(text)
        self.document().documentLayout().documentSizeChanged.connect(self._place_later)

    def take(self, gap: str, field: QLineEdit) -> None:
        """Keep ``field`` in the place of ``gap``."""
        field.setParent(self.viewport())
        field.show()
        self.fields[gap] = field
        self._laid_out.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gaps stand elsewhere now."""
        super().resizeEvent(event)
        self._laid_out.start()

    @Slot()
    def _place_later(self) -> None:
        self._laid_out.start()

    @Slot()
    def place_fields(self) -> None:
        """Put each field into its gap."""
        self._settle()
        for gap, rect in self._gaps().items():
            if gap in self.fields and self.fields[gap].geometry() != rect:
                self.fields[gap].setGeometry(rect)

    def _gaps(self) -> dict[str, QRect]:
        found: dict[str, QRect] = {}
        cursor = QTextCursor(self.document())
        while not cursor.atEnd():
            at = cursor.position()
            one = self._builder.object_at(at)
            source = getattr(getattr(one, "outline", None), "tex", "")
            if source.startswith(GAP):
                behind = round(getattr(one, "tail_width", 0.0))  # a full stop that belongs to the object
                rect, right_to_left = self._rect(at), self._reads_from_right(at)
                rect.adjust(behind if right_to_left else 0, 0, 0 if right_to_left else -behind, 0)
                found[source.removeprefix(GAP)] = rect
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return found

    def _reads_from_right(self, at: int) -> bool:
        return self.document().findBlock(at).textDirection() == Qt.LayoutDirection.RightToLeft

    def _rect(self, at: int) -> QRect:
        block = self.document().findBlock(at)
        line = block.layout().lineForTextPosition(at - block.position())
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        ends = sorted(x_at(line, at - block.position() + step) for step in (0, 1))
        top = origin.y() + line.y()
        return QRect(round(origin.x() + ends[0]), round(top), round(ends[1] - ends[0]), round(line.height()))


class AnswerCloze(AnswerInput):
    """Fields in the text; gaps that the text does not name are listed below it."""

    def __init__(self, theme: Theme, step: ShownStep) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        self._next = step.gaps[0]
        self.text = GappedText(theme, step.ask)
        named = named_gaps(step.ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE["m"])
        whole.addWidget(self.text)
        for number, gap in enumerate(step.gaps, 1):
            name = tr("Gap {number} of {gaps}", number=number, gaps=len(step.gaps))
            field = self.fields[gap] = _Gap(self, gap, name)
            field.returnPressed.connect(self._enter)
            field.textChanged.connect(self._change)
            if gap in named:
                self.text.take(gap, field)
            else:
                line = row(label(tr("Gap {number}", number=number)), field, space="s")
                line.addStretch(1)
                whole.addLayout(line)
        for before, after in zip(step.gaps, step.gaps[1:], strict=False):
            self.setTabOrder(self.fields[before], self.fields[after])
        if step.bank:
            whole.addWidget(self._made_bank(step.bank))
        self._missing = label("", "caption", wrap=True)
        self._missing.setContentsMargins(EDGE, 0, EDGE, 0)
        keep = self._missing.sizePolicy()
        keep.setRetainSizeWhenHidden(True)  # so that nothing below it moves
        self._missing.setSizePolicy(keep)
        whole.addWidget(self._missing)
        self._show_missing()

    def response(self) -> Response | None:
        """What was written, by gap; None while a gap is empty."""
        given = {gap: field.text().strip()[:_LONGEST] for gap, field in self.fields.items()}
        return given if all(given.values()) else None

    def missing(self) -> str:
        """How many gaps are empty."""
        empty = sum(not field.text().strip() for field in self.fields.values())
        return trn("One gap is still empty.", "{n} gaps are still empty.", empty) if empty else ""

    def draft(self) -> Response | None:
        """What was written, as far as it goes."""
        given = {gap: field.text() for gap, field in self.fields.items()}
        return given if any(given.values()) else None

    def set_response(self, response: Response) -> None:
        """Fill the gaps."""
        if isinstance(response, (str, tuple)):
            return
        for gap, text in response.items():
            if gap in self.fields:
                self.fields[gap].setText(text)

    def focus_start(self) -> None:
        """The first empty gap."""
        empty = next((field for field in self.fields.values() if not field.text()), None)
        (empty or next(iter(self.fields.values()))).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_right(self, parts: tuple[str, ...]) -> None:
        """Mark the gaps that are right."""
        for gap, field in self.fields.items():
            restyle(field, "right", gap in parts)
            field.setAccessibleDescription(tr("right") if gap in parts else "")

    def go_to(self, gap: str) -> None:
        """Words that are pressed go into this gap."""
        self._next = gap

    def _made_bank(self, bank: tuple[str, ...]) -> QWidget:
        made = QWidget()
        words = FlowLayout(space="s")
        words.setContentsMargins(EDGE, 0, EDGE, 0)
        words.addWidget(label(tr("Words to choose from:"), "caption"))
        for word in bank:
            chip = button(word, "chip")
            chip.setAccessibleDescription(tr("Goes into the gap that the keyboard was in"))
            chip.clicked.connect(partial(self._write, word))
            words.addWidget(chip)
        made.setLayout(words)
        return made

    def _write(self, word: str) -> None:
        self.fields[self._next].setText(word)
        empty = next((gap for gap, field in self.fields.items() if not field.text()), "")
        self._next = empty or self._next
        self.fields[self._next].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _enter(self) -> None:
        """Go to the next empty gap; check where there is none."""
        if self.response() is None:
            self.focus_start()
        else:
            self.submitted.emit()

    @Slot()
    def _change(self) -> None:
        field = self.sender()
        if isinstance(field, QLineEdit):
            restyle(field, "right", False)
        self._show_missing()
        self.changed.emit()

    def _show_missing(self) -> None:
        missing = self.missing()
        self._missing.setText(missing or self._missing.text())
        self._missing.setVisible(bool(missing))


def named_gaps(text: RichText) -> set[str]:
    """The gaps that a text names: where it is shown with them empty, they are holes in it."""
    runs = [run for block in text.blocks for part in (block.runs, *sum(block.rows, ())) for run in part]
    sources = (run.outline.tex for run in runs if isinstance(run, Formula))
    return {source.removeprefix(GAP) for source in sources if source.startswith(GAP)}
