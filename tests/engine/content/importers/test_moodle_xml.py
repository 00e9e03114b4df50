"""Moodle XML: what each kind of question becomes, and what is left out."""

import base64
import struct
from pathlib import Path

import pytest

from tests.engine.content.importers.practice_reading import by_stem, prove, read, reasons, right, written

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 4, 3) + bytes(9)


def question(kind: str, text: str, inside: str = "", *, name: str = "A name") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def answer(text: str, fraction: str = "0", inside: str = "") -> str:
    return f'<answer fraction="{fraction}"><text><![CDATA[{text}]]></text>{inside}</answer>'


CATEGORY = "<question type='category'><category><text>$course$/top/Plants</text></category></question>"
FILE = "".join(
    (
        '<?xml version="1.0" encoding="UTF-8"?><quiz>',
        CATEGORY,
        question(
            "multichoice",
            "<p>What is \\(x^2\\)?</p><p>It costs $5.</p>",
            "<single>true</single>"
            + answer("a <b>square</b>", "100")
            + answer("a cube")
            + "<hint><text>Think of sides.</text></hint>"
            + "<generalfeedback><text>Because of its sides.</text></generalfeedback>",
        ),
        question(
            "multichoice",
            "Even?",
            "<single>false</single>" + answer("2", "50") + answer("4", "50") + answer("5", "-100"),
        ),
        question("truefalse", "It rains.", answer("true") + answer("false", "100")),
        question(
            "shortanswer", "Colour?", "<usecase>1</usecase>" + answer("Red", "100") + answer("r*", "100")
        ),
        question("numerical", "Pi?", answer("3.14", "100", "<tolerance>0.01</tolerance>")),
        question(
            "matching",
            "Match",
            "".join(
                f"<subquestion><text>{left}</text><answer><text>{other}</text></answer></subquestion>"
                for left, other in (("cat", "meow"), ("dog", "woof"), ("", "moo"))
            ),
        ),
        question("ordering", "Order", answer("one", "1") + answer("two", "2") + answer("three", "3")),
        question(
            "cloze",
            "The {1:SHORTANSWER:=cat#ok~%50%dog} is {1:MULTICHOICE:=big~small}, {:NUMERICAL:=5:0.5} kg.",
        ),
        question(
            "gapselect",
            "The [[2]] sat on the [[1]].",
            "<selectoption><text>mat</text></selectoption><selectoption><text>cat</text></selectoption>",
        ),
        question("essay", "Write.", name="Long one"),
        question("stack", "Odd.", name="Other one"),
        question("shortanswer", "Wild?", answer("*", "100"), name="Wild one"),
        "</quiz>",
    )
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "bank.xml", FILE)


def test_every_kind_of_question_is_read(file: Path) -> None:
    items = by_stem(read(file))
    assert {stem: (item["type"], right(item)) for stem, item in items.items()} == {
        "What is $x^2$?\n\nIt costs \\$5.": ("choice", "a square"),
        "Even?": ("multiple", ["2", "4"]),
        "It rains.": ("choice", "False"),
        "Colour?": ("text", ["Red"]),
        "Pi?": ("number", "3.14"),
        "Match": ("match", {"cat": "meow", "dog": "woof"}),
        "Order": ("order", ["one", "two", "three"]),
        "The [gap:g1] is [gap:g2], [gap:g3] kg.": ("cloze", {"g1": ["cat"], "g2": ["big"], "g3": "5"}),
        "The [gap:g1] sat on the [gap:g2].": ("cloze", {"g1": ["cat"], "g2": ["mat"]}),
    }
    assert items["Colour?"]["answer"]["case"] is True
    assert items["Pi?"]["answer"]["abs"] == 0.01
    square = items["What is $x^2$?\n\nIt costs \\$5."]
    assert (square["hints"], square["solution"]) == ({"L1": "Think of sides."}, ["Because of its sides."])
    assert [skill.name for skill in read(file).skills] == ["Plants"]


def test_what_cannot_be_asked_is_named_with_the_reason(file: Path) -> None:
    assert reasons(read(file)) == {
        "question Long one": "Essays cannot be checked.",
        "question Other one": "Questions of the type “stack” are not read.",
        "question Wild one": "Its answer holds a wildcard, which cannot be shown.",
    }


def test_all_that_is_read_is_proven(file: Path) -> None:
    found = read(file)
    assert len(prove(found).source.items) == len(found.items)


def test_an_embedded_picture_comes_along_with_its_words(tmp_path: Path) -> None:
    data = base64.b64encode(PNG).decode()
    text = '<p>Which leaf?<img src="@@PLUGINFILE@@/leaf.png" alt="A leaf"></p>'
    picture = f'<file name="leaf.png" encoding="base64">{data}</file>'
    asked = question("shortanswer", text, answer("oak", "100")).replace(
        "</questiontext>", f"{picture}</questiontext>"
    )
    found = read(written(tmp_path / "bank.xml", f"<quiz>{asked}</quiz>"))
    (item,) = found.items
    assert item["picture"]["alt"] == "A leaf"
    assert found.media == {item["picture"]["file"]: PNG}


def test_a_picture_of_another_kind_is_named_and_the_question_kept(tmp_path: Path) -> None:
    asked = question("shortanswer", 'Which?<img src="a.tiff">', answer("oak", "100"), name="Trees")
    found = read(written(tmp_path / "bank.xml", f"<quiz>{asked}</quiz>"))
    assert "picture" not in found.items[0]
    assert reasons(found) == {"picture a.tiff of question Trees": "It is not there."}
