import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor_app.richtext.document import Block, BlockKind, Formula, Text
from tutor_app.richtext.parser import MAX_CHARS, parse
from tutor_app.richtext.plain import to_plain


def texts(block: Block) -> str:
    return "".join(run.text for run in block.runs if isinstance(run, Text))


def test_headings_paragraphs_and_emphasis_are_read() -> None:
    heading, paragraph = parse("## Forces\n\nA **force** *pushes* and `code`.").blocks
    assert (heading.kind, heading.level, texts(heading)) == (BlockKind.HEADING, 2, "Forces")
    assert [run for run in paragraph.runs if isinstance(run, Text) and run.strong] == [
        Text("force", strong=True)
    ]
    assert Text("pushes", emphasis=True) in paragraph.runs
    assert Text("code", code=True) in paragraph.runs


def test_lists_keep_their_numbers_and_nesting() -> None:
    blocks = parse("3. three\n4. four\n   - inner\n\n     more\n- bullet").blocks
    assert [(b.kind, b.level, b.number) for b in blocks[:3]] == [
        (BlockKind.ITEM, 1, 3),
        (BlockKind.ITEM, 1, 4),
        (BlockKind.ITEM, 2, None),
    ]
    assert (blocks[3].kind, blocks[3].indent, texts(blocks[3])) == (BlockKind.PARAGRAPH, 2, "more")
    assert blocks[4].number is None


def test_what_stands_in_a_quote_says_so() -> None:
    paragraph, item = parse("> said\n> - listed").blocks
    assert (paragraph.kind, paragraph.quoted) == (BlockKind.QUOTE, 1)
    assert (item.kind, item.quoted) == (BlockKind.ITEM, 1)


def test_a_table_has_rows_of_cells_with_formulas_and_alignment() -> None:
    (table,) = parse("| a | b |\n|--:|---|\n| $x^2$ | **c** |").blocks
    assert table.aligns == ("right", "")
    assert len(table.rows) == 2
    assert isinstance(table.rows[1][0][0], Formula)
    assert table.rows[1][1] == (Text("c", strong=True),)


def test_code_is_kept_letter_by_letter() -> None:
    (code,) = parse("```python\nif x:\n    y = '*'\n```").blocks
    assert code == Block(BlockKind.CODE, (Text("if x:\n    y = '*'", code=True),))


def test_money_is_no_formula() -> None:
    (paragraph,) = parse("It costs $5 or $10, and \\$3.").blocks
    assert texts(paragraph) == "It costs $5 or $10, and $3."


def test_a_formula_at_the_beginning_is_one_although_the_text_ends_with_a_digit() -> None:
    (paragraph,) = parse("$x$ is 5").blocks
    assert isinstance(paragraph.runs[0], Formula)


@pytest.mark.parametrize(
    "markdown", ["Before\n$$x=1$$\nafter", "Before $$x=1$$ after", "Before\n\n$$\nx=1\n$$\n\nafter"]
)
def test_a_display_formula_stands_on_a_line_of_its_own(markdown: str) -> None:
    before, formula, after = parse(markdown).blocks
    assert (texts(before), formula.kind, texts(after)) == ("Before", BlockKind.FORMULA, "after")
    assert isinstance(formula.runs[0], Formula)
    assert formula.runs[0].outline.display


def test_tex_that_cannot_be_typeset_is_shown_as_it_is_written() -> None:
    (paragraph,) = parse(r"See $\frac{1$ here").blocks
    assert Text(r"\frac{1", code=True) in paragraph.runs


def test_html_is_shown_and_only_addresses_of_the_web_are_links() -> None:
    (paragraph,) = parse("<b>x</b> [a](https://a.org) [b](file:///etc/passwd) [c](javascript:x)").blocks
    assert "<b>x</b>" in texts(paragraph)
    assert {run.link for run in paragraph.runs if isinstance(run, Text)} == {"", "https://a.org"}


