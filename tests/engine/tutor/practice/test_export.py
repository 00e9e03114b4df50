"""Practice for other programs: a table of attempts, and xAPI statements."""

import csv
import io
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from engine.sync.practice_events import VoidReason
from engine.tutor.practice.export import PracticeExport, write_practice
from engine.tutor.practice.export_csv import COLUMNS
from engine.tutor.practice.export_xapi import VERBS
from tests.engine.tutor.practice.classroom import PACK, Classroom

DAY_S = 86_400


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path)


def table(room: Classroom) -> list[dict[str, str]]:
    target = room.folder / "attempts.csv"
    count = write_practice(room.database, room.bank, PracticeExport.CSV, target)
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert len(rows) == count
    return rows


def told(room: Classroom) -> list[dict[str, Any]]:
    target = room.folder / "statements.json"
    count = write_practice(room.database, room.bank, PracticeExport.XAPI, target)
    found = json.loads(target.read_text(encoding="utf-8"))
    assert len(found) == count
    return list(found)


def verbs(statements: list[dict[str, Any]]) -> list[str]:
    return [one["verb"]["display"]["en"] for one in statements]


def one_question(room: Classroom) -> None:
    """Missed, helped, solved."""
    asked = room.pose("add-1")
    room.miss(asked)
    room.clock.wait(60)
    room.practice.help()
    room.solve()


def test_the_table_has_a_row_for_each_attempt(room: Classroom) -> None:
    one_question(room)
    first, second = table(room)
    assert tuple(first) == COLUMNS
    assert (first["pack"], first["item"], first["attempt"], first["outcome"]) == (
        PACK,
        "add-1",
        "1",
        "not_yet",
    )
    assert (second["attempt"], second["outcome"], second["ending"]) == ("2", "right", "solved")
    assert (second["first_right"], second["skill"]) == ("False", "add")
    assert (first["hint_level"], second["hint_level"]) == ("0", "1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", first["time"])


def test_a_voided_question_is_in_no_file(room: Classroom) -> None:
    one_question(room)
    question = table(room)[0]["question"]
    room.practice.void(question, VoidReason.UNCLEAR)
    assert table(room) == []
    assert told(room) == []


def test_no_words_of_an_answer_are_told(room: Classroom) -> None:
    room.miss(room.pose("add-1"), "my secret 999")
    assert "secret" not in json.dumps(told(room)) + json.dumps(table(room))


def test_statements_are_what_xapi_asks_for(room: Classroom) -> None:
    one_question(room)
    statements = told(room)
    assert verbs(statements) == ["attempted", "answered", "hinted", "answered"]
    assert [one["result"].get("success") for one in statements[1:]] == [False, None, True]
    for one in statements:
        assert uuid.UUID(one["id"]).version in (5, 7)
        assert one["version"] == "1.0.3"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["timestamp"])
        assert set(one["actor"]["account"]) == {"homePage", "name"}
        assert one["verb"]["id"] in VERBS.values()
        assert one["object"]["id"].startswith("urn:x-llm-tutor:")
        assert uuid.UUID(one["context"]["registration"])
        extensions = [*one["context"]["extensions"], *one.get("result", {}).get("extensions", {})]
        assert all(name.startswith("urn:x-llm-tutor:") for name in extensions)
    assert re.fullmatch(r"PT\d+(\.\d+)?S", statements[1]["result"]["duration"])
    assert len({one["id"] for one in statements}) == len(statements)


def test_the_same_log_gives_the_same_statements(room: Classroom) -> None:
    one_question(room)
    assert told(room) == told(room)


def test_a_skill_is_told_once_when_it_is_mastered(room: Classroom) -> None:
    for seed in range(30):
        room.solve(room.pose("add-1" if seed % 2 else "add-2", seed=seed))
        room.solve(room.pose("double-1"))
        room.clock.wait(DAY_S)
    assert room.agenda.knowledge().state.skill(PACK, "add").mastered
    mastered = [one["object"] for one in told(room) if one["verb"]["id"] == VERBS["mastered"]]
    assert [one["definition"]["name"]["en"] for one in mastered].count("Add") == 1
    assert {one["id"] for one in mastered} <= {
        f"urn:x-llm-tutor:skill:{PACK}:{skill}" for skill in ("add", "double")
    }


def test_an_empty_log_gives_an_empty_file(room: Classroom) -> None:
    assert (table(room), told(room)) == ([], [])
