"""Files of a pack folder as files: names, text, JSON, schemas."""

from pathlib import Path
from typing import Any

import pytest

from engine.content.pack_source import read_source
from tests.engine.content.item_files import ITEM, MISCONCEPTIONS
from tests.engine.content.small_pack import CHAPTER, FILES, changed, write_pack


def _found(folder: Path) -> set[tuple[str, str, int]]:
    return {(finding.rule, finding.file, finding.line) for finding in read_source(folder).findings}


def test_a_sound_folder_has_no_findings(small_pack: Path) -> None:
    assert _found(small_pack) == set()


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"skills.json": None}, ("file.missing", "skills.json", 0)),
        ({"run.py": "print()"}, ("file.place", "run.py", 0)),
        ({"media/a.html": "x"}, ("file.place", "media/a.html", 0)),
        ({"passages/nul.md": "x"}, ("file.place", "passages/nul.md", 0)),
        ({"passages/ä.md": "x"}, ("file.place", "passages/ä.md", 0)),
        ({"README.md": b"a\nb\xff"}, ("text.encoding", "README.md", 2)),
        ({"README.md": "a\nb\r\nc"}, ("text.line_ends", "README.md", 2)),
        ({"README.md": "a\ne\u0301"}, ("text.nfc", "README.md", 2)),
        ({"README.md": "a\n\u202eb"}, ("text.invisible", "README.md", 2)),
        ({"README.md": "\ufeffa"}, ("text.invisible", "README.md", 1)),
        ({"README.md": "x" * 4_000_001}, ("file.size", "README.md", 0)),
        ({"skills.json": '{\n"skills": [}'}, ("json.syntax", "skills.json", 2)),
        ({"skills.json": '{"skills": [], "skills": []}'}, ("json.syntax", "skills.json", 0)),
        ({"skills.json": '{"skills": NaN}'}, ("json.syntax", "skills.json", 0)),
        ({"skills.json": "[" * 100_000}, ("json.syntax", "skills.json", 0)),
        ({"skills.json": []}, ("json.schema", "skills.json", 0)),
        (changed("manifest.json", colour="green"), ("json.schema", "manifest.json", 0)),
        (changed("manifest.json", id="Plants"), ("json.schema", "manifest.json", 3)),
    ],
)
def test_a_wrong_file_is_reported(
    tmp_path: Path, changes: dict[str, Any], finding: tuple[str, str, int]
) -> None:
    assert finding in _found(write_pack(tmp_path, changes))


def test_a_schema_error_names_the_line_of_its_entry(tmp_path: Path) -> None:
    terms = [
        {**FILES["glossary.json"]["terms"][0], "term": name, "passage": "p-leaf-01"}
        for name in ("one", "two")
    ]
    terms[1]["type"] = "colour"
    folder = write_pack(tmp_path, {"glossary.json": {"terms": terms}})
    (finding,) = read_source(folder).findings
    text = (folder / "glossary.json").read_text().split("\n")
    assert '"two"' in text[finding.line - 1]
    assert finding.message.startswith("terms[1].type: 'colour' is not one of")


def test_links_are_not_followed(small_pack: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(CHAPTER)
    (small_pack / "passages/02.md").symlink_to(secret)
    (small_pack / "media").symlink_to(tmp_path, target_is_directory=True)
    assert {file for rule, file, _ in _found(small_pack) if rule == "file.link"} == {
        "passages/02.md",
        "media",
    }


def test_hidden_files_are_ignored(small_pack: Path) -> None:
    (small_pack / ".DS_Store").write_bytes(b"\x00")
    (small_pack / ".git").mkdir()
    (small_pack / ".git" / "config").write_text("x")
    assert _found(small_pack) == set()


def test_items_and_misconceptions_have_their_place(tmp_path: Path) -> None:
    changes = {"items/leaf.json": {"items": [ITEM]}, "misconceptions.json": MISCONCEPTIONS}
    source = read_source(write_pack(tmp_path, changes))
    assert source.findings == ()
    assert source.documents["items/leaf.json"]["items"] == [ITEM]
