"""Installing: checked, complete and in place in one step, or not at all."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.cancel import CancelToken
from engine.content.archive import build_archive
from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledFrom
from engine.content.pack import Pack, PackInfo
from engine.content.pack_folder import read_pack_folder
from engine.content.pack_store import PackStore
from engine.content.sign import sign_archive
from engine.content.signature import fingerprint
from engine.errors import BugError, PackError, PackSignatureError, PackUnsafeError
from engine.types import Passage, Section
from tests.engine.content.small_pack import changed, write_pack

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
_ID = "org.example.plants"


def _archive(folder: Path, version: str, *, key: Ed25519PrivateKey | None = None) -> Path:
    changes: dict[str, Any] = {**changed("manifest.json", version=version), "CHANGELOG.md": f"## {version}\n"}
    write_pack(folder / version, changes)
    path = folder / f"{version}{'' if key is None else id(key)}.tutorpack"
    build_archive(folder / version, path)
    if key is not None:
        sign_archive(path, key, cancel=CancelToken(), progress=lambda _: None)
    return path


def test_a_folder_is_installed_as_it_stands(
    small_pack: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    placed = installer.add_folder(small_pack, watch)
    assert placed.folder == store.folder / _ID / "1.0.0"
    assert (placed.record.source, placed.record.signed_by) == (InstalledFrom.FOLDER, "")
    assert store.get(_ID) == placed
    assert store.content(placed) == read_pack_folder(small_pack)
    assert placed.record.counts["passages"] == 3


def test_a_signed_archive_names_its_key(
    tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    placed = installer.add_archive(_archive(tmp_path, "1.0.0", key=_KEY), watch)
    assert placed.record.signed_by == fingerprint(_KEY.public_key().public_bytes_raw())
    assert store.get(_ID).record.source is InstalledFrom.ARCHIVE


def test_an_unsigned_archive_opens_as_unsigned(
    tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    assert installer.add_archive(_archive(tmp_path, "1.0.0"), watch).record.signed_by == ""


@pytest.mark.parametrize("key", [None, _OTHER_KEY])
def test_a_changed_key_is_refused_until_it_is_accepted(
    tmp_path: Path, key: Ed25519PrivateKey | None, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    installer.add_archive(_archive(tmp_path, "1.0.0", key=_KEY), watch)
    update = _archive(tmp_path, "1.1.0", key=key)
    with pytest.raises(PackSignatureError):
        installer.add_archive(update, watch)
    assert store.get(_ID).info.version == "1.0.0"
    assert installer.add_archive(update, watch, accept_new_key=True).info.version == "1.1.0"


def test_an_accepted_key_is_the_trusted_one_from_then_on(
    tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    installer.add_archive(_archive(tmp_path, "1.0.0", key=_KEY), watch)
    installer.add_archive(_archive(tmp_path, "1.1.0", key=_OTHER_KEY), watch, accept_new_key=True)
    installer.add_archive(_archive(tmp_path, "1.2.0", key=_OTHER_KEY), watch)
    with pytest.raises(PackSignatureError):
        installer.add_archive(_archive(tmp_path, "1.3.0", key=_KEY), watch)


def test_a_refused_pack_leaves_no_key_behind(tmp_path: Path, installer: PackInstaller, watch: Watch) -> None:
    installer.add_archive(_archive(tmp_path, "2.0.0"), watch)
    with pytest.raises(PackError, match="is older"):
        installer.add_archive(_archive(tmp_path, "1.0.0", key=_KEY), watch)
    assert installer.add_archive(_archive(tmp_path, "2.1.0"), watch).record.signed_by == ""


def test_a_folder_cannot_replace_a_signed_pack_unasked(
    small_pack: Path, tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    installer.add_archive(_archive(tmp_path, "1.0.0", key=_KEY), watch)
    with pytest.raises(PackSignatureError):
        installer.add_folder(small_pack, watch)


def test_a_newer_version_takes_the_place_of_the_older(
    add_version: Callable[[str], Path], store: PackStore
) -> None:
    old = add_version("1.9.0")
    new = add_version("1.10.0")
    assert [pack.info.version for pack in store.installed()] == ["1.10.0"]
    assert (old.exists(), new.exists()) == (False, True)


def test_an_older_version_is_refused(add_version: Callable[[str], Path], store: PackStore) -> None:
    add_version("1.10.0")
    with pytest.raises(PackError, match=r"version 1\.10\.0 is installed, and 1\.9\.0 is older"):
        add_version("1.9.0")
    assert store.get(_ID).info.version == "1.10.0"


def test_the_same_pack_again_mends_it_and_keeps_its_index(
    small_pack: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    placed = installer.add_folder(small_pack, watch)
    placed.index_file.write_bytes(b"index")
    (placed.folder / "skills.json").write_text("broken")
    again = installer.add_folder(small_pack, watch)
    assert store.content(again) == read_pack_folder(small_pack)
    assert again.index_file.read_bytes() == b"index"


def test_changed_content_of_the_same_version_drops_the_index(
    small_pack: Path, installer: PackInstaller, watch: Watch
) -> None:
    installer.add_folder(small_pack, watch).index_file.write_bytes(b"index")
    write_pack(small_pack, {"README.md": "Changed."})
    assert not installer.add_folder(small_pack, watch).index_file.exists()


def test_a_pack_for_a_newer_program_is_refused(
    tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    folder = write_pack(tmp_path / "p", changed("manifest.json", min_app="99.0.0"))
    with pytest.raises(PackError, match=r"needs LLM Tutor 99\.0\.0"):
        installer.add_folder(folder, watch)


def test_hard_reading_does_not_keep_a_pack_out_but_active_content_does(
    tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    short = "# More {#c-m}\n\n### It {#p-m .fact}\n\nIt is short.\n"
    assert installer.add_folder(write_pack(tmp_path / "a", {"passages/02.md": short}), watch)
    active = short.replace("short", "<b onclick=x()>short</b>")
    with pytest.raises(PackUnsafeError, match=r"passages/02\.md:5"):
        installer.add_folder(write_pack(tmp_path / "b", {"passages/02.md": active}), watch)


def test_a_folder_without_a_manifest_is_refused(
    tmp_path: Path, installer: PackInstaller, watch: Watch
) -> None:
    with pytest.raises(PackError, match="is not a course pack"):
        installer.add_folder(tmp_path, watch)


def test_a_document_is_kept_as_it_was_imported(installer: PackInstaller, store: PackStore) -> None:
    passage = Passage("p1", "s1", "Title", "# <b>any</b> $text\r\n\u202e", page=3)
    pack = Pack(
        PackInfo("document.notes", "1.0.0", "Notes", origin="document"), (Section("s1", "S"),), (passage,)
    )
    placed = installer.add_document(pack)
    assert placed.record.source is InstalledFrom.DOCUMENT
    assert store.content(store.get("notes")) == pack


def test_a_document_with_a_dangerous_id_is_our_bug(installer: PackInstaller) -> None:
    info = PackInfo("document.notes", "1.0.0", "Notes", origin="document")
    for wrong in (
        replace(info, id="../x"),
        replace(info, id=".x"),
        replace(info, version="1/2"),
        replace(info, id="nul"),
    ):
        with pytest.raises(BugError):
            installer.add_document(Pack(wrong, (), ()))


_CHILD = """
import os, signal, sys
from pathlib import Path
from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.install import PackInstaller, Watch
from engine.paths import DataPaths

