"""``packs add FOLDER`` with documents: each by itself, and a second run goes on where the first stopped."""

import json
from pathlib import Path

import pytest

from tutor_app.__main__ import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "school"
    (place / "deep").mkdir(parents=True)
    (place / "cells.md").write_text(
        "# Cells\n\nA cell is the smallest unit of life. Every living thing has cells.\n"
    )
    (place / "deep" / "forces.txt").write_text("Forces\n\nA force is a push or a pull on an object.\n")
    (place / ".hidden.md").write_text("# Hidden\n\nNobody asked for this.\n")
    (place / "picture.png").write_bytes(b"\x89PNG")
    return place


def _add(folder: Path, capsys: pytest.CaptureFixture[str], *, code: int = 0) -> dict[str, list[object]]:
    capsys.readouterr()
    assert main(["packs", "add", str(folder), "--json"]) == code
    return dict(json.loads(capsys.readouterr().out))


def test_every_document_is_imported_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = _add(folder, capsys)
    assert (len(first["added"]), first["present"], first["failed"]) == (2, [], [])
    second = _add(folder, capsys)
    assert second["added"] == []
    assert sorted(map(str, second["present"])) == sorted(map(str, first["added"]))


def test_one_that_fails_is_named_and_the_others_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "aaa.pdf").write_bytes(b"%PDF-1.7\nbroken")
    result = _add(folder, capsys, code=1)
    assert len(result["added"]) == 2
    [failure] = result["failed"]
    assert isinstance(failure, dict)
    assert failure["file"].endswith("aaa.pdf")
    assert failure["todo"]


def test_a_folder_without_documents_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["packs", "add", str(tmp_path / "empty")]) == 2
    assert "neither a course pack nor a document" in capsys.readouterr().err
