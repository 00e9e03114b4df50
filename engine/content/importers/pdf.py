"""PDF files, through PDFium: text in reading order with its pages, headings, list items and tables.

A PDF holds places of letters and no structure: what is made of them here is inferred. Formulas come out as their
characters, scripts marked, not as TeX. PDFium must not be used from two threads at once.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.content.importers.blocks import Block, BlockKind, ParsedDocument, literal, one_line
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.pdf_furniture import without_furniture
from engine.content.importers.pdf_headings import Bookmark, heading_levels
from engine.content.importers.pdf_layout import Line, page_lines
from engine.content.importers.pdf_page import page_fragments
from engine.content.importers.pdf_paragraphs import Piece, pieces_of
from engine.errors import DocumentError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_BULLET = re.compile(r"(?:[•▪●○◦■□‣⁃]\s*|[–—*-]\s+)")
_MIN_LETTERS_PER_PAGE = 5
_MAX_OUTLINE = 5_000
_UNREADABLE = 0.4


def read_pdf(job: ImportJob) -> ParsedDocument:
    """Read a PDF that holds text."""
    import pypdfium2

    document = _open(job)
    try:
        job.check_pages(len(document), "pages")
        metadata = document.get_metadata_dict(skip_empty=True)
        bookmarks = _bookmarks(document)
        pages = _pages(document, job)
    except pypdfium2.PdfiumError as problem:
        raise broken(job, "PDF") from problem
    finally:
        document.close()
    title = literal(one_line(metadata.get("Title", "")))
    author = one_line(metadata.get("Author", ""))
    return ParsedDocument(
        _blocks(without_furniture(pages, title), bookmarks),
        title=title,
        authors=(author,) if author else (),
    )


def _open(job: ImportJob) -> "PdfDocument":
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(job.path)
        pages = len(document)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise DocumentError(
                f"“{job.name}” is protected by a password.",
                todo="Open it in a PDF viewer, print or save it as a PDF without a password, and import that.",
            ) from problem
        raise broken(job, "PDF") from problem
    if pages == 0:
        document.close()
        raise broken(job, "PDF")
    return document


def _pages(document: "PdfDocument", job: ImportJob) -> list[list[Line]]:
    pages: list[list[Line]] = []
    characters = pictures = 0
    for number in range(len(document)):
        job.step(number, len(document), "pages")
        lines, has_picture = _page(document, number)
        pages.append(lines)
        pictures += has_picture
        characters += sum(len(line.text) for line in lines)
        if characters > job.limits.characters:
            raise DocumentError(
                f"“{job.name}” holds more than {job.limits.characters:,} characters of text.",
                todo="Split it into smaller files and import those.",
            )
    job.step(len(document), len(document), "pages")
    _check_text(pages, pictures, job)
    return pages


def _page(document: "PdfDocument", number: int) -> tuple[list[Line], bool]:
    """Lines of a page, and whether there is a picture on it in the place of text."""
    import pypdfium2.raw as pdfium

    page = document[number]
    try:
        lines = page_lines(page_fragments(page), number + 1)
        kinds = [] if lines else list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return lines, bool(kinds)
    finally:
        page.close()


def _check_text(pages: Sequence[list[Line]], pictures: int, job: ImportJob) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    letters = sum(character.isalnum() for character in text)
    if letters < _MIN_LETTERS_PER_PAGE * pictures or (pictures and not letters):
        raise DocumentError(
            f"This PDF holds pictures of pages, not text: “{job.name}” was probably scanned.",
            todo="Run it through a text recognition (OCR) program first, for example OCRmyPDF, and import the result.",
        )
    odd = sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text)
    if odd > _UNREADABLE * max(1, len(text)):
        raise DocumentError(
            f"The text in “{job.name}” is stored without saying which letters it shows.",
            todo="Run it through a text recognition (OCR) program first, for example OCRmyPDF, and import the result.",
        )


def _bookmarks(document: "PdfDocument") -> list[Bookmark]:
    bookmarks: list[Bookmark] = []
    for entry in document.get_toc(max_depth=6):
        target = entry.get_dest()
        index = target.get_index() if target is not None else None
        bookmarks.append(Bookmark(entry.get_title(), entry.level + 1, None if index is None else index + 1))
        if len(bookmarks) >= _MAX_OUTLINE:
            break
    return bookmarks


def _blocks(pages: Sequence[list[Line]], bookmarks: Sequence[Bookmark]) -> Iterator[Block]:
    pieces = pieces_of(pages)
    levels = heading_levels(pieces, bookmarks)
    for at, piece in enumerate(pieces):
        yield _block(piece, levels.get(at, 0))


def _block(piece: Piece, level: int) -> Block:
    text = piece.text
    if level:
        return Block(BlockKind.HEADING, text, level=level, page=piece.page)
    if piece.kind is BlockKind.ITEM:
        text = _BULLET.sub("- ", text, count=1)
    return Block(piece.kind, text, page=piece.page)