home, archive, point, number = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])

class Counter:
    def __init__(self):
        self.calls = 0
    def step(self, *_):
        self.calls += 1
        if self.calls == number:
            os.kill(os.getpid(), signal.SIGKILL)

counter = Counter()
rename = Path.rename
if point == "rename":
    def killing(self, target):
        counter.step()
        return rename(self, target)
    Path.rename = killing
installer = PackInstaller(DataPaths(home), SystemClock())
installer.add_archive(archive, Watch(CancelToken(), counter.step if point == "progress" else lambda _: None))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("number", range(1, 4))
@pytest.mark.parametrize("point", ["progress", "rename"])
@pytest.mark.parametrize("update", ["1.0.0", "1.1.0"])
def test_a_killed_installation_leaves_the_old_pack_or_the_new_one(
    tmp_path: Path,
    point: str,
    number: int,
    update: str,
    installer: PackInstaller,
    store: PackStore,
    watch: Watch,
) -> None:
    installer.add_archive(_archive(tmp_path, "1.0.0"), watch)
    write_pack(tmp_path / update, {"README.md": "The new one.", **changed("manifest.json", version=update)})
    archive = tmp_path / "new.tutorpack"
    build_archive(tmp_path / update, archive)
    arguments = [sys.executable, "-c", _CHILD, str(store.folder.parent), str(archive), point, str(number)]
    ended = subprocess.run(arguments, check=False).returncode
    assert ended in (0, -signal.SIGKILL)
    (pack,) = store.installed()
    new = (pack.folder / "README.md").exists()
    assert new or ended != 0
    assert store.content(pack).info.version == pack.info.version == (update if new else "1.0.0")
    assert store.damaged() == []
    installer.add_archive(archive, watch)
    (pack,) = store.installed()
    assert (pack.folder / "README.md").read_text() == "The new one."
    assert [path.name for path in pack.folder.parent.iterdir()] == [update]
