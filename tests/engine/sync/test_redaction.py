"""Nothing but ids, choices, outcomes and times gets into an event."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BugError
from engine.events import Timings
from engine.sync.event_types import AnswerGiven, QuestionAsked
from engine.sync.redaction import redacted
from engine.types import Act, AnswerMode, Citation, TurnStatus

WORDS = "my mother is ill"
GIVEN = AnswerGiven(
    conversation="01a21063-69fb-7366-b5c3-32584513c75b",
    turn="01a21063-69fb-7434-8f26-9eee2a210a8c",
    mode=AnswerMode.SIMPLER,
    status=TurnStatus.ANSWERED,
    act=Act.SIMPLIFY,
    model="smollm2-135m-instruct",
    citations=(Citation("org.llm-tutor.biology", "p-cell-01", WORDS, WORDS, WORDS, 3),),
    timings=Timings(1.23456, 2.0, 3.0),
)


def test_what_is_listed_passes() -> None:
    assert redacted(GIVEN.kind, GIVEN.body()) == {
        "conversation": "01a21063-69fb-7366-b5c3-32584513c75b",
        "turn": "01a21063-69fb-7434-8f26-9eee2a210a8c",
        "mode": "simpler",
        "status": "answered",
        "act": "simplify",
        "model": "smollm2-135m-instruct",
        "cited": [["org.llm-tutor.biology", "p-cell-01"]],
        "retrieve_ms": 1.2,
        "first_sentence_ms": 2.0,
        "total_ms": 3.0,
    }
    asked = QuestionAsked("c", "t", AnswerMode.QUIZ)
    assert redacted(asked.kind, asked.body()) == {"conversation": "c", "turn": "t", "mode": "quiz"}


def test_a_field_that_is_not_listed_is_left_out() -> None:
    assert redacted("question.asked", {"turn": "t", "question": WORDS, "status": "answered"}) == {"turn": "t"}


@pytest.mark.parametrize(
    "field", ["conversation", "turn", "mode", "status", "act", "model", "cited", "total_ms"]
)
@pytest.mark.parametrize(
    "value", [WORDS, "", None, True, [[WORDS, "p"]], [["a", "b", "c"]], -1.0, float("nan")]
)
def test_words_in_a_listed_field_are_left_out(
    field: str, value: str | float | bool | list[list[str]] | None
) -> None:
    assert redacted("answer.given", {field: value}) == {}


@pytest.mark.parametrize(
    "model", ["/home/anna/model.gguf", "C:/Users/Anna/model.gguf", "C:\\Users\\Anna", "a/b/c", "é"]
)
def test_a_path_is_no_model(model: str) -> None:
    assert redacted("answer.given", {"model": model}) == {}


@pytest.mark.parametrize("model", ["smollm2-135m-instruct", "Qwen/Qwen2.5-7B-Instruct", "llama3.2:3b"])
def test_names_of_models_pass(model: str) -> None:
    assert redacted("answer.given", {"model": model}) == {"model": model}


def test_a_kind_without_a_list_is_a_bug() -> None:
    with pytest.raises(BugError, match="diary"):
        redacted("diary.written", {})


@given(st.dictionaries(st.sampled_from(sorted(GIVEN.body())), st.text(max_size=200)))
def test_no_text_with_white_space_ever_passes(body: dict[str, str]) -> None:
    kept = json.dumps(redacted("answer.given", {**body}), separators=(",", ":"))
    assert not any(character.isspace() for character in kept)
