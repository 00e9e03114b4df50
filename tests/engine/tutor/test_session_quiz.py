"""A question that the tutor asks back, and the reply to it."""

import pytest

from engine.events import SourcesFound
from engine.tutor.quiz import GAP
from engine.types import Act, AnswerMode
from tests.engine.tutor.small_tutor import SmallTutor


def test_a_quiz_is_posed_without_giving_its_answer_away(quoting: SmallTutor) -> None:
    quoting.ask("What is a cell?")
    turn = quoting.ask("quiz me")
    assert (turn.checked.act, turn.stored.mode) == (Act.QUIZ, AnswerMode.QUIZ)
    assert GAP in turn.checked.text
    assert turn.checked.citations == ()


@pytest.mark.parametrize(
    "wish", ["Quiz me on friction", "please test me about friction", "quiz me: friction!"]
)
def test_a_quiz_can_be_asked_for_by_its_topic(quoting: SmallTutor, wish: str) -> None:
    turn = quoting.ask(wish)
    assert turn.checked.act is Act.QUIZ
    assert turn.found.sources[0].passage == "p-friction"


def _posed(tutor: SmallTutor) -> str:
    """Pose a quiz about cells; the word that it wants."""
    tutor.ask("What is a membrane?", mode=AnswerMode.QUIZ)
    [citation] = tutor.turns()[0].outcome.citations
    before, _, after = tutor.turns()[0].outcome.answer.removeprefix("Which word is missing? ").partition(GAP)
    return citation.quote.removeprefix(before).removesuffix(after).strip("*")


def test_a_right_reply_is_called_right_and_its_source_shown(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    turn = quoting.ask(f"the {key.upper()}")
    assert turn.deltas[0].text == "Yes, that is right."
    assert turn.checked.act is Act.QUIZ
    assert key in turn.checked.citations[0].quote
    assert not any(isinstance(event, SourcesFound) for event in turn.events)


def test_a_wrong_reply_is_told_the_word(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    turn = quoting.ask("a potato")
    assert turn.deltas[0].text == f"Not yet. The missing word is “{key}”."
    assert turn.checked.citations


@pytest.mark.parametrize(
    "question", ["What is a force?", "what is a force", "Tell me what a force is", "why?"]
)
def test_a_question_instead_of_a_reply_is_answered(quoting: SmallTutor, question: str) -> None:
    _posed(quoting)
    turn = quoting.ask(question)
    assert turn.checked.act is not Act.QUIZ
    assert any(isinstance(event, SourcesFound) for event in turn.events)


def test_a_quiz_is_replied_to_once(quoting: SmallTutor) -> None:
    key = _posed(quoting)
    quoting.ask("a potato")
    assert quoting.ask(key).checked.act is not Act.QUIZ
