"""Our own columns: read, written by ``item_export_csv``, and read again."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.content.importers.csv_items import split_parts
from engine.content.item_export_csv import items_as_csv, joined_parts
from engine.content.item_json import read_item
from engine.errors import DocumentError
from tests.engine.content.importers.practice_reading import by_stem, prove, read, right, written

FILE = """id,skill,type,question,answer,options,hint_1,hint_2,solution,difficulty
q1,Cells,,What makes energy in a cell?,mitochondrion | mitochondria,,Think of sugar,,It burns sugar.,0.5
q2,Cells,choice,Which is red?,blood,blood | grass | sky,,,,
,Sums,multiple,Which are even?,2 | 4,2 | 3 | 4,,,,
,Sums,order,Order them,one | two | three,,,,,
,Sums,match,Match them,cat -> meow | dog -> woof | -> moo,,,,,
,Sums,number,About pi?,3.14 ± 0.01,,,,,
,Sums,quantity,How heavy?,5 | kg,,,,,
,Sums,cloze,The [gap:a] barks at [gap:b],a = dog | a = hound | b = 5,,,,,
,Sums,expression,Add x and x,2*x,,,,,
,Sums,,Which sign is a bar?,the bar || itself,,,,,
"""


def test_every_type_is_read_and_proven(tmp_path: Path) -> None:
    found = read(written(tmp_path / "table.csv", FILE))
    assert {stem: (item["type"], right(item)) for stem, item in by_stem(found).items()} == {
        "What makes energy in a cell?": ("text", ["mitochondrion", "mitochondria"]),
        "Which is red?": ("choice", "blood"),
        "Which are even?": ("multiple", ["2", "4"]),
        "Order them": ("order", ["one", "two", "three"]),
        "Match them": ("match", {"cat": "meow", "dog": "woof"}),
        "About pi?": ("number", "3.14"),
        "How heavy?": ("quantity", "5"),
        "The [gap:a] barks at [gap:b]": ("cloze", {"a": ["dog", "hound"], "b": "5"}),
        "Add x and x": ("expression", {"expr": "2*x"}),
        "Which sign is a bar?": ("text", ["the bar | itself"]),
    }
    first = found.items[0]
    assert (first["id"], first["b"], first["hints"], first["solution"]) == (
        "q1",
        0.5,
        {"L1": "Think of sugar"},
        ["It burns sugar."],
    )
    assert [skill.name for skill in found.skills] == ["Cells", "Sums"]
    assert len(prove(found).source.items) == len(found.items)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_found_out(tmp_path: Path, delimiter: str) -> None:
    text = f"question{delimiter}answer\nWhat?{delimiter}this\n"
    assert len(read(written(tmp_path / "table.csv", text)).items) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("What?,,", "It has no answer."),
        ("What?,a,riddle", "There is no type “riddle”; there are"),
        ("What?,red,choice", "Its answer “red” is none of its options."),
        ("What?,a - b,match", "Each part of its answer must be “left -> right”."),
        (
            "What [gap:a]?,b = c,cloze",
            "Each part of its answer must be “gap = word”, with a gap of the question.",
        ),
        ("What?,2 +,expression", None),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, row: str, reason: str | None
) -> None:
    found = prove(read(written(tmp_path / "table.csv", f"question,answer,type\n{row}\nGood?,yes,\n")))
    assert [item["stem"] for item in found.source.items] == ["Good?"]
    assert len(found.skipped) == 1
    assert found.skipped[0].reason.startswith(reason or "")


def test_a_table_of_something_else_is_refused_with_the_columns_that_are_needed(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="“question” and “answer”"):
        read(written(tmp_path / "table.csv", "name,age\nAmina,12\n"))


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12
).filter(lambda text: "->" not in text and "[" not in text and "$" not in text and "\\" not in text)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_the_parts_of_a_cell_are_found_again(parts: list[str]) -> None:
    assert split_parts(joined_parts(parts)) == parts


@settings(max_examples=20, deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=5, unique_by=str.casefold),
    WORDS,
    st.sampled_from(("choice", "order", "text", "short")),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, options: list[str], question: str, kind: str
) -> None:
    answer = joined_parts(options[:1] if kind == "choice" else options)
    row = [question, answer, kind, joined_parts(options) if kind == "choice" else ""]
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row)
    folder = tmp_path_factory.mktemp("csv")
    first = read(written(folder / "t.csv", f"question,answer,type,options\n{quoted}\n"))
    skills = {skill.id: skill.name for skill in first.skills}
    text, skipped = items_as_csv([read_item(item) for item in first.items], skills)
    assert skipped == []
    again = read(written(folder / "u.csv", text))
    assert json.dumps(again.items) == json.dumps(first.items)


def test_what_has_no_place_in_a_table_is_listed() -> None:
    steps = [{"id": f"s{n}", "ask": "How many?", "type": "number", "answer": {"value": "1"}} for n in (1, 2)]
    items = [
        {"id": "a", "skills": ["k"], "stem": "Two steps", "steps": steps},
        {
            "id": "b",
            "skills": ["k"],
            "stem": "[[n]]?",
            "type": "number",
            "answer": {"value": "n"},
            "vars": {"n": {"int": [1, 9]}},
        },
    ]
    text, skipped = items_as_csv([read_item(item) for item in items], {"k": "Skill"})
    assert text.count("\n") == 1
    assert {one.what: one.reason for one in skipped} == {
        "Two steps": "It has several steps.",
        "[[n]]?": "It comes with different numbers each time.",
    }
