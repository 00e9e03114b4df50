"""The suite ``eval answers`` on small folders and on the shared ones."""

import gzip
import json
from fractions import Fraction
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.evaluation.answers import evaluate_answers, perturbed, spellings
from engine.evaluation.bench_checks import mixed_checks
from engine.types import Progress


def folder(path: Path, name: str, rows: list[dict[str, str]]) -> Path:
    path.joinpath(name).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def evaluated(path: Path, limit: int | None = None) -> dict[str, object]:
    heard: list[Progress] = []
    report = evaluate_answers(path, limit=limit, progress=heard.append)
    assert len(heard) == report["n"]
    return report


def test_problems_are_checked_in_every_spelling_and_calculations_reproduced(tmp_path: Path) -> None:
    rows = [
        {
            "final": "1,200",
            "solution": "He has 3*400=<<3*400=1200>>1,200 and <<10/3=3.33>>3.33 and <<.5*$8=4.00>>4",
        },
        {"final": "-2.5", "solution": "<<1+1=3>>"},
    ]
    report = evaluated(folder(tmp_path, "problems.jsonl.gz", rows))
    assert report["accepted"] == 1.0
    assert report["reproduced"] == 0.75
    assert report["false_accept"] == 0.0
    assert report["misses"] == ["<<1+1=3>>"]


def test_a_wrong_solution_is_not_accepted(tmp_path: Path) -> None:
    rows = [{"ground_truth": "So 6 + 4 =\n 10", "student_incorrect_solution": "So 6 - 2 =\n 4"}]
    report = evaluated(folder(tmp_path, "dialogues.jsonl.gz", rows))
    assert (report["accepted"], report["reproduced"], report["false_accept"]) == (1.0, None, 0.0)


def test_only_so_many_rows(tmp_path: Path) -> None:
    rows = [{"final": str(n), "solution": ""} for n in range(5)]
    assert evaluated(folder(tmp_path, "problems.jsonl.gz", rows), limit=2)["n"] == 2


@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_a_folder_without_sound_data_is_explained(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "problems.jsonl.gz").write_bytes(content)
    with pytest.raises(UsageError):
        evaluated(tmp_path)


def test_no_perturbation_is_a_spelling() -> None:
    for value in (Fraction(0), Fraction(1), Fraction(-7, 3), Fraction(1250)):
        assert value not in perturbed(value)
        assert len(set(spellings(value))) >= 5


def test_no_check_of_the_benchmark_comes_twice_with_the_same_numbers() -> None:
    mathematics = [str(pair) for pair in mixed_checks() if "2" in pair[1]]
    assert len(mathematics) == len(set(mathematics))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["gsm8k", "mathdial"])
def test_the_shared_sets(shared_data: Path, name: str) -> None:
    report = evaluated(shared_data / name, limit=60)
    assert (report["accepted"], report["false_accept"]) == (1.0, 0.0)
    assert report["reproduced"] in (1.0, None)
