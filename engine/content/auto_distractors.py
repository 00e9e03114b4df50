"""Wrong options for an automatic question: terms of the same type that do not fit, as the document itself shows.

A term fits if a sentence says of it nearly what the question says; then it is no wrong option, and a question that it
answers as well as the key is no question.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from engine.content.auto_sentences import Statement
from engine.content.auto_terms import FoundTerm, is_plural, place_of

_WANTED = 3
_FITS = 0.6
"""Share of a question's words that stand in a sentence about another term, from which on that term fits too."""
_COULD_FIT = 0.4
_FUNCTION = frozenset(
    """of in on at to for from by with as is are was were be been has have had can may and or not that which it its
    their his her who when than into but this these they also so if more most other such""".split()
)
_ARTICLE = re.compile(r"\b(?P<article>an?)\s+$", re.IGNORECASE)
_VOWEL = re.compile(r"(?:[aeio]|u(?!ni|s[ae]|ti)|h(?:our|onest|eir))", re.IGNORECASE)


class Distractors:
    """Finds them among the ``terms`` of one document with its statements ``told``."""

    def __init__(self, told: Sequence[Statement], terms: Sequence[FoundTerm]) -> None:
        self._told = told
        self._alike: dict[tuple[str, bool, bool], list[FoundTerm]] = defaultdict(list)
        for term in terms:
            self._alike[term.kind, term.single, term.plural].append(term)
        self._number = {(one.passage.id, one.start): number for number, one in enumerate(told)}
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(told):
            for stem in _content(one.stems):
                self._holding[stem].append(number)
        self._about: dict[int, list[FoundTerm]] = defaultdict(list)
        for term in terms:
            for number in term.statements:
                self._about[number].append(term)

    def only_fits(self, one: Statement, key: FoundTerm) -> bool:
        """Whether no other term fits where ``key`` stands in ``one``."""
        return not any(
            share >= _FITS and not _same(other, key) and place_of(one.text, other.forms) is None
            for other, share in self._fitting(one, key)
        )

    def of(self, one: Statement, key: FoundTerm, written: str) -> tuple[str, ...]:
        """Three wrong options for where ``key`` stands in ``one`` as ``written``; none where there are not enough.

        They have the type and the number of ``key``, and the article before the gap suits all of them, so that grammar
        does not give the answer away.
        """
        before = one.text[: one.text.index(written)]
        article = _ARTICLE.search(before)
        fitting = {other.text for other, share in self._fitting(one, key) if share >= _COULD_FIT}
        found = [
            other
            for other in self._alike[key.kind, key.single, is_plural(written)]
            if (other.marked or not key.marked)
            and (article is None or _begins_with_vowel(other.text) == _begins_with_vowel(written))
            and other.text not in fitting
            and not _same(other, key)
            and place_of(one.text, other.forms) is None
        ]
        found.sort(key=lambda other: (self._distance(one, other), _drawn(f"{one.text} {other.text}")))
        return tuple(other.text for other in found[:_WANTED]) if len(found) >= _WANTED else ()

    def _fitting(self, one: Statement, key: FoundTerm) -> Iterator[tuple[FoundTerm, float]]:
        """Terms with the largest share of what ``one`` says of its key that stands in one sentence about them."""
        said = _content(one.stems - key.stems)
        own = self._number.get((one.passage.id, one.start))
        shared = Counter(number for stem in said for number in self._holding[stem] if number != own)
        for number, count in shared.items():
            if count >= _COULD_FIT * len(said):
                for term in self._about[number]:
                    if term is not key:
                        yield term, count / len(said)

    def _distance(self, one: Statement, other: FoundTerm) -> int:
        """0 for a term of the same passage, 1 of the same section, 2 of elsewhere."""
        near = [self._told[number].passage for number in other.statements]
        if any(passage.id == one.passage.id for passage in near):
            return 0
        return 1 if any(passage.section == one.passage.section for passage in near) else 2


def _content(stems: frozenset[str]) -> frozenset[str]:
    return stems - _FUNCTION


def _same(one: FoundTerm, other: FoundTerm) -> bool:
    """Whether two terms share a word, or a name: one of them would give the other away."""
    return bool(one.stems & other.stems) or bool(
        {*map(str.casefold, one.forms)} & {*map(str.casefold, other.forms)}
    )


def _begins_with_vowel(text: str) -> bool:
    return _VOWEL.match(text) is not None


def _drawn(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
