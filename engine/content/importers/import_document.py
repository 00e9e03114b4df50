"""The one door to the importers: a file in, a pack in memory out. Nothing is written and nothing is fetched.

Parsing is pure, so that it can run in a process of its own; a killed import leaves nothing behind and is simply
started again. Reading the files of a folder one by one, indexing and storing are the caller's job.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content.importers.blocks import Block, ParsedDocument, one_line
from engine.content.importers.cnxml import module_files, read_cnxml
from engine.content.importers.docx import read_docx
from engine.content.importers.epub import read_epub
from engine.content.importers.file_type import FileType, file_type
from engine.content.importers.html import read_html
from engine.content.importers.job import ImportJob, ImportLimits, broken
from engine.content.importers.markdown import read_markdown
from engine.content.importers.pdf import read_pdf
from engine.content.importers.plain_text import read_plain_text
from engine.content.importers.structure import build
from engine.content.pack import Pack, PackInfo
from engine.errors import DocumentError
from engine.types import Section

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_READERS: dict[FileType, Callable[[ImportJob], ParsedDocument]] = {
    FileType.MARKDOWN: read_markdown,
    FileType.TEXT: read_plain_text,
    FileType.HTML: read_html,
    FileType.PDF: read_pdf,
    FileType.EPUB: read_epub,
    FileType.DOCX: read_docx,
    FileType.CNXML: read_cnxml,
}
_NO_TITLES = re.compile(
    r"(untitled|unknown|microsoft word - .*|document\d*|title|index|.*\.(docx?|pdf|tex|indd|html?|md))?",
    re.IGNORECASE,
)
_HASH_BLOCK = 1 << 20


def import_document(
    path: Path,
    *,
    cancel: CancelToken,
    progress: "ProgressCallback",
    limits: ImportLimits = ImportLimits(),
) -> Pack:
    """Read a document into sections and passages.

    Args:
        path: a file of one of the formats, or a folder of CNXML modules.
        cancel: checked at each page, chapter and block.
        progress: told how far it is.
        limits: how large the document may be.

    Returns:
        A pack whose id is the same whenever the same bytes are imported.

    Raises:
        DocumentError: the document cannot be imported; the message says why and what helps.
        Cancelled: it was stopped.
    """
    job = ImportJob(path, cancel, progress, limits)
    try:
        digest = _digest(job)
        document = _READERS[file_type(job)](job)
        fallback = _file_title(path)
        sections, passages = build(
            _without_authors(job.metered(document.blocks), document.authors),
            _given(document.title) or fallback,
        )
    except OSError as problem:
        raise _unreadable(job, problem) from problem
    except RecursionError as problem:  # formulas and tables nested a hundred deep: no document, an attack
        raise broken(job, "a document") from problem
    if not passages:
        raise DocumentError(f"“{job.name}” holds no text.", todo="Choose a document with text in it.")
    title = _given(document.title) or _first_heading(sections) or fallback
    info = PackInfo(
        id=_identifier(digest),
        version="1.0.0",
        title=title,
        langs=(document.language.split("-")[0].lower() or "en",),
        authors=document.authors,
        licence=document.licence,
        entry=passages[0].section,
        origin="document",
    )
    return Pack(info, sections, passages)


def document_id(path: Path, *, cancel: CancelToken) -> str:
    """The id that the document at ``path`` has once it is imported: reads the file, but does not take it apart.

    Raises:
        DocumentError: it cannot be read, or is too large.
        Cancelled: it was stopped.
    """
    job = ImportJob(path, cancel, lambda _: None, ImportLimits())
    try:
        return _identifier(_digest(job))
    except OSError as problem:
        raise _unreadable(job, problem) from problem


def _identifier(digest: str) -> str:
    return f"local.{digest[:16]}"  # no word of the title: ids of packs go into events


def _without_authors(blocks: Iterable[Block], authors: tuple[str, ...]) -> Iterator[Block]:
    """The blocks without lines that only name an author, who is in the pack's data already."""
    return (block for block in blocks if block.text not in authors)


def _digest(job: ImportJob) -> str:
    """SHA-256 of the file's bytes; of a folder, those of its modules in order."""
    files = module_files(job.path)
    size = sum(file.stat().st_size for file in files)
    if size > job.limits.file_bytes:
        raise DocumentError(
            f"“{job.name}” has {size // 1_000_000:,} MB; at most {job.limits.file_bytes // 1_000_000:,} MB can be"
            " imported.",
            todo="Split it into smaller files and import those.",
        )
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(_HASH_BLOCK):
                job.cancel.check()
                digest.update(block)
    return digest.hexdigest()


def _unreadable(job: ImportJob, problem: OSError) -> DocumentError:
    if isinstance(problem, FileNotFoundError):
        return DocumentError(f"There is no file “{job.path}”.", todo="Check the name and the folder.")
    return DocumentError(
        f"“{job.name}” cannot be opened: {problem.strerror or 'it cannot be read'}.",
        todo="Check that it is a file and that you may read it.",
    )


def _given(title: str) -> str:
    """The title that the document states, unless it is one that programs fill in by themselves."""
    bare = one_line(title)
    return "" if _NO_TITLES.fullmatch(bare) else bare


def _first_heading(sections: Iterable[Section]) -> str:
    return next((section.title for section in sections if section.title), "")


def _file_title(path: Path) -> str:
    name = path.name.split(".")[0] if path.name.lower().endswith(".cnxml.gz") else path.stem
    return one_line(name.replace("_", " ")) or "Document"
