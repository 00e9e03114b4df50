"""The part that a model has in a turn: what it says is shown where it is supported, and its failing harms nothing."""

from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import ModelError
from engine.events import SourcesFound, TextDelta
from engine.protocols import LanguageModel
from engine.tutor.session import Ask
from engine.types import TurnStatus
from tests.engine.tutor.small_tutor import GREEN, is_supported, opened, playing


def test_the_first_quote_is_shown_before_the_model_is_loaded(tmp_path: Path) -> None:
    with playing(tmp_path, ["It sends green light back."]) as tutor:
        events = tutor.session.ask(Ask(GREEN), CancelToken())
        assert isinstance(next(events), SourcesFound)
        assert isinstance(next(events), TextDelta)
        assert tutor.loads == []
        list(events)
        assert tutor.loads == [1]


def test_a_supported_sentence_of_the_model_follows_the_quote(tmp_path: Path) -> None:
    with playing(
        tmp_path,
        ["It sends green", " light back. A thing has the colour of the", " light that it sends back. "],
    ) as tutor:
        turn = tutor.ask(GREEN)
    said = ["It sends green light back.", "A thing has the colour of the light that it sends back."]
    assert [delta.text for delta in turn.deltas][1:3] == said
    assert is_supported(turn)
    assert turn.stored.model == "played"
    assert turn.checked.dropped_sentences == 0


@pytest.mark.parametrize(
    "said",
    [
        "Leaves are painted green by fairies.",
        "Chlorophyll takes in green light.",
        "Chlorophyll does not take in red light.",
        "Chlorophyll takes in 90 percent of the red light.",
        "The moon is made of cheese.",
        "Leaves use green light because they look green.",
    ],
)
def test_an_unsupported_sentence_is_dropped_and_quotes_follow(tmp_path: Path, said: str) -> None:
    with playing(tmp_path, [said + " "]) as tutor:
        turn = tutor.ask(GREEN)
    assert said not in turn.checked.text
    assert turn.checked.dropped_sentences == 1
    assert len(turn.deltas) > 1
    assert is_supported(turn)


def test_what_the_model_says_twice_is_shown_once(tmp_path: Path) -> None:
    with playing(
        tmp_path, ["It sends green light back. ", "It sends green light back. ", "It sends green light back."]
    ) as tutor:
        turn = tutor.ask(GREEN)
    assert [delta.text for delta in turn.deltas].count("It sends green light back.") == 1


def test_a_sentence_cut_off_by_the_limit_is_left_out(tmp_path: Path) -> None:
    with playing(tmp_path, ["It sends green light back. ", "Chlorophyll takes in red"]) as tutor:
        turn = tutor.ask(GREEN)
    assert "Chlorophyll takes in red" not in [delta.text for delta in turn.deltas]


def test_a_model_that_never_stops_is_stopped_after_enough(tmp_path: Path) -> None:
    given: list[int] = []
    with playing(
        tmp_path, ["It sends green light back. ", "The pigment sends red light back. "] * 500
    ) as tutor:
        assert tutor.model is not None
        tutor.model.on_piece = given.append
        turn = tutor.ask(GREEN)
    assert len(given) < 10
    assert len(turn.checked.text.split()) <= 90


@pytest.mark.parametrize(
    "before", [[], ["It sends green light back. Chloro"]], ids=["at once", "in the middle"]
)
def test_a_model_that_fails_leaves_the_answer_to_the_quotes(
    tmp_path: Path, before: list[str | Exception], caplog: pytest.LogCaptureFixture
) -> None:
    with playing(tmp_path, [*before, ModelError("The server fell silent.", todo="Restart it.")]) as tutor:
        turn = tutor.ask(GREEN)
    assert turn.stored.status is TurnStatus.ANSWERED
    assert len(turn.deltas) > 1
    assert is_supported(turn)
    assert "fell silent" in caplog.text
    assert "leaves" not in caplog.text


def test_a_model_that_cannot_be_loaded_leaves_the_answer_to_the_quotes(tmp_path: Path) -> None:
    def nothing() -> LanguageModel | None:
        return None

    with opened(tmp_path, load=nothing) as tutor:
        turn = tutor.ask(GREEN)
    assert turn.stored.status is TurnStatus.ANSWERED
    assert turn.stored.model == ""


def test_each_prompt_continues_the_one_before(tmp_path: Path) -> None:
    with playing(
        tmp_path, ["It sends green light back."], ["Every living thing is made of one cell."]
    ) as tutor:
        tutor.ask(GREEN)
        tutor.ask("What is a cell?")
        assert tutor.model is not None
        first, second = (request.messages for request in tutor.model.asked)
    assert second[: len(first)] == first
    assert second[len(first)].role == "assistant"
    assert {request.conversation for request in tutor.model.asked} == {tutor.conversation}
