"""EPUB books: the chapters in the order of the spine, titles from the table of contents where a chapter has none."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from engine.content.importers.archive import Archive
from engine.content.importers.blocks import Block, BlockKind, ParsedDocument, literal, one_line
from engine.content.importers.html_blocks import html_blocks
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.text_decoding import decode
from engine.content.importers.xml_tree import children, find_child, local_name, parse_html, parse_xml, text_of
from engine.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CHAPTER_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document"})


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package file says: paths of the chapters in reading order, and of the table of contents."""

    chapters: tuple[str, ...]
    contents: str
    metadata: dict[str, tuple[str, ...]]


def read_epub(job: ImportJob) -> ParsedDocument:
    """Read a book without copy protection."""
    with Archive(job, "an EPUB book") as archive:
        _check_protection(archive, job)
        book = _package(archive, job)
    job.check_pages(len(book.chapters), "chapters")
    metadata = book.metadata
    return ParsedDocument(
        _blocks(job, book),
        title=next(iter(metadata.get("title", ())), ""),
        authors=metadata.get("creator", ()),
        language=next(iter(metadata.get("language", ())), ""),
        licence=next(iter(metadata.get("rights", ())), ""),
    )


def _check_protection(archive: Archive, job: ImportJob) -> None:
    if _ENCRYPTION not in archive:
        return
    root = parse_xml(archive.read(_ENCRYPTION), job, "an EPUB book")
    methods = [node.get("Algorithm") or "" for node in root.iter() if local_name(node) == "encryptionmethod"]
    if any(not method.startswith(_FONT_OBFUSCATION) for method in methods):
        raise DocumentError(
            f"“{job.name}” is copy-protected, so its text cannot be read.",
            todo="Ask the publisher or your library for an edition without copy protection (DRM).",
        )


def _package(archive: Archive, job: ImportJob) -> _Book:
    container = parse_xml(archive.read(_CONTAINER), job, "an EPUB book")
    paths = [node.get("full-path") or "" for node in container.iter() if local_name(node) == "rootfile"]
    if not paths:
        raise broken(job, "an EPUB book")
    package = parse_xml(archive.read(paths[0]), job, "an EPUB book")
    manifest, spine = find_child(package, "manifest"), find_child(package, "spine")
    if manifest is None or spine is None:
        raise broken(job, "an EPUB book")
    items = {node.get("id") or "": node for node in children(manifest)}
    contents = next(
        (node for node in items.values() if "nav" in (node.get("properties") or "").split()), None
    )
    chapters = [items[ref] for node in children(spine) if (ref := node.get("idref") or "") in items]
    toc = contents if contents is not None else items.get(spine.get("toc") or "")
    return _Book(
        tuple(
            _resolve(paths[0], node)
            for node in chapters
            if node is not contents and (node.get("media-type") or "") in _CHAPTER_TYPES
        ),
        _resolve(paths[0], toc) if toc is not None else "",
        _metadata(package),
    )


def _resolve(base: str, node: "_Element") -> str:
    return _join(base, node.get("href") or "")


def _join(base: str, href: str) -> str:
    """The path inside the archive of a reference that stands in ``base``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(urlsplit(href).path)))


def _metadata(package: "_Element") -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    metadata = find_child(package, "metadata")
    for node in metadata.iter() if metadata is not None else ():
        value = (
            one_line(text_of(node)) if local_name(node) in ("title", "creator", "language", "rights") else ""
        )
        if value:
            found[local_name(node)] = (*found.get(local_name(node), ()), value)
    return found


def _blocks(job: ImportJob, book: _Book) -> Iterator[Block]:
    with Archive(job, "an EPUB book") as archive:
        titles = _titles(archive, book.contents, job)
        for done, path in enumerate(book.chapters):
            job.step(done, len(book.chapters), "chapters")
            if path not in archive:
                continue
            blocks = list(html_blocks(_body(archive.read(path), job)))
            title = titles.get(path, "")
            if blocks and title and all(block.kind is not BlockKind.HEADING for block in blocks):
                yield Block(BlockKind.HEADING, title, level=1)
                blocks = blocks[1:] if blocks[0].text == title else blocks
            yield from blocks
        job.step(len(book.chapters), len(book.chapters), "chapters")


def _body(data: bytes, job: ImportJob) -> "_Element":
    """The body of a chapter, which should be XML but often is only HTML."""
    try:
        root = parse_xml(data, job, "an EPUB book")
    except DocumentError:
        root = parse_html(_without_declaration(decode(data)), job)
    body = find_child(root, "body")
    return body if body is not None else root


def _without_declaration(text: str) -> str:
    return text[text.index("?>") + 2 :] if text.startswith("<?xml") and "?>" in text else text


def _titles(archive: Archive, contents: str, job: ImportJob) -> dict[str, str]:
    """Title of each chapter by its path, from the navigation document (EPUB 3) or the NCX (EPUB 2)."""
    titles: dict[str, str] = {}
    if contents not in archive:
        return titles
    try:
        root = parse_xml(archive.read(contents), job, "an EPUB book")
    except DocumentError:
        return titles
    for node in root.iter():
        if local_name(node) == "a" and node.get("href"):
            path, label = _join(contents, node.get("href") or ""), text_of(node)
        elif local_name(node) == "navpoint":
            path, label = _ncx_entry(node, contents)
        else:
            continue
        if label.strip():
            titles.setdefault(path, literal(one_line(label)))
    return titles


def _ncx_entry(point: "_Element", contents: str) -> tuple[str, str]:
    target, label = find_child(point, "content"), find_child(point, "navlabel")
    href = target.get("src") or "" if target is not None else ""
    return _join(contents, href), text_of(label) if label is not None else ""
