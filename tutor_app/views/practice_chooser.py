"""What can be practised: what is due, each pack with its next skill, and how much help there is to be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from tutor_app.i18n import dotted, tr, trn
from tutor_app.item_models.practice_words import due_line, reason_sentence
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, card, clear, column, label, row
from tutor_app.widgets.card_grid import CardGrid
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from tutor_app.services.practising import Offers, PackOffer, TodayCard
    from tutor_app.theme.theme import Theme

_WIDTH = 920
_LEARN, _PRACTICE, _EXAM = "learn", "practice", "exam"


class PracticeChooser(QWidget):
    """The choice.

    Signals:
        begun: aim, pack, mode.
        resumed: the question that is open is to be gone on with.
    """

    begun = Signal(str, str, str)
    resumed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._start: QPushButton | None = None
        self._offers: tuple[PackOffer, ...] = ()
        self._page = ScrollColumn(_WIDTH)
        self._page.column.setSpacing(SPACE["xl"])
        self._today = column()
        self.modes = Segmented(
            tr("How much help"),
            ((_LEARN, tr("Learn")), (_PRACTICE, tr("Practise")), (_EXAM, tr("Exam"))),
            _PRACTICE,
        )
        self.modes.changed.connect(self._explain_mode)
        self._mode_words = label("", "mute", wrap=True)
        self._packs = CardGrid(theme, self._card)
        chosen = QWidget()
        chosen.setLayout(
            column(
                label(tr("Choose a pack"), "heading"), self.modes, self._mode_words, self._packs, space="m"
            )
        )
        self._page.add(PageHeader(tr("What would you like to practise?")))
        self._page.column.addLayout(self._today)
        self._page.add(chosen)
        self._page.column.addStretch(1)
        self.setLayout(column(self._page))
        self._explain_mode(_PRACTICE)

    def show_offers(self, offers: Offers) -> None:
        """Show what there is."""
        clear(self._today)
        self._today.addWidget(self._made_today(offers.today))
        self._offers = offers.packs
        self._show_packs()

    def focus_start(self) -> None:
        """What is likeliest."""
        if self._start is not None:
            self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made_today(self, today: TodayCard) -> QFrame:
        made = card("tint")
        title, text, action = self._today_words(today)
        words = column(label(title, "heading", wrap=True), space="xs")
        if text:
            words.addWidget(label(text, "mute", wrap=True))
        action.setProperty("role", "primary")
        self._start = action
        line = row(space="l")
        line.addLayout(words, 1)
        line.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        line.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        made.setLayout(line)
        return made

    def _today_words(self, today: TodayCard) -> tuple[str, str, QPushButton]:
        if today.waits:
            go_on = button(tr("Continue"))
            go_on.clicked.connect(self.resumed)
            text = dotted(today.open_skill, today.open_pack)
            return tr("A question is waiting for you"), text, go_on
        begin = button(tr("Begin"))
        if today.due:
            begin.clicked.connect(partial(self.begun.emit, "review", "", _PRACTICE))
            later = trn(
                "{n} more is kept for another day.", "{n} more are kept for another day.", today.waiting
            )
            return due_line(today.due, today.minutes), later if today.waiting else "", begin
        begin.clicked.connect(partial(self.begun.emit, "today", "", _PRACTICE))
        following = today.next
        if following is None:
            return tr("Nothing is due today"), "", begin
        return (
            tr("Nothing is due today. Next: {skill}", skill=following.skill),
            reason_sentence(following.reason),
            begin,
        )

    def _show_packs(self) -> None:
        exam = self.modes.chosen() == _EXAM
        self._packs.show_things([(offer, exam) for offer in self._offers])

    def _card(self, offered: tuple[PackOffer, bool]) -> QFrame:
        offer, exam = offered
        made = card()
        title = label(offer.title, "strong", wrap=True)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        parts = column(title, label(_begun(offer), "caption"), space="xs")
        if offer.next is not None and not exam:  # in an exam, what comes next is not told
            parts.addSpacing(SPACE["s"])
            parts.addWidget(label(tr("Next: {skill}", skill=offer.next.skill), wrap=True))
            parts.addWidget(label(reason_sentence(offer.next.reason), "mute", wrap=True))
        parts.addStretch(1)
        parts.addSpacing(SPACE["s"])
        actions = QWidget()
        actions.setLayout(flow(*(self._exam_actions(offer) if exam else self._actions(offer)), space="s"))
        parts.addWidget(actions)
        parts.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        made.setLayout(parts)
        return made

    def _actions(self, offer: PackOffer) -> tuple[QPushButton, ...]:
        practise = button(tr("Go on") if offer.begun else tr("Begin"))
        practise.setAccessibleName(tr("Practise {pack}", pack=offer.title))
        practise.clicked.connect(partial(self._begin, "learn", offer.id))
        place = button(tr("Find out what I know"), "link", tip=tr("At most 12 questions, one try each"))
        place.setAccessibleName(f"{place.text()}: {offer.title}")
        place.setAccessibleDescription(tr("At most 12 questions, one try each"))
        place.clicked.connect(partial(self._begin, "placement", offer.id))
        return practise, place

    def _exam_actions(self, offer: PackOffer) -> tuple[QPushButton, ...]:
        start = button(tr("Start the exam"))
        start.setAccessibleName(f"{start.text()}: {offer.title}")
        start.clicked.connect(partial(self._begin, "learn", offer.id))
        return (start,)

    def _begin(self, aim: str, pack: str) -> None:
        self.begun.emit(aim, pack, _PRACTICE if aim == "placement" else self.modes.chosen())

    @Slot(str)
    def _explain_mode(self, mode: str) -> None:
        self._mode_words.setText(
            {
                _LEARN: tr("Help and the solution are there as soon as you have tried."),
                _PRACTICE: tr("Help comes step by step."),
                _EXAM: tr("Ten questions, no help. At the end you see what was right."),
            }[mode]
        )
        self._show_packs()


def _begun(offer: PackOffer) -> str:
    """How much of a pack was begun."""
    if not offer.begun:
        return tr("Nothing begun yet")
    return trn("{begun} of {n} skill begun", "{begun} of {n} skills begun", offer.skills, begun=offer.begun)
