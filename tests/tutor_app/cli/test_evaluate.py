import json
from pathlib import Path

import pytest

from tests.engine.evaluation.small_sets import small_squad
from tutor_app.__main__ import main


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    return small_squad(tmp_path / "squad")


def test_one_json_object_and_nothing_else(squad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "retrieval", "--data", str(squad), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["n"] == 2
    assert report["recall_at_1"] == 1.0


def test_a_person_gets_one_figure_a_line(squad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "retrieval", "--data", str(squad), "--limit", "1"]) == 0
    assert "recall_at_5" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["eval", "nonsense", "--data", "."], ["bench", "nonsense"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_suite_that_needs_data_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "retrieval"]) == 2
    assert "--data DIR" in capsys.readouterr().err


def test_a_simulation_needs_no_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "adaptation", "--limit", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["learners"] == 1


def test_a_folder_without_a_set_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "retrieval", "--data", str(tmp_path)]) == 2
    assert "passages.jsonl.gz" in capsys.readouterr().err


def test_bench_without_an_embedder_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "retrieval"]) == 1
    assert "embedder" in capsys.readouterr().err
