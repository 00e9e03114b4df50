"""Reads one chapter file of a pack: headings with ids become sections and passages.

Only the three heading levels and their ids are read here, strictly. What the Markdown inside a passage may
hold is checked in ``rules/markup.py``; the Markdown of imported documents is read by the importers.
"""

import re
from dataclasses import dataclass, field

from engine.content.finding import Finding
from engine.types import Passage, PassageKind, Section

_HEADING = re.compile(
    r"(#{1,6})[ \t]+(?P<title>\S.*?)[ \t]*"
    r"\{#(?P<id>[A-Za-z0-9][A-Za-z0-9._-]*)(?P<marks>(?:[ \t]+[^\s{}]+)*)[ \t]*\}\s*"
)
_PREFIX = {1: "c-", 2: "s-", 3: "p-"}
_KINDS = {f".{kind}": kind for kind in PassageKind if kind is not PassageKind.TEXT}
_EXAMPLE = "Write it like: ### What a fraction is {#p-frac-01 .explanation skill=frac.meaning}"


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section and the line of its heading."""

    section: Section
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage, the line of its heading and the line on which its text starts."""

    passage: Passage
    file: str
    line: int
    text_line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of passages. The first section is the chapter itself."""

    file: str
    sections: tuple[PlacedSection, ...]
    passages: tuple[PlacedPassage, ...]
    findings: tuple[Finding, ...]


def read_chapter(text: str, *, file: str, number: int) -> Chapter:
    """The chapter that ``text`` holds; what is wrong with its headings is in its ``findings``.

    Args:
        text: the file's text.
        file: its path inside the pack.
        number: the chapter's place in the pack, from 1.
    """
    reader = _Reader(file, number)
    for line, content in enumerate(text.split("\n"), 1):
        reader.read(line, content)
    return reader.finish()


@dataclass(slots=True)
class _Open:
    """A passage whose text is still coming."""

    id: str
    title: str
    section: str
    kind: PassageKind
    skills: tuple[str, ...]
    line: int
    lines: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, file: str, number: int) -> None:
        self._file = file
        self._number = number
        self._sections: list[PlacedSection] = []
        self._passages: list[PlacedPassage] = []
        self._findings: list[Finding] = []
        self._open: _Open | None = None

    def read(self, line: int, content: str) -> None:
        if content.startswith("#"):
            self._heading(line, content)
        elif self._open is not None:
            self._open.lines.append(content)
        elif content.strip():
            self._complain(
                line, "text", "Text stands outside a passage.", f"Open a passage above it. {_EXAMPLE}"
            )

    def finish(self) -> Chapter:
        self._close()
        if not self._sections:
            self._complain(1, "chapter", "The file has no chapter.", "Start it with: # Title {#c-title}")
        return Chapter(self._file, tuple(self._sections), tuple(self._passages), tuple(self._findings))

    def _heading(self, line: int, content: str) -> None:
        self._close()
        match = _HEADING.fullmatch(content)
        if match is None:
            self._complain(line, "heading", "The heading has no id in braces, or a wrong one.", _EXAMPLE)
            return
        level, marks = len(match.group(1)), match.group("marks").split()
        if level not in _PREFIX:
            self._complain(line, "heading", "There are only three heading levels.", "Use #, ## or ###.")
        elif not match.group("id").startswith(_PREFIX[level]):
            todo = f"Start the id of a {'#' * level} heading with {_PREFIX[level]}."
            self._complain(line, "id", f"The id {match.group('id')!r} does not fit its heading.", todo)
        elif level == 3:
            self._passage(line, match.group("id"), match.group("title"), marks)
        else:
            self._section(line, level, match.group("id"), match.group("title"), marks=marks)

    def _section(self, line: int, level: int, identifier: str, title: str, *, marks: list[str]) -> None:
        if marks:
            self._complain(
                line, "heading", "Only passages have a kind or skills.", f"Remove {' '.join(marks)}."
            )
        if (level == 1) != (not self._sections):
            todo = "Let each file start with its one # heading, the chapter."
            self._complain(line, "chapter", "A file holds one chapter, and starts with it.", todo)
        if level == 1 or not self._sections:
            section = Section(identifier, title, None, str(self._number))
        else:
            chapter = self._sections[0].section.id
            section = Section(identifier, title, chapter, f"{self._number}.{len(self._sections)}")
        self._sections.append(PlacedSection(section, self._file, line))

    def _passage(self, line: int, identifier: str, title: str, marks: list[str]) -> None:
        kinds = [_KINDS[mark] for mark in marks if mark in _KINDS]
        skills = [name for mark in marks if mark.startswith("skill=") for name in mark[6:].split(",")]
        unknown = [mark for mark in marks if mark not in _KINDS and not mark.startswith("skill=")]
        if unknown or "" in skills or len(set(skills)) != len(skills):
            what = f"The heading's {' '.join(unknown) or 'skill='} means nothing."
            self._complain(line, "heading", what, f"Kinds are {' '.join(_KINDS)}; skills are skill=a,b.")
        if len(kinds) != 1:
            self._complain(
                line, "kind", "A passage has exactly one kind.", f"Choose one of {' '.join(_KINDS)}."
            )
        if not self._sections:
            todo = "Start the file with: # Title {#c-title}"
            self._complain(line, "chapter", "The passage stands before the chapter's heading.", todo)
            return
        section = self._sections[-1].section.id
        kind = kinds[0] if kinds else PassageKind.EXPLANATION
        self._open = _Open(identifier, title, section, kind, tuple(skills), line)

    def _close(self) -> None:
        current, self._open = self._open, None
        if current is None:
            return
        text = "\n".join(current.lines)
        skipped = len(text) - len(text.lstrip("\n"))
        text = text.strip("\n")
        if not text.strip():
            self._complain(
                current.line,
                "empty",
                f"The passage {current.id} is empty.",
                "Write it, or remove its heading.",
            )
        passage = Passage(current.id, current.section, current.title, text, current.kind, current.skills)
        self._passages.append(PlacedPassage(passage, self._file, current.line, current.line + 1 + skipped))

    def _complain(self, line: int, rule: str, message: str, todo: str) -> None:
        self._findings.append(Finding(f"passage.{rule}", self._file, line, message, todo))
