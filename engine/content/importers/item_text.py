"""Texts of practice questions in other formats, as the Markdown with TeX that items are written in.

Items hold no placeholders, no control characters and no signs that turn the direction of writing; what the source
calls a formula stands between dollar signs, and a dollar sign that is money has a backslash before it.
"""

import re
import unicodedata
from dataclasses import dataclass

from engine.content.importers.blocks import literal
from engine.content.importers.html_blocks import html_blocks
from engine.content.importers.job import ImportJob
from engine.content.importers.xml_tree import local_name, parse_html
from engine.errors import DocumentError

_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u00ad\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PLACEHOLDER = re.compile(r"\[(?=\[)")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r" ?\n ?")
_MANY_LINES = re.compile(r"\n{3,}")
_TEX = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]|\$\$(?P<dollars>.+?)\$\$", re.DOTALL)
_TAG = re.compile(r"<[A-Za-z/!][^>]*>|&[A-Za-z#][A-Za-z0-9]*;")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINE_END = "\ue00a"  # stands for the end of a line while white space means nothing
_MARKDOWN_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<address>[^)\s]+)[^)]*\)")
NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:/\d+)?")
"""A number as it may become an answer without changing what counts as right."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that a text shows: its address in the source, and what the source says it shows."""

    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class ItemText:
    """A text, and the pictures that stood in it."""

    text: str
    pictures: tuple[Shown, ...] = ()


def cleaned(text: str) -> str:
    """``text`` as an item may hold it; TeX and Markdown stay as they are."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _PLACEHOLDER.sub("[ ", _UNWANTED.sub("", text))
    return _MANY_LINES.sub("\n\n", _LINES.sub("\n", _SPACES.sub(" ", text))).strip()


def plain_words(text: str) -> str:
    """``text`` cleaned, on one line."""
    return " ".join(cleaned(text).split())


def from_plain(text: str) -> str:
    r"""A text without markup: its dollars are money, ``\(…\)``, ``\[…\]`` and ``$$…$$`` are formulas."""
    parts: list[str] = []
    at = 0
    for match in _TEX.finditer(text):
        tex = " ".join(next(group for group in match.groups() if group is not None).split())
        mark = "$$" if match["display"] else "$"
        parts += [literal(text[at : match.start()]), f"{mark}{tex}{mark}" if tex else ""]
        at = match.end()
    return cleaned("".join(parts) + literal(text[at:]))


def from_markdown(text: str) -> ItemText:
    """Markdown with formulas between dollar signs; its pictures are taken out."""
    shown = tuple(Shown(match["address"], match["alt"]) for match in _MARKDOWN_PICTURE.finditer(text))
    return ItemText(cleaned(_MARKDOWN_PICTURE.sub("", text)), shown)


def from_html(text: str, job: ImportJob) -> ItemText:
    """HTML, or text that may hold some; scripts, styles and forms are left out."""
    if not _TAG.search(text):
        return ItemText(from_plain(text))
    try:
        # A division, so that text alone is no paragraph of its own beside a list.
        marked = _BREAK.sub(_LINE_END, _dollars(_UNWANTED.sub("", text)))
        root = parse_html(f"<div>{marked}</div>", job)
    except DocumentError:
        return ItemText("")
    pictures = tuple(
        Shown(node.get("src") or "", node.get("alt") or "")
        for node in root.iter()
        if local_name(node) == "img"
    )
    try:
        blocks = [block.text for block in html_blocks(root)]
    except RecursionError:
        return ItemText("")
    shown = "\n\n".join(blocks).replace(_LINE_END, "\n")
    return ItemText(cleaned(shown), tuple(one for one in pictures if one.address))


def as_answer(text: str) -> str:
    """A text as somebody would type it: a dollar sign needs no backslash."""
    return text.replace("\\$", "$")


def _dollars(text: str) -> str:
    r"""``$$…$$``, which these programs read as a formula in a line, as ``\(…\)``."""
    return re.sub(r"\$\$(.+?)\$\$", r"\\(\1\\)", text, flags=re.DOTALL)
