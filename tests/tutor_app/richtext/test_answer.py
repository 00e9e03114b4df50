from hypothesis import given, settings
from hypothesis import strategies as st

from engine.types import AnswerPart
from tutor_app.richtext.answer import render_answer
from tutor_app.richtext.document import BlockKind, CitationMark, Formula, Text
from tutor_app.richtext.plain import to_plain


def chips(parts: list[AnswerPart], numbers: dict[int, int] | None = None) -> list[int]:
    rich = render_answer(parts, numbers)
    return [run.number for block in rich.blocks for run in block.runs if isinstance(run, CitationMark)]


def test_sentences_flow_in_one_paragraph_with_a_chip_after_each() -> None:
    rich = render_answer([AnswerPart("**One.**", 1), AnswerPart("Two.", 2), AnswerPart("Three.")])
    (paragraph,) = rich.blocks
    assert paragraph.runs == (
        Text("One.", strong=True),
        CitationMark(1),
        Text(" Two."),
        CitationMark(2),
        Text(" Three."),
    )
    assert to_plain(rich) == "One. [1] Two. [2] Three."


def test_one_chip_is_enough_for_sentences_from_one_source() -> None:
    assert chips(
        [AnswerPart("One.", 1), AnswerPart("Two.", 1), AnswerPart("Three.", 2), AnswerPart("Four.", 1)]
    ) == [1, 2, 1]


def test_chips_have_the_numbers_on_the_screen() -> None:
    assert chips(
        [AnswerPart("One.", 4), AnswerPart("Two.", 7), AnswerPart("Three.", 9)], {4: 1, 7: 1, 9: 2}
    ) == [1, 2]


def test_parts_with_line_breaks_are_blocks_of_their_own() -> None:
    rich = render_answer([AnswerPart("See:", 1), AnswerPart("- a\n- b", 2), AnswerPart("End.", 2)])
    assert [block.kind for block in rich.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.ITEM,
        BlockKind.PARAGRAPH,
    ]
    assert rich.blocks[2].runs[-1] == CitationMark(2)
    assert rich.markdown == "See:\n\n- a\n- b\n\nEnd."


def test_the_chip_of_a_display_formula_stands_beside_it() -> None:
    rich = render_answer([AnswerPart("So:", 1), AnswerPart("$$x=1$$", 2), AnswerPart("End.", 3)])
    _, formula, end = rich.blocks
    assert formula.kind is BlockKind.FORMULA
    assert isinstance(formula.runs[0], Formula)
    assert formula.runs[1:] == (CitationMark(2),)
    assert end.runs == (Text("End."), CitationMark(3))


def test_the_chip_of_code_stands_below_it() -> None:
    rich = render_answer([AnswerPart("```\nx = 1\n```", 3)])
    assert rich.blocks[-1].runs == (CitationMark(3),)


def test_emphasis_may_go_over_sentences() -> None:
    (paragraph,) = render_answer([AnswerPart("**One.", 1), AnswerPart("Two.**", 2)]).blocks
    assert all(run.strong for run in paragraph.runs if isinstance(run, Text) and run.text.strip())


def test_a_dollar_without_a_partner_takes_nothing_away() -> None:
    parts = [AnswerPart("It costs $5.", 1), AnswerPart("And a$ more.", 2)]
    assert chips(parts) == [1, 2]
    assert "5" in to_plain(render_answer(parts))


TEXTS = [
    "One.",
    "**Two** is.",
    "$x^2$ it.",
    "$$y=1$$",
    "- a\n- b",
    "```\ncode\n```",
    "* odd",
    "$5",
    "1. x",
    "",
    "`a",
    "# h\n\np",
]
PARTS = st.lists(st.builds(AnswerPart, st.sampled_from(TEXTS), st.integers(0, 3)), max_size=9)


@settings(max_examples=200, deadline=None)
@given(PARTS)
def test_what_came_before_stays_equal_when_an_answer_grows(parts: list[AnswerPart]) -> None:
    for count in range(len(parts)):
        before, after = render_answer(parts[:count]).blocks, render_answer(parts[: count + 1]).blocks
        flowing = _flowing(parts[:count])
        settled = before[: len(render_answer(parts[: count - flowing]).blocks)]
        assert after[: len(settled)] == settled


def _flowing(parts: list[AnswerPart]) -> int:
    """How many parts at the end stand in one paragraph, which may still change."""
    count = 0
    for part in reversed(parts):
        if "\n" in part.text.strip():
            break
        count += 1
    return count
