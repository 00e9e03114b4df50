import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import UsageError
from engine.evaluation.answer_logs import FILE, Numbering, read_rows
from engine.learner.predictor import FEATURES


def write_students(folder: Path, rows: list[list[list[object]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(
        json.dumps({"student": f"n{number}", "interactions": row}) + "\n" for number, row in enumerate(rows)
    )
    (folder / FILE).write_bytes(gzip.compress(text.encode()))
    return folder


def test_a_question_about_two_skills_is_one_row(tmp_path: Path) -> None:
    folder = write_students(tmp_path, [[[7, [1, 2], 1], [8, [1], 0]]])
    rows = read_rows(folder, Numbering({}, {}))
    assert rows.right.tolist() == [1.0, 0.0]
    assert rows.first.tolist() == [True, False]


def test_a_row_does_not_know_its_own_answer(tmp_path: Path) -> None:
    right = read_rows(write_students(tmp_path / "a", [[[7, [1], 1]]]), Numbering({}, {}))
    wrong = read_rows(write_students(tmp_path / "b", [[[7, [1], 0]]]), Numbering({}, {}))
    assert np.array_equal(right.values, wrong.values)
    assert right.bkt.tolist() == wrong.bkt.tolist()


def test_skills_alone_are_read_as_well(tmp_path: Path) -> None:
    rows = read_rows(write_students(tmp_path, [[[5, 1], [5, 1], [6, 0]]]), Numbering({}, {}))
    assert rows.skill.tolist() == [0, 0, 1]
    assert rows.values[1][FEATURES.index("skill_right")] == pytest.approx(np.log(2))


def test_numbers_are_shared_between_two_sets(tmp_path: Path) -> None:
    numbering = Numbering({}, {})
    read_rows(write_students(tmp_path / "a", [[[5, 1], [6, 1]]]), numbering)
    rows = read_rows(write_students(tmp_path / "b", [[[6, 1], [9, 1]]]), numbering)
    assert rows.skill.tolist() == [1, 2]


def test_the_first_students_can_be_asked_for(tmp_path: Path) -> None:
    folder = write_students(tmp_path, [[[5, 1]]] * 4)
    assert len(read_rows(folder, Numbering({}, {}), limit=2).right) == 2


@pytest.mark.parametrize("content", [None, b"no gzip", gzip.compress(b"{}\n"), gzip.compress(b"")])
def test_a_folder_that_is_no_set_is_explained(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(UsageError):
        read_rows(tmp_path, Numbering({}, {}))
