"""``llm-tutor packs``: what each action prints, returns and leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine import runtime
from engine.content.pack import Pack, PackInfo
from engine.paths import DataPaths, data_paths
from engine.settings import Settings
from engine.types import Passage, Section
from tests.engine.content.small_pack import changed, write_pack
from tutor_app.__main__ import main

_ID = "org.example.plants"


@pytest.fixture(autouse=True)
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Holds the ids of the packs that were indexed, with the real index and no embedder."""
    done: list[str] = []
    index_pack = runtime.index_pack

    def spy(paths: DataPaths, settings: Settings, pack: Pack, folder: Path, **watch: Any) -> None:
        done.append(pack.info.id)
        index_pack(paths, settings, pack, folder, **watch)

    monkeypatch.setattr(runtime, "index_pack", spy)
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "plants")


def _json(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["packs", *arguments, "--json"]) == code
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return dict(json.loads(out))


def test_a_folder_is_added_indexed_and_listed(
    folder: Path, indexed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    added = _json(capsys, "add", str(folder))
    assert (added["id"], added["signed_by"], added["indexed"], added["source"]) == (_ID, None, True, "folder")
    assert indexed == [_ID]
    assert _json(capsys, "list") == {"packs": [added], "damaged": []}
    assert main(["packs", "list"]) == 0
    assert "org.example.plants  1.0.0  Plants\n    unsigned, 3 passages\n" in capsys.readouterr().out


def test_an_archive_is_built_signed_checked_and_added(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "plants.tutorpack")
    built = _json(capsys, "build", str(folder), "-o", file)
    assert (built["id"], built["bytes"]) == (_ID, Path(file).stat().st_size)
    signed = _json(capsys, "sign", file)
    assert _json(capsys, "check", file) == {
        "errors": 0,
        "warnings": 0,
        "signed_by": signed["signed_by"],
        "findings": [],
    }
    assert _json(capsys, "add", file)["signed_by"] == signed["signed_by"]
    exported = str(tmp_path / "again.tutorpack")
    assert _json(capsys, "export", "plants", "-o", exported)["signed"] is True
    assert Path(exported).read_bytes() == Path(file).read_bytes()


def test_another_key_is_refused_until_it_is_accepted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "plants.tutorpack")
    assert main(["packs", "build", str(folder), "-o", file]) == 0
    assert main(["packs", "sign", file]) == 0
    assert main(["packs", "add", file]) == 0
    assert main(["packs", "add", str(folder)]) == 1
    assert "signed until now, and this one is not" in capsys.readouterr().err
    assert main(["packs", "add", str(folder), "--accept-new-key"]) == 0


def test_check_says_where_what_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = write_pack(tmp_path / "p", changed("manifest.json", entry="s-x"))
    assert main(["packs", "check", str(wrong)]) == 1
    out = capsys.readouterr().out
    assert "manifest.json:20: error manifest.entry: The entry 's-x' is no section. Name one: s-….\n" in out
    assert out.endswith("errors: 1, warnings: 0\n")
    (finding,) = _json(capsys, "check", str(wrong), code=1)["findings"]
    assert (finding["severity"], finding["rule"], finding["line"]) == ("error", "manifest.entry", 20)


def test_a_wrong_pack_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = write_pack(tmp_path / "p", changed("manifest.json", entry="s-x"))
    assert main(["packs", "build", str(wrong), "-o", str(tmp_path / "a.tutorpack")]) == 1
    assert "manifest.json:20" in capsys.readouterr().err
    assert not (tmp_path / "a.tutorpack").exists()


def test_a_pack_can_be_built_without_an_index(folder: Path, tmp_path: Path, indexed: list[str]) -> None:
    assert main(["packs", "build", str(folder), "--no-index", "-o", str(tmp_path / "a.tutorpack")]) == 0
    assert indexed == []


def test_contents_and_passages_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "add", str(folder)]) == 0
    shown = _json(capsys, "show", "plants")
    assert shown["sections"][1]["passages"] == ["p-leaf-01", "p-leaf-02", "p-leaf-03"]
    assert main(["packs", "show", "plants"]) == 0
    assert "\n1.1 Leaves\n    p-leaf-01  Why leaves are green\n" in capsys.readouterr().out
    passage = _json(capsys, "show", "plants", "p-leaf-01")
    assert (passage["pack"], passage["section_title"], passage["kind"]) == (_ID, "Leaves", "explanation")
    assert main(["packs", "show", "plants", "p-leaf-01"]) == 0
    assert capsys.readouterr().out.startswith(
        "Plants, 1.1 Leaves\n\nWhy leaves are green\n\nLeaves are green because"
    )
    assert main(["packs", "show", "plants", "p-x"]) == 1
    assert "has no passage 'p-x'" in capsys.readouterr().err


def test_a_removed_pack_comes_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added = _json(capsys, "add", str(folder))
    assert _json(capsys, "remove", "plants") == {"id": _ID, "removed": True}
    assert _json(capsys, "list")["packs"] == []
    assert _json(capsys, "remove", "--undo", _ID) == {"id": _ID, "removed": False}
    assert _json(capsys, "list")["packs"] == [added]


def test_a_starter_pack_is_added_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert _json(capsys, "add", "biology")["source"] == "starter"


def test_a_document_is_imported_and_indexed(
    tmp_path: Path, indexed: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    info = PackInfo("document.notes", "1.0.0", "Notes", origin="document")
    pack = Pack(info, (Section("s1", "One"),), (Passage("p1", "s1", "First", "Text.", page=3),))
    monkeypatch.setattr("engine.content.importers.import_document", lambda *_, **__: pack, raising=False)
    (tmp_path / "notes.txt").write_text("Text.")
    assert _json(capsys, "add", str(tmp_path / "notes.txt"))["origin"] == "document"
    assert indexed == ["document.notes"]
    assert main(["packs", "show", "notes", "p1"]) == 0
    assert capsys.readouterr().out == "Notes, One, page 3\n\nFirst\n\nText.\n"
    assert main(["packs", "export", "notes"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "absent.pdf"], 2, "There is no file, folder or starter pack 'absent.pdf'."),
        (["add", "absent.tutorpack"], 1, "cannot be read"),
        (["remove", "absent"], 1, "No course pack 'absent' is installed."),
        (["remove", "--undo", "absent"], 1, "'absent' is not in the trash."),
        (["show", "absent"], 1, "No course pack 'absent' is installed."),
        (["sign", "absent.tutorpack"], 1, "cannot be read"),
        (["check", "absent"], 1, "cannot be read"),
        (["build", "absent"], 1, "is not a course pack"),
        (["export", "absent"], 1, "No course pack 'absent' is installed."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", *arguments]) == code
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_a_damaged_pack_is_listed_as_such(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "add", str(folder)]) == 0
    (data_paths(None).packs / _ID / "1.0.0" / ".install.json").write_text("{")
    assert _json(capsys, "list") == {"packs": [], "damaged": [_ID]}
    assert _json(capsys, "remove", "plants")["removed"]
