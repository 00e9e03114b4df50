"""Unicode characters of formulas as TeX, for the readers of MathML and of Word's formulas."""

import unicodedata

_GREEK = {
    chr(code): f"\\{name}"
    for code, name in zip(
        range(0x3B1, 0x3CA),
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma
    tau upsilon phi chi psi omega""".split(),
        strict=True,
    )
}
_CAPITALS = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_NAMED = {
    "±": "pm", "∓": "mp", "×": "times", "÷": "div", "⋅": "cdot", "·": "cdot", "∙": "cdot", "∗": "ast", "∘": "circ",
    "•": "bullet", "≤": "leq", "≥": "geq", "⩽": "leq", "⩾": "geq", "≠": "neq", "≈": "approx", "≡": "equiv",
    "∼": "sim", "≃": "simeq", "≅": "cong", "∝": "propto", "≪": "ll", "≫": "gg", "∈": "in", "∉": "notin", "∋": "ni",
    "⊂": "subset", "⊆": "subseteq", "⊃": "supset", "⊇": "supseteq", "∪": "cup", "∩": "cap", "∅": "emptyset",
    "∀": "forall", "∃": "exists", "¬": "neg", "∧": "wedge", "∨": "vee", "∣": "mid", "∥": "parallel", "⊥": "perp",
    "∠": "angle", "△": "triangle", "∴": "therefore", "∵": "because", "→": "to", "←": "leftarrow",
    "↔": "leftrightarrow", "⟶": "longrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow", "⇔": "Leftrightarrow",
    "↦": "mapsto", "↑": "uparrow", "↓": "downarrow", "⇌": "rightleftharpoons", "∑": "sum", "∏": "prod", "∫": "int",
    "∬": "iint", "∮": "oint", "∞": "infty", "∂": "partial", "∇": "nabla", "ℏ": "hbar", "ℓ": "ell", "ℜ": "Re",
    "ℑ": "Im", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil",
    "⌉": "rceil", "⟨": "langle", "⟩": "rangle", "〈": "langle", "〉": "rangle", "‖": "Vert", "′": "prime",
    "°": "degree",
    "∖": "setminus", "⊕": "oplus", "⊗": "otimes", "ϕ": "phi", "ϵ": "varepsilon", "ϑ": "vartheta", "ϱ": "varrho",
}  # fmt: skip
_PLAIN = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "∕": "/", "⁄": "/", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "",
    "\u200b": "", "\u00a0": " ", "\u2009": " ", "\u2003": " ", "ο": "o", "“": "``", "”": "''", "’": "'",
    "{": "\\{", "}": "\\}", "%": "\\%", "$": "\\$", "#": "\\#", "&": "\\&", "_": "\\_",
    "~": "\\sim ", "\\": "\\backslash ",
}  # fmt: skip
_DOUBLE_STRUCK = {"ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℂ": "C", "ℙ": "P"}
FUNCTIONS = frozenset(
    """sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf gcd det
    dim deg mod""".split(),
)
ACCENTS = {
    "\u0302": "hat", "^": "hat", "ˆ": "hat", "\u0304": "bar", "¯": "bar", "‾": "bar", "\u0305": "overline", "ˉ": "bar",
    "_": "bar", "―": "bar", "→": "vec", "\u20d7": "vec", "~": "tilde", "˜": "tilde", "\u0303": "tilde",
    "˙": "dot", "\u0307": "dot", "¨": "ddot", "\u0308": "ddot", "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip


def tex_text(text: str) -> str:
    """Characters of a formula as TeX. Commands end with a space, so that a letter may follow."""
    return "".join(_tex_character(character) for character in unicodedata.normalize("NFC", text))


def tex_name(text: str) -> str:
    """An identifier: one letter as it is, a known function as its command, other words upright."""
    bare = unicodedata.normalize("NFKC", text.replace("\u2061", "")).strip()
    if bare in FUNCTIONS:
        return "\\bmod " if bare == "mod" else f"\\{bare} "
    if len(bare) > 1 and bare.isalpha() and bare.isascii():
        return f"\\mathrm{{{bare}}}"
    return tex_text(bare)


def tex_words(text: str) -> str:
    """Words inside a formula."""
    if not text.strip():
        return " "
    cleaned = "".join(_plain_character(character) for character in text)
    return f"\\text{{{cleaned}}}"


def _tex_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character in _DOUBLE_STRUCK:
        return f"\\mathbb{{{_DOUBLE_STRUCK[character]}}}"
    command = _NAMED.get(character) or _CAPITALS.get(character)
    if command:
        return f"\\{command} "
    if character in _GREEK:
        return f"{_GREEK[character]} "
    if 0x1D400 <= ord(character) <= 0x1D7FF:
        return tex_text(unicodedata.normalize("NFKC", character))
    return character


def _plain_character(character: str) -> str:
    if character in "{}$#&%_":
        return f"\\{character}"
    return "" if character == "\\" else character
