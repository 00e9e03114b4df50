from __future__ import annotations

import pytest

from tutor_app.richtext.document import BlockKind, Formula
from tutor_app.richtext.headline import headline
from tutor_app.richtext.plain import to_plain


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Worked example: solving 7x − 4 = 3x + 12", "Worked example: solving $7x - 4 = 3x + 12$"),
        ("Why 3x + 5 = 26, and not 27", "Why $3x + 5 = 26$, and not 27"),
        ("How to solve x² ≤ 9", r"How to solve $x^{2} \le 9$"),
        ("Solving $x = 2$ twice", "Solving $x = 2$ twice"),
    ],
)
def test_equations_in_titles_are_typeset(title: str, shown: str) -> None:
    found = headline(title)
    assert to_plain(found) == shown
    assert [block.kind for block in found.blocks] == [BlockKind.HEADING]


@pytest.mark.parametrize(
    "title",
    [
        "Sharing 60 pounds in the ratio 2 to 3",
        "Chapter 2 - a summary",
        "A * b and _c_",
        "Prices of $5 and $7",
        "0,5 > 0,25",
        "1,000 < 2,000",
        "A = B",
        "1 = 2 = 3 = ",
        "2 −",
        "= 5",
    ],
)
def test_words_stay_words(title: str) -> None:
    found = headline(title)
    formulas = [run for block in found.blocks for run in block.runs if isinstance(run, Formula)]
    if "=" not in title:
        assert formulas == []
        assert to_plain(found) == title.strip()
    else:
        assert to_plain(found).replace("$", "").strip() == title.strip()


def test_no_title_has_no_blocks() -> None:
    assert headline(" ").blocks == ()
