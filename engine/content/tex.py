"""TeX formulas in a passage: where they are, and whether each keeps to the small language the product draws."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>[^$\n]+?)\$", re.DOTALL)
_LONE_DOLLAR = re.compile(r"(?<!\\)\$")
_COMMAND = re.compile(r"\\([A-Za-z]+\*?|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_SYMBOLS = frozenset(" ,;:!{}%$#&_|\\>")
_ENVIRONMENTS = frozenset(
    {"aligned", "array", "cases", "gathered", "matrix", "pmatrix", "bmatrix", "vmatrix"}
)
_COMMAND_NAMES = (
    # structure and fonts
    "frac dfrac tfrac sqrt binom text textbf textit mathrm mathbf mathit mathbb mathcal mathsf operatorname left right"
    " big Big bigg Bigg bigl bigr Bigl Bigr middle begin end hline overline underline overbrace underbrace overset"
    " underset stackrel xrightarrow xleftarrow hat bar vec tilde dot ddot widehat overrightarrow boxed cancel limits"
    " displaystyle textstyle quad qquad phantom degree prime substack"
    # operators and relations
    " times div cdot pm mp ast star circ bullet oplus otimes leq le geq ge neq ne approx equiv sim simeq cong propto"
    " ll gg in notin ni subset subseteq supset supseteq cup cap setminus emptyset varnothing forall exists neg lnot"
    " land lor wedge vee mid nmid parallel perp angle measuredangle triangle square therefore because"
    # arrows
    " to rightarrow leftarrow leftrightarrow longrightarrow longleftarrow Rightarrow Leftarrow Leftrightarrow implies"
    " iff mapsto uparrow downarrow updownarrow rightleftharpoons nearrow searrow"
    # big operators, functions, dots, delimiters
    " sum prod int iint oint lim sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp min max sup"
    " inf gcd lcm det dim deg mod bmod pmod ldots cdots dots vdots ddots lfloor rfloor lceil rceil langle rangle lvert"
    " rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack backslash infty partial nabla hbar ell Re Im"
    # letters
    " alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho"
    " sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi"
    " Omega"
)
_COMMANDS = frozenset(_COMMAND_NAMES.split())


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its dollar signs; ``start`` and ``end`` include them."""

    tex: str
    display: bool
    start: int
    end: int


def formulas(text: str) -> Iterator[Formula]:
    """The formulas of ``text``, in order."""
    for match in _FORMULA.finditer(text):
        display = match.group("display") is not None
        yield Formula(match.group("display" if display else "inline"), display, match.start(), match.end())


def blank_formulas(text: str) -> str:
    """``text`` with each formula replaced by as many "x", line ends kept: for those who read only the prose."""
    return _FORMULA.sub(lambda match: re.sub(r"[^\n]", "x", match.group()), text)


def lone_dollar(text: str) -> int | None:
    """Position of a dollar sign that belongs to no formula and has no backslash before it; None if there is none."""
    match = _LONE_DOLLAR.search(blank_formulas(text))
    return match.start() if match else None


def tex_problem(tex: str) -> str | None:
    """What is wrong with the formula ``tex``; None if nothing is."""
    for command in _COMMAND.findall(tex):
        if command not in _COMMANDS and command not in _SYMBOLS:
            return f"The command \\{command} is not among those that can be drawn."
    return _pairing_problem(tex)


def _pairing_problem(tex: str) -> str | None:
    depth = 0
    for brace in re.findall(r"[{}]", _COMMAND.sub(_without_braces, tex)):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        return "The braces do not pair."
    if len(re.findall(r"\\left(?![A-Za-z])", tex)) != len(re.findall(r"\\right(?![A-Za-z])", tex)):
        return "\\left and \\right do not pair."
    opened: list[str] = []
    for kind, name in _ENVIRONMENT.findall(tex):
        if name not in _ENVIRONMENTS:
            return f"The environment {name} is not among those that can be drawn."
        if kind == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            return "\\begin and \\end do not pair."
    return "\\begin and \\end do not pair." if opened else None


def _without_braces(match: re.Match[str]) -> str:
    return "" if match.group(1) in "{}" else match.group()
