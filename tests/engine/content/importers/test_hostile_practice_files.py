"""Broken and hostile files of practice questions: a plain sentence, and nothing else happens."""

import contextlib
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cancel import CancelToken
from engine.content.importers.imported_items import ItemCollector
from engine.content.importers.practice_format import practice_format, read_practice
from engine.content.importers.protobuf_fields import protobuf_fields
from engine.content.rules.media import picture_problem
from engine.errors import Cancelled, DocumentError
from engine.storage.sqlite import OpenMode, connect
from tests.engine.content.importers.anki_decks import BASIC, Note, bytes_field, write_deck
from tests.engine.content.importers.practice_reading import prove, read, written, zipped
from tests.engine.content.importers.test_csv_items import FILE as TABLE
from tests.engine.content.importers.test_gift import FILE as GIFT
from tests.engine.content.importers.test_moodle_xml import FILE as MOODLE
from tests.engine.content.importers.test_oatutor import POOL
from tests.engine.content.importers.test_qti import CHOICE

NOTES = (Note(1, BASIC, ("What?", "this", "")),)
BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{other};" * 10}">' for other, name in zip("abcdefg", "bcdefgh", strict=True)
)


def deck(folder: Path) -> Path:
    return write_deck(folder / "deck.apkg", NOTES)


def deck_of(path: Path, collection: bytes, media: bytes = b"{}", name: str = "collection.anki2") -> Path:
    return zipped(path, {name: collection, "media": media})


def sqlite_file(path: Path, script: str) -> bytes:
    with closing(connect(path, mode=OpenMode.REBUILDABLE)) as connection:
        connection.executescript(script)
    return path.read_bytes()


VIEWS = """
CREATE TABLE col (id, crt, models, decks); INSERT INTO col VALUES (1, 0, '{}', '{}');
CREATE TABLE cards (id, nid, did, ord, type, due, ivl, factor, odue, odid);
CREATE TABLE revlog (id, cid, ease, factor, type);
CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 1 AS mid, '' AS flds,
 '' AS tags FROM n;
"""
REFUSED: dict[str, Callable[[Path], Path]] = {
    "cut archive": lambda folder: written(folder / "a.apkg", deck(folder).read_bytes()[:200]),
    "no archive": lambda folder: written(folder / "a.apkg", b"not a deck at all"),
    "no collection": lambda folder: zipped(folder / "a.apkg", {"media": "{}"}),
    "collection that is no database": lambda folder: deck_of(folder / "a.apkg", b"nothing" * 1000),
    "damaged collection": lambda folder: deck_of(
        folder / "a.apkg", sqlite_file(folder / "x.db", VIEWS)[:5000] + b"\xff" * 3000
    ),
    "tables that never end": lambda folder: deck_of(folder / "a.apkg", sqlite_file(folder / "x.db", VIEWS)),
    "database of another program": lambda folder: deck_of(
        folder / "a.apkg", sqlite_file(folder / "x.db", "CREATE TABLE t (x)")
    ),
    "media list that is none": lambda folder: deck_of(
        folder / "a.apkg", sqlite_file(folder / "x.db", "CREATE TABLE t (x)"), b"\xff\xff"
    ),
    "zstd that is none": lambda folder: deck_of(
        folder / "a.apkg", b"\x28\xb5\x2f\xfd" + bytes(50), name="collection.anki21b"
    ),
    "zip bomb": lambda folder: zipped(
        folder / "a.apkg", {"collection.anki2": bytes(50_000_000), "media": "{}"}
    ),
    "zstd bomb": lambda folder: deck_of(
        folder / "a.apkg", zstandard.ZstdCompressor().compress(bytes(150_000_000)), name="collection.anki21b"
    ),
    "whole collection": lambda folder: zipped(folder / "a.colpkg", {"collection.anki2": b"", "media": "{}"}),
    "XML that is cut": lambda folder: written(folder / "a.xml", MOODLE[:500]),
    "QTI that is cut": lambda folder: written(folder / "a.xml", CHOICE[:200]),
    "entity bomb": lambda folder: written(folder / "a.xml", f"{BOMB}]><quiz>&h;</quiz"),
    "table without a head": lambda folder: written(folder / "a.csv", b"\x00\x01\x02,\x03"),
    "empty table": lambda folder: written(folder / "a.csv", b""),
}


@pytest.mark.parametrize("made", REFUSED.values(), ids=REFUSED)
def test_a_broken_or_hostile_file_is_refused_with_a_sentence_and_advice(
    tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    with pytest.raises(DocumentError) as caught:
        read(made(tmp_path))
    assert caught.value.what.endswith((".", "…"))
    assert caught.value.todo.endswith(".")
    assert "Traceback" not in caught.value.what


@pytest.mark.parametrize("name", ["zip bomb", "zstd bomb"])
def test_an_archive_that_would_fill_the_memory_is_not_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="far more than a d"):
        read(REFUSED[name](tmp_path))


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    written(tmp_path / "secret.txt", "the secret")
    head = '<!DOCTYPE quiz [<!ENTITY s SYSTEM "secret.txt"><!ENTITY t "swelled">]>'
    found = read(
        written(
            tmp_path / "a.xml",
            head + MOODLE.split("?>")[1].replace("It rains.", "It ]]>&s;&t;<![CDATA[rains."),
        )
    )
    assert any(item["stem"].startswith("It") for item in found.items)
    assert "secret" not in str(found.items)
    assert "swelled" not in str(found.items)


