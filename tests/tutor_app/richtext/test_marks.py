import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor_app.richtext.document import BlockKind, CitationMark, Formula, RichText, Run, Text
from tutor_app.richtext.parser import parse


def runs(rich: RichText) -> list[Run]:
    return [
        run
        for block in rich.blocks
        for run in (*block.runs, *(r for row in block.rows for c in row for r in c))
    ]


def marked(rich: RichText) -> str:
    found = [run for run in runs(rich) if not isinstance(run, CitationMark) and run.marked]
    return "".join(f"<{run.outline.tex}>" if isinstance(run, Formula) else run.text for run in found)


@pytest.mark.parametrize(
    ("markdown", "quote", "found"),
    [
        ("One. Two is *here*. Three.", "Two is *here*.", "Two is here."),
        ("A line that\nis broken. More.", "A line that is broken.", "A line that is broken."),
        ("It is **very important to know**. Yes.", "important to know**.", "important to know."),
        ("So $x^2+1$ is it. No.", "So $x^2+1$ is it.", "So <x^2+1> is it."),
        ("So $x^2+1$ is it. No.", "+1$ is it.", "<x^2+1> is it."),
        ("Only $\\pm$ here and $-$ there.", "here and $-$ there.", "here and <-> there."),
        ("- one thing\n- two things", "two things", "two things"),
        ("Tom &amp; Ann sing. Ok.", "Tom &amp; Ann sing.", "Tom & Ann sing."),
        (
            "see [the page](http://a.org/b) now. Ok",
            "see [the page](http://a.org/b) now.",
            "see the page now.",
        ),
        ('He said "yes". Then no.', 'He said "yes".', 'He said "yes".'),
        ("(An aside.) Text.", "(An aside.)", "(An aside.)"),
        ("Nothing of it.", "something else entirely", ""),
        ("العربية هنا. نعم.", "العربية هنا.", "العربية هنا."),
        ("abc.", "...", ""),
    ],
)
def test_a_quote_is_marked_where_it_stands(markdown: str, quote: str, found: str) -> None:
    assert marked(parse(markdown, marks=[quote])) == found


def test_the_right_one_of_two_equal_looking_places_is_marked() -> None:
    rich = parse("It is x = 4 now. It is $x=-4$ now. End.", marks=["It is $x=-4$ now."])
    assert marked(rich) == "It is <x=-4> now."


def test_a_quote_over_paragraphs_and_cells_is_marked_in_all_of_them() -> None:
    rich = parse("First end.\n\n| a | b |\n|---|---|\n| c | d |", marks=["end.\n\n| a | b |\n|---|---|\n| c"])
    assert marked(rich) == "end.abc"
    assert rich.blocks[1].kind is BlockKind.TABLE


def test_what_is_left_of_a_changed_quote_is_marked() -> None:
    rich = parse(
        "The first sentence stays. Between. The second stays too.",
        marks=["The first sentence stays. The second stays too."],
    )
    assert marked(rich) == "The first sentence stays.The second stays too."


def test_several_quotes_are_all_marked() -> None:
    assert (
        marked(parse("One is here. Two is here. Three.", marks=["One is here.", "Three."]))
        == "One is here.Three."
    )


WORDS = ["red", "**blue**", "*green*", "$x^2$", "`code`", "12", "and\nso", "— or"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.data())
def test_marking_changes_no_text_and_covers_the_quote(words: list[str], data: st.DataObject) -> None:
    markdown = "Start " + " ".join(words) + " end."
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first:])
    plain, rich = parse(markdown), parse(markdown, marks=[quote])
    text = "".join(run.text if isinstance(run, Text) else "F" for run in runs(rich))
    assert text == "".join(run.text if isinstance(run, Text) else "F" for run in runs(plain))
    assert marked(rich)
