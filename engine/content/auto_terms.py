"""The terms of a text, found without a glossary: what can be asked for, and what it can be mistaken for.

Of a pack they are its glossary. Of a document they are the words in bold, those that a sentence defines, names that
come again, and words that stand together again and again. Terms of one type can stand in for one another.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.answers.said import stems_of
from engine.content.auto_sentences import Statement
from engine.content.pack import Pack

_BOLD = re.compile(r"\*\*([^*\n]{3,60})\*\*(?!:)")
_NAME = re.compile(
    r"(?<=[\w,;)’'] )(?:[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?)(?: (?:(?:of|the|de|von|van) )?[A-Z][a-zà-ÿ]+){0,3}"
)
_IN_A_PLACE = re.compile(
    r"\b(?:in|at|near|across|throughout|outside|reached|entered|left|invaded)\s$", re.IGNORECASE
)
DESCRIBES = re.compile(
    r" (?!(?:is|are|was|were|has|have|had|can|could|will|would|did|does|of|in|on|at|to|for|from|by|with|as|and|or|but"
    r"|than|that|who|which|when|where|while|during|after|before|until|into|over|through|under|between|because|since"
    r"|became|began|made|took|gave|led|won|\w+ed)\b)[a-z]| and [A-Z]"
)
"""What follows a name that describes it."""
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_RUN = re.compile(r"(?<![\w-])[a-z]+(?: [a-z]+)+(?![\w-])")
_MOST_WORDS = 4
_AGAIN = 4  # statements that a phrase must stand in
_LEAST_LETTERS = 4
_OFTEN = 2  # statements that a name must stand in
_MOSTLY = 0.5
# Words that are defined all the time and are no terms, and those that no term has in it.
_EVERYDAY = frozenset(
    """example examples entries result results reason reasons way ways number numbers thing things people answer
    answers question questions problem problems part parts case cases step steps idea ideas goal purpose point
    points value values fact facts difference main first second third following kind kinds type types group groups
    set sets amount time times day days year years word words term terms name names method data information person
    following one other others something anything everything someone total rest half top bottom side end line lines
    use change area summary report park centre center health chapter section figure table students student teacher
    book course unit world life man men woman women child children body water money process system study rule rules
    work form place country city state government january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday english american british
    european french german mr mrs dr""".split()
)
_FUNCTION = frozenset(
    """a an the and or but nor so if then than that this these those it its they their he she his her we our you your i
    my is are was were be been being has have had do does did can could may might must will would should not no in on
    at to from by with as for about into over under between among each every any some all both more most less least
    very such same when where which who whom whose what how why there here also only just called known named
    since because although while whereas after before during""".split()
) | {""}
_ENDS = _FUNCTION | {"of"}
_BROAD = frozenset(
    """unique new other main single general important entire whole common current different certain similar possible
    large small good great high low long short""".split()
)


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term.

    Attributes:
        text: as it is written inside a sentence.
        forms: all ways it is written.
        kind: of the glossary; else "name", "place" or "concept".
        marked: the author set it apart: by a glossary, in bold, or by a definition.
        statements: numbers of the statements that it stands in.
    """

    text: str
    forms: tuple[str, ...]
    kind: str
    marked: bool
    statements: tuple[int, ...] = ()

    @property
    def plural(self) -> bool:
        """Whether it looks like a plural."""
        return is_plural(self.text)

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(stems_of(self.text))

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return " " not in self.text


@dataclass(slots=True)
class _Collected:
    """Spellings, by their tokens in lower case."""

    written: dict[tuple[str, ...], str] = field(default_factory=dict)
    kinds: dict[tuple[str, ...], str] = field(default_factory=dict)
    marked: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, text: str, kind: str, *, marked: bool) -> None:
        key = tokens(text)
        if not _is_term(key):
            return
        self.written.setdefault(key, text.strip())
        self.kinds.setdefault(key, kind)
        if marked:
            self.marked.add(key)


def find_terms(pack: Pack, told: Sequence[Statement]) -> tuple[FoundTerm, ...]:
    """The terms of ``pack`` that stand in one of its statements ``told``, in the order in which they come up."""
    if pack.terms:
        return _of_glossary(pack, told)
    found = _collected(pack, told)
    capitals = {word for one in told for word in one.text.split()[1:] if word[:1].isupper()}
    places = _places(found.written, told)
    terms = []
    for key, text in found.written.items():
        one = _singular(key)
        if one in found.written and one != key:
            continue  # the singular stands for both
        numbers = sorted({*places.get(key, ()), *places.get((*key[:-1], f"{key[-1]}s"), ())})
        marked = key in found.marked
        if len(numbers) >= (1 if marked else _OFTEN):
            terms.append(_term(text, found.kinds[key], capitals, marked=marked, numbers=numbers))
    return tuple(sorted(terms, key=lambda term: (term.statements, term.text)))


def _collected(pack: Pack, told: Sequence[Statement]) -> _Collected:
    """What may be a term, the surest first."""
    found = _Collected()
    for passage in pack.passages:
        for match in _BOLD.finditer(passage.text):
            found.add(match.group(1).rstrip(".,:;"), "concept", marked=True)
    for one in told:
        if one.defined:
            found.add(_without_article(one.defined), "concept", marked=True)
    for text, kind in _names(told):
        found.add(text, kind, marked=False)
    for text in _phrases(told):
        found.add(text, "concept", marked=False)
    return found


