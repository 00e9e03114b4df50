"""Turns that lean on the one before, or ask for the same in another way."""

from pathlib import Path

from engine.types import Act, AnswerMode
from tests.engine.tutor.small_tutor import GREEN, TEXTS, SmallTutor, playing


def test_why_asks_about_the_turn_before(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    turn = quoting.ask("why?")
    assert turn.found.understood == "why friction"
    assert turn.found.sources[0].passage == "p-friction"


def test_a_follow_up_does_not_repeat_what_was_just_read(quoting: SmallTutor) -> None:
    first = quoting.ask(GREEN)
    second = quoting.ask("tell me more")
    shown = {delta.text for delta in first.deltas}
    assert second.deltas
    assert not shown & {delta.text for delta in second.deltas}


def test_the_same_question_asked_anew_is_answered_in_full(quoting: SmallTutor) -> None:
    first = quoting.ask(GREEN)
    assert quoting.ask(GREEN).checked.text == first.checked.text


def test_an_example_is_shown_whole_with_its_source(quoting: SmallTutor) -> None:
    quoting.ask("Why does a red leaf look red?")
    turn = quoting.ask("give an example of that")
    assert (turn.checked.act, turn.stored.mode) == (Act.EXAMPLE, AnswerMode.EXAMPLE)
    assert turn.checked.text == TEXTS["p-red"]
    assert turn.checked.citations[0].quote == TEXTS["p-red"]


def test_simpler_may_repeat_and_says_so_in_its_act(quoting: SmallTutor) -> None:
    quoting.ask(GREEN)
    turn = quoting.ask("simpler please")
    assert (turn.checked.act, turn.stored.mode) == (Act.SIMPLIFY, AnswerMode.SIMPLER)
    assert turn.found.understood == GREEN
    assert len(turn.deltas[0].text.split()) <= 14


def test_a_follow_up_leans_past_a_turn_that_was_not_answered(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    quoting.ask("Who was Napoleon?")
    assert quoting.ask("why?").found.understood == "why friction"


def test_another_conversation_does_not_help_a_follow_up(quoting: SmallTutor) -> None:
    quoting.ask("What is friction?")
    quoting.conversation = None
    assert quoting.ask("why?").checked.answered is False


def test_a_conversation_goes_on_after_the_program_was_closed(tmp_path: Path) -> None:
    with playing(tmp_path, []) as tutor:
        conversation = tutor.ask("What is friction?").stored.conversation
    with playing(tmp_path, ["It works against the motion."]) as tutor:
        tutor.conversation = conversation
        assert tutor.ask("why?").found.understood == "why friction"
        assert tutor.model is not None
        contents = [message.content for message in tutor.model.asked[0].messages]
        assert "Question: What is friction?" in contents
