"""What the window shows of a question: how a fraction is to be written."""

from __future__ import annotations

from engine.answers.answer import NumberAnswer, NumberForm, TextAnswer
from tutor_app.services.question_view import _fraction_asked


def test_a_fraction_is_asked_for_by_an_example_that_is_never_the_answer() -> None:
    assert _fraction_asked(NumberAnswer("1/5", NumberForm.FRACTION)) == "2/3"
    assert _fraction_asked(NumberAnswer("4/6", NumberForm.FRACTION)) == "3/4"
    assert _fraction_asked(NumberAnswer("3/4", NumberForm.SIMPLIFIED)) == "2/3"


def test_no_fraction_is_asked_for_where_the_answer_is_whole_or_may_be_written_otherwise() -> None:
    assert _fraction_asked(NumberAnswer("6/3", NumberForm.SIMPLIFIED)) == ""
    assert _fraction_asked(NumberAnswer("1/2")) == ""
    assert _fraction_asked(TextAnswer(("1/2",))) == ""
