"""What is suggested after an answer."""

from engine.rag.retrieval import ScoredPassage
from engine.tutor.acts import PARTIAL_LEAD, follow_ups, nearest_sections, quote_nearest
from engine.tutor.asking import Asking
from engine.tutor.draft import Draft
from engine.tutor.follow_up import Understood
from engine.tutor.policy import BY_FEATURES
from engine.types import Act, AnswerMode, PassageKind, Term
from tests.engine.tutor.found import passage, retrieval, sentences

_MASS = Term("mass", "How much there is of it.", "p-mass")
_VOLUME = Term("volume", "The space it takes up.", "p-1")
_CELL = Term("cell", "The smallest living part.", "p-cell")
_UNIT = Term("unit", "What is counted in.", "p-unit")


def _suggested(question: str, found: ScoredPassage, *others: ScoredPassage) -> tuple[str, ...]:
    first, *_ = sentences(found, 0.9, 0.8)
    rest = [sentences(one, 0.1)[0] for one in others]
    draft = Draft()
    draft.add(first.text, first.citation())
    return follow_ups(retrieval(first, *rest, question=question), draft, Act.EXPLAIN)


def _words_of(suggested: tuple[str, ...]) -> list[str]:
    return [text for text in suggested if text.startswith("What does")]


def test_a_word_to_ask_about_stands_in_a_source_of_the_answer() -> None:
    other = passage("Every cell is alive.", name="p-2", terms=[_CELL])
    density = passage("Density is mass for each volume. It has a unit.", terms=[_MASS, _VOLUME])
    assert _words_of(_suggested("What is density?", density, other)) == ["What does “mass” mean?"]


def test_words_of_the_answer_come_before_others_of_its_source() -> None:
    density = passage("Density is mass for each volume. It has a unit.", terms=[_UNIT, _MASS])
    assert _words_of(_suggested("What is density?", density)) == ["What does “mass” mean?"]


def test_what_was_asked_or_is_introduced_there_is_not_suggested() -> None:
    density = passage("Density is mass for each volume. It has a unit.", terms=[_VOLUME, _MASS])
    assert _words_of(_suggested("How do masses make density?", density)) == []


def test_a_word_inside_another_word_of_the_question_is_not_one_that_was_asked() -> None:
    living = passage("Each cell lives. It feeds.", terms=[_CELL])
    assert _words_of(_suggested("What is excellent?", living)) == ["What does “cell” mean?"]


def test_what_is_nearest_is_quoted_from_one_passage_in_reading_order() -> None:
    right = passage("Roots hold a plant. They take in water. They grow at night.")
    other = passage("Water is wet.", name="p-2")
    draft = Draft()
    found = retrieval(*sentences(right, 1.0, 2.0, -1.0), *sentences(other, 1.5))
    list(quote_nearest(Asking("", Understood("Do roots drink?", AnswerMode.EXPLAIN)), found, draft))
    told = ["Roots hold a plant.", "They take in water.", "They grow at night."]
    assert [part.text for part in draft.parts] == [PARTIAL_LEAD, *told]
    assert {one.passage for one in draft.citations} == {"p-1"}


def test_the_nearest_may_be_a_row_of_a_table() -> None:
    draft = Draft()
    found = retrieval(*sentences(passage("| iron | metal |"), 1.0))
    list(quote_nearest(Asking("", Understood("Is iron a metal?", AnswerMode.EXPLAIN)), found, draft))
    assert [part.text for part in draft.parts] == [PARTIAL_LEAD, "| iron | metal |"]


def test_a_wrong_idea_is_not_quoted_without_its_correction() -> None:
    mistake = passage("A learner writes 3x + 4 = 7x. These are not like terms.", kind=PassageKind.MISTAKE)
    draft = Draft()
    found = retrieval(*sentences(mistake, 3.0, 0.0))
    list(quote_nearest(Asking("", Understood("Is it 7x?", AnswerMode.EXPLAIN)), found, draft))
    assert draft.parts[-1].text == "These are not like terms."


def test_a_section_is_named_as_the_nearest_only_where_something_that_was_found_is_near() -> None:
    leaf = sentences(passage("Leaves are green."), 1.0)
    assert [one.section for one in nearest_sections(retrieval(*leaf, probability=BY_FEATURES.nearest))] == [
        "Leaves"
    ]
    assert nearest_sections(retrieval(*leaf, probability=BY_FEATURES.nearest / 2)) == ()
