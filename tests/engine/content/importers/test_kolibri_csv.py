"""Kolibri's ``ExerciseQuestions.csv``."""

import csv
import io
import struct
from pathlib import Path

from tests.engine.content.importers.practice_reading import by_stem, prove, read, reasons, right, written

COLUMNS = [
    "Source ID *",
    "Question ID *",
    "Question type *",
    "Question *",
    "Option A",
    "Option B",
    "Option C",
    "Option D",
    "Option E",
    "Options F...",
    "Correct Answer *",
    "Correct Answer 2",
    "Correct Answer 3",
    "Hint 1",
    "Hint 2",
    "Hint 3",
    "Hint 4",
    "Hint 5",
    "Hint 6+",
]
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 4, 3) + bytes(9)


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def row(identifier: str, kind: str, question: str, **more: str) -> dict[str, str]:
    names = {
        name.rstrip(" *").replace(" ", "_").replace("...", "").replace("+", ""): name for name in COLUMNS
    }
    return {
        "Source ID *": "exercise one",
        "Question ID *": identifier,
        "Question type *": kind,
        "Question *": question,
        **{names[name]: value for name, value in more.items()},
    }


FILE = table(
    row(
        "k1",
        "single_selection",
        "What is $2+2$?",
        Option_A="3",
        Option_B="4",
        Options_F="5🍣6",
        Correct_Answer="4",
    ),
    row(
        "k2",
        "multiple_selection",
        "Primes?",
        Option_A="2",
        Option_B="3",
        Option_C="4",
        Correct_Answer="2",
        Correct_Answer_2="3",
    ),
    row(
        "k3",
        "input_question",
        "3 · 3?",
        Correct_Answer="9",
        Hint_1="Count.",
        Hint_5="Add threes.",
        Hint_6="Again.🍣More.",
    ),
    row("k4", "perseus_question", "{}"),
    row("k5", "single_selection", "Which?", Option_A="a", Option_B="b", Correct_Answer="c"),
)


def test_all_types_but_perseus_are_read(tmp_path: Path) -> None:
    found = read(written(tmp_path / "channel" / "ExerciseQuestions.csv", FILE))
    items = by_stem(found)
    assert {stem: (item["id"], item["type"], right(item)) for stem, item in items.items()} == {
        "What is $2+2$?": ("k1", "choice", "4"),
        "Primes?": ("k2", "multiple", ["2", "3"]),
        "3 · 3?": ("k3", "number", "9"),
    }
    assert [option["text"] for option in items["What is $2+2$?"]["options"]] == ["3", "4", "5", "6"]
    assert items["3 · 3?"]["hints"] == {"L1": "Count.", "L2": "Add threes.", "L3": "Again.", "L4": "More."}
    assert [skill.name for skill in found.skills] == ["exercise one"]
    assert len(prove(found).source.items) == 3


def test_what_cannot_be_asked_is_named_with_the_reason(tmp_path: Path) -> None:
    found = read(written(tmp_path / "ExerciseQuestions.csv", FILE))
    assert reasons(found) == {
        "row 5: {}": "Questions of the type “perseus_question” cannot be shown here.",
        "row 6: Which?": "A correct answer is none of the options.",
    }


def test_pictures_beside_the_file_come_along_and_others_do_not(tmp_path: Path) -> None:
    written(tmp_path / "channel" / "figures" / "leaf.png", PNG)
    written(tmp_path / "secret.png", PNG)
    text = table(
        row("k1", "input_question", "Which? ![a leaf](figures/leaf.png)", Correct_Answer="oak"),
        row("k2", "input_question", "What? ![](../secret.png)", Correct_Answer="ash"),
    )
    found = read(written(tmp_path / "channel" / "ExerciseQuestions.csv", text))
    items = by_stem(found)
    assert items["Which?"]["picture"]["alt"] == "a leaf"
    assert "picture" not in items["What?"]
    assert reasons(found) == {"picture ../secret.png of row 3: What?": "It is not there."}
