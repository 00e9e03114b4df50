"""Anki decks out: what a pack's questions become, and that they come in again as they were."""

import json
import struct
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cancel import CancelToken
from engine.content.importers.imported_items import ImportedItems, Skipped
from engine.content.install import Watch
from engine.content.item_export_anki import Deck, as_html, write_apkg
from engine.content.item_json import read_item
from engine.errors import PackError
from engine.storage.sqlite import OpenMode, connect
from tests.engine.content.importers.practice_reading import read, reasons, right

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 4, 3) + bytes(9)


def item(identifier: str, stem: str, kind: str, answer: object, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "skills": ["k"], "stem": stem, "type": kind, "answer": answer, **more}


def exported(
    target: Path, *documents: Mapping[str, Any], media: Mapping[str, bytes] | None = None
) -> tuple[int, list[Skipped]]:
    items = tuple(read_item(document) for document in documents)
    watch = Watch(CancelToken(), lambda _: None)
    return write_apkg(target, Deck("org.example.plants", "Plants", items, media or {}), now=NOW, watch=watch)


def again(
    target: Path, *documents: Mapping[str, Any], media: Mapping[str, bytes] | None = None
) -> ImportedItems:
    exported(target, *documents, media=media)
    found = read(target)
    assert reasons(found) == {}
    return found


def rows(target: Path, query: str, folder: Path) -> list[Any]:
    with zipfile.ZipFile(target) as archive:
        (folder / "out.db").write_bytes(archive.read("collection.anki2"))
    with closing(connect(folder / "out.db", mode=OpenMode.IMMUTABLE)) as connection:
        return connection.execute(query).fetchall()


def test_a_deck_is_read_again_as_it_was_written(tmp_path: Path) -> None:
    options = [{"id": "x", "text": "**Red**"}, {"id": "y", "text": "Blue"}]
    gaps = {"g1": {"type": "text", "accept": ["cat"]}, "g2": {"type": "number", "value": "5"}}
    found = again(
        tmp_path / "deck.apkg",
        item(
            "a",
            "Half of $\\frac{1}{2}$ and \\$10?",
            "number",
            {"value": "5"},
            solution=["Take half.", "It is 5."],
        ),
        item("b", "The [gap:g1] eats [gap:g2] mice & <more>.", "cloze", {"gaps": gaps}),
        item("c", "Which?", "choice", "x", options=options, fixed_order=True),
        item("d", "A word?", "text", {"accept": ["a < b", "other"]}),
        item(
            "e",
            "Why?",
            "short",
            {"expectations": [{"id": "e1", "phrasings": ["Plants need light to make their own food."]}]},
        ),
    )
    assert [(one["stem"], one["type"], right(one)) for one in found.items] == [
        ("Half of $\\frac{1}{2}$ and \\$10?", "number", "5"),
        ("The [gap:g1] eats [gap:g2] mice & <more>.", "cloze", {"g1": ["cat"], "g2": "5"}),
        ("Which?\n- Red\n- Blue", "text", ["Red"]),
        ("A word?", "text", ["a < b"]),
        ("Why?", "short", ["Plants need light to make their own food."]),
    ]
    assert found.items[0]["solution"] == ["5", "Take half.", "It is 5."]
    assert (found.title, found.skills[0].name) == ("Plants", "Plants")


def test_a_question_of_several_steps_is_one_card_with_its_last_answer(tmp_path: Path) -> None:
    steps = [
        {"id": "s1", "ask": "2 + 2?", "type": "number", "answer": {"value": "4"}, "solution": ["Count."]},
        {"id": "s2", "ask": "4 + 4?", "type": "number", "answer": {"value": "8"}, "solution": ["Double."]},
    ]
    (found,) = again(
        tmp_path / "deck.apkg", {"id": "a", "skills": ["k"], "stem": "Work.", "steps": steps}
    ).items
    assert (found["stem"], right(found)) == ("Work.\n2 + 2?\n4 + 4?", "8")
    assert found["solution"] == ["8", "Count.", "Double."]


def test_pictures_go_out_and_come_in(tmp_path: Path) -> None:
    document = item(
        "a", "Which leaf?", "text", {"accept": ["oak"]}, picture={"file": "media/leaf.png", "alt": "A leaf"}
    )
    found = again(tmp_path / "deck.apkg", document, media={"media/leaf.png": PNG})
    (one,) = found.items
    assert one["picture"]["alt"] == "A leaf"
    assert found.media[one["picture"]["file"]] == PNG


def test_questions_with_variables_are_left_out_with_the_reason(tmp_path: Path) -> None:
    drawn = item("a", "[[n]] and 1?", "number", {"value": "n + 1"}, vars={"n": {"int": [1, 9]}})
    count, skipped = exported(tmp_path / "deck.apkg", drawn, item("b", "2?", "number", {"value": "2"}))
    assert (count, skipped) == (1, [Skipped("[[n]] and 1?", "It comes with different numbers each time.")])
    with pytest.raises(PackError, match="No question of Plants"):
        exported(tmp_path / "none.apkg", drawn)
    assert not (tmp_path / "none.apkg").exists()


def test_a_later_export_has_the_same_notes_to_anki(tmp_path: Path) -> None:
    query = "SELECT guid, mid, csum FROM notes"
    document = item("a", "2?", "number", {"value": "2"})
    exported(tmp_path / "one.apkg", document)
    exported(tmp_path / "two.apkg", item("z", "3?", "number", {"value": "3"}), document)
    assert rows(tmp_path / "one.apkg", query, tmp_path)[0] in rows(tmp_path / "two.apkg", query, tmp_path)


def test_the_collection_has_what_anki_asks_for(tmp_path: Path) -> None:
    exported(tmp_path / "deck.apkg", item("a", "2?", "number", {"value": "2"}))
    ((version, models, decks, options),) = rows(
        tmp_path / "deck.apkg", "SELECT ver, models, decks, dconf FROM col", tmp_path
    )
    ((note, deck),) = rows(
        tmp_path / "deck.apkg", "SELECT mid, did FROM cards JOIN notes ON nid = notes.id", tmp_path
    )
    assert version == 11
    assert json.loads(models)[str(note)]["flds"][0]["name"] == "Front"
    assert json.loads(decks)[str(deck)]["name"] == "Plants"
    assert json.loads(options)["1"]["name"] == "Default"


WORD = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=15)
PROSE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(PROSE, WORD), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_whatever_the_words_they_come_in_again(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("deck")
    documents = [item(f"i{n}", stem, "text", {"accept": [answer]}) for n, (stem, answer) in enumerate(pairs)]
    first = again(folder / "a.apkg", *documents)
    second = again(folder / "b.apkg", *first.items)
    assert [(one["stem"], right(one)) for one in second.items] == [
        (one["stem"], right(one)) for one in first.items
    ]


def test_markdown_becomes_what_anki_shows() -> None:
    assert as_html("**Half** of $x<1$\n\\$5 & $$y$$") == "<b>Half</b> of \\(x&lt;1\\)<br>$5 &amp; \\[y\\]"
