"""Passages: ids for ever and unique, text that makes sense alone and is easy to read."""

import re
from collections.abc import Iterator

from engine.content.finding import Finding, Severity
from engine.content.pack_source import PackSource
from engine.content.passages_markdown import Chapter, PlacedPassage
from engine.content.readability import length, reading_grade, sentence_words

MIN_WORDS, MAX_WORDS = 40, 180
_TOLERANCE_WORDS = 20
MAX_SENTENCE_WORDS = 30
_SENTENCE_TOLERANCE = 2
MAX_MEAN_SENTENCE_WORDS = 18.0
MAX_GRADE = 8.5
_GRADE_AGE = 14
_PRONOUN = re.compile(r"(?:It|This|They|These|That|He|She)\b")


def check_passages(source: PackSource) -> Iterator[Finding]:
    """Findings on the passages as such, and on how they read."""
    yield from _identifiers(source)
    english = source.pack.info.langs[:1] == () or source.pack.info.langs[0].split("-")[0] == "en"
    for placed in source.passages:
        yield from _lengths(placed)
        if english and _PRONOUN.match(placed.passage.text.lstrip("\n >*-")):
            message = f"The passage {placed.passage.id} opens with a pronoun."
            yield Finding("style.pronoun", placed.file, placed.text_line, message, "Name its subject.")
    for chapter in source.chapters if english else ():
        yield from _reading_level(chapter, source.pack.info.age)


def _identifiers(source: PackSource) -> Iterator[Finding]:
    places = [(placed.section.id, placed.file, placed.line) for placed in source.sections]
    places += [(placed.passage.id, placed.file, placed.line) for placed in source.passages]
    seen: dict[str, str] = {}
    for identifier, file, line in places:
        if identifier in seen:
            message = f"The id {identifier} stands twice, first at {seen[identifier]}."
            yield Finding("passage.repeated", file, line, message, "Give the newer one an id of its own.")
        seen.setdefault(identifier, f"{file}:{line}")


def _lengths(placed: PlacedPassage) -> Iterator[Finding]:
    words = length(placed.passage.text)
    if not MIN_WORDS <= words <= MAX_WORDS:
        far = not MIN_WORDS - _TOLERANCE_WORDS <= words <= MAX_WORDS + _TOLERANCE_WORDS
        yield Finding(
            "style.length",
            placed.file,
            placed.line,
            f"The passage {placed.passage.id} has {words} words.",
            f"Keep to {MIN_WORDS} to {MAX_WORDS}: split it, or say more.",
            Severity.ERROR if far else Severity.WARNING,
        )
    for sentence in sentence_words(placed.passage.text):
        if len(sentence) > MAX_SENTENCE_WORDS:
            far = len(sentence) > MAX_SENTENCE_WORDS + _SENTENCE_TOLERANCE
            yield Finding(
                "style.sentence",
                placed.file,
                placed.text_line,
                f"A sentence of {placed.passage.id} has {len(sentence)} words: {' '.join(sentence[:8])}…",
                f"Split it: {MAX_SENTENCE_WORDS} at most.",
                Severity.ERROR if far else Severity.WARNING,
            )


def _reading_level(chapter: Chapter, age: tuple[int, int] | None) -> Iterator[Finding]:
    sentences = [words for placed in chapter.passages for words in sentence_words(placed.passage.text)]
    if not sentences:
        return
    mean = sum(map(len, sentences)) / len(sentences)
    if mean > MAX_MEAN_SENTENCE_WORDS:
        message = f"Its sentences have {mean:.1f} words on average."
        todo = f"Write shorter ones: {MAX_MEAN_SENTENCE_WORDS:.0f} on average at most."
        yield Finding("style.sentences", chapter.file, 0, message, todo)
    limit = MAX_GRADE + max(0, (age[1] if age else _GRADE_AGE) - _GRADE_AGE)
    grade = reading_grade(sentences)
    if grade > limit:
        message = f"Its Flesch-Kincaid grade is {grade:.1f}; readers of this age manage {limit:.1f}."
        yield Finding("style.reading", chapter.file, 0, message, "Use shorter sentences and words.")
