"""What a file really is: by its content first, by its name only where the content leaves it open."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from engine.content.importers.job import ImportJob, broken
from engine.errors import DocumentError


class FileType(StrEnum):
    """The formats that can be read."""

    MARKDOWN = "Markdown"
    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    EPUB = "EPUB"
    DOCX = "Word"
    CNXML = "CNXML"


SUFFIXES = (
    ".md",
    ".markdown",
    ".txt",
    ".text",
    ".html",
    ".htm",
    ".xhtml",
    ".pdf",
    ".epub",
    ".docx",
    ".cnxml",
    ".cnxml.gz",
)
_HEAD = 4096
_READABLE = "Markdown, text, HTML, PDF, EPUB and Word (DOCX) files"
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_OTHER = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
    (b"GGUF", "a language model"),
    (b"AT&TFORM", "a DjVu file"),
)
_SAVE_AS = {
    "an RTF document": "Open it in a word processor and save it as DOCX, then import that.",
    "a PostScript file": "Convert it to PDF and import that.",
    "a DjVu file": "Convert it to PDF with text and import that.",
    "a picture": "Import the text itself, or a PDF with text.",
    "a language model": "Models are added with “llm-tutor models add”.",
}


def file_type(job: ImportJob) -> FileType:
    """The file's format.

    Raises:
        DocumentError: it is none of them, or protected, or empty.
    """
    if job.path.is_dir():
        if any(job.path.glob("*.cnxml*")):
            return FileType.CNXML
        raise DocumentError(f"“{job.name}” is a folder.", todo="Choose the documents in it.")
    with job.path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise DocumentError(f"“{job.name}” is empty.", todo="Choose a document with text in it.")
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head.startswith(b"PK"):
        return _zip_type(job)
    if head.startswith(_OLE):
        raise _ole_error(job)
    if head.startswith(b"\x1f\x8b") and job.name.endswith(".cnxml.gz"):
        return FileType.CNXML
    _refuse_binary(job, head)
    return _text_type(job.path, head)


def _zip_type(job: ImportJob) -> FileType:
    try:
        with zipfile.ZipFile(job.path) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise broken(job, "an EPUB or Word file") from problem
    if "word/document.xml" in names:
        return FileType.DOCX
    if "META-INF/container.xml" in names:
        return FileType.EPUB
    kind, todo = _zip_kind(names)
    raise DocumentError(f"“{job.name}” is {kind}, which cannot be imported.", todo=todo)


def _zip_kind(names: frozenset[str]) -> tuple[str, str]:
    if "xl/workbook.xml" in names:
        return "a spreadsheet", "Save the text as DOCX or PDF and import that."
    if "ppt/presentation.xml" in names:
        return "a presentation", "Export it as PDF and import that."
    if "content.xml" in names:
        return "an OpenDocument file", "Open it in its program, save it as DOCX or PDF and import that."
    return "a zip archive", f"Unpack it and import the documents in it: {_READABLE}."


def _ole_error(job: ImportJob) -> DocumentError:
    if _ENCRYPTED_PART in job.path.read_bytes():
        return DocumentError(
            f"“{job.name}” is protected by a password.",
            todo="Save a copy without a password and import that.",
        )
    return DocumentError(
        f"“{job.name}” is a document of an old Office version.",
        todo="Open it in a word processor and save it as DOCX, then import that.",
    )


def _refuse_binary(job: ImportJob, head: bytes) -> None:
    for mark, kind in _OTHER:
        if head.startswith(mark) and (kind != "a program" or b"\x00" in head):
            todo = _SAVE_AS.get(kind, f"These can be imported: {_READABLE}.")
            raise DocumentError(f"“{job.name}” is {kind}, which cannot be imported.", todo=todo)
    if head.startswith(_TEXT_MARKS):
        return
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    if b"\x00" in head or control * 50 > len(head):
        raise DocumentError(
            f"“{job.name}” holds no readable text.", todo=f"These can be imported: {_READABLE}."
        )


def _text_type(path: Path, head: bytes) -> FileType:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = path.suffix.lower()
    if b"http://cnx.rice.edu/cnxml" in head and start.startswith(b"<"):
        return FileType.CNXML
    if suffix in _MARKDOWN_SUFFIXES:
        return FileType.MARKDOWN
    if suffix in _HTML_SUFFIXES or (start.startswith(b"<") and _HTML.search(head)):
        return FileType.HTML
    return FileType.TEXT
