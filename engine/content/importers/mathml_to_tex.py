"""MathML to TeX, as far as school and university textbooks use it.

TeX that the document carries itself, as an annotation, is taken instead. What is not known keeps its content.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.content.importers.tex_symbols import ACCENTS, tex_name, tex_text, tex_words
from engine.content.importers.xml_tree import children, local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEX_ENCODINGS = frozenset({"application/x-tex", "application/x-latex", "latex", "tex"})
_SKIPPED = frozenset(
    {"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none", "mprescripts"}
)
_LARGE = frozenset(
    {"\\sum", "\\prod", "\\int", "\\iint", "\\oint", "\\lim", "\\max", "\\min", "\\sup", "\\inf"}
)
_INFIX = {
    "plus": "+", "minus": "-", "times": "\\cdot ", "eq": "=", "neq": "\\neq ", "lt": "<", "gt": ">", "leq": "\\leq ",
    "geq": "\\geq ",
}  # fmt: skip


def mathml_to_tex(math: "_Element") -> str:
    """TeX of a ``math`` element, without dollar signs; empty when it holds nothing."""
    annotation = _annotation(math)
    return " ".join((annotation or _row(math)).split())


def _annotation(math: "_Element") -> str:
    for node in math.iter():
        if local_name(node) == "annotation" and (node.get("encoding") or "").lower() in _TEX_ENCODINGS:
            tex = (node.text or "").strip().strip("$").strip()
            return (
                tex.removeprefix("{\\displaystyle").removesuffix("}").strip()
                if "{\\displaystyle" in tex
                else tex
            )
    return ""


def _convert(node: "_Element") -> str:
    name = local_name(node)
    if name in _SKIPPED:
        return ""
    leaf = _LEAVES.get(name)
    if leaf is not None:
        return leaf(text_of(node))
    compound = _COMPOUNDS.get(name)
    return compound(node) if compound is not None else _row(node)


def _row(node: "_Element") -> str:
    parts = children(node)
    return "".join(_convert(part) for part in parts) if parts else tex_text(text_of(node))


def _parts(node: "_Element", count: int) -> list[str]:
    found = [_convert(part).strip() for part in children(node)]
    return (found + [""] * count)[:count]


def _script(node: "_Element", *marks: str) -> str:
    base, *scripts = _parts(node, len(marks) + 1)
    if not base and not any(scripts):
        return ""
    tail = "".join(f"{mark}{{{script}}}" for mark, script in zip(marks, scripts, strict=True) if script)
    return _base(base) + tail + (" " if not tail else "")


def _base(tex: str) -> str:
    """What a script hangs on: one thing as it is, more in braces."""
    single = len(tex) <= 1 or (tex[1:].isalpha() and tex[0] == "\\") or tex.isdigit() or tex[-1] in ")]|}"
    return tex if single else f"{{{tex}}}"


def _fraction(node: "_Element") -> str:
    above, below = _parts(node, 2)
    if (node.get("linethickness") or "").rstrip("pxemt") in ("0", "0."):
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(node: "_Element") -> str:
    radicand, degree = _parts(node, 2)
    return f"\\sqrt[{degree}]{{{radicand}}}"


def _over(node: "_Element") -> str:
    base, over = _parts(node, 2)
    accent = ACCENTS.get(text_of(children(node)[1]).strip()) if len(children(node)) > 1 else None
    if accent == "bar" and len(base) > 1 and not base.startswith("\\"):
        accent = "overline"
    if accent is not None:
        return f"\\{accent}{{{base}}}"
    return f"{base}^{{{over}}}" if base in _LARGE else f"\\overset{{{over}}}{{{base}}}"


def _under(node: "_Element") -> str:
    base, under = _parts(node, 2)
    if text_of(children(node)[1]).strip() in ("_", "¯", "̲", "―") if len(children(node)) > 1 else False:
        return f"\\underline{{{base}}}"
    return f"{base}_{{{under}}}" if base in _LARGE else f"\\underset{{{under}}}{{{base}}}"


def _under_over(node: "_Element") -> str:
    base, under, over = _parts(node, 3)
    return f"{base}_{{{under}}}^{{{over}}}"


def _fenced(node: "_Element") -> str:
    opening, closing = node.get("open", "("), node.get("close", ")")
    separators = (node.get("separators", ",") or "").strip()
    inside = (f"{separators[0]} " if separators else "").join(_convert(part) for part in children(node))
    return f"\\left{tex_text(opening) or '.'}{inside}\\right{tex_text(closing) or '.'}"


def _table(node: "_Element") -> str:
    rows = [
        " & ".join(_row(cell).strip() for cell in children(row) if local_name(cell) == "mtd")
        for row in children(node)
        if local_name(row) in ("mtr", "mlabeledtr")
    ]
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


def _space(_node: "_Element") -> str:
    return " "


def _apply(node: "_Element") -> str:
    """Content MathML: an operator and what it is applied to."""
    parts = children(node)
    if not parts:
        return ""
    operator, arguments = local_name(parts[0]), [_convert(part).strip() for part in parts[1:]]
    if operator == "divide" and len(arguments) == 2:
        return f"\\frac{{{arguments[0]}}}{{{arguments[1]}}}"
    if operator == "power" and len(arguments) == 2:
        return f"{_base(arguments[0])}^{{{arguments[1]}}}"
    if operator in _INFIX:
        sign = _INFIX[operator]
        return sign + arguments[0] if len(arguments) == 1 else sign.join(arguments)
    return _row(node)


_LEAVES: dict[str, Callable[[str], str]] = {
    "mi": tex_name,
    "ci": tex_name,
    "mn": lambda text: tex_text(text.strip()),
    "cn": lambda text: tex_text(text.strip()),
    "mo": lambda text: tex_name(text.strip()),
    "mtext": tex_words,
    "ms": tex_words,
    "infinity": lambda _text: "\\infty ",
}
_COMPOUNDS: dict[str, Callable[["_Element"], str]] = {
    "mfrac": _fraction,
    "msqrt": lambda node: f"\\sqrt{{{_row(node).strip()}}}",
    "mroot": _root,
    "msup": lambda node: _script(node, "^"),
    "msub": lambda node: _script(node, "_"),
    "msubsup": lambda node: _script(node, "_", "^"),
    "munder": _under,
    "mover": _over,
    "munderover": _under_over,
    "mfenced": _fenced,
    "mtable": _table,
    "mspace": _space,
    "apply": _apply,
    "reln": _apply,
}
