import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.question import MOST_CHARS, AnswerKind, analyse, holds_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who discovered the electron?", AnswerKind.PERSON),
        ("When did the war end?", AnswerKind.TIME),
        ("In what year did the man who wrote it die?", AnswerKind.TIME),
        ("Where do plants make glucose?", AnswerKind.PLACE),
        ("How many chromosomes does a human cell have?", AnswerKind.NUMBER),
        ("Why do leaves look green?", AnswerKind.REASON),
        ("whats osmosis", AnswerKind.DEFINITION),
        ("Define osmosis", AnswerKind.DEFINITION),
        ("what happens if there is no friction", AnswerKind.OTHER),
        ("What would happen without friction?", AnswerKind.OTHER),
        ("Describe the water cycle", AnswerKind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(text: str, kind: AnswerKind) -> None:
    assert analyse(text).kind is kind


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Who grew a willow?", "In 1648 the Belgian Van Helmont grew a willow.", "The willow grew in a pot."),
        ("When did he grow it?", "He grew it in 1648.", "He grew it in a pot."),
        ("How many cells are there?", "There are 37 cells.", "There are cells."),
        ("Why is it green?", "It is green because of chlorophyll.", "It is green and tall."),
    ],
)
def test_a_sentence_holds_the_kind_or_lacks_it(question: str, holds: str, lacks: str) -> None:
    assert holds_kind(holds, analyse(question)) > holds_kind(lacks, analyse(question))


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert holds_kind("The war of 1914 was long.", analyse("When did the war of 1914 end?")) == 0


def test_names_and_numbers_are_noticed() -> None:
    assert {"helmont", "1648"} <= analyse("What did Van Helmont do in 1648?").names


@given(st.text(max_size=300))
def test_any_text_can_be_analysed(text: str) -> None:
    asked = analyse(text)
    assert len(asked.text) <= MOST_CHARS
    assert 0 <= holds_kind(text, asked) <= 1
