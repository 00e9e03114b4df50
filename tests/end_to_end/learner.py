"""A learner in front of the window: reads what is asked, knows the answers or gets them wrong, and has two hands.

Everything is done with the mouse and the keyboard on the widgets that are on the screen. What is right comes from the
pack, by the item and seed that are stored with the question.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ExpressionAnswer,
    NumberAnswer,
    QuantityAnswer,
    Response,
    TextAnswer,
)
from engine.content.instance import Question, QuestionStep, instantiate
from engine.content.item_bank import ItemBank
from engine.content.model_answer import model_response
from engine.content.pack_store import PackStore
from engine.storage.sqlite import OpenMode, connect
from engine.tutor.practice.practice_store import PosedQuestion, PracticeStore
from tutor_app.place import Page
from tutor_app.views.practice_sitting import PracticeSitting
from tutor_app.views.practice_tabs import Tab
from tutor_app.views.practice_view import PracticeView
from tutor_app.widgets.answer_cloze import AnswerCloze
from tutor_app.widgets.answer_match import AnswerMatch
from tutor_app.widgets.answer_options import AnswerOptions
from tutor_app.widgets.answer_order import AnswerOrder
from tutor_app.widgets.answer_typed import AnswerLine, AnswerSentence
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QWidget

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
    from tutor_app.services.practising import ShownQuestion
    from tutor_app.widgets.answer_input import AnswerInput

_TYPED_WRONG = "987654"
_MISTAKEN = (NumberAnswer, QuantityAnswer, ExpressionAnswer, ChoiceAnswer, TextAnswer)


class How(Enum):
    """How a learner comes through a question."""

    RIGHT = "right at once"
    MISSED = "wrong, then right"
    HELPED = "wrong, then a hint, then right"
    TOLD = "a hint before trying, then right"
    SHOWN = "gives in, and is shown the solution"


class Learner:
    """Practises in one window.

    Attributes:
        misconceptions: how many replies so far were the pack's own, to a mistake that it knows.
    """

    def __init__(self, driver: Driver, paths: DataPaths, misconceptions: int = 0) -> None:
        self._driver = driver
        self._paths = paths
        self._bank = ItemBank(PackStore(paths.packs))
        self.misconceptions = misconceptions

    @property
    def page(self) -> PracticeView:
        """The page for practising."""
        page = self._driver.window.page(Page.PRACTICE)
        assert isinstance(page, PracticeView)
        return page

    @property
    def sitting(self) -> PracticeSitting:
        """Its first tab."""
        return cast(PracticeSitting, self.page.tab(Tab.PRACTISE))

    @property
    def shown(self) -> ShownQuestion:
        """The question on the screen, once it is there: the engine may be idle before its page has been shown."""
        self._driver.wait(self.sitting.question.isVisible)
        question = self.sitting.question.question
        assert question is not None
        return question

    @property
    def over(self) -> bool:
        """Whether the sitting is."""
        return self.sitting.summary.isVisible()

    @property
    def input(self) -> AnswerInput:
        """Where the answer goes."""
        found = self.sitting.question.steps[-1].input
        assert found is not None
        return found

    def posed(self) -> PosedQuestion:
        """The question on the screen, as it is stored."""
        connection = connect(self._paths.learner_db, mode=OpenMode.READ_ONLY)
        try:
            return PracticeStore().question(connection, self.shown.id)
        finally:
            connection.close()

    def truth(self) -> Question:
        """The question on the screen, with what is right."""
        posed = self.posed()
        pack = self._bank.pack(posed.pack)
        assert pack is not None
        return instantiate(pack.items[posed.item], posed.seed)

    def turn_to(self, tab: Tab) -> QWidget:
        """Press a tab."""
        tabs = self.page.tabs
        at = [tabs.tabData(number) for number in range(tabs.count())].index(tab.value)
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(at).center())
        self.settle()
        return self.page.tab(tab)

    def press(self, button: QAbstractButton) -> None:
        """A click, and what comes of it."""
        self._click(button)
        self.settle()

    def settle(self) -> None:
        """Until all is there that was asked for."""
        engine = self._driver.session.context.engine
        self._driver.wait(lambda: not engine.busy(Process.TUTOR))

    def solve(self, how: How = How.RIGHT, *, shots: bool = False) -> None:
        """Answer all that is asked, and stay where it says how it went."""
        if how is not How.RIGHT:
            self._stumble(how, shots=shots)
        while not self.shown.ending:
            step = self._step()
            self.answer(model_response(step.answer))
            last = next(it for it in self.shown.steps if it.id == step.id).attempts[-1]
            assert last.reply is not None
            assert last.reply.outcome == "right", f"{self.posed().item}: {model_response(step.answer)}"

    def miss(self) -> None:
        """Answer wrongly, once."""
        self.answer(wrong_response(self._step()))
        attempts = self.shown.step.attempts
        if attempts and attempts[-1].reply is not None:
            self.misconceptions += bool(attempts[-1].reply.body.blocks)

    def answer(self, response: Response) -> None:
        """Give an answer, and have it checked."""
        self.give(response)
        self.press(self.sitting.question.buttons.check)

    def give(self, response: Response) -> None:
        """Put an answer into the widget, and leave it there."""
        match self.input:
            case AnswerLine(field=field) | AnswerSentence(box=field):
                self._type(field, str(response))
            case AnswerOptions() as options:
                given, wanted = (_chosen(it) for it in (options.response(), response))
                for option in sorted(wanted if isinstance(response, str) else given ^ wanted):
                    self._click(options.control(option))
            case AnswerOrder() as order:
                _arrange(order, tuple(response))
            case AnswerMatch() as match:
                for place, card in cast("dict[str, str]", response).items():
                    self._click(match.places[place])
                    self._click(match.cards[card])
            case AnswerCloze() as cloze:
                for gap, text in cast("dict[str, str]", response).items():
                    self._type(cloze.fields[gap], text)
            case other:
                raise AssertionError(f"no way to fill in {type(other).__name__}")

    def _step(self) -> QuestionStep:
        asked = self.shown.step.id
        return next(step for step in self.truth().steps if step.id == asked)

    def _stumble(self, how: How, *, shots: bool) -> None:
        buttons = self.sitting.question.buttons
        if how in (How.MISSED, How.HELPED):
            self.miss()
            self._shoot("missed", wanted=shots)
        if how is How.HELPED:
            self.press(buttons.help)
        if how is How.TOLD:
            self.press(buttons.tell)
        if how in (How.HELPED, How.TOLD):
            assert self.shown.step.hints
            self._shoot("hint", wanted=shots)
        while how is How.SHOWN and not self.shown.ending:
            self.press(buttons.tell)

    def _shoot(self, name: str, *, wanted: bool) -> None:
        if wanted:
            self._driver.shot(f"journey-{name}")

    def _click(self, button: QAbstractButton) -> None:
        self._driver.wait(button.isVisible)  # what was just made is shown a moment later
        self._driver.click(button)

    def _type(self, field: QWidget, text: str) -> None:
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)


def _chosen(response: Response | None) -> set[str]:
    return {response} if isinstance(response, str) else set(response or ())


def _arrange(order: AnswerOrder, wanted: tuple[str, ...]) -> None:
    """Carry each line to its place with Alt and the arrow key."""
    for to, identifier in enumerate(wanted):
        line = next(it for it in order.lines() if it.id == identifier)
        for _ in range(order.lines().index(line) - to):
            QTest.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)


def wrong_response(step: QuestionStep) -> Response:
    """An answer that is not right: if the pack knows a mistake, that; else any."""
    known = [rule.wrong for rule in step.mistakes if type(rule.wrong) is type(step.answer)]
    if known and isinstance(step.answer, _MISTAKEN):
        return model_response(known[0])
    return _any_wrong(step, step.answer)


def _any_wrong(step: QuestionStep, answer: Answer) -> Response:
    right = model_response(answer)
    if isinstance(answer, ChoiceAnswer):
        return next(option.id for option in step.options if option.id != right)
    if isinstance(right, str):
        return _TYPED_WRONG
    if isinstance(right, tuple):  # of several, one is not all; an order is wrong the other way round
        return right[::-1] if len(right) == len(step.options) else right[:1]
    return dict(zip(right, [*right.values()][1:] + [*right.values()][:1], strict=True))