def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    written(tmp_path / "secret.png", b"\x89PNG\r\n\x1a\n" + bytes(30))
    item = CHOICE.replace("<p>Look.</p>", '<p>Look.<img src="../secret.png" alt="x"/></p>')
    found = read(
        zipped(tmp_path / "a.zip", {"imsmanifest.xml": "<m/>", "../../evil.xml": CHOICE, "a/b.xml": item})
    )
    assert [one.reason for one in found.skipped] == ["It is not there."]
    assert found.media == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "secret.png"]


def test_an_archive_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    path = deck(tmp_path)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))
    with pytest.raises(DocumentError, match="password"):
        read(path)


def test_text_that_would_be_a_placeholder_or_turn_the_writing_is_made_harmless(tmp_path: Path) -> None:
    text = "question,answer\n[[evil]] \u202eabc\u0007?,[[also]]\n"
    found = prove(read(written(tmp_path / "a.csv", text)))
    (item,) = found.source.items
    assert item["stem"] == "[ [evil]] abc?"


def test_it_can_be_stopped(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        read_practice(written(tmp_path / "a.csv", TABLE), cancel=cancel, progress=lambda _: None)


def test_what_is_no_file_of_questions_is_left_to_the_importers_of_documents(tmp_path: Path) -> None:
    for name, content in (
        ("a.txt", "A text about $CATEGORY and :: colons."),
        ("a.md", "# Title"),
        ("a.xml", "<book/>"),
        ("b.xml", "<broken"),
        ("a.html", "<?xml version='1.0'?><html><p>An Assessment&nbsp;of</p></html>"),
        ("a.pdf", "%PDF-1.4"),
    ):
        assert practice_format(written(tmp_path / name, content)) is None
    assert practice_format(zipped(tmp_path / "a.epub", {"META-INF/container.xml": "<c/>"})) is None
    assert practice_format(tmp_path) is None
    assert practice_format(tmp_path / "absent.csv") is None


SAMPLES = {
    "a.csv": TABLE.encode(),
    "a.gift": GIFT.encode(),
    "a.xml": MOODLE.encode(),
    "b.xml": CHOICE.encode(),
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SAMPLES)), st.integers(0, 2**32))
def test_a_file_with_damage_anywhere_gives_questions_or_a_sentence(
    tmp_path: Path, name: str, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(SAMPLES[name])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data))
        match chance.randrange(3):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 60)]
            case _:
                data[at:at] = bytes(data[chance.randrange(len(data)) :][:80])
        data = data or bytearray(b"x")
    with contextlib.suppress(DocumentError):
        prove(read(written(tmp_path / name, bytes(data))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(("anki2", "anki21b")), st.integers(0, 2**32))
def test_a_deck_with_damage_anywhere_gives_questions_or_a_sentence(
    tmp_path: Path, generation: str, seed: int
) -> None:
    chance = random.Random(seed)
    made = write_deck(tmp_path / "made.apkg", NOTES, generation=generation, media={"a.png": b"x"})
    with zipfile.ZipFile(made) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    spoilt = parts[chance.choice(sorted(parts))]
    for _ in range(chance.randint(1, 20)):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    with contextlib.suppress(DocumentError):
        prove(read(zipped(tmp_path / "a.apkg", {name: bytes(data) for name, data in parts.items()})))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    try:
        protobuf_fields(data)
    except ValueError:
        return


def test_a_message_is_read_field_by_field() -> None:
    assert protobuf_fields(bytes_field(1, b"a") + bytes([2 << 3, 0x96, 0x01])) == {1: [b"a"], 2: [150]}


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("media/a.gif", b"GIF89a" + struct.pack("<HH", 4, 3) + bytes(9), None),
        ("media/a.gif", b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(9), "It has too many pixels."),
        ("media/a.gif", b"GIF", "It is no GIF picture."),
        (
            "media/a.jpg",
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x03\x00\x04\x03" + bytes(9),
            None,
        ),
        (
            "media/a.jpg",
            b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(9),
            "It has too many pixels.",
        ),
        ("media/a.jpg", b"\xff\xd8\xff\xe0\x00\x00\xff", "It is no JPEG picture."),
        ("media/a.jpg", b"<svg/>", "It is no JPEG picture."),
    ],
)
def test_pictures_are_what_their_names_say(name: str, data: bytes, problem: str | None) -> None:
    assert picture_problem(name, data) == problem


def test_a_pool_in_a_folder_does_not_follow_links(tmp_path: Path) -> None:
    for name, content in POOL.items():
        written(tmp_path / "pool" / name, content)
    outside = written(tmp_path / "outside.json", "{}")
    (tmp_path / "pool" / "content-pool" / "evil").mkdir()
    (tmp_path / "pool" / "content-pool" / "evil" / "evil.json").symlink_to(outside)
    found = read(tmp_path / "pool")
    assert all("evil" not in one.what for one in found.skipped)


def test_the_same_topic_is_one_skill_and_its_id_tells_nothing() -> None:
    collector = ItemCollector("x")
    assert collector.skill("My diary") == collector.skill(" My  diary ")
    assert "diary" not in collector.skill("My diary")
