"""Whether a sentence is supported by what was found, near-extractively, and by which quote.

A sentence passes when it could have been made from one source sentence (or from two of one passage, one after the
other) by leaving words out: its words that carry meaning stand there in the same order, with few gaps. Numbers,
negations, comparisons, conditions and hedges count as such words, and may not be left out of the part that is used
either; nor may "some learners think that" be cut off in front of it. Nor may what is said of one thing become said of
another by leaving out the words between: "a badger digs a sett, which is a system of tunnels" supports no badger that
is one. A formula is kept whole. What a model may add is a short lead-in, and another name of a glossary term. Looser
overlap lets three quarters of swapped words through.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.rag.retrieval import Retrieval, ScoredPassage
from engine.rag.words import NUMBER_WORDS, STOP_WORDS, stem, words
from engine.sentences import formulas_and_code, sentence_spans
from engine.types import Citation, Term

_NEGATIONS = frozenset(
    """no not never none nor neither without cannot nobody nothing nowhere hardly barely isn aren wasn weren don doesn
    didn won wouldn couldn shouldn hasn haven hadn""".split()
)
_HEDGES = frozenset(
    """some few sometimes may might could possibly perhaps probably rarely seldom unless if think thinks thought believe
    believes believed claim claims claimed suppose supposed supposedly myth mistake mistakenly wrong wrongly false
    incorrect untrue almost nearly""".split()
)
_RELATIONS = frozenset(
    """more less most least fewer greater smaller before after above below over under up down because so therefore thus
    although but than until only all every each always both either same inside outside between against
    into out onto""".split()
)
_REASONS = frozenset(("because", "so", "therefore", "thus"))
_POLAR = _NEGATIONS | _HEDGES | _RELATIONS
_DENIALS = _NEGATIONS | _HEDGES | {"but"}
_LEAD_IN = frozenset(
    stem(word)
    for word in """remember notice note look think recall see here short simply simple word words mean means
    example instance called passage source text according book lesson say says said tell tells good great yes put way
    idea main basically also""".split()
)
_SAME = {
    stem(word): stem(other)
    for word, other in {
        "begin": "start", "begins": "start", "began": "start", "big": "large", "show": "display", "shows": "display",
        "use": "utilize", "need": "require", "needs": "require", "help": "aid", "get": "obtain", "gets": "obtain",
        "buy": "purchase", "kind": "type", "sort": "type", "quick": "fast", "quickly": "fast", "happen": "occur",
        "happens": "occur", "build": "construct", "keep": "retain", "give": "provide", "gives": "provide",
        "change": "alter", "whole": "entire", "child": "kid", "children": "kid", "end": "finish", "speak": "talk",
        "rapidly": "fast", "rapid": "fast", "tiny": "small", "little": "small",
    }.items()
}  # fmt: skip
# Small words and marks that tell of what something is said. What follows a relative one is said of the word before it;
# "is" and "has" of the word before them, or, where an aside is between ("the wall of the cell is"), of that before it.
_RELATIVE, _ASIDE = "which", "of"
_SAYS = frozenset(("is", "has"))
_LINKS = {
    **dict.fromkeys("which that who whom whose where".split(), _RELATIVE),
    **dict.fromkeys("is are was were be been being".split(), "is"),
    **dict.fromkeys("has have had".split(), "has"),
    **dict.fromkeys("of in on at from for with by to near".split(), _ASIDE),
}
_MOST_LEAD_IN = 4
_LEAST_SAID = 2  # "In short: 340." says of nothing that it is so
_LEAST_PIECE = 3
_MARKS = re.compile(r"[*_`]+")
_PAUSE = re.compile(r"[(–—]|,(?!\d)")


class _Token(NamedTuple):
    """A word that carries meaning, and what links it to the one before."""

    stem: str
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Source:
    found: ScoredPassage
    start: int
    end: int
    tokens: tuple[_Token, ...]


def supporting_citation(sentence: str, retrieval: Retrieval) -> Citation | None:
    """The citation that supports ``sentence``, its quote verbatim from the passage; None if nothing found does."""
    names = _other_names(retrieval.terms)
    tokens = _tokens(sentence, names)
    if not tokens:
        return None
    kept_whole = formulas_and_code(sentence)  # one with a hole would be another one
    for found in _passages(retrieval):
        if not kept_whole <= formulas_and_code(found.passage.text):
            continue
        sources = [
            _Source(found, start, end, _tokens(found.passage.text[start:end], names))
            for start, end in sentence_spans(found.passage.text)
        ]
        support = _support(tokens, sources)
        if support is not None:
            return _citation(found, support)
    return None


def _passages(retrieval: Retrieval) -> list[ScoredPassage]:
    """What may be cited, best first: passages, then those that only a sentence came from."""
    seen: dict[tuple[str, str], ScoredPassage] = {}
    for found in (*retrieval.passages, *(sentence.found for sentence in retrieval.sentences)):
        seen.setdefault((found.pack, found.passage.id), found)
    return list(seen.values())


def _support(tokens: tuple[_Token, ...], sources: Sequence[_Source]) -> list[_Source] | None:
    """The one source sentence, or two, that ``tokens`` are taken from; None if there are none."""
    for without_lead_in in _without_lead_in(tokens):
        for source in sources:
            if _taken_from(without_lead_in, source.tokens):
                return [source]
    for at in range(_LEAST_PIECE, len(tokens) - _LEAST_PIECE + 1):
        first = next((source for source in sources if _taken_from(tokens[:at], source.tokens)), None)
        second = first and next(
            (source for source in sources if _opens_with(source, tokens[at:], first)), None
        )
        if first and second:
            return sorted([first, second], key=lambda source: source.start)
    return None


def _opens_with(source: _Source, tokens: tuple[_Token, ...], first: _Source) -> bool:
    """Whether ``source`` is another sentence than ``first`` and begins as ``tokens`` do, which are taken from it.

    "…, which is why cells grow" says the second of the first, which neither does.
    """
    return (
        source is not first
        and [token.stem for token in source.tokens[:1]] == [token.stem for token in tokens[:1]]
        and not (tokens[0].links - source.tokens[0].links) & (_SAYS | {_RELATIVE})
        and _taken_from(tokens, source.tokens)
    )


def _without_lead_in(tokens: tuple[_Token, ...]) -> Iterator[tuple[_Token, ...]]:
    yield tokens
    for count, token in enumerate(tokens[: min(_MOST_LEAD_IN, len(tokens) - _LEAST_SAID)], start=1):
        if token.stem not in _LEAD_IN:
            return
        yield tokens[count:]


def _taken_from(tokens: Sequence[_Token], source: Sequence[_Token]) -> bool:
    """Whether ``tokens`` stand in ``source`` in this order, with few gaps, and no polar word lost."""
    if not {token.stem for token in tokens} <= {token.stem for token in source}:
        return False
    allowed = 1 + len(tokens) // 10
    # ends[j]: fewest gaps of an alignment whose last token is source[j], and where it began
    ends = {at: (0, at) for at, token in enumerate(source) if token.stem == tokens[0].stem}
    for token in tokens[1:]:
        following: dict[int, tuple[int, int]] = {}
        for at, other in enumerate(source):
            if other.stem != token.stem:
                continue
            reached = [
                (gaps + (last + 1 != at), began)
                for last, (gaps, began) in ends.items()
                if last < at and _may_be_left_out(source[last : at + 1], token)
            ]
            if reached:
                following[at] = min(reached)
        ends = following
    return any(gaps <= allowed and _stands_alone(source, began, last) for last, (gaps, began) in ends.items())


def _may_be_left_out(part: Sequence[_Token], own: _Token) -> bool:
    """Whether the last of ``part``, which is ``own``, says the same of the first without those between."""
    before, *dropped, kept = part
    if not dropped:
        return True
    if any(token.stem in _POLAR or token.stem in (before.stem, own.stem) for token in dropped):
        return False  # a word that comes twice is said of two things: "when a cell grows, its volume grows faster"
    if _RELATIVE in kept.links - own.links:
        return False
    first = dropped[0].links
    return all(
        link in first
        or (
            (_ASIDE in first or _RELATIVE in first) and any(link in token.links for token in (*dropped, kept))
        )
        for link in own.links & _SAYS
    )


def _stands_alone(source: Sequence[_Token], began: int, last: int) -> bool:
    """Whether the part means the same without the rest: no denial or doubt is cut off from it (in a reason it may)."""
    stems = [token.stem for token in source]
    after = stems[last + 1 :]
    reason = next((at for at, stem in enumerate(after) if stem in _REASONS), len(after))
    return not any(stem in _DENIALS for stem in (*stems[:began], *after[:reason]))


def _citation(found: ScoredPassage, support: Sequence[_Source]) -> Citation:
    return Citation(
        pack=found.pack,
        passage=found.passage.id,
        title=found.passage.title,
        quote=found.passage.text[support[0].start : support[-1].end],
        section=found.section.title,
        page=found.passage.page,
    )


def _tokens(text: str, names: Mapping[str, str]) -> tuple[_Token, ...]:
    """What carries meaning in ``text``: content stems by their common name, numbers, polar words."""
    plain = f" {' '.join(words(_PAUSE.sub(f' {_ASIDE} ', _MARKS.sub('', text))))} "
    for name, common in names.items():
        if name in plain:
            plain = plain.replace(name, common)
    tokens: list[_Token] = []
    links: list[str] = []
    for word in plain.split():
        if found := _token(word):
            tokens.append(_Token(found, frozenset(links)))
            links = []
        elif word in _LINKS:
            links.append(_LINKS[word])
    return tuple(tokens)


@lru_cache(maxsize=1 << 15)
def _token(word: str) -> str:
    if word in _POLAR:
        return "not" if word in _NEGATIONS else word
    if word in STOP_WORDS and word not in NUMBER_WORDS:
        return ""
    found = stem(word)
    return _SAME.get(found, found)


def _other_names(terms: Sequence[Term]) -> dict[str, str]:
    """Each alias, between spaces, with the term it stands for; longest first."""
    names = {
        f" {' '.join(words(alias))} ": f" {' '.join(words(term.term))} "
        for term in terms
        for alias in term.aliases
        if words(alias)
    }
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))
