"""What a text says: its numbers, formulas and words, in forms that can be compared.

Numbers are found in digits, in words and in formulas. Words are compared by their stems.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from engine.answers.expression import evaluate_number, parse_learner
from engine.answers.number_words import WORDS, number_in_words
from engine.answers.spelling import plain
from engine.answers.tokens import MAX_LENGTH
from engine.answers.tree import Comparison, Logic, Name, Node, Number, names
from engine.errors import ExpressionError

_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$([^$\n]+?)\$", re.DOTALL)
_QUOTED = re.compile(r"“([^”]{3,})”|\"([^\"]{3,})\"|‘([^’]{3,})’")
_NUMBER = re.compile(
    r"(?<![\w.])"
    r"(?:\d+ \d+/\d+|\d*\s?[¼-¾⅐-⅞]|\d+/\d+|\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)"
    r"(?:\s?(?:%|percent\b|per cent\b))?"
    r"(?![\d])"
)
_MATHS = re.compile(r"(?:[0-9.,()\[\]+*/^=<>%√|!-]|(?<![A-Za-z'])[A-Za-z](?![A-Za-z'])|\s)+")
_MORE_THAN_LETTERS = re.compile(r"[-+*/^=<>()0-9]")
_UNIT_POWER = re.compile(r"(?<=[A-Za-z])\^\(?-?\d\)?")  # of m/s^2
_ARTICLE = re.compile(r"^(?:[aAI]\s+)+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER_RUN = re.compile(
    rf"\b(?:(?:a|an|{'|'.join(sorted(WORDS, key=len, reverse=True))}|minus|negative)\b(?:[\s-]+and\b)?[\s-]*)+",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|hundredth|thousandth)s?"
)
_PRONOUN_BEFORE = re.compile(
    r"\b(?:this|that|which|each|every|no|any|another|other|only|same|the|by)\s*$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"^\s*(?:[.,;:!?)]|$)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_ARTICLES = frozenset({"a", "an", "the"})
_STEMMED = 4  # letters; a shorter word is a symbol, or too short to have endings


class Formula(NamedTuple):
    """A formula as it is written, what it says, and whether it stands in the prose, without dollar signs."""

    written: str
    node: Node
    in_prose: bool


class Said:
    """One text.

    Args:
        text: Markdown, with formulas between dollar signs.
        quoted_from: what stands in quotation marks and is found there word for word is passed over.
    """

    def __init__(self, text: str, *, quoted_from: str = "") -> None:
        self.text = _without_quotations(text, quoted_from) if quoted_from else text
        self._prose = _FORMULA.sub(" ", self.text)

    @property
    def is_number(self) -> bool:
        """Whether it is a number, or a formula, and nothing else."""
        if not self._prose.strip(" ."):
            return True
        try:
            parse_learner(self.text.strip(" ."), known=())
        except ExpressionError:
            return number_in_words(self.text) is not None
        return any(sign.isdigit() for sign in self.text)

    def numbers(self) -> Iterator[tuple[str, Fraction | float]]:
        """The numbers in the prose, as they stand there and by value; with a minus sign before it, both values."""
        line = (
            plain(self._prose.replace("per cent", "%").replace("percent", "%")) if self._has_digits() else ""
        )
        line = _UNIT_POWER.sub(" ", line)
        for match in _NUMBER.finditer(line):
            written = match.group().strip()
            value = _value(written)
            if value is None:
                continue
            yield written, value
            if line[: match.start()].rstrip().endswith("-"):
                yield f"-{written}", -value
        yield from self._numbers_in_words()

    def formulas(self) -> Iterator[Formula]:
        """The formulas that can be read, between dollar signs or in the prose."""
        return iter(_formulas(self.text))

    def formula_texts(self) -> frozenset[str]:
        """Its formulas as they are written, without spaces."""
        return frozenset("".join(formula.written.split()) for formula in self.formulas())

    def phrase(self, stems: tuple[str, ...]) -> str | None:
        """The words that ``stems`` stand for, if they stand here next to each other."""
        found = _tokens(self.text)
        for place, token in enumerate(found):
            if token[1] == stems[0] and tuple(stem for _, stem in found[place : place + len(stems)]) == stems:
                return " ".join(word for word, _ in found[place : place + len(stems)])
        return None

    def in_one_sentence(self, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
        """Whether both phrases stand in the same sentence."""
        return any(
            _position(stems_of(sentence), left, 0) >= 0 and _position(stems_of(sentence), right, 0) >= 0
            for sentence in _SENTENCE_END.split(self.text)
        )

    def in_order(self, phrases: tuple[tuple[str, ...], ...]) -> bool:
        """Whether all phrases stand here, one after the other."""
        stems, at = stems_of(self.text), 0
        for phrase in phrases:
            place = _position(stems, phrase, at) if phrase else -1
            if place < 0:
                return False
            at = place + len(phrase)
        return True

    def _has_digits(self) -> bool:
        return any(sign.isnumeric() for sign in self._prose)

    def _numbers_in_words(self) -> Iterator[tuple[str, Fraction]]:
        for match in _NUMBER_RUN.finditer(self._prose):
            written = match.group().strip(" -\n")
            lower = written.casefold().removesuffix(" and").removesuffix(" a").removesuffix(" an")
            if lower in ("a", "an") or _ORDINAL.fullmatch(lower):
                continue
            if lower == "one" and self._is_pronoun(match):
                continue
            value = number_in_words(lower)
            if value is not None:
                yield written, value

    def _is_pronoun(self, match: re.Match[str]) -> bool:
        """Whether ``one`` names no number: "one piece", "which one", unlike "it is one"."""
        after = _CLAUSE_END.search(self._prose[match.end() :].lstrip())
        return after is None or _PRONOUN_BEFORE.search(self._prose[: match.start()]) is not None


@lru_cache(maxsize=8192)
def stems_of(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text``, without articles."""
    return tuple(stem for _, stem in _tokens(text))


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[tuple[str, str], ...]:
    words = (match.group().replace("’", "'") for match in _WORD.finditer(text))
    return tuple((word, _stem(word)) for word in words if word.casefold() not in _ARTICLES)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """Symbols, which are short, keep their capitals: N is no n."""
    if len(word) < _STEMMED:
        return word.casefold() if len(word) > 2 else word
    import snowballstemmer

    stem: str = snowballstemmer.stemmer("english").stemWord(word.casefold().removesuffix("'s"))
    return stem


