"""OATutor's content pool, in a folder and in a zip: problems, steps, hints, scaffolds, skills."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.errors import DocumentError
from tests.engine.content.importers.practice_reading import (
    by_stem,
    prove,
    read,
    reasons,
    right,
    written,
    zipped,
)

GIF = b"GIF89a" + (4).to_bytes(2, "little") + (3).to_bytes(2, "little") + bytes(20)
Files = dict[str, str | bytes]


def problem(identifier: str, body: str, *steps: Mapping[str, Any], **more: Any) -> Files:
    """The files of one problem; a step's ``help`` is its pathway."""
    folder = f"content-pool/{identifier}"
    document = {
        "id": identifier,
        "title": "A title",
        "body": body,
        "variabilization": {},
        "lesson": "2.1 Lines",
        **more,
    }
    files: Files = {f"{folder}/{identifier}.json": json.dumps(document)}
    for place, given in enumerate(steps):
        step = f"{identifier}{chr(97 + place)}"
        pathway = given.get("help", [])
        plain = {name: value for name, value in given.items() if name != "help"}
        files[f"{folder}/steps/{step}/{step}.json"] = json.dumps({"id": step, "variabilization": {}, **plain})
        files[f"{folder}/steps/{step}/tutoring/{step}DefaultPathway.json"] = json.dumps(pathway)
    return files


def typed(title: str, answer: str, *, kind: str = "arithmetic", **more: Any) -> dict[str, Any]:
    return {
        "stepTitle": title,
        "stepBody": "",
        "stepAnswer": [answer],
        "problemType": "TextBox",
        "answerType": kind,
        **more,
    }


def chosen(title: str, answer: str, *choices: str) -> dict[str, Any]:
    return {
        "stepTitle": title,
        "stepBody": "",
        "stepAnswer": [answer],
        "problemType": "MultipleChoice",
        "answerType": "string",
        "choices": list(choices),
    }


