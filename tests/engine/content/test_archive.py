"""Building archives: whole or not at all, the same bytes everywhere, the same pack back."""

import hashlib
import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.archive import build_archive
from engine.content.install import PackInstaller, Watch
from engine.content.pack_folder import read_pack_folder
from engine.content.pack_store import PackStore
from engine.errors import PackError
from engine.paths import DataPaths
from tests.engine.content.small_pack import CHAPTER, FILES, changed, write_pack

_WORD = st.text(
    alphabet=st.characters(codec="utf-8", categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=12
)
_LINE = st.lists(_WORD, min_size=1, max_size=12).map(" ".join)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    archives: list[bytes] = []
    for name, names in (("a", list(FILES)), ("b", list(FILES)[::-1])):
        folder = write_pack(tmp_path / name, dict.fromkeys(FILES))
        for file in names:
            write_pack(folder, {**dict.fromkeys(FILES), file: FILES[file]})
            os.utime(folder / file, (1_000_000, 1_000_000 + len(archives) * 5_000))
        build_archive(folder, tmp_path / f"{name}.tutorpack")
        archives.append((tmp_path / f"{name}.tutorpack").read_bytes())
    assert archives[0] == archives[1]


def test_the_bytes_do_not_change_from_version_to_version_by_accident(
    small_pack: Path, tmp_path: Path
) -> None:
    build_archive(small_pack, tmp_path / "a.tutorpack")
    with zipfile.ZipFile(tmp_path / "a.tutorpack") as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(FILES)
    assert {
        (entry.date_time, entry.create_system, entry.compress_type, entry.external_attr, entry.extra)
        for entry in entries
    } == {((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED, 0o100644 << 16, b"")}


def test_the_manifest_lists_hashes_and_counts(small_pack: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.write_bytes(b"SQLite format 3\x00 and so on")
    build_archive(small_pack, tmp_path / "a.tutorpack", extra={"index.sqlite": index})
    with zipfile.ZipFile(tmp_path / "a.tutorpack") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["files"] == {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in sorted(archive.namelist())
            if name != "manifest.json"
        }
    assert manifest["counts"] == {
        "items": 0,
        "passages": 3,
        "questions": 2,
        "sections": 2,
        "skills": 1,
        "terms": 1,
    }
    assert "index.sqlite" in manifest["files"]


def test_a_pack_with_errors_is_not_built(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", changed("manifest.json", entry="s-x"))
    with pytest.raises(PackError, match=r"cannot be built yet: manifest\.json:20: "):
        build_archive(folder, tmp_path / "a.tutorpack")
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_failing_build_leaves_the_old_archive(small_pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.tutorpack"
    target.write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        build_archive(small_pack, target, extra={"index.sqlite": tmp_path / "absent"})
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"plants", "a.tutorpack"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    title=_LINE,
    goal=_LINE,
    passages=st.lists(st.tuples(_LINE, st.lists(_LINE, min_size=1, max_size=4)), max_size=4),
    ref=st.floats(-6, 6),
)
def test_a_pack_comes_out_of_its_archive_as_it_went_in(
    title: str, goal: str, passages: list[tuple[str, list[str]]], ref: float
) -> None:
    more = "".join(
        f"\n### {name} {{#p-more-{number} .fact skill=leaf.colour}}\n\n" + "\n\n".join(lines) + "\n"
        for number, (name, lines) in enumerate(passages)
    )
    skill = {**FILES["skills.json"]["skills"][0], "goal": goal, "ref": ref}
    changes = {
        **changed("manifest.json", title=title),
        "passages/01-plants.md": CHAPTER + more,
        "skills.json": {"skills": [skill], "edges": []},
    }
    with tempfile.TemporaryDirectory() as name:
        folder = write_pack(Path(name) / "p", _normalised(changes))
        paths = DataPaths(Path(name) / "data")
        installer = PackInstaller(paths, SystemClock())
        watch = Watch(CancelToken(), lambda _: None)
        before = read_pack_folder(folder)
        from_folder = PackStore(paths.packs).content(installer.add_folder(folder, watch))
        archive = Path(name) / "a.tutorpack"
        try:
            build_archive(folder, archive)
        except PackError:  # generated prose may be too short or too hard to build, never to install
            return
        assert PackStore(paths.packs).content(installer.add_archive(archive, watch)) == from_folder == before


def _normalised(changes: dict[str, object]) -> dict[str, object]:
    import unicodedata

    text = unicodedata.normalize("NFC", json.dumps(changes, ensure_ascii=False))
    return dict(json.loads(text))
