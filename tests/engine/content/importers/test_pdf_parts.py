"""The pure parts of the PDF reader, on pages made of numbers."""

from engine.content.importers.blocks import BlockKind
from engine.content.importers.pdf_furniture import without_furniture
from engine.content.importers.pdf_headings import Bookmark, heading_levels
from engine.content.importers.pdf_layout import Line, page_lines
from engine.content.importers.pdf_page import Fragment
from engine.content.importers.pdf_paragraphs import pieces_of

TEXT = "running text that fills the line"


def _fragment(text: str, y: float, *, x: float = 50, size: float = 10, bold: bool = False) -> Fragment:
    return Fragment(text, x, x + len(text) * size / 2, y, size, bold)


def _page(*rows: tuple[str, float], number: int = 1) -> list[Line]:
    return page_lines([_fragment(text, y) for text, y in rows], number)


def _texts(pages: list[list[Line]]) -> list[str]:
    return [line.text for page in pages for line in page]


def test_headers_and_page_numbers_are_left_out_and_text_is_not() -> None:
    pages = [
        _page(
            (f"Forces {n}", 780),
            (f"{TEXT} {n}", 700),
            (f"more of it {n}", 600),
            (f"end {n}", 500),
            (str(n), 20),
        )
        for n in range(1, 6)
    ]
    assert len(_texts(without_furniture(pages, ""))) == 15


def test_a_heading_that_opens_every_page_is_no_header() -> None:
    rows = [
        (780, 14, "Exercise {}"),
        (700, 10, TEXT + " {}"),
        (600, 10, "a {}"),
        (500, 10, "b"),
        (400, 10, "c"),
    ]
    pages = [
        page_lines([_fragment(text.format(n), y, size=size) for y, size, text in rows], n)
        for n in range(1, 6)
    ]
    assert sum(text.startswith("Exercise") for text in _texts(without_furniture(pages, ""))) == 5


def test_the_header_of_a_short_chapter_goes_with_the_others() -> None:
    def page(name: str, n: int) -> list[Line]:
        head = [_fragment(name, 780), _fragment(str(n), 780, x=500)]
        return page_lines([*head, *(_fragment(f"{TEXT} {n} {y}", y) for y in (700, 600, 500, 400))], n)

    pages = [page("Forces", 1), page("Forces", 2), page("Forces", 3), page("Energy", 4)]
    assert not any("Energy" in text for text in _texts(without_furniture(pages, "")))


def test_lines_of_a_table_of_contents_are_left_out() -> None:
    pages = [
        _page(("Contents", 700), ("1 Forces . . . . . . . . . . 12", 600), ("Well ... then", 500), ("x", 400))
    ]
    assert _texts(without_furniture(pages, "")) == ["Contents", "Well ... then", "x"]


def test_two_columns_are_read_one_after_the_other_below_a_title_across_both() -> None:
    title = _fragment("A title that goes all the way across both of the columns of this page", 780, size=12)
    left = [_fragment(f"left column line number {n} here", 700 - 12 * n) for n in range(6)]
    right = [_fragment(f"right column line number {n} here", 700 - 12 * n, x=300) for n in range(6)]
    mixed = [fragment for pair in zip(left, right, strict=True) for fragment in pair]
    texts = [line.text for line in page_lines([title, *mixed], 1)]
    assert texts == [title.text, *(each.text for each in left), *(each.text for each in right)]


def test_short_texts_side_by_side_are_a_table_and_not_columns() -> None:
    rows = [
        [_fragment(f"name {n}", 700 - 14 * n), _fragment(f"{n * 7}", 700 - 14 * n, x=300)] for n in range(6)
    ]
    (piece,) = pieces_of([page_lines([fragment for row in rows for fragment in row], 1)])
    assert piece.kind is BlockKind.TABLE
    assert piece.text.splitlines()[:3] == ["| name 0 | 0 |", "| --- | --- |", "| name 1 | 7 |"]


def test_a_paragraph_goes_on_across_pages_and_footnotes() -> None:
    first = [_fragment(f"{TEXT} and goes on", 60), _fragment("1 A note in small type.", 40, size=7)]
    second = [_fragment("over the page until it ends.", 780)]
    pieces = pieces_of([page_lines(first, 1), page_lines(second, 2)])
    assert [piece.text for piece in pieces] == [
        f"{TEXT} and goes on over the page until it ends.",
        "1 A note in small type.",
    ]


def test_a_divided_word_keeps_its_hyphen_only_if_it_has_one_elsewhere() -> None:
    pages = [
        _page(("the force is well-", 700), ("known and its direc-", 688), ("tion is a well-known one", 676))
    ]
    (piece,) = pieces_of(pages)
    assert piece.text == "the force is well-known and its direction is a well-known one"


def test_headings_are_found_by_bookmark_size_and_weight() -> None:
    rows = [
        _fragment("Mechanics", 780, size=20),
        _fragment("1. Forces", 740, size=14),
        *(_fragment(f"{TEXT} {n}.", 700 - 12 * n) for n in range(6)),
        _fragment("Friction", 600, bold=True),
        *(_fragment(f"{TEXT} {n}.", 560 - 12 * n) for n in range(6)),
    ]
    pieces = pieces_of([page_lines(rows, 1)])
    found = {pieces[at].text: level for at, level in heading_levels(pieces, []).items()}
    assert found == {"Mechanics": 1, "1. Forces": 2, "Friction": 3}
    marked = heading_levels(pieces, [Bookmark("Forces", 1, 1), Bookmark("Friction", 2, 1)])
    assert {pieces[at].text: level for at, level in marked.items()} == {
        "Mechanics": 1,
        "1. Forces": 1,
        "Friction": 2,
    }
