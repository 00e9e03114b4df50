"""Sentences of a text that a question can be made from: whole statements that can be understood alone.

The rules are about English prose; a text in another language gives none. Sources of the rules: docs/practice.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.answers.said import stems_of
from engine.content.pack import Pack
from engine.sentences import sentence_spans
from engine.types import Passage, PassageKind

_WORDS = range(8, 31)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TELLS = frozenset((PassageKind.EXPLANATION, PassageKind.DEFINITION, PassageKind.FACT, PassageKind.TEXT,
                    PassageKind.SUMMARY))  # fmt: skip
# Beginnings that lean on what was said before, or that are no statements.
_LEANS = re.compile(
    r"(?:this|that|these|those|it|its|they|their|he|she|his|her|we|our|you|your|i|my|such|here|there|another|other"
    r"|others|both|either|neither|one|some|many|each|the (?:first|second|third|last|latter|former|other|same|next"
    r"|following|above|previous|resulting|two|three|answer|solution|result|graph|figure|table|diagram|data|example"
    r"|question|problem|author|reader|students?|teacher)"
    r"|however|therefore|thus|hence|so|then|also|but|and|or|yet|nor|otherwise|instead|similarly|likewise|moreover"
    r"|furthermore|nevertheless|consequently|finally|again|still|indeed|meanwhile|afterwards?|later|next|now|first"
    r"|second|third|for (?:example|instance|this|these|that)|in (?:this|that|these|other|addition|contrast|fact"
    r"|short|general|both)|as (?:a result|such|you|we|shown|an example|before)|at (?:this|that)|on the other"
    r"|from (?:this|these)"
    r"|because of (?:this|that|these)|with (?:this|these)|to"
    r"|if|when|once|suppose|consider|imagine|assume|let|note|notice|recall|remember|think|try|find|use|write|draw"
    r"|calculate|determine|explain|describe|complete|choose|identify|look|compare|state|construct|give|list|figure|conduct|perform|define|solve|estimate|evaluate|test|plot|sketch|graph|show"
    r"|prove|fill|sort|perhaps|nine|ten"
    r"|table|example|chapter|section|solution|answer|exercise|step|part|source|adapted|available|retrieved|accessed"
    r"|copyright|please|click|press|go|read|what|how|why|who|which|where|yes|no)\b",
    re.IGNORECASE,
)
# What points at the page, at the reader, or at other sentences.
_POINTS = re.compile(
    r"\b(?:above|below|following|previous(?:ly)?|earlier|figure|fig|table|exhibit|appendix|chapter|section|page|exercise"
    r"|we|us|our|you|your|i|my|let's|click|calculators?|this"
    r"|these|those|such an?|latter|former|respectively|https?|www|isbn|textbook"
    r"|instructors?|faculty|readers?|et al|university press|vol|pp)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|could|may|might|must|will|would|should|do|does|did|means?|called"
    r"|refers?|became|made|took|gave|led|won|began|held|wrote|built|grew|fell|rose|cannot|\w{3,}(?:ed|es)"
    r"|\w{2,}[^su\W]s)\b"
)
_FUNCTION = frozenset(
    """the a an of in on at to for from by with as is are was were be been has have had can may and or not that which
    it its their his her who when than into between""".split()
)
_LEAST_FUNCTION = 0.2
_MOST_CAPITALS = 0.4
_LEAST_MEANING = 6  # words
_BROKEN = re.compile(
    r"[|{}<>\\^~=\[\]]|https?:"
    r"|[a-zé] (?:The|An?|In|If) [a-zA-Z]|:.*:|^\S+(?: \S+){0,2}:|…|\.\.\.|\?|�|:$|(?:\d[\s,;]+){5}|\)/|/\(|sqrt"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_MOST_NUMBERS = 3
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,])[*_](?!\w)|`")
_FORMULA = re.compile(r"\$[^$]+\$")
_BACK_MATTER = re.compile(
    r"\b(?:references|bibliography|exercises?|homework|practice|solutions?|answers?|try it|index|contents|preface"
    r"|acknowledg\w+|copyright|contributors?|review questions|further reading|works cited|external links|examples?"
    r"|bringing it together|worksheet|lab|stats lab|about (?:the authors?|openstax|this book))\b",
    re.IGNORECASE,
)

_TERM = r"(?P<term>[\w'’-]+(?: [\w'’()-]+){0,4}?)"
_NO_DEFINITION = (
    r"(?!the same\b|not\b|also\b|one of\b|part of\b|found\b|used\b|an? (?:important|good|great|common|useful|special"
    r"|major|key|little|lot|few|type of problem|matter|result|very|well|bit)\b|the (?:most|best|only|main|first|last"
    r"|second|largest|smallest|highest|lowest|least|next|other|reason|case|basis|result|subject|home|seat|capital)\b"
    r"|(?:\S+ ){1,4}?(?:most|\w+est)\b)"
)
_IS_A = re.compile(
    rf"(?P<before>(?:An?|The)\s+|){_TERM},?(?:\s+\(?[A-Z]\w{{0,4}}\)?,?)?\s+"
    r"(?P<verb>is|are|means|refers to|is defined as|are defined as)\s+"
    rf"(?:called\s+)?{_NO_DEFINITION}(?P<meaning>(?:an?|the|any|all|those|how)\s+"
    r"(?:(?!, and \S+ (?:is|are)\b)[^.;])+)[.;]",
    re.IGNORECASE,
)
_IS_CALLED = re.compile(
    r"\b(?:is|are|was|were) (?:also |often |usually |commonly )?(?:called|known as|termed|referred to as|named)"
    r" (?:an? |the )?[“\"']?(?P<term>[\w'’-]+(?: [\w'’-]+){0,3})[”\"']?(?=[.,;)]|$)",
    re.IGNORECASE,
)


class Definition(StrEnum):
    """How a sentence defines a term."""

    NONE = "none"
    IS_A = "is_a"  # "Osmosis is the movement of …"
    CALLED = "called"  # "… is called osmosis."


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that stands alone.

    Attributes:
        passage: the passage it stands in.
        start, end: its place in the passage's text.
        text: as a learner reads it, without marks of emphasis.
        definition: whether it says what something is.
        defined: the words for what it defines, as they stand there; empty for nothing.
        meaning: what it says that is, for "is a"; empty otherwise.
    """

    passage: Passage
    start: int
    end: int
    text: str
    definition: Definition = Definition.NONE
    defined: str = ""
    meaning: str = ""

    @property
    def verbatim(self) -> str:
        """As it stands in the passage."""
        return self.passage.text[self.start : self.end]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(stems_of(self.text))


