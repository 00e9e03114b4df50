"""Hostile and broken archives: refused, with nothing written."""

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cancel import CancelToken
from engine.content.archive import build_archive
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.content.unpack import open_archive
from engine.errors import Cancelled, PackError, PackUnsafeError
from tests.engine.content.small_pack import write_pack


@pytest.fixture
def archive(small_pack: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plants.tutorpack"
    build_archive(small_pack, path)
    return path


def _add(archive: Path, name: str, data: bytes = b"x", **attributes: object) -> None:
    entry = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(entry, key, value)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(entry, data)


def _refused(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> PackError:
    with pytest.raises(PackError) as caught:
        installer.add_archive(archive, watch)
    assert store.installed() == []
    left = (
        [path for path in store.folder.rglob("*") if path.name != ".incoming"]
        if store.folder.exists()
        else []
    )
    assert left == []
    return caught.value


@pytest.mark.parametrize(
    "name",
    [
        "../evil.md",
        "passages/../../evil.md",
        "/etc/evil.md",
        "C:/evil.md",
        "passages\\..\\evil.md",
        "passages/nul.md",
        "passages/a.md/",
        "media/inner.zip",
        "media/run.py",
        "media/page.html",
        "run.exe",
        ".install.json",
        "document.json",
        "passages/\u202egpj.md",
    ],
)
def test_files_that_a_pack_cannot_hold(
    archive: Path, name: str, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _add(archive, name)
    assert isinstance(_refused(archive, installer, store, watch), PackUnsafeError)


def test_a_link(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    _add(archive, "passages/02.md", b"/etc/passwd", create_system=3, external_attr=0o120777 << 16)
    assert "link" in _refused(archive, installer, store, watch).what


@pytest.mark.parametrize("name", ["passages/01-plants.md", "passages/01-PLANTS.md"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_collide(
    archive: Path, name: str, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _add(archive, name)
    assert "two of its files are called" in _refused(archive, installer, store, watch).what


def test_an_encrypted_entry(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    data = bytearray(archive.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    archive.write_bytes(bytes(data))
    assert "encrypted" in _refused(archive, installer, store, watch).what


def test_an_unusual_compression(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _add(archive, "passages/02.md", b"x" * 100, compress_type=zipfile.ZIP_LZMA)
    assert "unusual" in _refused(archive, installer, store, watch).what


def test_a_bomb_of_one_entry(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    _add(archive, "passages/02.md", b"\x00" * 3_000_000, compress_type=zipfile.ZIP_DEFLATED)
    assert "swell" in _refused(archive, installer, store, watch).what


def test_entries_that_share_bytes(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    data = bytearray(archive.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    archive.write_bytes(bytes(data))
    assert "overlap" in _refused(archive, installer, store, watch).what


def test_an_entry_that_lies_about_its_size(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    data = bytearray(archive.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)
    archive.write_bytes(bytes(data))
    _refused(archive, installer, store, watch)


def test_too_many_entries(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        for number in range(5_001):
            opened.writestr(f"passages/x{number}.md", b"x")
    assert "5000" in _refused(archive, installer, store, watch).what


def test_too_large_a_file_in_all(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    data = bytearray(archive.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 500_000_001)
    archive.write_bytes(bytes(data))
    assert "500 MB" in _refused(archive, installer, store, watch).what


def test_something_before_the_archive(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    archive.write_bytes(b"#!/bin/sh\n" + archive.read_bytes())
    _refused(archive, installer, store, watch)


def test_a_changed_file(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    with zipfile.ZipFile(archive) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    entries["passages/01-plants.md"] += b"\nOne more sentence.\n"
    with zipfile.ZipFile(archive, "w") as opened:
        for name, data in entries.items():
            opened.writestr(name, data)
    error = _refused(archive, installer, store, watch)
    assert "passages/01-plants.md is not the one that was packed" in error.what


def test_a_flipped_bit(archive: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> None:
    data = bytearray(archive.read_bytes())
    data[data.index(b"Leaves are green")] ^= 1
    archive.write_bytes(bytes(data))
    assert "damaged" in _refused(archive, installer, store, watch).what


def test_a_missing_or_an_unlisted_file(
    archive: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _add(archive, "passages/02.md")
    assert "disagree about 'passages/02.md'" in _refused(archive, installer, store, watch).what


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"files": 3}', b"[" * 50_000, b"\xff"])
def test_an_unreadable_manifest(
    tmp_path: Path, manifest: bytes, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    path = tmp_path / "a.tutorpack"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("manifest.json", manifest)
    _refused(path, installer, store, watch)


def test_an_index_that_is_none(
    small_pack: Path, tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    (tmp_path / "index").write_bytes(b"MZ\x90\x00")
    path = tmp_path / "a.tutorpack"
    build_archive(small_pack, path, extra={"index.sqlite": tmp_path / "index"})
    assert "search index" in _refused(path, installer, store, watch).what


@pytest.mark.parametrize(
    "changes",
    [
        {"media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'},
        {"passages/02.md": "# C {#c-c}\n\n### T {#p-c .fact}\n\n<img src=x onerror=alert(1)>\n"},
    ],
)
def test_active_content_with_right_hashes(
    tmp_path: Path, changes: dict[str, str], installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    from engine.content.archive import built_manifest, source_files, write_archive
    from engine.content.pack_source import read_source

    folder = write_pack(tmp_path / "evil", changes)
    files = dict(source_files(folder))
    path = tmp_path / "evil.tutorpack"
    write_archive(path, files, manifest=built_manifest(read_source(folder), files))
    assert isinstance(_refused(path, installer, store, watch), PackUnsafeError)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"%PDF-1.7", b"PK\x03\x04" + b"\x00" * 500])
def test_files_that_are_no_archives(
    tmp_path: Path, data: bytes, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    path = tmp_path / "a.tutorpack"
    path.write_bytes(data)
    _refused(path, installer, store, watch)


def test_a_file_that_is_not_there(
    tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    assert "cannot be read" in _refused(tmp_path / "a.tutorpack", installer, store, watch).what


def test_cancelling_leaves_nothing(archive: Path, installer: PackInstaller, store: PackStore) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        installer.add_archive(archive, Watch(cancel, lambda _: cancel.cancel()))
    assert list((store.folder / ".incoming").iterdir()) == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_archive_never_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.tutorpack"
    content = bytearray(_small_archive())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(
        bytes(content)[: data.draw(st.integers(0, len(content)))]
        if data.draw(st.booleans())
        else bytes(content)
    )
    (path.parent / "into").mkdir()
    try:
        with open_archive(path) as opened:
            opened.unpack(path.parent / "into", cancel=CancelToken(), progress=lambda _: None)
    except PackError:
        pass
    assert {entry.name for entry in path.parent.iterdir()} == {"into", "a.tutorpack"}


def _small_archive() -> bytes:
    import hashlib

    memory = io.BytesIO()
    text = b"# Plants {#c-plants}\n" * 3
    files = {"passages/01.md": hashlib.sha256(text).hexdigest()}
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(zipfile.ZipInfo("manifest.json"), json.dumps({"files": files}))
        opened.writestr(zipfile.ZipInfo("passages/01.md"), text, zipfile.ZIP_DEFLATED)
    return memory.getvalue()
