"""What a question asks for: its words that matter, its names and numbers, and the kind of answer it wants.

Pure text work; nothing here knows an index.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from engine.rag.words import NUMBER_WORDS, STOP_WORDS, content_stems, words

MOST_CHARS = 2000


class AnswerKind(StrEnum):
    """The kind of thing that a short answer would be."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    REASON = "reason"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    Attributes:
        text: as it is searched.
        stems: content stems in order, without repetition.
        bigrams: pairs of neighbouring content stems.
        names: stems of capitalised words and of numbers, which a right source will hold.
        kind: what a short answer would be.
    """

    text: str
    stems: tuple[str, ...]
    bigrams: frozenset[tuple[str, str]]
    names: frozenset[str]
    kind: AnswerKind


_KINDS = {
    AnswerKind.NUMBER: (
        r"how (?:many|much|long|far|old|large|big|tall|high|fast|often|deep|heavy|wide)|number of"
        r"|what (?:percent\w*|number|proportion|share|fraction|amount|age|size|population)"
    ),
    AnswerKind.TIME: (
        r"when|(?:what|which|in what|in which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|period)"
    ),
    AnswerKind.PLACE: (
        r"where(?:s|abouts)?|(?:what|which) (?:\w+ )?(?:country|city|place|state|region|continent|town|area|location"
        r"|county|nation|province)"
    ),
    AnswerKind.PERSON: (
        r"who(?:s|m|se)?|(?:what|which) (?:\w+ )?(?:person|people|man|woman|king|queen|scientist|author|leader"
        r"|president|mathematician|physicist|emperor|writer|artist|general|philosopher)"
    ),
    AnswerKind.REASON: (
        r"whys?|how come|what (?:is|was|were|are) the (?:reason|cause)s?|what causes?d?|for what reason"
    ),
    AnswerKind.DEFINITION: (
        r"define|what does .+ mean|what do you call|definition of|meaning of"
        r"|(?:what|whats|what is|what are)(?= (?!happen|would|will|if|could)(?:an? )?[\w -]{2,40}$)"
    ),
}
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b")) for kind, pattern in _KINDS.items())
_CAPITALISED = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w'’]*|\b\d[\d.,]*")

_TIME = re.compile(
    r"\b1[0-9]{3}s?\b|\b20[0-9]{2}s?\b|\b[0-9]{1,4} (?:BCE?|CE|AD)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|[Cc]entur(?:y|ies)"
    r"|[Dd]ecades?|[0-9]+(?:st|nd|rd|th)|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|spring|summer|autumn|winter"
    r"|night|morning|years? ago|before|after|during)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:" + "|".join(sorted(NUMBER_WORDS)) + r"|several|dozens?|percent)\b", re.IGNORECASE
)
_REASON = re.compile(
    r"\b(?:because|since|due to|so that|therefore|as a result|caused? by|causes?|caused|reasons?|in order to"
    r"|leads? to|led to|thus|hence|owing to|so)\b",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:is|are|was|were) (?:an?|the|any|all|when|called|defined|known)\b|\bmeans?\b|\bcalled\b|\brefers? to\b|\*\*",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z0-9,;:)–—-] )(?:the )?(?:[A-Z][\w.'’-]+)|^[A-Z][\w'’-]+ [A-Z][\w'’-]+")
_PLACE = re.compile(
    r"\b(?:in|at|from|to|near|of|through|across|into|on|between|around|inside|within|outside)\b (?:the |an? )?\w+"
)


def analyse(text: str) -> Question:
    """The parts of ``text`` that retrieval works with; very long ones are cut."""
    text = text[:MOST_CHARS].strip()
    stems = content_stems(text) or words(text)
    names = {
        stem
        for match in _CAPITALISED.finditer(text)
        for stem in content_stems(match.group())
        if stem not in STOP_WORDS
    }
    return Question(
        text=text,
        stems=tuple(dict.fromkeys(stems)),
        bigrams=frozenset(pairwise(stems)),
        names=frozenset(names),
        kind=_kind(text),
    )


def _kind(text: str) -> AnswerKind:
    """The kind whose words stand first: "in what year did the man who …" asks for a time."""
    plain = " ".join(words(text))
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_KIND_PATTERNS)
        if (match := pattern.search(plain))
    ]
    return min(found)[2] if found else AnswerKind.OTHER


def holds_kind(sentence: str, question: Question) -> float:
    """1 if ``sentence`` holds something of the kind that is asked for and that the question does not hold itself."""
    if question.kind is AnswerKind.PERSON:
        return float(_news(_NAME, sentence, question))
    if question.kind is AnswerKind.TIME:
        return float(_news(_TIME, sentence, question))
    if question.kind is AnswerKind.NUMBER:
        return float(_news(_NUMBER, sentence, question))
    if question.kind is AnswerKind.PLACE:
        return 0.5 * _news(_PLACE, sentence, question) + 0.5 * _news(_NAME, sentence, question)
    if question.kind is AnswerKind.REASON:
        return float(_REASON.search(sentence) is not None)
    if question.kind is AnswerKind.DEFINITION:
        return float(_DEFINITION.search(sentence) is not None)
    return 0.5


def _news(pattern: re.Pattern[str], sentence: str, question: Question) -> bool:
    return any(
        not set(content_stems(match.group())) <= set(question.stems) for match in pattern.finditer(sentence)
    )
