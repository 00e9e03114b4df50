"""The suite ``eval hints`` counts what gives an answer away."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cancel import CancelToken
from engine.errors import UsageError
from engine.evaluation.hints import evaluate_hints, hints_in_dialogue
from engine.types import GenerationRequest

PROBLEM = "Ana has 12 apples and gets 8 more. If she shares them with 4 friends, how many does each get?"


def write(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return folder


def dialogue(*turns: tuple[str, str], answer: str = "4") -> dict[str, Any]:
    return {
        "question": PROBLEM,
        "ground_truth": f"She has 20 and there are 5 of them. {answer}",
        "student_incorrect_solution": "12 + 8 = 20 and 20 / 4 = 5. 5",
        "turns": [{"speaker": speaker, "text": text} for speaker, text in turns],
    }


def packs(folder: Path, *, hint: str) -> Path:
    items = folder / "pack" / "items"
    items.mkdir(parents=True)
    item = {
        "id": "a", "skills": ["s"], "vars": {"a": {"int": [20, 40]}}, "stem": "What is [[a]] + 3?", "type": "number",
        "answer": {"value": "a + 3"}, "hints": {"L1": hint, "L2": "Sums are made by counting on from the larger one."},
    }  # fmt: skip
    (items / "s.json").write_text(json.dumps({"items": [item]}))
    return folder


def run(folder: Path, where: Path, **more: Any) -> dict[str, Any]:
    return evaluate_hints(
        folder, where, **{"load": lambda: None, "limit": None, "progress": lambda _: None, **more}
    )


def test_a_dialogue_gets_a_hint_at_each_turn_until_the_learner_has_it() -> None:
    row = dialogue(
        ("Teacher", "How?"),
        ("Student", "It is 5."),
        ("Teacher", "Who?"),
        ("Student", "So 4."),
        ("Teacher", "Yes."),
    )
    said = list(hints_in_dialogue(row))
    assert len(said) == 2
    assert said[0][0].startswith("Not yet.")
    assert said[0][0] != said[1][0]


def test_no_help_reveals_a_number_that_it_does_not_know(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", "dialogues.jsonl.gz", [dialogue(("Teacher", "How?"))])
    report = run(folder, packs(tmp_path / "packs", hint="Count on from the larger number."))
    assert (report["n"], report["reveal_rate"]) == (1, 0.0)
    assert (report["checked"], report["leaks"], report["reworded"]) == (42, 0, None)


def test_what_is_revealed_is_counted(tmp_path: Path) -> None:
    row = {"question": "What is 7 of the 7?", "final": "7"}
    folder = write(tmp_path / "data", "problems.jsonl.gz", [row])
    report = run(folder, packs(tmp_path / "packs", hint="It is [[a + 3]]."))
    assert (report["n"], report["reveal_rate"]) == (2, 0.5)
    assert report["leaks"] == 21


def test_what_a_model_makes_of_the_hints_is_counted(tmp_path: Path) -> None:
    class _Model:
        name, context_tokens = "small", 512

        def count_tokens(self, text: str) -> int:
            return len(text)

        def stream(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
            del request, cancel
            yield "Remember, sums are made by counting on from the larger one."

        def close(self) -> None:
            pass

    row = {"question": PROBLEM, "final": "4"}
    folder = write(tmp_path / "data", "problems.jsonl.gz", [row])
    report = run(folder, packs(tmp_path / "packs", hint="Count on from the larger number."), load=_Model)
    assert report["reworded"] == {
        "asked": 2,
        "shown": 1,
        "leaks": 0,
        "examples": ["Remember, sums are made by counting on from the larger one."],
    }


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no problems"):
        run(tmp_path, tmp_path)
    (tmp_path / "problems.jsonl.gz").write_bytes(b"no archive")
    with pytest.raises(UsageError, match="cannot be read"):
        run(tmp_path, tmp_path)
