"""Files on their way into the library, in the process that does the work."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.cancel import CancelToken
from engine.content import layout
from engine.content.archive import build_archive
from engine.content.sign import sign_archive
from engine.content.signature import fingerprint, sign_manifest
from engine.errors import Cancelled, DocumentError, PackError, PackSignatureError
from engine.paths import DataPaths
from tests.engine.content.importers.conftest import DATA
from tests.engine.content.small_pack import write_pack
from tutor_app.services import documents
from tutor_app.services.documents import DocumentsService, IntakeService
from tutor_app.services.holdings import Added, ChangedKey, HoldingKind, UnknownAuthor
from tutor_app.services.library import LibraryService
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from pathlib import Path

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    return Workbench(DataPaths(tmp_path / "home"), models=False)


@pytest.fixture
def service(workbench: Workbench) -> DocumentsService:
    return DocumentsService(workbench)


@pytest.fixture
def intake(workbench: Workbench) -> IntakeService:
    return IntakeService(workbench)


def archive(folder: Path, key: Ed25519PrivateKey | None) -> Path:
    source = folder / "source"
    if not source.exists():
        write_pack(source)
    made = folder / "plants.tutorpack"
    build_archive(source, made)
    if key is not None:
        sign_archive(made, key, cancel=CancelToken(), progress=lambda _: None)
    return made


def forged(path: Path) -> Path:
    """The archive with the signature of something else."""
    with ZipFile(path) as signed:
        entries = {entry: signed.read(entry) for entry in signed.infolist()}
    with ZipFile(path, "w") as made:
        for entry, data in entries.items():
            made.writestr(entry, sign_manifest(b"{}", KEY) if entry.filename == layout.SIGNATURE else data)
    return path


@pytest.mark.parametrize("name", ["levers.pdf", "levers.epub", "levers.docx", "levers.html", "levers.md"])
def test_a_document_of_each_kind_can_be_asked_by_its_words_afterwards(
    service: DocumentsService, workbench: Workbench, name: str
) -> None:
    seen: list[object] = []
    added = service.add(Job(emit=seen.append), str(DATA / name))
    assert isinstance(added, Added)
    assert added.kind is HoldingKind.DOCUMENT
    assert added.passages > 0
    assert seen
    index = next(index for index in workbench.runtime.indexes if index.info.id == added.id)
    assert index.lexical is not None
    workbench.close()


def test_the_same_file_is_not_doubled(service: DocumentsService, tmp_path: Path) -> None:
    first = service.add(Job(), str(DATA / "levers.md"))
    copy = tmp_path / "copy.md"
    copy.write_bytes((DATA / "levers.md").read_bytes())
    second = service.add(Job(), str(copy))
    assert isinstance(first, Added)
    assert isinstance(second, Added)
    assert (first.id, first.present, second.present) == (second.id, False, True)


def test_the_library_knows_the_file_that_a_document_came_from(
    service: DocumentsService, workbench: Workbench
) -> None:
    service.add(Job(), str(DATA / "levers.md"))
    (holding,) = LibraryService(workbench).holdings(Job())
    assert holding.file == "levers.md"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("broken.pdf", b"%PDF-1.4\nnothing follows", "broken.pdf"),
        ("empty.txt", b"", "is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(80), "is a picture"),
    ],
)
def test_what_cannot_be_imported_says_why_and_what_helps(
    service: DocumentsService, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=reason) as caught:
        service.add(Job(), str(path))
    assert caught.value.todo


def test_a_file_that_has_gone_says_so(service: DocumentsService, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no file"):
        service.add(Job(), str(tmp_path / "gone.md"))


def test_a_file_that_is_no_pack_says_so(service: DocumentsService, tmp_path: Path) -> None:
    path = tmp_path / "no.tutorpack"
    path.write_bytes(b"not an archive")
    with pytest.raises(PackError, match="not a course pack"):
        service.add(Job(), str(path))


def test_a_stopped_import_leaves_nothing_behind(service: DocumentsService, workbench: Workbench) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        service.add(Job(token), str(DATA / "levers.pdf"))
    assert LibraryService(workbench).holdings(Job()) == ()


def test_an_unsigned_pack_and_a_pack_folder_are_installed(service: DocumentsService, tmp_path: Path) -> None:
    from_archive = service.add(Job(), str(archive(tmp_path, None)))
    from_folder = service.add(Job(), str(tmp_path / "source"))
    assert isinstance(from_archive, Added)
    assert isinstance(from_folder, Added)
    assert from_archive.kind is from_folder.kind is HoldingKind.PACK


def test_an_unknown_author_is_asked_about_before_anything_is_installed(
    service: DocumentsService, workbench: Workbench, tmp_path: Path
) -> None:
    path = str(archive(tmp_path, KEY))
    asked = service.add(Job(), path)
    key = fingerprint(KEY.public_key().public_bytes_raw())
    assert isinstance(asked, UnknownAuthor)
    assert (asked.title, asked.fingerprint) == ("Plants", key)
    assert LibraryService(workbench).holdings(Job()) == ()
    assert isinstance(service.add(Job(), path, asked.fingerprint), Added)
    assert isinstance(service.add(Job(), path), Added), "the author is known now"
    details = LibraryService(workbench).details(Job(), "org.example.plants")
    assert details.signed_by == key


def test_trust_in_one_key_is_no_trust_in_another(service: DocumentsService, tmp_path: Path) -> None:
    trusted = fingerprint(OTHER.public_key().public_bytes_raw())
    assert isinstance(service.add(Job(), str(archive(tmp_path, KEY)), trusted), UnknownAuthor)


def test_a_changed_key_is_asked_about_and_taken_when_it_is_accepted(
    service: DocumentsService, workbench: Workbench, tmp_path: Path
) -> None:
    old, new = (fingerprint(key.public_key().public_bytes_raw()) for key in (KEY, OTHER))
    service.add(Job(), str(archive(tmp_path, KEY)), old)
    changed = str(archive(tmp_path, OTHER))
    asked = ChangedKey("Plants", ("A. Teacher",), new, old, installed=True)
    assert service.add(Job(), changed) == asked
    assert service.add(Job(), changed, old) == asked, "trust in the old key is no trust in the new one"
    assert LibraryService(workbench).details(Job(), "org.example.plants").signed_by == old
    assert isinstance(service.add(Job(), changed, new), Added)
    assert isinstance(service.add(Job(), changed), Added), "the new key is known now"
    assert LibraryService(workbench).details(Job(), "org.example.plants").signed_by == new


def test_a_pack_that_is_not_signed_any_more_is_asked_about_each_time(
    service: DocumentsService, tmp_path: Path
) -> None:
    old = fingerprint(KEY.public_key().public_bytes_raw())
    service.add(Job(), str(archive(tmp_path, KEY)), old)
    for unsigned in (str(archive(tmp_path, None)), str(tmp_path / "source")):
        asked = service.add(Job(), unsigned)
        assert isinstance(asked, ChangedKey)
        assert (asked.fingerprint, asked.known) == ("", old)
        assert isinstance(service.add(Job(), unsigned, ""), Added)


def test_a_broken_signature_is_refused_whatever_is_trusted(service: DocumentsService, tmp_path: Path) -> None:
    path = forged(archive(tmp_path, KEY))
    key = fingerprint(KEY.public_key().public_bytes_raw())
    for trusted in (None, key, ""):
        with pytest.raises(PackSignatureError):
            service.add(Job(), str(path), trusted)


def test_a_folder_of_five_thousand_files_is_looked_through_quickly(
    intake: IntakeService, tmp_path: Path
) -> None:
    for number in range(documents.MOST_FILES + 7):
        (tmp_path / f"{number:04}.txt").touch()
    (tmp_path / "photo.jpg").touch()
    (tmp_path / ".hidden.txt").touch()
    (tmp_path / "~$lock.docx").touch()
    begin = time.perf_counter()
    found = intake.expand(Job(), (str(tmp_path),))
    assert time.perf_counter() - begin < 2
    assert (len(found.files), found.left_out, found.folders) == (documents.MOST_FILES, 7, True)
    assert found.files[0].endswith("0000.txt")


def test_packs_in_a_folder_are_one_thing_each(intake: IntakeService, tmp_path: Path) -> None:
    write_pack(tmp_path / "plants")
    (tmp_path / "notes.md").write_text("# Notes")
    found = intake.expand(Job(), (str(tmp_path),))
    assert found.files == (str(tmp_path / "plants"), str(tmp_path / "notes.md"))
    assert intake.expand(Job(), (str(tmp_path / "plants"),)).files == (str(tmp_path / "plants"),)


def test_a_named_file_is_taken_whatever_its_name_so_that_its_import_can_say_why_not(
    intake: IntakeService, tmp_path: Path
) -> None:
    assert intake.expand(Job(), (str(tmp_path / "a.xyz"),)).files == (str(tmp_path / "a.xyz"),)


def test_a_folder_without_anything_to_import_says_what_can_be(intake: IntakeService, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nothing in"):
        intake.expand(Job(), (str(tmp_path),))


def test_a_folder_without_anything_beside_a_file_is_named(intake: IntakeService, tmp_path: Path) -> None:
    (tmp_path / "book.pdf").mkdir()
    (tmp_path / "a.md").write_text("# A")
    found = intake.expand(Job(), (str(tmp_path / "a.md"), str(tmp_path / "book.pdf")))
    assert (found.files, found.empty) == ((str(tmp_path / "a.md"),), ("book.pdf",))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_folders_that_cannot_be_opened_are_named_once(intake: IntakeService, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "a.md").write_text("# A")
    assert intake.expand(Job(), (str(tmp_path),)).unreadable == ("shut",)


def test_looking_through_folders_can_be_stopped(intake: IntakeService, tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        intake.expand(Job(token), (str(tmp_path),))


def test_practice_questions_are_added_with_what_is_left_out(
    service: DocumentsService, tmp_path: Path
) -> None:
    file = tmp_path / "quiz.csv"
    file.write_text("question,answer,type\n2 + 2?,4,\nOdd?,a,riddle\n")
    added = service.add(Job(), str(file))
    assert isinstance(added, Added)
    assert (added.title, added.kind, added.questions) == ("quiz", HoldingKind.PACK, 1)
    assert [what for what, _ in added.left_out] == ["row 3: Odd?"]
