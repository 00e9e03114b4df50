from dataclasses import replace

import pytest

from engine.rag.self_query import Outline, read_filters, subtree, without_said
from engine.types import PassageKind, Section
from tests.engine.rag.samples import small_pack

PACK = small_pack()
OUTLINE = Outline(PACK.info, {section.id: section for section in PACK.sections}, PACK.skills)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What gives energy in chapter 2?", "org.example.cells#c-2"),
        ("What is said in section 2.1 about light?", "org.example.cells#s-2"),
        ("What happens in the chapter on energy?", "org.example.cells#c-2"),
        ("what about lungs in the section called respiration", "org.example.cells#s-3"),
        ("Give me an example of photosynthesis", PassageKind.EXAMPLE),
        ("What are common mistakes with photosynthesis?", PassageKind.MISTAKE),
        ("What does respiration mean?", PassageKind.DEFINITION),
        ("Can you explain photosynthesis to me?", None),
        ("What is in chapter 9?", None),
        ("What is photosynthesis?", None),
    ],
)
def test_what_a_question_restricts(question: str, value: str | None) -> None:
    assert [one.value for one in read_filters(question, [OUTLINE])] == ([] if value is None else [value])


def test_a_skill_is_known_by_the_words_of_its_name() -> None:
    filters = read_filters("How do I name the parts of it?", [OUTLINE])
    assert [(one.kind, one.value) for one in filters] == [("skill", "bio.parts")]


def test_a_printed_number_wins_over_the_place() -> None:
    sections = {"a": Section("a", "Preface"), "b": Section("b", "Cells", number="1")}
    found = read_filters("what is in chapter 1", [Outline(PACK.info, sections, ())])
    assert found[0].value.endswith("#a") or found[0].value.endswith("#b")


def test_what_was_said_is_not_searched_for() -> None:
    question = "What gives energy in chapter 2?"
    assert without_said(question, read_filters(question, [OUTLINE])) == "What gives energy ?"
    alone = "in chapter 2"
    assert without_said(alone, read_filters(alone, [OUTLINE])) == alone


PHYSICS = replace(
    OUTLINE, info=replace(PACK.info, id="org.example.physics", title="Physics: motion and forces")
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("what is g in physics", "what is g"),
        ("In Physics, what is a moment?", "what is a moment?"),
        ("what does work mean in my physics class?", "what does work mean ?"),
    ],
)
def test_a_subject_names_its_pack(question: str, left: str) -> None:
    read = read_filters(question, [OUTLINE, PHYSICS])
    assert [one.value for one in read if one.kind == "pack"] == ["org.example.physics"]
    assert without_said(question, read) == left


@pytest.mark.parametrize(
    "question", ["what jobs are there in physics labs", "what lives in cells", "physics"]
)
def test_what_only_looks_like_a_subject_restricts_nothing(question: str) -> None:
    assert [one for one in read_filters(question, [OUTLINE, PHYSICS]) if one.restricts] == []


def test_a_chapter_of_a_subject_is_looked_for_in_its_pack_alone() -> None:
    read = read_filters("what is in chapter 2 in physics?", [OUTLINE, PHYSICS])
    assert [one.value for one in read] == ["org.example.physics", "org.example.physics#c-2"]


def test_a_section_holds_all_that_stands_below_it() -> None:
    assert subtree("c-2", OUTLINE.sections) == {"c-2", "s-2", "s-3"}