def _phrases(told: Sequence[Statement]) -> Iterator[str]:
    """Two or three words that stand together again and again ("confidence interval"), the longer first."""
    seen: Counter[tuple[str, ...]] = Counter()
    going_on: Counter[tuple[str, ...]] = Counter()
    for one in told:
        for run in _RUN.findall(one.text):
            words = (*run.split(), "")
            for size in (3, 2):
                for n in range(len(words) - size):
                    seen[words[n : n + size]] += 1
                    going_on[words[n : n + size]] += words[n + size] not in _ENDS
    often = {key: count for key, count in seen.items() if count >= _AGAIN and _is_phrase(key)}
    longer: Counter[tuple[str, ...]] = Counter()  # of the commonest phrase that it is a part of
    for key, count in often.items():
        for part in (key[:-1], key[1:]):
            longer[part] = max(longer[part], count)
    for key in sorted(often, key=lambda it: (-len(it), it)):
        if often[key] > 2 * longer[key] and going_on[key] < _MOSTLY * often[key]:
            yield " ".join(key)


def _is_phrase(words: tuple[str, ...]) -> bool:
    """Whether it looks like a noun with what describes it."""
    return (
        not any(word in _FUNCTION or len(word) < 3 for word in words)
        and words[0] not in _EVERYDAY
        and not words[-1].endswith(("ed", "ly", "ing", "ous", "ful", "ive"))
        and not words[0].endswith(("ly", "ing"))
    )


def tokens(text: str) -> tuple[str, ...]:
    """The words of ``text`` in lower case."""
    return tuple(match.group().casefold() for match in _TOKEN.finditer(text))


def is_plural(text: str) -> bool:
    """Whether the last word looks like a plural."""
    last = tokens(text)[-1:] or ("",)
    latin = last[0].endswith(("ia", "ae", "ata", "i"))  # mitochondria, larvae, stomata, villi
    return latin or (last[0].endswith("s") and not last[0].endswith(("ss", "us", "is", "ics")))


def place_of(text: str, forms: Iterable[str]) -> tuple[int, int] | None:
    """Where one of ``forms`` stands in ``text`` as whole words, the longest form first; None if none does."""
    folded = text.casefold()
    for form in sorted(forms, key=len, reverse=True):
        if form.casefold() not in folded:
            continue  # a search would cost a hundred times as much
        match = re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text, re.IGNORECASE)
        if match is not None:
            return match.span()
    return None


def _of_glossary(pack: Pack, told: Sequence[Statement]) -> tuple[FoundTerm, ...]:
    forms = {term.term: (term.term, *term.aliases) for term in pack.terms}
    spellings = {tokens(form): form for known in forms.values() for form in known}
    places = _places(spellings, told)
    return tuple(
        FoundTerm(term.term, forms[term.term], term.kind, True, tuple(numbers))
        for term in pack.terms
        if (numbers := sorted({n for form in forms[term.term] for n in places.get(tokens(form), ())}))
    )


def _is_term(key: tuple[str, ...]) -> bool:
    return (
        0 < len(key) <= _MOST_WORDS
        and sum(map(len, key)) >= _LEAST_LETTERS
        and key[-1] not in _EVERYDAY
        and not (len(key) == 1 and key[0] in _EVERYDAY)
        and not any(word in _FUNCTION for word in key)
        and "of" not in (key[0], key[-1])
        and not key[-1].endswith("ly")
        and not (key[0] in _BROAD or (len(key) > 1 and key[0].endswith("est")))
        and all(any(sign.isalpha() for sign in word) for word in key)
    )


def _names(told: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Capitalised words inside sentences, with "place" for those that things are mostly in.

    Those that mostly describe the next word ("the Polish king") are left out.
    """
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    describing: Counter[str] = Counter()
    for one in told:
        for match in _NAME.finditer(one.text):
            seen[match.group()] += 1
            inside[match.group()] += _IN_A_PLACE.search(one.text[: match.start()]) is not None
            describing[match.group()] += DESCRIBES.match(one.text[match.end() :]) is not None
    for name, count in seen.items():
        if describing[name] / count < _MOSTLY:
            yield name, "place" if inside[name] / count >= _MOSTLY else "name"


def _places(
    written: Mapping[tuple[str, ...], str], told: Sequence[Statement]
) -> Mapping[tuple[str, ...], list[int]]:
    """Numbers of the statements by the longest spelling that stands there."""
    longest = max(map(len, written), default=0)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    known = set(written) | {(*key[:-1], f"{key[-1]}s") for key in written}
    for number, one in enumerate(told):
        found = tokens(one.text)
        at = 0
        while at < len(found):
            size = next(
                (n for n in range(min(longest, len(found) - at), 0, -1) if found[at : at + n] in known), 0
            )
            if size:
                places[found[at : at + size]].append(number)
            at += size or 1
    return places


def _singular(key: tuple[str, ...]) -> tuple[str, ...]:
    last = key[-1]
    return (*key[:-1], last[:-1]) if is_plural(last) and last.endswith("s") else key


def _term(
    text: str, kind: str, capitals: Collection[str], *, marked: bool, numbers: Sequence[int]
) -> FoundTerm:
    """A concept loses the capital that began a sentence; what has one inside sentences is a name."""
    first = text.split(maxsplit=1)[0]
    if kind == "concept" and first[:1].isupper() and not any(sign.isupper() for sign in first[1:]):
        if first in capitals or any(word[0].isupper() for word in text.split()[1:]):
            kind = "name"
        else:
            text = text[:1].lower() + text[1:]
    forms = (text,) if kind != "concept" or text[-1:] in "sy" else (text, f"{text}s")
    return FoundTerm(text, forms, kind, marked, tuple(numbers))


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold() in ("a", "an", "the") else text
