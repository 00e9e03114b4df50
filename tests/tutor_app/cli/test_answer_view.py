"""An answer as a terminal shows it."""

import io
from pathlib import Path

import pytest

from engine.events import AnswerChecked, QueryFilter, SourcesFound, TextDelta
from engine.paths import DataPaths
from engine.types import Act, AnswerPart, Citation
from tutor_app.cli.answer_view import WIDTH, AnswerView, plain
from tutor_app.cli.command import Context

_CELL = Citation("org.plants", "p-1", "What a **cell** is", "A cell is alive.", "Cells", 7)
_LEAF = Citation("org.plants", "p-2", "Leaves", "Leaves look green.")


def _view() -> tuple[AnswerView, io.StringIO]:
    out = io.StringIO()
    return AnswerView(Context(DataPaths(Path("nowhere")), out=out), {"org.plants": "Plants"}), out


def _checked(*citations: Citation, act: Act = Act.EXPLAIN) -> AnswerChecked:
    return AnswerChecked("", (), True, act, citations)


def _says(text: str, citation: Citation | None = None) -> TextDelta:
    return TextDelta(AnswerPart(text, 1 if citation else 0), citation)


def test_sentences_carry_the_number_of_their_source_and_sources_stand_below() -> None:
    view, out = _view()
    for event in (
        SourcesFound((), ()), _says("A cell is alive.", _CELL), _says("Leaves look green.", _LEAF),
        _says("Cells live.", _CELL), _checked(_CELL, _LEAF),
    ):  # fmt: skip
        view.show(event)
    assert out.getvalue() == (
        "A cell is alive. [1] Leaves look green. [2] Cells live. [1]\n\n"
        "[1] What a cell is (Plants, Cells, page 7)\n    “A cell is alive.”\n"
        "[2] Leaves (Plants)\n    “Leaves look green.”\n"
    )
    assert [source.quotes for source in view.sources] == [
        ["A cell is alive.", "A cell is alive."],
        ["Leaves look green."],
    ]


def test_a_sentence_is_on_the_screen_before_the_next_one() -> None:
    view, out = _view()
    view.show(_says("A cell is alive.", _CELL))
    assert out.getvalue() == "A cell is alive. [1]"


def test_long_answers_are_wrapped() -> None:
    view, out = _view()
    for _ in range(9):
        view.show(_says("Leaves look green because of the chlorophyll in them.", _LEAF))
    lines = out.getvalue().splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= WIDTH


def test_blocks_stand_alone() -> None:
    view, out = _view()
    view.show(_says("Look:"))
    view.show(_says("1. One\n2. Two", _CELL))
    view.show(_says("Done."))
    assert out.getvalue() == "Look:\n\n1. One\n2. Two [1]\nDone."


def test_a_filter_is_shown_with_the_way_out() -> None:
    view, out = _view()
    view.show(SourcesFound((), (QueryFilter("section", "org.plants#s-1", "Cells (Plants)", "in chapter 1"),)))
    assert out.getvalue() == "(looking at Cells (Plants); /all looks everywhere)\n"


def test_the_source_of_an_open_question_is_hidden() -> None:
    view, out = _view()
    view.show(_says("Which word is missing? A _____ is alive.", _CELL))
    view.show(_checked(act=Act.QUIZ))
    assert "Plants" not in out.getvalue()
    assert view.sources == []


def test_what_a_pack_says_is_shown_and_never_obeyed() -> None:
    view, out = _view()
    evil = Citation("org.plants", "p-3", "A\x1b]0;title\x07", "Text\x1b[2J.", "Section\x1b[31m")
    view.show(_says("Text\x1b[2J.", evil))
    view.show(_checked(evil))
    assert "\x1b" not in out.getvalue()
    assert "\x07" not in out.getvalue()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("A **cell** is **alive by itself**.", "A cell is alive by itself."),
        ("2 ** 3 and a_b_c", "2 ** 3 and a_b_c"),
        ("$F = m \\cdot a$", "F = m · a"),
        ("$x \\le 2$ or $\\frac{1}{2}$", "x ≤ 2 or 1/2"),
        ("$$E = mc^2$$", "E = mc^2"),
        ("It costs $5 or $10.", "It costs $5 or $10."),
        ("It costs \\$5.", "It costs $5."),
        ("$\\unknown{$", None),
        ("$x", "$x"),
        ("$\\frac{1}{$ and ${{{$", None),
    ],
)
def test_markdown_and_formulas_become_plain_characters(markdown: str, shown: str | None) -> None:
    found = plain(markdown)
    assert shown is None or found == shown
