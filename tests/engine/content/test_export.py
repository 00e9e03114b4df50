"""Giving installed packs away."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.cancel import CancelToken
from engine.content.archive import build_archive
from engine.content.export import export_pack
from engine.content.install import PackInstaller, Watch
from engine.content.pack import Pack, PackInfo
from engine.content.pack_folder import read_pack_folder
from engine.content.sign import sign_archive
from engine.errors import PackError

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def archive(small_pack: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plants.tutorpack"
    (tmp_path / "index").write_bytes(b"SQLite format 3\x00")
    build_archive(small_pack, path, extra={"index.sqlite": tmp_path / "index"})
    sign_archive(path, _KEY, cancel=CancelToken(), progress=lambda _: None)
    return path


def test_an_archive_comes_out_byte_for_byte(archive: Path, installer: PackInstaller, watch: Watch) -> None:
    target = archive.with_name("again.tutorpack")
    assert export_pack(installer.add_archive(archive, watch), target)
    assert target.read_bytes() == archive.read_bytes()


def test_a_new_index_costs_the_signature_and_nothing_else(
    archive: Path, installer: PackInstaller, watch: Watch
) -> None:
    placed = installer.add_archive(archive, watch)
    placed.index_file.write_bytes(b"SQLite format 3\x00 with other vectors")
    target = archive.with_name("again.tutorpack")
    assert not export_pack(placed, target)
    again = installer.add_archive(target, watch, accept_new_key=True)
    assert (again.record.signed_by, again.index_file.exists()) == ("", False)


def test_a_folder_comes_out_ready_to_edit(
    small_pack: Path, archive: Path, installer: PackInstaller, watch: Watch
) -> None:
    target = archive.with_name("folder")
    export_pack(installer.add_archive(archive, watch), target)
    assert read_pack_folder(target) == read_pack_folder(small_pack)
    names = {path.name for path in target.iterdir()}
    assert names == {path.name for path in small_pack.iterdir()}


def test_a_damaged_pack_is_not_given_away(archive: Path, installer: PackInstaller, watch: Watch) -> None:
    placed = installer.add_archive(archive, watch)
    (placed.folder / "skills.json").write_text("{}")
    with pytest.raises(PackError, match=r"skills\.json is not as it was"):
        export_pack(placed, archive.with_name("again.tutorpack"))


def test_nothing_is_written_over(
    archive: Path, installer: PackInstaller, watch: Watch, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match="is there already"):
        export_pack(installer.add_archive(archive, watch), tmp_path)


def test_a_document_is_not_given_away(installer: PackInstaller, tmp_path: Path) -> None:
    placed = installer.add_document(Pack(PackInfo("document.a", "1.0.0", "A", origin="document"), (), ()))
    with pytest.raises(PackError, match="imported from a document"):
        export_pack(placed, tmp_path / "a.tutorpack")
