"""GIFT: what each kind of question becomes, and what is left out."""

from pathlib import Path

import pytest

from tests.engine.content.importers.practice_reading import by_stem, prove, read, reasons, right, written

FILE = r"""// made for this test
$CATEGORY: $course$/top/Geography

::Capital:: Which town is the capital of Kenya? {
  =Nairobi#Yes.
  ~Mombasa#No.
  ~Kisumu
}

How many legs have six ants? {#36:0}

A number from one to five {#1..5}

::TF::The sea is salty.{T#no#yes}

Who wrote the poem?{=Amina =Amina Diop####She did.}

Match the sounds{=cat -> meow =dog -> woof = -> moo}

The {=sun} is hot.

$CATEGORY: $course$/top/Sums
Which are even?{~%50%2 ~%50%4 ~%-100%5}

[html]<p>What is <b>two</b> \: \{x\} \= ? It costs \$5.</p>{~no =yes}

Write an essay {}

There is nothing to answer.

Two right ones {=a =b ~c}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "quiz.gift", FILE)


def test_every_kind_of_question_is_read(file: Path) -> None:
    items = by_stem(read(file))
    assert {stem: (item["type"], right(item)) for stem, item in items.items()} == {
        "Which town is the capital of Kenya?": ("choice", "Nairobi"),
        "How many legs have six ants?": ("number", "36"),
        "A number from one to five": ("number", "3"),
        "The sea is salty.": ("choice", "True"),
        "Who wrote the poem?": ("text", ["Amina", "Amina Diop"]),
        "Match the sounds": ("match", {"cat": "meow", "dog": "woof"}),
        "The [gap:g1] is hot.": ("cloze", {"g1": ["sun"]}),
        "Which are even?": ("multiple", ["2", "4"]),
        "What is two : {x} = ? It costs \\$5.": ("choice", "yes"),
    }
    assert items["A number from one to five"]["answer"]["abs"] == 2
    assert items["Who wrote the poem?"]["solution"] == ["She did."]


def test_categories_are_skills(file: Path) -> None:
    found = read(file)
    assert [skill.name for skill in found.skills] == ["Geography", "Sums"]
    assert by_stem(found)["Which are even?"]["skills"] == [found.skills[1].id]


def test_what_cannot_be_asked_is_named_with_the_reason(file: Path) -> None:
    assert reasons(read(file)) == {
        "Write an essay {}": "Essays cannot be checked.",
        "There is nothing to answer.": "It asks nothing: there are no braces with answers.",
        "Two right ones {=a =b ~c}": "Several answers are right by themselves; that cannot be shown as one choice.",
    }


def test_all_that_is_read_is_proven(file: Path) -> None:
    found = read(file)
    assert len(prove(found).source.items) == len(found.items)


def test_a_text_file_with_titled_questions_is_known_by_its_content(tmp_path: Path) -> None:
    questions = written(tmp_path / "quiz.txt", "::One::What?{=this ~that}\n")
    assert len(read(questions).items) == 1
