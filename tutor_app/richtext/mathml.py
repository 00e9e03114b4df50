"""TeX as MathML by latex2mathml, with what it says wrongly put right before ziamath typesets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROW_GAP = "0.5em"
_COLUMN_GAP = "0.8em"
_THICK, _MEDIUM, _NARROW, _THIN, _HAIR = "0.2778em", "0.2222em", "0.1667em", "0.12em", "0.05em"
_SIGNS = frozenset("-+−±∓")
_BINARY = frozenset("×÷∪∩∧∨")
_ARROWS = frozenset("⟺⟹⟸⟶⟵")
_QUANTIFIERS = frozenset("∀∃¬")
_BETWEEN = frozenset(",;")
_CLOSING = frozenset(")]}⟩|‖!′⌋⌉%")
_ROWS = frozenset({"math", "mrow", "mtd"})
_SPACES = frozenset({"mspace", "mstyle"})


def mathml(tex: str, *, display: bool) -> Element:
    """``tex`` as an element tree without namespaces.

    Raises:
        Exception: any at all, where the TeX is broken.
    """
    from xml.etree import ElementTree as ET

    from ziamath.escapes import unescape
    from ziamath.tex import tex2mml
    from ziamath.zmath import denamespace

    math: Element = denamespace(ET.fromstring(str(unescape(tex2mml(tex, inline=not display)))))  # noqa: S314 - ours
    _unwrap(math)
    for parent in list(math.iter()):
        _mend_row(parent)
        if parent.tag == "mtable":
            _mend_table(parent)
    return math


def cost(math: Element, rows: int = 0) -> int:
    """How long typesetting takes, about a quarter of a millisecond each: ziamath sets what is in a row twice."""
    rows += math.tag in _ROWS
    return (1 << rows) + sum(cost(child, rows) for child in math)


def letters(math: Element) -> str:
    """All characters that are drawn."""
    return "".join(element.text or "" for element in math.iter() if not len(element))


def _unwrap(element: Element) -> None:
    """Take rows away that hold one thing, and the one that holds everything."""
    for at, child in enumerate(list(element)):
        _unwrap(child)
        if child.tag == "mrow" and len(child) == 1 and child[0].tag not in ("mo", "mtable"):
            element[at] = child[0]
    if element.tag == "math" and len(element) == 1 and element[0].tag == "mrow":
        element[:] = list(element[0])


def _mend_row(parent: Element) -> None:
    before: Element | None = None
    for child in list(parent):
        sign = child.text or ""
        if child.tag in ("mo", "mi") and sign in _SIGNS and not _ends_operand(before):
            child.tag = "mo"
            child.set("form", "prefix")
        elif child.tag in ("mo", "mi") and sign in _BETWEEN and len(parent) > 1:  # alone: of a decimal number
            child.tag = "mo"
            _space(child, "0em", _NARROW)
        elif child.tag == "mo" and sign in _BINARY:
            _space(child, _MEDIUM, _MEDIUM)
        elif child.tag == "mo" and sign in _ARROWS:
            _space(child, _THICK, _THICK)
        elif child.tag in ("mo", "mi") and sign in _QUANTIFIERS:
            child.tag = "mo"
            _space(child, "0em", _HAIR)
        elif (
            before is not None
            and _is_function(before)
            and child.tag in ("mi", "mn", "mfrac", "msup", "msqrt")
        ):
            parent.insert(list(parent).index(child), _gap(child))
        before = child


def _mend_table(table: Element) -> None:
    if table.get("rowspacing") == "3pt":
        table.set("rowspacing", _ROW_GAP)
    if table.get("columnspacing") is None:
        table.set("columnspacing", _COLUMN_GAP)


def _space(operator: Element, left: str, right: str) -> None:
    operator.set("lspace", left)
    operator.set("rspace", right)


def _gap(like: Element) -> Element:
    return like.makeelement("mspace", {"width": _THIN})


def _is_function(element: Element) -> bool:
    """Whether it is the name of a function with an index or a power: ziamath sets what follows close to that."""
    if element.tag not in ("msub", "msup", "msubsup") or not len(element):
        return False
    name = element[0].text or ""
    return element[0].tag == "mi" and len(name) > 1 and name.isalpha()


def _ends_operand(element: Element | None) -> bool:
    """Whether what stands before a sign makes it one between two things."""
    if element is None or element.tag in _SPACES:
        return False
    if element.tag in ("mo", "mi") and not (element.text or "").strip() and not len(element):
        return False
    return element.tag != "mo" or (element.text or "") in _CLOSING
