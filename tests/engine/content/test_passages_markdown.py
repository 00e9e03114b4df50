"""Reading a chapter file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.passages_markdown import read_chapter
from engine.types import Passage, PassageKind, Section
from tests.engine.content.small_pack import CHAPTER

_TOP = "# Plants {#c-plants}\n\n"


def test_headings_become_numbered_sections_and_passages() -> None:
    chapter = read_chapter(CHAPTER + "\n## Roots {#s-roots}\n", file="passages/02-plants.md", number=2)
    assert chapter.findings == ()
    assert [placed.section for placed in chapter.sections] == [
        Section("c-plants", "Plants", None, "2"),
        Section("s-leaves", "Leaves", "c-plants", "2.1"),
        Section("s-roots", "Roots", "c-plants", "2.2"),
    ]
    first = chapter.passages[0]
    assert (first.passage.kind, first.passage.skills) == (PassageKind.EXPLANATION, ("leaf.colour",))
    assert (first.line, first.text_line) == (5, 7)
    assert first.passage.text.startswith("Leaves are green because of **chlorophyll**.")
    assert first.passage.text.endswith("make sugar from water and air.")


def test_a_passage_may_teach_several_skills_and_stand_under_the_chapter() -> None:
    text = _TOP + "### Light {#p-1 .fact skill=a,b}\n\nLight is bright.\n"
    (placed,) = read_chapter(text, file="f.md", number=1).passages
    assert placed.passage == Passage(
        "p-1", "c-plants", "Light", "Light is bright.", PassageKind.FACT, ("a", "b")
    )


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("Words.\n", "passage.text", 1),
        ("", "passage.chapter", 1),
        ("# Plants\n", "passage.heading", 1),
        ("# Plants {c-plants}\n", "passage.heading", 1),
        ("#Plants {#c-plants}\n", "passage.heading", 1),
        (_TOP + "## Leaves {#leaves}\n", "passage.id", 3),
        (_TOP + "#### Deep {#p-1}\n", "passage.heading", 3),
        (_TOP + "# Again {#c-again}\n", "passage.chapter", 3),
        ("## Leaves {#s-leaves}\n", "passage.chapter", 1),
        ("### Light {#p-1 .fact}\n\nText.\n", "passage.chapter", 1),
        (_TOP + "## Leaves {#s-leaves .fact}\n", "passage.heading", 3),
        (_TOP + "### Light {#p-1}\n\nText.\n", "passage.kind", 3),
        (_TOP + "### Light {#p-1 .fact .example}\n\nText.\n", "passage.kind", 3),
        (_TOP + "### Light {#p-1 .text}\n\nText.\n", "passage.heading", 3),
        (_TOP + "### Light {#p-1 .fact skill=a,}\n\nText.\n", "passage.heading", 3),
        (_TOP + "### Light {#p-1 .fact}\n\n## Leaves {#s-leaves}\n", "passage.empty", 3),
    ],
)
def test_a_wrong_heading_is_reported_with_its_line(text: str, rule: str, line: int) -> None:
    findings = read_chapter(text, file="passages/01.md", number=1).findings
    assert (rule, line) in [(finding.rule, finding.line) for finding in findings]


@given(st.text(alphabet="#{} ab.\n-=$<c-s-p", max_size=80))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    chapter = read_chapter(text, file="f.md", number=1)
    assert all(1 <= finding.line <= text.count("\n") + 1 for finding in chapter.findings)