def test_terms_are_linked_once_a_block_the_longest_first_and_as_whole_words() -> None:
    terms = {"cell": "cell", "cell wall": "cell wall", "walls": "cell wall"}
    first, second = parse(
        "A Cell wall, a cell, a cell; cells.\n\n`cell` [cell](http://a) a cell", terms=terms
    ).blocks
    assert [(r.text, r.term) for r in first.runs if isinstance(r, Text) and r.term] == [
        ("Cell wall", "cell wall"),
        ("cell", "cell"),
    ]
    assert [r for r in second.runs if isinstance(r, Text) and r.term] == [Text("cell", term="cell")]
    assert texts(second) == "cell cell a cell"


def test_a_word_that_goes_on_in_another_run_is_not_a_term() -> None:
    (paragraph,) = parse("**cell**ular", terms=["cell"]).blocks
    assert not any(isinstance(run, Text) and run.term for run in paragraph.runs)


def test_pictures_come_only_from_the_folder_of_the_pack(tmp_path: Path) -> None:
    media = tmp_path / "media"
    media.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 400"></svg>'
    (media / "leaf.svg").write_text(svg)
    (tmp_path / "secret.svg").write_text(svg)
    (media / "big.png").write_bytes(b"not a png")
    shown = parse("Look: ![a leaf](media/leaf.svg) here", media=media).blocks
    assert [block.kind for block in shown] == [BlockKind.PARAGRAPH, BlockKind.IMAGE, BlockKind.PARAGRAPH]
    assert shown[1] == Block(
        BlockKind.IMAGE, (Text("a leaf"),), image=str((media / "leaf.svg").resolve()), size=(760.0, 400.0)
    )
    for address in (
        "../secret.svg",
        "media/../../secret.svg",
        "/etc/passwd",
        "http://a.org/b.svg",
        "media/big.png",
    ):
        assert parse(f"![words]({address})", media=media).blocks == (
            Block(BlockKind.PARAGRAPH, (Text("words"),)),
        )


HOSTILE = {
    "letters": "a" * MAX_CHARS * 2,
    "brackets": "[" * 20_000,
    "quotes": "> " * 5_000 + "x",
    "dollars": "$$a\n" * 5_000,
    "formulas": "$x^2$ " * 10_000,
    "deep tex": "$" + r"\left(" * 23 + "x" + r"\right)" * 23 + "$",
    "powers": "$" + "y+x^{z+" * 20 + "x" + "}" * 20 + "$",
    "headings": "# a\n" * 5_000,
    "wide table": "|a" * 500 + "|\n" + "|-" * 500 + "|\n",
    "not unicode": "\ud800 \x00 $\x00$",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_neither_hangs_nor_raises(name: str) -> None:
    started = time.monotonic()
    shown = parse(HOSTILE[name], marks=[HOSTILE[name][:40]], terms=["a", "x"])
    assert time.monotonic() - started < 10  # about one second on a quiet machine
    assert len(shown.blocks) <= 1001


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)
MARKUP = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "`",
        "$",
        "$$",
        "\n",
        "\n\n",
        "#\t",
        "-\t",
        "1.",
        ">",
        "|",
        "|-|\n",
        "[",
        "](",
        ")",
        "<",
        "\\",
        "```\n",
        "\\frac{",
        "}",
        "&",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, MARKUP, st.just(" ")), max_size=40))
def test_any_text_is_read_without_an_error(pieces: list[str]) -> None:
    markdown = "".join(pieces)
    rich = parse(
        markdown, marks=[markdown[:30], "".join(pieces[3:9])], terms=[p for p in pieces[:5] if p.isalnum()]
    )
    assert rich.markdown == markdown


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(WORDS, st.sampled_from(["**x**", "*y*", "`z`", ".", ",", "\n\n", "\n"])), max_size=30)
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    markdown = " ".join(pieces)
    words = re.findall(r"\w+", to_plain(parse(markdown)))
    assert words == re.findall(r"\w+", markdown)
