"""Web pages: the main content of a saved HTML file."""

import re
from typing import TYPE_CHECKING

from engine.content.importers.blocks import ParsedDocument, one_line
from engine.content.importers.html_blocks import html_blocks, is_boilerplate
from engine.content.importers.job import ImportJob
from engine.content.importers.text_decoding import decode
from engine.content.importers.xml_tree import local_name, parse_html, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_TYPESETTER = re.compile(r"mathjax|katex", re.IGNORECASE)
_MAIN_SHARE = 0.3
_HEAD_BYTES = 4096


def read_html(job: ImportJob) -> ParsedDocument:
    """Read a page; menus, scripts, forms and the like are left out."""
    data = job.read_text_bytes()
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    text = decode(data, declared.group(1).decode("ascii") if declared else "")
    root = parse_html(text, job)
    title = next((node for node in root.iter() if local_name(node) == "title"), None)
    return ParsedDocument(
        html_blocks(_main(root), dollars=bool(_TYPESETTER.search(text))),
        title=one_line(text_of(title)) if title is not None else "",
        authors=tuple(author for author in [_meta(root, "author")] if author),
        language=root.get("lang") or "",
    )


def _main(root: "_Element") -> "_Element":
    """The element that holds the page's content: ``main``, the only ``article``, or else the body."""
    body = next((node for node in root.iter() if local_name(node) == "body"), root)
    mains = [node for node in body.iter() if local_name(node) == "main" or node.get("role") == "main"]
    articles = [node for node in body.iter() if local_name(node) == "article"]
    for candidates in (mains, articles):
        if len(candidates) == 1 and _length(candidates[0]) >= _MAIN_SHARE * _length(body):
            return candidates[0]
    return body


def _length(node: "_Element") -> int:
    dropped = sum(len(text_of(part)) for part in node.iter() if local_name(part) and is_boilerplate(part))
    return max(0, len(text_of(node)) - dropped)


def _meta(root: "_Element", name: str) -> str:
    for node in root.iter():
        if local_name(node) == "meta" and (node.get("name") or "").lower() == name:
            return one_line(node.get("content") or "")
    return ""
