"""An HTML or XHTML tree to blocks: for web pages and for the chapters of an EPUB.

The tree is walked by events and not by recursion, so that no depth of tags can exhaust the stack. Which part of a
page is its content is decided by the caller.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine.content.importers.blocks import (
    Block,
    BlockKind,
    code,
    formula,
    item,
    literal,
    lowered,
    one_line,
    pipe_table,
    raised,
)
from engine.content.importers.mathml_to_tex import mathml_to_tex
from engine.content.importers.xml_tree import children, local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    """script style nav head template noscript iframe object embed form button select textarea svg canvas audio
    video map dialog menu annotation rp rt""".split(),
)
_DROPPED_ROLES = frozenset(
    """navigation banner contentinfo search menu menubar dialog doc-toc doc-noteref
    doc-backlink""".split(),
)
_DROPPED_CLASSES = frozenset(
    """nav navbar navigation breadcrumb breadcrumbs cookie cookies sidebar advert advertisement ads share
    social skip-link katex-html mathjax mathjax_display mathjax_preview mjx-chtml
    mwe-math-fallback-image-inline mwe-math-fallback-image-display toc mw-editsection noprint footnote-ref
    footnote-back sr-only visually-hidden""".split(),
)
_BLOCKS = frozenset(
    """p div section article main aside header footer blockquote figure figcaption dl tr td th caption tbody
    thead tfoot table address details summary hgroup fieldset center body html hr li ul ol h1 h2 h3 h4 h5
    h6""".split(),
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TEX = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)
_DOLLAR_TEX = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]|\$\$(?P<display2>.+?)\$\$"
    r"|(?<![\\\w])\$(?=\S)(?P<inline2>[^$\n]{1,300}?)(?<=\S)\$(?!\w)",
    re.DOTALL,
)
_FORMULA_IMAGE = frozenset({"math", "tex", "latex", "mwe-math-fallback-image"})
_MIN_ALT_WORDS = 4
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def html_blocks(root: "_Element", *, dollars: bool = False) -> Iterator[Block]:
    """The blocks inside ``root``.

    Args:
        root: the element that holds the content.
        dollars: whether the page lets MathJax or KaTeX read ``$…$`` as a formula.
    """
    yield from _Flow(_DOLLAR_TEX if dollars else _TEX).blocks(root)


def is_boilerplate(node: "_Element") -> bool:
    """Whether an element is no part of what the page says: menus, scripts, what is hidden."""
    if local_name(node) in _DROPPED or (node.get("role") or "").lower() in _DROPPED_ROLES:
        return True
    names = f"{node.get('class', '')} {node.get('id', '')}".lower().split()
    note_mark = node.get(_EPUB_TYPE) in ("noteref", "backlink")
    return node.get("hidden") is not None or note_mark or not _DROPPED_CLASSES.isdisjoint(names)


class _Flow:
    """Collects running text, and gives it out as a block at each boundary."""

    def __init__(self, tex: re.Pattern[str]) -> None:
        self._tex = tex
        self._ready: list[Block] = []
        self._inline: list[str] = []
        self._heading = 0
        self._lists: list[int | None] = []
        self._marker = False
        self._whole: dict[str, Callable[[_Element], None]] = {
            "math": self._math,
            "script": self._script,
            "pre": self._pre,
            "code": self._code,
            "sup": self._sup,
            "sub": self._sub,
            "img": self._image,
        }

    def blocks(self, root: "_Element") -> Iterator[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            name = local_name(node)
            if event == "start":
                if self._take_whole(node, name):
                    walk.skip_subtree()
                else:
                    self._open(node, name)
                    self._text(node.text)
            else:
                self._close(name)
                if node is not root:
                    self._text(node.tail)
            if self._ready:
                yield from self._ready
                self._ready.clear()
        self._flush()
        yield from self._ready

    def _take_whole(self, node: "_Element", name: str) -> bool:
        """Handle an element that is not walked into; False if it is to be walked."""
        if name in ("math", "script"):
            self._whole[name](node)
            return True
        if is_boilerplate(node):
            return True
        if name == "table" and _is_data(node):
            self._flush()
            self._add(BlockKind.TABLE, pipe_table([*_rows(node, self._tex)]))
            return True
        if name in ("span", "div") and _is_bare_tex(node):
            self._tex_element(node)
            return True
        take = self._whole.get(name)
        if take is None:
            return False
        take(node)
        return True

    def _open(self, node: "_Element", name: str) -> None:
        if name in _BLOCKS or name == "dt":
            self._flush()
        if name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name in ("ul", "ol"):
            self._lists.append(_first_number(node) if name == "ol" else None)
        elif name == "li":
            self._marker = True
        elif name == "br":
            self._inline.append(" ")

    def _close(self, name: str) -> None:
        if name == "dt":
            self._inline.append(": ")
        elif name in _BLOCKS or name == "dd":
            self._flush()
        if name in _HEADINGS:
            self._heading = 0
        elif name in ("ul", "ol") and self._lists:
            self._lists.pop()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        position = 0
        for match in self._tex.finditer(text):
            self._inline.append(literal(text[position : match.start()]))
            position = match.end()
            found = match.groupdict()
            display = found["display"] or found.get("display2")
            if display:
                self._display(display)
            else:
                self._inline.append(_inline_tex(found["inline"] or found.get("inline2") or ""))
        self._inline.append(literal(text[position:]))

    def _flush(self) -> None:
        text = one_line("".join(self._inline))
        self._inline.clear()
        if not text:
            return
        if self._heading:
            self._ready.append(Block(BlockKind.HEADING, text, level=self._heading))
        elif self._lists:
            self._item(text)
        else:
            self._add(BlockKind.PARAGRAPH, text)

    def _item(self, text: str) -> None:
        level, number = len(self._lists) - 1, self._lists[-1]
        if not self._marker:
            self._ready.append(Block(BlockKind.ITEM, "  " * (level + 1) + text, level=level))
            return
        self._marker = False
        self._ready.append(item(text, level=level, number=number))
        if number is not None:
            self._lists[-1] = number + 1

    def _add(self, kind: BlockKind, text: str) -> None:
        if text:
            self._ready.append(Block(kind, text))

    def _display(self, tex: str) -> None:
        self._flush()
        if tex.strip():
            self._ready.append(formula(tex))

    def _math(self, node: "_Element") -> None:
        tex = mathml_to_tex(node)
        if node.get("display") == "block" or node.get("mode") == "display":
            self._display(tex)
        else:
            self._inline.append(_inline_tex(tex))

    def _tex_element(self, node: "_Element") -> None:
        if "display" in (node.get("class") or "").split():
            self._display(text_of(node))
        else:
            self._inline.append(_inline_tex(text_of(node)))

    def _script(self, node: "_Element") -> None:
        kind = (node.get("type") or "").lower()
        if not kind.startswith("math/tex"):
            return
        if "mode=display" in kind.replace(" ", ""):
            self._display(text_of(node))
        else:
            self._inline.append(_inline_tex(text_of(node)))

    def _pre(self, node: "_Element") -> None:
        self._flush()
        text = text_of(node)
        if text.strip():
            self._ready.append(code(text))

    def _code(self, node: "_Element") -> None:
        text = one_line(text_of(node))
        self._inline.append(f"`{text}`" if text and "`" not in text else literal(text))

    def _sup(self, node: "_Element") -> None:
        self._inline.append(raised(literal(text_of(node))))

    def _sub(self, node: "_Element") -> None:
        self._inline.append(lowered(literal(text_of(node))))

    def _image(self, node: "_Element") -> None:
        alt = one_line(node.get("alt") or "")
        if not _FORMULA_IMAGE.isdisjoint((node.get("class") or "").split()):
            self._inline.append(_inline_tex(alt))
        elif len(alt.split()) >= _MIN_ALT_WORDS:
            self._inline.append(literal(f" (Picture: {alt}) "))


def _is_bare_tex(node: "_Element") -> bool:
    """Whether an element holds TeX without delimiters, for KaTeX to be run on it."""
    classes = (node.get("class") or "").split()
    marked = "math" in classes and ("inline" in classes or "display" in classes)
    return marked and not len(node) and not (node.text or "").lstrip().startswith(("\\(", "\\[", "$"))


def _inline_tex(tex: str) -> str:
    bare = one_line(tex).strip("$").strip()
    return f"${bare}$" if bare else ""


def _first_number(node: "_Element") -> int:
    start = node.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _is_data(table: "_Element") -> bool:
    """Whether a table holds data: one that holds headings, lists or other tables only lays out the page."""
    if (table.get("role") or "") in ("presentation", "none"):
        return False
    inside = {local_name(node) for node in table.iter() if node is not table}
    return inside.isdisjoint({"table", "ul", "ol", "pre", *_HEADINGS}) and "tr" in inside


def _rows(table: "_Element", tex: re.Pattern[str]) -> Iterator[list[str]]:
    caption = next((node for node in table.iter() if local_name(node) == "caption"), None)
    if caption is not None and (text := _cell(caption, tex)):
        yield [text]
    for row in table.iter():
        if local_name(row) == "tr":
            yield [text for cell in children(row) for text in _spread(cell, tex)]


def _spread(cell: "_Element", tex: re.Pattern[str]) -> list[str]:
    """A cell, and as many empty ones behind it as it spans columns."""
    span = cell.get("colspan") or "1"
    more = min(int(span), 50) - 1 if span.isdecimal() and len(span) < 4 else 0
    return [_cell(cell, tex), *[""] * max(0, more)]


def _cell(cell: "_Element", tex: re.Pattern[str]) -> str:
    return " ".join(block.text.replace("$$ ", "$").replace(" $$", "$") for block in _Flow(tex).blocks(cell))
