"""Signs that people and phones write for the same thing, brought to one spelling before tokens are read.

Unicode minus, times and division signs, superscripts, fractions in one sign, digits of other scripts, invisible marks,
and the few TeX commands that the application itself shows.
"""

import re
import unicodedata
from collections.abc import Callable

_SIGNS = {
    **dict.fromkeys("−–—‐‑‒﹣-", "-"),
    **dict.fromkeys("×⋅·∙•∗＊", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("≤⩽≦", "<="),
    **dict.fromkeys("≥⩾≧", ">="),
    **dict.fromkeys("≠", "!="),
    **dict.fromkeys("′’‘ʼ", "'"),
    **dict.fromkeys("⟨", "<"),
    **dict.fromkeys("⟩", ">"),
    **dict.fromkeys("∣｜", "|"),
    "Π": "Π",
    "π": " pi ",
    "∞": " inf ",
    "√": "√",
    "…": "...",
    "٫": ".",
    "٬": ",",
    "±": "±",
}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿˣ", "0123456789+-nx", strict=True))
_SUPERSCRIPT = re.compile(f"[{''.join(_SUPERSCRIPTS)}]+")
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_SUBSCRIPT = re.compile(f"[{''.join(_SUBSCRIPTS)}]+")
_STARRED = re.compile(r"\*\*")
_GROUP = r"\{([^{}]*)\}"
_TEX_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d)\s*\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP), r"\1 ⟦\2⟧/⟦\3⟧"),
    (re.compile(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP), r"(⟦\1⟧/⟦\2⟧)"),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"(\1/\2)"),
    (re.compile(r"\\sqrt\s*" + _GROUP), r"√(\1)"),
    (re.compile(r"\\(?:text|mathrm|operatorname)\s*" + _GROUP), r" \1 "),
    (re.compile(r"([\^_])\s*" + _GROUP), lambda match: _script(match.group(1), match.group(2))),
)
_TEX_WORDS = {
    **dict.fromkeys(("times", "cdot", "ast"), "*"),
    "div": "/",
    **dict.fromkeys(("le", "leq"), "<="),
    **dict.fromkeys(("ge", "geq"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("lt",), "<"),
    **dict.fromkeys(("gt",), ">"),
    **dict.fromkeys(("left", "right", "quad", "displaystyle", "bigl", "bigr"), " "),
    "infty": " inf ",
    "pm": "±",
    "percent": "%",
    "circ": "°",
    "degree": "°",
}
_TEX_WORD = re.compile(r"\\([A-Za-z]+|.)")
_MAX_TEX_STEPS = 20


def plain(text: str) -> str:
    """``text`` with one spelling for each sign; superscripts become ``^(…)``. TeX becomes linear notation."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_plain_sign, text))
    text = _SUPERSCRIPT.sub(
        lambda match: f"^({''.join(_SUPERSCRIPTS[sign] for sign in match.group())})", text
    )
    text = _SUBSCRIPT.sub(lambda match: "_" + "".join(_SUBSCRIPTS[sign] for sign in match.group()), text)
    if "\\" in text or "{" in text or "$" in text:
        text = _without_tex(text)
    return _STARRED.sub("^", text)


def _plain_sign(sign: str) -> str:
    if sign < "\x7f":
        return max(sign, " ")  # control characters count as spaces
    if (found := _SIGNS.get(sign)) is not None:
        return found
    if sign in _SUPERSCRIPTS or sign in _SUBSCRIPTS:
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in ("Cf", "Mn", "Me"):  # invisible marks, variation selectors
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return _compatible(sign)


def _compatible(sign: str) -> str:
    """Full-width and mathematical letters as plain ones; ``½`` stays, ``°`` stays."""
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _without_tex(text: str) -> str:
    text = text.strip()
    if text.count("$") == 2 and text.startswith("$") and text.endswith("$"):
        text = text[1:-1]
    text = text.replace("\\left", " ").replace("\\right", " ").replace("{,}", ",")
    for _ in range(_MAX_TEX_STEPS):
        before = text
        for pattern, replacement in _TEX_STEPS:
            text = pattern.sub(replacement, text)
        if text == before:
            break
    # Only one number or one letter can do without brackets: 1/2x is half of x.
    text = re.sub(r"⟦(\d+|[^\W\d_])⟧", r"\1", text).replace("⟦", "(").replace("⟧", ")")
    return _TEX_WORD.sub(_tex_word, text)


def _script(mark: str, inner: str) -> str:
    return f"^({inner})" if mark == "^" else f"_{inner}"


def _tex_word(match: re.Match[str]) -> str:
    word = match.group(1)
    if word in _TEX_WORDS:
        return _TEX_WORDS[word]
    if word.isalpha():
        return f" {word} "
    return word if word in "%{}$|" else " "
