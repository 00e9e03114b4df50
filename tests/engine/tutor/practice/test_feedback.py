"""What is said to an answer: by the kind of not yet, never blaming, and nothing that gives an answer away."""

import pytest

from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.content.item import Misconception
from engine.tutor.practice.feedback import reply_to

_MINUS = Misconception("m.minus", "add", "Takes away.", "Did you take away?", "p-1")


@pytest.mark.parametrize("flaw", list(Flaw))
def test_every_kind_of_not_yet_has_words_of_its_own_and_none_says_wrong(flaw: Flaw) -> None:
    text = reply_to(Verdict(Outcome.NOT_YET, flaw, right_parts=("a",)), None, turn=1).text
    assert text
    assert "wrong" not in text.lower()
    assert "!" not in text


def test_a_misconception_is_met_with_its_question_and_what_to_read() -> None:
    reply = reply_to(Verdict(Outcome.NOT_YET, Flaw.WRONG, "m.minus"), _MINUS, turn=1)
    assert (reply.text, reply.passage) == ("Did you take away?", "p-1")


def test_a_short_answer_with_no_idea_right_is_not_told_that_it_is_right() -> None:
    none = Verdict(Outcome.NOT_YET, Flaw.INCOMPLETE)
    assert "is right" not in reply_to(none, None, turn=1, own_words=True).text
    assert "is right" in reply_to(none, None, turn=1).text  # one of two solutions
    assert (
        "is right"
        in reply_to(Verdict(Outcome.PARTLY, Flaw.INCOMPLETE, right_parts=("a",)), None, turn=1).text
    )


def test_what_cannot_be_read_or_decided_does_not_count() -> None:
    for outcome in (Outcome.UNREADABLE, Outcome.UNSURE):
        assert "not count" in reply_to(Verdict(outcome), None, turn=1).text
    told = reply_to(Verdict(Outcome.UNREADABLE, message="The bracket is never closed."), None, turn=1).text
    assert told.startswith("The bracket is never closed.")


def test_praise_comes_in_different_words() -> None:
    assert len({reply_to(Verdict(Outcome.RIGHT), None, turn=turn).text for turn in range(3)}) == 3
