"""``llm-tutor packs add`` and ``packs export`` with practice questions, and ``data export --format``."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.clock import SystemClock, milliseconds
from engine.content.item_bank import ItemBank
from engine.content.pack_store import PackStore
from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.paths import data_paths
from engine.storage.database import open_learner_database
from engine.sync import outbox
from engine.sync.practice_events import MemoryImported, PracticeMode
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice import Practice
from tests.engine.content.importers.anki_decks import BASIC, Answered, Note, write_deck
from tests.engine.tutor.practice.classroom import PlainChecker
from tutor_app.__main__ import main

NOTES = (
    Note(1, BASIC, ("What makes sugar?", "chloroplast", "")),
    Note(2, BASIC, ("Say it", "[sound:a.mp3]", "")),
)


def _json(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*arguments, "--json"]) == code
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return dict(json.loads(out))


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck in which one card was reviewed ten and three days ago, and one has no answer to type."""
    now = milliseconds(datetime.now(UTC))
    day = milliseconds(datetime.fromtimestamp(0, UTC) + timedelta(days=1))
    log = [Answered(now - 10 * day, 10, 3), Answered(now - 3 * day, 10, 3)]
    return write_deck(tmp_path / "deck.apkg", NOTES, log)


def test_a_deck_is_added_with_its_reviews_and_what_is_left_out_is_listed(
    deck: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = _json(capsys, "packs", "add", str(deck))
    assert (added["title"], added["source"], added["questions"], added["remembered"]) == (
        "Biology",
        "practice",
        1,
        1,
    )
    assert [one["what"] for one in added["skipped"]] == ["card Say it"]
    again = _json(capsys, "packs", "add", str(deck))
    assert (again["id"], again["remembered"]) == (added["id"], 0)
    with open_learner_database(data_paths(None), SystemClock()) as database, database.reading() as connection:
        events = outbox.all_events(connection)
    told = [json.loads(event.body) for event in events if event.kind == MemoryImported.kind]
    assert [(body["pack"], body["item"]) for body in told] == [(added["id"], "anki-1-0")]


def test_the_terminal_says_how_many_there_are_and_why_some_are_not(
    deck: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "add", str(deck)]) == 0
    out = capsys.readouterr().out
    assert "Biology is ready. Questions: 1, 1 of them with what you remember." in out
    assert "Left out: 1.\n  card Say it: Its answer is a picture or a sound" in out
    assert main(["packs", "list"]) == 0
    assert "imported practice questions" in capsys.readouterr().out


def test_what_is_exported_can_be_added_again(
    deck: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = _json(capsys, "packs", "add", str(deck))["id"]
    for form in ("apkg", "csv"):
        target = tmp_path / f"out.{form}"
        written = _json(capsys, "packs", "export", identifier, "--format", form, "-o", str(target))
        assert (written["questions"], written["skipped"]) == (1, [])
        assert _json(capsys, "packs", "add", str(target))["questions"] == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("table.csv", "name,age\nAmina,12\n", "does not name columns of practice questions"),
        ("deck.apkg", "nothing", "is no Anki deck"),
        ("none.csv", "question,answer,type\nWhat?,a,riddle\n", "None of the questions"),
    ],
)
def test_what_cannot_be_added_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(content)
    assert main(["packs", "add", str(tmp_path / name)]) == 1
    assert words in capsys.readouterr().err


def test_a_pack_without_questions_has_none_to_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("Leaves are green because of chlorophyll.")
    identifier = _json(capsys, "packs", "add", str(tmp_path / "notes.txt"))["id"]
    assert main(["packs", "export", identifier, "--format", "apkg"]) == 1
    assert "has no practice questions" in capsys.readouterr().err


def test_practice_is_exported_as_a_table_and_as_statements(
    deck: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identifier = _json(capsys, "packs", "add", str(deck))["id"]
    paths = data_paths(None)
    with open_learner_database(paths, SystemClock()) as database:
        practice = Practice(database, ItemBank(PackStore(paths.packs)), PlainChecker(), SystemClock())
        chosen = Chosen(identifier, "anki-1-0", 0, Purpose.LEARN, Reason.CONTINUE)
        practice.pose(chosen, "sitting", PracticeMode.PRACTICE)
        practice.answer("s1", "chloroplast")
    table = _json(capsys, "data", "export", "--format", "csv", str(tmp_path / "a.csv"))
    assert table["lines"] == 1
    with (tmp_path / "a.csv").open(newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == ["right"]
    assert _json(capsys, "data", "export", "--format", "xapi", str(tmp_path / "a.json"))["lines"] == 2
    verbs = [one["verb"]["display"]["en"] for one in json.loads((tmp_path / "a.json").read_text())]
    assert verbs == ["attempted", "answered"]
