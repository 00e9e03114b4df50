"""Everything about one pack or document, in a panel beside the page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import isolated, language_name, tr
from tutor_app.item_models.learning_words import long_day_text
from tutor_app.item_models.reading_words import licence_name
from tutor_app.services.holdings import HoldingDetails, HoldingKind, HoldingState
from tutor_app.theme.tokens import SIDE_WIDTH, SPACE
from tutor_app.widgets.amounts import number_text, size_text
from tutor_app.widgets.basics import IconButton, breakable, button, clear, column, label, row
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.made_questions import MadeQuestions
from tutor_app.widgets.model_words import language_names

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tutor_app.theme.theme import Theme


_WIDEST = 16_777_215


class PackDetails(QWidget):
    """Hidden until it has something to show.

    Signals:
        asked, read, exported, removed: a button was pressed; the ``Holding``.
        judged, passage_wanted: of the questions that were made from it, see ``MadeQuestions``.
        closed: it was closed.

    Attributes:
        questions: those that were made from it.
    """

    asked = Signal(object)
    read = Signal(object)
    exported = Signal(object)
    removed = Signal(object)
    judged = Signal(str, str)
    passage_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._details: HoldingDetails | None = None
        self._alone = False
        self.questions = self._made_questions()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.close_button = IconButton(theme, "close", tr("Close the details"))
        self.close_button.clicked.connect(self.leave)
        head = row(label(tr("Details"), "heading"), None, self.close_button)
        head.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["s"], 0)
        inner = QWidget()
        inner.setObjectName("column")
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], SPACE["l"])
        self._body.setSpacing(SPACE["m"])
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        whole = column(head, area, space="s")
        whole.setStretch(1, 1)
        whole.setContentsMargins(1, 0, 1, 0)  # the line at the edge is the panel's own
        self.setLayout(whole)
        self.hide()
        self._fit()
        theme.changed.connect(self._fit)

    def shown_id(self) -> str:
        """Id of what it shows; empty while hidden."""
        return self._details.holding.id if self._details is not None else ""

    def show_details(self, details: HoldingDetails) -> None:
        """Show ``details``."""
        self._details = details
        holding = details.holding
        clear(self._body)
        self._body.addWidget(label(breakable(holding.title), "heading", wrap=True))
        if holding.description:
            self._body.addWidget(label(holding.description, "mute", wrap=True))
        self._body.addLayout(self._actions())
        self._body.addWidget(_rule())
        self._body.addLayout(_table(facts(details)))
        self.questions = self._made_questions()
        self._body.addWidget(self.questions)
        self._body.addStretch(1)
        self.setAccessibleName(tr("Details of “{title}”", title=holding.title))
        self.show()

    @Slot()
    def leave(self) -> None:
        """Close it."""
        if self._details is not None:
            self._details = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _made_questions(self) -> MadeQuestions:
        made = MadeQuestions()
        made.judged.connect(self.judged)
        made.passage_wanted.connect(self.passage_wanted)
        return made

    def _actions(self) -> QVBoxLayout:
        ask, read = button(tr("Ask")), button(tr("Read"))
        remove = button(tr("Remove"), "danger")
        ask.clicked.connect(self._ask)
        read.clicked.connect(self._read)
        remove.clicked.connect(self._remove)
        buttons = flow(ask, read)
        if self._details is not None and self._details.counts.get("items", 0):
            export = button(tr("Export cards for Anki …"))
            export.clicked.connect(self._export)
            buttons.addWidget(export)
        buttons.addWidget(remove)
        box = QVBoxLayout()
        box.addLayout(buttons)
        return box

    def side_width(self) -> int:
        """How wide it is beside a page."""
        return round(SIDE_WIDTH * min(max(1.0, self._theme.scale), 1.25))

    def set_alone(self, alone: bool) -> None:
        """Take all the room there is, where there is none for a page beside it."""
        self._alone = alone
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setMinimumWidth(0 if self._alone else self.side_width())
        self.setMaximumWidth(_WIDEST if self._alone else self.side_width())

    @Slot()
    def _ask(self) -> None:
        if self._details is not None:
            self.asked.emit(self._details.holding)

    @Slot()
    def _read(self) -> None:
        if self._details is not None:
            self.read.emit(self._details.holding)

    @Slot()
    def _export(self) -> None:
        if self._details is not None:
            self.exported.emit(self._details.holding)

    @Slot()
    def _remove(self) -> None:
        if self._details is not None:
            holding = self._details.holding
            self.leave()
            self.removed.emit(holding)


def facts(details: HoldingDetails) -> list[tuple[str, str]]:
    """What is told, in order: pairs of what it is and its value; what is unknown is left out."""
    holding, counts = details.holding, details.counts
    added = datetime.fromtimestamp(holding.added_ms / 1000).date()  # noqa: DTZ006 - the learner's own day
    rows = [
        (tr("State"), _state(holding.state)),
        (tr("Contents"), _contents(counts)),
        (tr("File"), holding.file),
        (tr("Author") if len(details.authors) == 1 else tr("Authors"), ", ".join(details.authors)),
        (tr("Licence"), licence_name(details.licence)),
        (tr("Signature"), _signature(details)),
        (tr("Language"), _languages(details.languages)),
        (
            tr("Ages"),
            tr("{first} to {last}", first=details.age[0], last=details.age[1]) if details.age else "",
        ),
        (tr("Version"), details.version if holding.kind is HoldingKind.PACK else ""),
        (
            tr("Added"),
            long_day_text(added) if holding.added_ms else "",
        ),
        (tr("Space used"), size_text(details.bytes)),
    ]
    return [(name, value) for name, value in rows if value]


def _languages(codes: tuple[str, ...]) -> str:
    """In the window's words; a language that these have no name for is called by its own."""
    known = language_names()
    return ", ".join(known.get(code) or language_name(code) for code in codes)


def _contents(counts: dict[str, int]) -> str:
    named = (
        (tr("Sections"), counts.get("sections", 0)),
        (tr("Passages"), counts.get("passages", 0)),
        (tr("Skills"), counts.get("skills", 0)),
        (tr("Words explained"), counts.get("terms", 0)),
        (tr("Practice questions"), counts.get("items", 0)),
        (tr("Test questions"), counts.get("questions", 0)),
    )
    return "\n".join(f"{name}: {number_text(count)}" for name, count in named if count)


def _state(state: HoldingState) -> str:
    if state is HoldingState.READY:
        return tr("Ready: found by words and by meaning")
    return tr("You can ask about it, for now with words from the text")


def _signature(details: HoldingDetails) -> str:
    if details.signed_by:
        return tr("Signed, unchanged since. Key {fingerprint}", fingerprint=isolated(details.signed_by))
    if details.origin == "starter":
        return tr("Came with LLM Tutor")
    if details.origin == "document":
        return ""
    return tr("Not signed: nobody vouches that it is unchanged")


def _table(rows: list[tuple[str, str]]) -> QVBoxLayout:
    table = column(space="m")
    for name, value in rows:
        told = label(breakable(value), wrap=True)
        told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setAccessibleName(f"{name}: {value}")
        pair = column(label(name, "caption"), told)
        pair.setSpacing(1)
        table.addLayout(pair)
    return table


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "rule")
    return line
