"""What the styles and numbering of a Word file say: which paragraphs are headings, which are list items."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.content.importers.xml_tree import children, find_child, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_BASES = 20
_BULLETS = frozenset({"bullet", "none"})


def value(node: "_Element | None", name: str) -> str:
    """The ``val`` of the child ``name``; empty if there is none."""
    found = find_child(node, name) if node is not None else None
    return attribute(found, "val") if found is not None else ""


def attribute(node: "_Element", name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(text) for key, text in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str
    outline: str
    numbering: str
    level: str


@dataclass(slots=True)
class Styles:
    """The document's paragraph styles and lists."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _formats: dict[tuple[str, str], str] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[tuple[str, int], int] = field(default_factory=dict)

    def read_styles(self, root: "_Element") -> None:
        """Take in ``styles.xml``."""
        for node in children(root):
            if local_name(node) == "style":
                properties = find_child(node, "ppr")
                numbering = find_child(properties, "numpr") if properties is not None else None
                self._styles[attribute(node, "styleId")] = _Style(
                    value(node, "name").lower(),
                    value(node, "basedon"),
                    value(properties, "outlinelvl"),
                    value(numbering, "numid"),
                    value(numbering, "ilvl"),
                )

    def read_numbering(self, root: "_Element") -> None:
        """Take in ``numbering.xml``."""
        abstract: dict[str, dict[str, str]] = {}
        for node in children(root):
            if local_name(node) == "abstractnum":
                levels = {
                    attribute(level, "ilvl"): value(level, "numfmt")
                    for level in children(node)
                    if local_name(level) == "lvl"
                }
                abstract[attribute(node, "abstractNumId")] = levels
            elif local_name(node) == "num":
                self._read_list(node, abstract)

    def _read_list(self, node: "_Element", abstract: dict[str, dict[str, str]]) -> None:
        own, kind = attribute(node, "numId"), value(node, "abstractnumid")
        self._lists[own] = kind
        for level, number_format in abstract.get(kind, {}).items():
            self._formats[own, level] = number_format
        for override in children(node):
            level, start = attribute(override, "ilvl"), value(override, "startoverride")
            if level.isdecimal() and start.isdecimal():
                self._restarts[own, int(level)] = int(start)

    def name(self, properties: "_Element | None") -> str:
        """Name of the paragraph's style in lower case: Word's built-in names are the same in every language."""
        style = self._styles.get(value(properties, "pstyle"))
        return style.name if style is not None else ""

    def heading_level(self, properties: "_Element | None") -> int:
        """1 and more for a heading, 0 for other text."""
        outline = value(properties, "outlinelvl")
        for style in self._chain(properties):
            if style.name.startswith("heading ") and style.name[8:].isdecimal():
                return int(style.name[8:])
            outline = outline or style.outline
        return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0

    def list_item(self, properties: "_Element | None") -> tuple[int, int | None] | None:
        """(nesting, number or None for a bullet) of a list item; None for other text."""
        own = find_child(properties, "numpr") if properties is not None else None
        numbering, level = value(own, "numid"), value(own, "ilvl")
        for style in self._chain(properties):
            numbering, level = numbering or style.numbering, level or style.level
        if not numbering or numbering == "0":
            return None
        depth = int(level) if level.isdecimal() else 0
        kind = self._formats.get((numbering, str(depth)), "bullet")
        return depth, None if kind in _BULLETS else self._count(numbering, depth)

    def _count(self, numbering: str, depth: int) -> int:
        """The next number. Lists of one kind count on, unless one says where it starts."""
        shared = self._lists.get(numbering, numbering)
        for key in [key for key in self._counters if key[0] == shared and key[1] > depth]:
            del self._counters[key]
        start = self._restarts.pop((numbering, depth), None)
        number = self._counters.get((shared, depth), 0) + 1 if start is None else start
        self._counters[shared, depth] = number
        return number

    def _chain(self, properties: "_Element | None") -> list[_Style]:
        """The paragraph's style and those that it is based on."""
        chain: list[_Style] = []
        identifier = value(properties, "pstyle")
        while identifier in self._styles and len(chain) < _MAX_BASES:
            chain.append(self._styles[identifier])
            identifier = chain[-1].base
        return chain
