"""Which format of practice questions a file is, and reading it: by its content first, by its name where that is open.

What is none of them is a document or a course pack, and none of this file's business.
"""

import zipfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.importers.anki import read_apkg
from engine.content.importers.anki_archive import COLLECTIONS
from engine.content.importers.csv_items import COLUMNS, NEEDED, header_of, read_csv
from engine.content.importers.gift import looks_like_gift, read_gift
from engine.content.importers.imported_items import ImportedItems
from engine.content.importers.job import ImportJob, ImportLimits
from engine.content.importers.kolibri_csv import TYPE_COLUMN, read_kolibri_csv
from engine.content.importers.moodle_xml import read_moodle_xml
from engine.content.importers.oatutor import POOL, read_oatutor
from engine.content.importers.qti import MANIFEST, is_qti, read_qti
from engine.content.importers.text_decoding import decode
from engine.content.importers.xml_tree import local_name, parse_xml
from engine.errors import DocumentError

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback


class PracticeFormat(StrEnum):
    """The formats of practice questions that can be read."""

    ANKI = "Anki"
    OATUTOR = "OATutor"
    KOLIBRI = "Kolibri"
    CSV = "CSV"
    GIFT = "GIFT"
    MOODLE = "Moodle XML"
    QTI = "QTI"


PRACTICE_SUFFIXES = (".apkg", ".colpkg", ".gift", ".csv", ".tsv")
_READERS: Mapping[PracticeFormat, Callable[[ImportJob], ImportedItems]] = {
    PracticeFormat.ANKI: read_apkg,
    PracticeFormat.OATUTOR: read_oatutor,
    PracticeFormat.KOLIBRI: read_kolibri_csv,
    PracticeFormat.CSV: read_csv,
    PracticeFormat.GIFT: read_gift,
    PracticeFormat.MOODLE: read_moodle_xml,
    PracticeFormat.QTI: read_qti,
}
_HEAD = 65_536
_TABLES = (".csv", ".tsv")
_TEXTS = (".txt", ".text", ".gift")


def practice_format(path: Path) -> PracticeFormat | None:
    """The format of ``path``; None if it is no file of practice questions.

    Raises:
        DocumentError: it is one by its name, but cannot be read as one.
    """
    try:
        if path.is_dir():
            return PracticeFormat.OATUTOR if (path / POOL).is_dir() else None
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return None  # the importer of documents says why
    suffix = path.suffix.lower()
    if head.startswith(b"PK"):
        return _zip_format(path)
    if suffix == ".apkg":
        raise DocumentError(f"“{path.name}” is no Anki deck.", todo="Export it from Anki again as .apkg.")
    if suffix == ".xml":
        return _xml_format(path, head)
    if suffix in _TABLES:
        return _table_format(path, head)
    if suffix in _TEXTS and (suffix == ".gift" or looks_like_gift(decode(head))):
        return PracticeFormat.GIFT
    return None


def read_practice(path: Path, *, cancel: CancelToken, progress: "ProgressCallback") -> ImportedItems:
    """Read a file that ``practice_format`` knows.

    Raises:
        DocumentError: it cannot be read, or is none of the formats.
        Cancelled: it was stopped.
    """
    job = ImportJob(path, cancel, progress, ImportLimits())
    found = practice_format(path)
    if found is None:
        raise DocumentError(f"“{job.name}” holds no practice questions that can be read.", todo=_todo())
    try:
        return _READERS[found](job)
    except OSError as problem:
        raise DocumentError(
            f"“{job.name}” cannot be opened: {problem.strerror or 'it cannot be read'}.",
            todo="Check that it is a file and that you may read it.",
        ) from problem


def _zip_format(path: Path) -> PracticeFormat | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return PracticeFormat.ANKI if path.suffix.lower() == ".apkg" else None
    if path.suffix.lower() == ".colpkg":
        raise DocumentError(
            f"“{path.name}” is a whole collection of Anki's.",
            todo="Export the deck from Anki as .apkg instead.",
        )
    if not names.isdisjoint(COLLECTIONS) or path.suffix.lower() == ".apkg":
        return PracticeFormat.ANKI
    if MANIFEST in names:
        return PracticeFormat.QTI
    if any(f"/{POOL}/" in f"/{name}" for name in names):
        return PracticeFormat.OATUTOR
    return None


def _xml_format(path: Path, head: bytes) -> PracticeFormat | None:
    """From the outermost element; a file that is not well formed is judged by its first words."""
    job = ImportJob(path, CancelToken(), lambda _: None, ImportLimits())
    try:
        root = parse_xml(job.read_text_bytes(), job, "XML")
    except DocumentError:
        if b"<quiz" in head or b"ssessment" in head:
            raise
        return None
    if local_name(root) == "quiz":
        return PracticeFormat.MOODLE
    return PracticeFormat.QTI if is_qti(root) else None


def _table_format(path: Path, head: bytes) -> PracticeFormat:
    names = header_of(decode(head))
    if TYPE_COLUMN in names:
        return PracticeFormat.KOLIBRI
    if frozenset(names) >= NEEDED:
        return PracticeFormat.CSV
    raise DocumentError(
        f"The first row of “{path.name}” does not name columns of practice questions.",
        todo=f"It needs “question” and “answer”; it may have {', '.join(sorted({*COLUMNS} - NEEDED))}.",
    )


def _todo() -> str:
    return f"These can be imported: {', '.join(PracticeFormat)}."
