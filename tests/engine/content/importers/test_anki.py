"""Anki decks: notes, gaps, pictures and the log of reviews, in every generation of the format."""

import struct
from pathlib import Path

import pytest

from engine.content.importers.imported_items import PastInterval, PastReview
from tests.engine.content.importers.anki_decks import (
    BASIC,
    CLOZE,
    CREATED_S,
    REVERSED,
    Answered,
    Note,
    write_deck,
)
from tests.engine.content.importers.practice_reading import by_stem, prove, read, right

GENERATIONS = ("anki2", "anki21", "anki21b")
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 4, 3) + bytes(9)
NOTES = (
    Note(1, BASIC, ("What makes sugar?", "chloroplast", "It is green.")),
    Note(2, BASIC, ("How many legs has an ant?", "6", "")),
    Note(
        3, BASIC, ("Why do leaves look green?", "They send green light back because they do not use it.", "")
    ),
    Note(4, REVERSED, ("le chat", "the cat"), (0, 1)),
    Note(
        5, CLOZE, ("{{c1::Water}} boils at {{c2::100::a number}} degrees, and {{c1::ice}} melts.", ""), (0, 1)
    ),
    Note(6, BASIC, ("Half of \\(x\\)?", "[$]\\frac{x}{2}[/$]", "")),
)
DAY = 86_400_000


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_card_of_basic_and_cloze_notes_becomes_an_item(tmp_path: Path, generation: str) -> None:
    found = read(write_deck(tmp_path / "deck.apkg", NOTES, generation=generation))
    items = by_stem(found)
    assert {stem: (item["type"], right(item)) for stem, item in items.items()} == {
        "What makes sugar?": ("text", ["chloroplast"]),
        "How many legs has an ant?": ("number", "6"),
        "Why do leaves look green?": ("short", ["They send green light back because they do not use it."]),
        "le chat": ("text", ["the cat"]),
        "the cat": ("text", ["le chat"]),
        "[gap:g1] boils at 100 degrees, and [gap:g2] melts.": ("cloze", {"g1": ["Water"], "g2": ["ice"]}),
        "Water boils at [gap:g1] degrees, and ice melts.": ("cloze", {"g1": "100"}),
        "Half of $x$?": ("expression", {"expr": "x/2"}),
    }
    assert items["What makes sugar?"]["solution"] == ["chloroplast", "It is green."]
    assert items["Water boils at [gap:g1] degrees, and ice melts."]["hints"] == {"L1": "a number"}
    assert [skill.name for skill in found.skills] == ["Biology::Cells"]
    assert found.title == "Biology"
    assert (len(prove(found).source.items), found.skipped) == (len(found.items), ())


@pytest.mark.parametrize("generation", GENERATIONS)
def test_pictures_come_along(tmp_path: Path, generation: str) -> None:
    notes = [Note(1, BASIC, ('Which leaf?<img src="my leaf.png">', "oak", ""))]
    found = read(write_deck(tmp_path / "d.apkg", notes, generation=generation, media={"my leaf.png": PNG}))
    (item,) = found.items
    assert found.media == {item["picture"]["file"]: PNG}
    assert item["picture"]["alt"]


@pytest.mark.parametrize(
    ("front", "back", "reason"),
    [
        (
            "Say it",
            "[sound:a.mp3]",
            "Its answer is a picture or a sound, or empty; an answer is needed that can be typed.",
        ),
        ("[sound:a.mp3]", "cat", "It has no question that can be read."),
        ("x" * 5000, "cat", "Its question has more than 4,000 characters."),
    ],
)
def test_a_card_that_cannot_be_asked_is_named_with_the_reason(
    tmp_path: Path, front: str, back: str, reason: str
) -> None:
    found = read(write_deck(tmp_path / "deck.apkg", [Note(1, BASIC, (front, back, ""))]))
    assert found.items == ()
    assert [one.reason for one in found.skipped] == [reason]


def test_the_log_of_reviews_is_kept_by_card(tmp_path: Path) -> None:
    log = [Answered(DAY, 10, 3), Answered(4 * DAY, 10, 1), Answered(2 * DAY, 41, 4)]
    found = read(write_deck(tmp_path / "deck.apkg", NOTES, log))
    assert found.reviews == {
        "anki-1-0": (PastReview(DAY, 3), PastReview(4 * DAY, 1)),
        "anki-4-1": (PastReview(2 * DAY, 4),),
    }


def test_reviews_before_a_reset_and_those_for_preview_do_not_count(tmp_path: Path) -> None:
    log = [
        Answered(1 * DAY, 10, 3),
        Answered(2 * DAY, 10, 0, factor=0, kind=4),  # set back to new
        Answered(3 * DAY, 10, 2),
        Answered(4 * DAY, 10, 3, factor=0, kind=3),  # looked at, without counting
        Answered(5 * DAY, 10, 0, kind=5),  # given another day
    ]
    assert read(write_deck(tmp_path / "deck.apkg", NOTES, log)).reviews == {
        "anki-1-0": (PastReview(3 * DAY, 2),)
    }


def test_a_card_in_review_without_a_log_keeps_its_interval(tmp_path: Path) -> None:
    notes = [Note(1, BASIC, ("What?", "this", ""), plan=(2, 30, 10, 2300))]
    found = read(write_deck(tmp_path / "deck.apkg", notes))
    assert found.intervals == {"anki-1-0": PastInterval(10.0, 2.3, (CREATED_S + 20 * 86_400) * 1000)}


def test_a_gap_inside_a_formula_is_asked_below_it(tmp_path: Path) -> None:
    notes = [Note(1, CLOZE, ("\\( 2 + {{c1::3}} = 5 \\)", ""))]
    (item,) = read(write_deck(tmp_path / "deck.apkg", notes)).items
    assert (item["stem"], right(item)) == ("$2 + \\Box = 5$", "3")


def test_a_remark_in_brackets_need_not_be_typed_but_an_argument_must(tmp_path: Path) -> None:
    notes = [Note(1, BASIC, ("One?", "cat (an animal)", "")), Note(2, BASIC, ("Two?", "f(x)", ""))]
    items = by_stem(read(write_deck(tmp_path / "deck.apkg", notes)))
    assert right(items["One?"]) == ["cat (an animal)", "cat"]
    assert right(items["Two?"]) == ["f(x)"]
