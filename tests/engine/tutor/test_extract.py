"""Which sentences are quoted, and in which order."""

from dataclasses import replace

from engine.sentences import sentence_spans
from engine.tutor.extract import choose_sentences, with_context
from engine.types import AnswerMode, PassageKind
from tests.engine.tutor.found import passage, retrieval, sentences

_MODE = AnswerMode.EXPLAIN


def _texts(*chosen: object) -> list[str]:
    return [one.text for one in chosen]  # type: ignore[attr-defined]


def test_the_best_comes_first_and_the_others_in_reading_order() -> None:
    found = sentences(
        passage("One is first. Two is second. Three is third. Four is last."), 0.1, 0.7, 0.8, 0.9
    )
    chosen = choose_sentences(retrieval(*found), mode=_MODE)
    assert _texts(*chosen) == ["Four is last.", "Two is second.", "Three is third."]


def test_a_sentence_that_stands_twice_is_quoted_once() -> None:
    first = sentences(passage("**Cells** live."), 0.9)
    second = sentences(passage("Cells live!", name="p-2"), 0.8)
    assert len(choose_sentences(retrieval(*first, *second), mode=_MODE)) == 1


def test_what_was_read_a_moment_ago_is_left_out() -> None:
    found = sentences(passage("Cells live. Cells grow."), 0.9, 0.8)
    chosen = choose_sentences(retrieval(*found), mode=_MODE, shown=["Cells  live."])
    assert _texts(*chosen) == ["Cells grow."]


def test_the_words_are_limited_but_for_the_first_sentence() -> None:
    long = "word " * 79 + "end."
    found = sentences(passage(f"{long} Short one here."), 0.9, 0.8)
    assert _texts(*choose_sentences(retrieval(*found), mode=_MODE, budget=20)) == [long]
    found = sentences(passage(f"{long} Short one here."), 0.8, 0.9)
    assert _texts(*choose_sentences(retrieval(*found), mode=_MODE, budget=20)) == ["Short one here."]


def test_a_mistake_is_not_quoted_before_what_is_right() -> None:
    wrong = sentences(passage("Leaves use green light.", kind=PassageKind.MISTAKE), 1.2)
    right = sentences(passage("Leaves send green light back.", name="p-2"), 0.9)
    chosen = choose_sentences(retrieval(*wrong, *right), mode=_MODE)
    assert chosen[0].text == "Leaves send green light back."


def test_what_a_model_has_read_and_found_to_answer_best_is_quoted_first_whatever_it_is() -> None:
    (example,) = sentences(passage("With twice the mass it is half as large.", kind=PassageKind.EXAMPLE), 1.2)
    (rule,) = sentences(passage("A force changes a motion.", name="p-2"), 0.9)

    def first(logit: float, of_the_rule: float | None = None) -> str:
        found = retrieval(replace(example, logit=logit), replace(rule, logit=of_the_rule))
        return choose_sentences(found, mode=_MODE)[0].text

    assert first(0.1) == example.text
    assert first(-0.1) == rule.text
    assert first(0.1, 0.2) == rule.text
    assert first(0.7, 0.3) == rule.text
    assert first(0.9, 0.3) == example.text


def test_a_wrong_idea_is_not_quoted_first_however_well_it_fits() -> None:
    wrong = sentences(passage("Many learners think that acid aches.", kind=PassageKind.MISTAKE), 1.9)[0]
    (right,) = sentences(passage("Muscles make acid in a sprint.", name="p-2"), 0.1)
    found = retrieval(replace(wrong, logit=4.0), right)
    assert choose_sentences(found, mode=_MODE)[0].text == right.text


def test_simpler_means_shorter_sentences_first() -> None:
    long = (
        "Leaves look green because the chlorophyll " + "that they hold inside of them " * 4 + "sends it back."
    )
    found = sentences(passage(f"{long} Leaves send green light back."), 1.0, 0.8)
    assert choose_sentences(retrieval(*found), mode=_MODE)[0].text == long
    assert choose_sentences(retrieval(*found), mode=AnswerMode.SIMPLER)[0].text != long


def test_rows_of_tables_are_not_quoted() -> None:
    found = sentences(passage("| cell | part |\n\nCells live."), 0.9, 0.8)
    assert _texts(*choose_sentences(retrieval(*found), mode=_MODE)) == ["Cells live."]


def test_a_row_of_a_table_is_quoted_where_nothing_else_was_found() -> None:
    found = sentences(passage("| cell | part |\n| iron | metal |"), 0.8, 0.9)
    assert _texts(*choose_sentences(retrieval(*found), mode=_MODE))[0].startswith("| iron")


def test_nothing_found_nothing_quoted() -> None:
    assert choose_sentences(retrieval(), mode=_MODE) == ()


def test_a_sentence_that_leans_on_the_one_before_takes_it_along() -> None:
    found = passage("Leaves are green. This is because of chlorophyll. Chlorophyll is a pigment.")
    spans = sentence_spans(found.passage.text)
    first, leaning, own = sentences(found, 1, 1, 1)
    assert (
        with_context(leaning, spans, [leaning, own]).text
        == "Leaves are green. This is because of chlorophyll."
    )
    assert with_context(own, spans, [leaning, own]) is own
    assert with_context(leaning, spans, [first, leaning]) is leaning  # the one before is quoted itself


def test_the_first_sentence_of_a_passage_has_nothing_to_lean_on() -> None:
    found = passage("This is first. Second.")
    [first, _] = sentences(found, 1, 1)
    assert with_context(first, sentence_spans(found.passage.text), [first]) is first


def test_a_wrong_idea_that_is_put_right_in_the_same_breath_may_be_quoted_first() -> None:
    text = "Many learners think that acid aches, but the ache comes from tiny tears."
    mistake = sentences(passage(text, kind=PassageKind.MISTAKE), 1.9)[0]
    (other,) = sentences(passage("Acid turns litmus red.", name="p-2"), 0.1)
    assert choose_sentences(retrieval(mistake, other), mode=_MODE)[0].text == text


def test_another_passages_wrong_idea_does_not_follow_what_is_right() -> None:
    right = sentences(passage("Leaves send green light back."), 0.9)
    wrong = sentences(passage("Leaves use green light.", kind=PassageKind.MISTAKE, name="p-2"), 1.5)
    chosen = choose_sentences(retrieval(*right, *wrong), mode=_MODE)
    assert "Leaves use green light." not in _texts(*chosen[1:])


def test_what_was_read_is_said_again_rather_than_the_subject_changed() -> None:
    about = sentences(passage("Lava is hot because it comes from deep inside."), 3.0)
    other = sentences(passage("Tea colours hot water faster.", name="p-2"), 0.5)
    chosen = choose_sentences(retrieval(*about, *other), mode=_MODE, shown=[about[0].text])
    assert chosen[0].text == about[0].text
