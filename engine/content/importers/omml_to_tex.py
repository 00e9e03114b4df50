"""Word's formulas (OMML, also written by LibreOffice) to TeX. What is not known keeps its content."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.content.importers.tex_symbols import ACCENTS, FUNCTIONS, tex_name, tex_text, tex_words
from engine.content.importers.xml_tree import children, find_child, local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_INTEGRAL = "∫"
_DELIMITERS = {"": ".", "{": "\\{", "}": "\\}", "⟨": "\\langle ", "⟩": "\\rangle ", "‖": "\\Vert "}


def omml_to_tex(math: "_Element") -> str:
    """TeX of an ``oMath`` element, without dollar signs."""
    return " ".join(_row(math).split())


def _row(node: "_Element") -> str:
    return "".join(_convert(part) for part in children(node))


def _convert(node: "_Element") -> str:
    name = local_name(node)
    if name == "r":
        return _run(node)
    compound = _COMPOUNDS.get(name)
    if compound is not None:
        return compound(node)
    return "" if name.endswith("pr") and name != "spr" else _row(node)


def _run(node: "_Element") -> str:
    text = "".join(text_of(part) for part in children(node) if local_name(part) == "t")
    properties = find_child(node, "rpr")
    normal = properties is not None and find_child(properties, "nor") is not None
    if normal and len(text.strip()) > 1 and any(character.isalpha() for character in text):
        return f"{tex_name(text)}" if text.strip() in FUNCTIONS else tex_words(text)
    return tex_name(text) if text.strip() in FUNCTIONS else tex_text(text)


def _part(node: "_Element", name: str) -> str:
    found = find_child(node, name)
    return _row(found).strip() if found is not None else ""


def _property(node: "_Element", group: str, name: str, default: str) -> str:
    """A property's value; ``default`` if it is not given."""
    properties = find_child(node, group)
    found = find_child(properties, name) if properties is not None else None
    if found is None:
        return default
    return next((str(value) for key, value in found.attrib.items() if str(key).endswith("val")), default)


def _braced(tex: str) -> str:
    return tex if len(tex) <= 1 or tex.isdigit() or (tex[0] == "\\" and tex[1:].isalpha()) else f"{{{tex}}}"


def _fraction(node: "_Element") -> str:
    above, below = _part(node, "num"), _part(node, "den")
    if _property(node, "fpr", "type", "bar") == "noBar":
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _script(node: "_Element") -> str:
    below, above = _part(node, "sub"), _part(node, "sup")
    tail = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return _braced(_part(node, "e")) + tail


def _root(node: "_Element") -> str:
    degree = _part(node, "deg")
    return f"\\sqrt{f'[{degree}]' if degree else ''}{{{_part(node, 'e')}}}"


def _large(node: "_Element") -> str:
    sign = tex_text(_property(node, "narypr", "chr", _INTEGRAL)).strip()
    below, above = _part(node, "sub"), _part(node, "sup")
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{sign}{limits} {_part(node, 'e')}"


def _delimited(node: "_Element") -> str:
    opening = _property(node, "dpr", "begchr", "(")
    closing = _property(node, "dpr", "endchr", ")")
    separator = tex_text(_property(node, "dpr", "sepchr", "|"))
    inside = separator.join(_row(part).strip() for part in children(node) if local_name(part) == "e")
    return f"\\left{_DELIMITERS.get(opening, opening)}{inside}\\right{_DELIMITERS.get(closing, closing)}"


def _function(node: "_Element") -> str:
    return f"{_part(node, 'fname')} {_part(node, 'e')}"


def _accent(node: "_Element") -> str:
    sign = _property(node, "accpr", "chr", "\u0302")
    return f"\\{ACCENTS.get(sign, 'hat')}{{{_part(node, 'e')}}}"


def _bar(node: "_Element") -> str:
    command = "overline" if _property(node, "barpr", "pos", "bot") == "top" else "underline"
    return f"\\{command}{{{_part(node, 'e')}}}"


def _group(node: "_Element") -> str:
    sign = _property(node, "groupchrpr", "chr", "⏟")
    return f"\\{ACCENTS.get(sign, 'underbrace')}{{{_part(node, 'e')}}}"


def _limit(node: "_Element") -> str:
    base, limit = _part(node, "e"), _part(node, "lim")
    below = local_name(node) == "limlow"
    if base.lstrip("\\") in FUNCTIONS:
        return f"{base}{'_' if below else '^'}{{{limit}}}"
    return f"\\{'underset' if below else 'overset'}{{{limit}}}{{{base}}}"


def _matrix(node: "_Element") -> str:
    rows = [
        " & ".join(_row(cell).strip() for cell in children(row))
        for row in children(node)
        if local_name(row) == "mr"
    ]
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


def _lines(node: "_Element") -> str:
    lines = [_row(part).strip() for part in children(node) if local_name(part) == "e"]
    return "\\begin{aligned} " + " \\\\ ".join(lines) + " \\end{aligned}"


_COMPOUNDS: dict[str, Callable[["_Element"], str]] = {
    "f": _fraction,
    "ssup": _script,
    "ssub": _script,
    "ssubsup": _script,
    "spre": _script,
    "rad": _root,
    "nary": _large,
    "d": _delimited,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "groupchr": _group,
    "limlow": _limit,
    "limupp": _limit,
    "m": _matrix,
    "eqarr": _lines,
    "phant": lambda _node: "",
}