HELP = [
    {"id": "h1", "type": "hint", "dependencies": [], "title": "Start", "text": "Undo the sum first."},
    {
        "id": "h2",
        "type": "hint",
        "dependencies": ["h1"],
        "title": "Rule",
        "text": "Take the same from both sides.",
    },
    {
        "id": "h3",
        "type": "scaffold",
        "dependencies": ["h2"],
        "title": "Try",
        "text": "What is $$7-2$$?",
        "hintAnswer": ["$$5$$"],
        "subHints": [{"id": "h3a", "type": "hint", "title": "Count", "text": "Count back from seven."}],
    },
    {"id": "h4", "type": "solution", "title": "Answer", "text": "So $$x=5$$."},
]
POOL: Files = {
    **problem("one", "Solve the equation.", typed("$$x+2=7$$", "$$x=5$$", help=HELP)),
    **problem(
        "two",
        "A rope has 9 m and costs $3.",
        typed("Half of it?", "$$\\frac{9}{2}$$"),
        chosen("Its colour?", "$$r$$", "$$r$$", "$$g$$", "None of these"),
        typed("Its name?", "rope", kind="string"),
        typed("Double of $$a$$?", "$$2a$$"),
    ),
    **problem("three", "See ##figure1.gif##", typed("How many?", "$$3$$"), lesson=""),
    **problem("four", "Add @{n}.", typed("@{n} and 1?", "$$5$$"), variabilization={"n": ["4", "7"]}),
    "content-pool/three/figures/figure1.gif": GIF,
    "skillModel.json": json.dumps(
        {"onea": ["solve_equations"], "twoa": ["halving"], "twob": ["naming", "halving"]}
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in POOL.items():
        written(tmp_path / "pool" / name, content)
    return tmp_path / "pool"


def test_steps_hints_and_solutions_find_their_places(folder: Path) -> None:
    item = by_stem(read(folder))["A title\n\nSolve the equation.\n\n$x+2=7$"]
    assert (item["id"], item["type"], right(item)) == ("one", "equation", {"equation": "x = 5"})
    assert item["hints"] == {
        "L1": "Undo the sum first.",
        "L2": "Take the same from both sides.",
        "L3": "What is $7-2$?",
    }
    assert item["solution"] == [
        "Undo the sum first.",
        "Take the same from both sides.",
        "What is $7-2$? $5$",
        "Count back from seven.",
        "So $x=5$.",
        "Answer: $x=5$",
    ]


def test_a_problem_of_several_steps_keeps_them_with_their_skills(folder: Path) -> None:
    found = read(folder)
    item = by_stem(found)["A title\n\nA rope has 9 m and costs \\$3."]
    names = {skill.id: skill.name for skill in found.skills}
    assert [(step["id"], step["ask"], step["type"], right(step)) for step in item["steps"]] == [
        ("twoa", "Half of it?", "number", "9/2"),
        ("twob", "Its colour?", "choice", "$r$"),
        ("twoc", "Its name?", "text", ["rope"]),
        ("twod", "Double of $a$?", "expression", {"expr": "2*a"}),
    ]
    assert [names[skill] for skill in item["skills"]] == ["halving", "naming"]
    assert [names.get(step.get("skill", ""), "") for step in item["steps"]] == ["halving", "naming", "", ""]


def test_a_hint_that_gives_the_answer_away_is_part_of_the_solution(folder: Path) -> None:
    item = next(item for item in prove(read(folder)).source.items if item["id"] == "one")
    assert "L3" not in item["hints"]
    assert "What is $7-2$? $5$" in item["solution"]


def test_figures_variables_and_lessons(folder: Path) -> None:
    found = read(folder)
    items = {item["id"]: item for item in found.items}
    assert found.media[items["three"]["picture"]["file"]] == GIF
    assert items["four"]["stem"] == "A title\n\nAdd 4.\n\n4 and 1?"
    assert "Lines" in [skill.name for skill in found.skills]


def test_a_zip_gives_the_same(folder: Path, tmp_path: Path) -> None:
    inside = {f"OATutor-Content-main/{name}": content for name, content in POOL.items()}
    assert read(zipped(tmp_path / "pool.zip", inside)).items == read(folder).items


def test_at_least_95_percent_of_a_pool_load_and_90_percent_of_the_answers_are_verified(
    tmp_path: Path,
) -> None:
    """Answers as the pool has them: fractions, powers, roots, units, percents, points, matrices, words."""
    answers = [
        ("$$-0.25$$", "arithmetic"),
        ("$$\\frac{-3}{4}$$", "arithmetic"),
        ("$$x^2+3x-4$$", "arithmetic"),
        ("$$\\sqrt{2}$$", "arithmetic"),
        ("$$2\\sqrt{3}$$", "arithmetic"),
        ("$$y=2x+1$$", "arithmetic"),
        ("$$x>3$$", "arithmetic"),
        ("$$\\left(x+1\\right)\\left(x-2\\right)$$", "arithmetic"),
        ("$$1200$$", "arithmetic"),
        ("$$3 \\times {10}^5$$", "arithmetic"),
        ("$$\\pi$$", "arithmetic"),
        ("$$|x-2|$$", "arithmetic"),
        ("$$(2,-1)$$", "arithmetic"),
        ("$$25%$$", "arithmetic"),
        ("$$\\begin{bmatrix} 1 & 2 \\end{bmatrix}$$", "string"),
        ("no solution", "string"),
        ("$$[2,\\infty)$$", "string"),
        ("seventeen", "string"),
        ("$$2^{n+1}$$", "arithmetic"),
        ("$$\\frac{a+b}{c}$$", "arithmetic"),
    ]
    pool: Files = {}
    for place, (answer, kind) in enumerate(answers):
        pool |= problem(
            f"p{place}", f"Work out number {place}.", typed("What is it?", answer, kind=kind, help=HELP)
        )
    found = read(zipped(tmp_path / "pool.zip", pool))
    assert len(found.items) >= 0.95 * len(answers)
    assert len(prove(found).source.items) >= 0.9 * len(answers)


def test_a_broken_problem_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    parts = {
        **problem("good", "Add.", typed("1 + 1?", "$$2$$")),
        **problem("empty", "Nothing to do."),
        **problem("odd", "Choose.", chosen("Which?", "c", "a", "b")),
        "content-pool/bad/bad.json": "{",
        "content-pool/list/list.json": "[1]",
    }
    found = read(zipped(tmp_path / "pool.zip", parts))
    assert [item["id"] for item in found.items] == ["good"]
    assert reasons(found) == {
        "problem bad": "bad.json is not JSON.",
        "problem list": "list.json is not what it should be.",
        "problem empty": "It has no steps.",
        "problem odd": "Its answer is none of its options.",
    }


def test_a_zip_without_problems_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no problems"):
        read(zipped(tmp_path / "pool.zip", {"content-pool/readme.txt": "Nothing"}))
