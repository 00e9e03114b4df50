"""Reads restrictions out of a question: "in physics", "in chapter 3", "an example of", "define", a skill's name.

They come back as ``QueryFilter`` values. A pack or a section (its value is "pack#section") restricts the search, which
is shown and can be undone; a kind or a skill only prefers, because a learner's "example" is often not labelled as one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.content.pack import PackInfo
from engine.events import QueryFilter
from engine.rag.words import NUMBER_WORDS, STOP_WORDS, content_stems, stem, words
from engine.types import PassageKind, Section, Skill

_UNIT = r"(?:chapter|section|unit|lesson|part)"
_NUMBERED = re.compile(rf"\b(?:in|from|of)?\s*(?:the\s+)?{_UNIT}\s+(\d+(?:\.\d+)*)\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?:in|from)\s+(?:the\s+)?{_UNIT}\s+(?:on|about|called|named)\s+[\"“'‘]?([\w ,'-]+?)[\"”'’]?(?=[?.!,]|$)",
    re.IGNORECASE,
)
_KINDS = (
    (PassageKind.EXAMPLE, "worked examples", re.compile(
        r"\b(?:(?:give|show|tell)\s+(?:me\s+|us\s+)?)?(?:an?\s+|another\s+|some\s+)?(?:worked\s+)?examples?\s+(?:of|for|with|how)\b"
        r"|\bfor example\b|\bworked examples?\b", re.IGNORECASE)),
    (PassageKind.MISTAKE, "common mistakes", re.compile(
        r"\b(?:what\s+(?:are|is)\s+)?(?:the\s+|an?\s+)?(?:common|typical|usual|frequent)\s+(?:mistakes?|errors?|misconceptions?)"
        r"(?:\s+(?:with|in|about|when))?\b|\bwhat do (?:people|learners|students) get wrong\b", re.IGNORECASE)),
)  # fmt: skip
_DEFINE = re.compile(
    r"^\s*(?:please\s+)?define\b|\b(?:definition|meaning) of\b|\bwhat (?:do|does)\b.*\bmean\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a question can name in one pack."""

    info: PackInfo
    sections: Mapping[str, Section]
    skills: Sequence[Skill]


def read_filters(question: str, outlines: Sequence[Outline]) -> tuple[QueryFilter, ...]:
    """The restrictions that ``question`` states, in the order pack by pack; none where nothing matches."""
    named = [(outline, said) for outline in outlines if (said := _subject(question, outline.info))]
    sections = [*_sections(question, [outline for outline, _ in named] or outlines)]
    packs = [QueryFilter("pack", outline.info.id, outline.info.title, said) for outline, said in named]
    return tuple(dict.fromkeys([*packs, *sections, *_kinds(question), *_skills(question, outlines)]))


def without_said(question: str, filters: Sequence[QueryFilter]) -> str:
    """``question`` without the words that its ``filters`` were read from, unless nothing to search for is left."""
    left = question
    for chosen in filters:
        if chosen.restricts or chosen.value in (PassageKind.EXAMPLE, PassageKind.MISTAKE):
            left = left.replace(chosen.said, " ")
    left = " ".join(left.split()).lstrip(",;: ")
    return left if content_stems(left) else question


def subtree(section: str, sections: Mapping[str, Section]) -> set[str]:
    """``section`` and all that stands below it."""
    wanted = {section}
    for identifier, candidate in sections.items():  # reading order: a parent comes before its children
        if candidate.parent in wanted:
            wanted.add(identifier)
    return wanted


def _subject(question: str, info: PackInfo) -> str:
    """The words that name the subject of a pack, which stands before the colon of a title ("Physics: motion")."""
    subject, colon, _ = info.title.partition(":")
    if not colon:
        return ""  # such a title names a thing ("Plants"), and "in plants" is part of what is asked
    named = re.search(
        rf"\b(?:in|from)\s+(?:my\s+|the\s+)?{re.escape(subject)}(?:\s+(?:class|lessons?|book|pack|course))?(?=\s*(?:[?.!,]|$))",
        question,
        re.IGNORECASE,
    )
    return named.group() if named else ""


def _sections(question: str, outlines: Sequence[Outline]) -> Iterator[QueryFilter]:
    numbered = list(_NUMBERED.finditer(question))
    for outline in outlines:
        numbers = _numbers(outline.sections.values()) if numbered else {}
        for match in numbered:
            section = numbers.get(match.group(1))
            if section is not None:
                yield _section_filter(outline, section, match.group().strip())
        for match in _NAMED.finditer(question):
            for section in _titled(match.group(1), outline.sections.values()):
                yield _section_filter(outline, section, match.group().strip())


def _section_filter(outline: Outline, section: Section, said: str) -> QueryFilter:
    return QueryFilter(
        "section", f"{outline.info.id}#{section.id}", f"{section.title} ({outline.info.title})", said
    )


def _numbers(sections: Iterable[Section]) -> dict[str, Section]:
    """Sections by their printed number, or by their place where none is printed."""
    found: dict[str, Section] = {}
    place: dict[str | None, int] = {}
    number: dict[str | None, str] = {None: ""}
    for section in sections:
        place[section.parent] = place.get(section.parent, 0) + 1
        above = number.get(section.parent, "")
        number[section.id] = section.number.rstrip(".") or f"{above}.{place[section.parent]}".lstrip(".")
        found.setdefault(number[section.id], section)
    return found


def _titled(name: str, sections: Iterable[Section]) -> list[Section]:
    wanted = set(content_stems(name))
    matching = [section for section in sections if wanted and wanted <= set(content_stems(section.title))]
    return matching[:1]


def _kinds(question: str) -> Iterator[QueryFilter]:
    for kind, label, pattern in _KINDS:
        match = pattern.search(question)
        if match:
            yield QueryFilter("kind", kind, label, match.group().strip())
    define = _DEFINE.search(question)
    if define:
        yield QueryFilter("kind", PassageKind.DEFINITION, "definitions", define.group().strip())


def _skills(question: str, outlines: Sequence[Outline]) -> Iterator[QueryFilter]:
    asked = _telling_words(question)
    for outline in outlines:
        for skill in outline.skills:
            name = _telling_words(skill.name)
            if len(name) > 1 and name <= asked:
                yield QueryFilter("skill", skill.id, skill.name, skill.name)


def _telling_words(text: str) -> set[str]:
    """Content stems and number words: "one-step" is not "two-step"."""
    return {stem(word) for word in words(text) if word not in STOP_WORDS or word in NUMBER_WORDS}