@lru_cache(maxsize=1024)
def _formulas(text: str) -> tuple[Formula, ...]:
    return tuple(_formulas_in(text))


def _formulas_in(text: str) -> Iterator[Formula]:
    for match in _FORMULA.finditer(text):
        tex = match.group(1) or match.group(2)
        for part in tex.replace(r"\quad", ",").split(","):
            if (node := _read(part.strip())) is not None:
                yield Formula(part.strip(), node, in_prose=False)
    for match in _MATHS.finditer(plain(_FORMULA.sub(" ", text))):
        written = _ARTICLE.sub("", match.group().strip(" ,.!|"))
        if len(written) > 1 and _MORE_THAN_LETTERS.search(written):
            node = _read(written)
            if node is not None and not isinstance(node, Name | Number):
                yield Formula(written, node, in_prose=True)


@lru_cache(maxsize=8192)
def _read(text: str) -> Node | None:
    if len(text) > MAX_LENGTH:
        return None
    try:
        return parse_learner(text)
    except ExpressionError:
        return None


@lru_cache(maxsize=8192)
def _value(text: str) -> Fraction | float | None:
    node = _read(text)
    if node is None or names(node) or isinstance(node, Comparison | Logic):
        return None
    try:
        return evaluate_number(node)
    except ExpressionError:
        return None


def _position(stems: tuple[str, ...], phrase: tuple[str, ...], start: int) -> int:
    for place in range(start, len(stems) - len(phrase) + 1):
        if stems[place : place + len(phrase)] == phrase:
            return place
    return -1


def _without_quotations(text: str, source: str) -> str:
    """``text`` with a blank for every quotation that stands in ``source`` word for word."""
    whole = " ".join(source.split())

    def blank(match: re.Match[str]) -> str:
        inner = " ".join(next(group for group in match.groups() if group is not None).split())
        return " " if inner.strip(" .…") in whole else match.group()

    return _QUOTED.sub(blank, text)