def statements(pack: Pack) -> Iterator[Statement]:
    """The statements of all passages that explain something, in reading order."""
    titles = {section.id: section.title for section in pack.sections}
    for passage in pack.passages:
        heading = f"{titles.get(passage.section, '')} {passage.title}"
        if passage.kind in _TELLS and not _BACK_MATTER.search(heading):
            yield from _of_passage(passage)


def bare(text: str) -> str:
    """``text`` without marks of emphasis, in one line."""
    return " ".join(_MARKS.sub("", text).split())


def stands_alone(text: str) -> bool:
    """Whether a sentence without marks can be understood, and asked about, by itself."""
    prose = _FORMULA.sub("x", text)
    found = _WORD.findall(prose)
    if len(prose.split()) not in _WORDS or not found or not _ends_well(text):
        return False
    if len(_NUMBER.findall(prose)) > _MOST_NUMBERS:
        return False
    if _LEANS.match(text) or _POINTS.search(prose) or _BROKEN.search(prose):
        return False
    if sum(word[0].isupper() for word in found) > _MOST_CAPITALS * len(found):
        return False  # a heading ran into it
    function = sum(word.casefold() in _FUNCTION for word in found) / len(found)
    return function >= _LEAST_FUNCTION and _VERB.search(prose) is not None and _balanced(prose)


def _of_passage(passage: Passage) -> Iterator[Statement]:
    for start, end in sentence_spans(passage.text):
        text = bare(passage.text[start:end])
        if stands_alone(text):
            yield _with_definition(Statement(passage, start, end, text))


def _with_definition(one: Statement) -> Statement:
    named = _IS_CALLED.search(one.text)
    if named is not None:
        return Statement(one.passage, one.start, one.end, one.text, Definition.CALLED, named.group("term"))
    is_a = _IS_A.match(one.text)
    if is_a is not None and len(is_a.group("meaning").split()) >= _LEAST_MEANING:
        return Statement(
            one.passage,
            one.start,
            one.end,
            one.text,
            Definition.IS_A,
            is_a.group("term"),
            is_a.group("meaning"),
        )
    return one


def _ends_well(text: str) -> bool:
    return text[0].isupper() and text.rstrip("\"'”’)").endswith(".")


def _balanced(text: str) -> bool:
    return (
        text.count("(") == text.count(")")
        and text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("[") == text.count("]")
    )
