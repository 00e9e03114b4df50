"""A pack folder as its author wrote it: the content, where each thing stands, and what could not be read.

Reading never stops at the first mistake: what is unreadable or breaks its schema is left out and reported.
The rules on the content itself are in ``rules/``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.content import layout
from engine.content.finding import Finding
from engine.content.pack import GoldenQuestion, Pack, PackInfo
from engine.content.passages_markdown import Chapter, PlacedPassage, PlacedSection, read_chapter
from engine.content.source_file import Json, file_problem, line_of, read_json, read_text
from engine.types import Skill, SkillEdge, Term


@dataclass(frozen=True, slots=True)
class PackSource:
    """A pack folder, read.

    Attributes:
        folder: where it lies.
        pack: the content, without what could not be read.
        texts: text of each text file, by name.
        documents: each JSON file that keeps to its schema, by name.
        media: names of the pictures.
        chapters: the passage files, in reading order.
        findings: what is wrong with the files as files, and with their headings.
    """

    folder: Path
    pack: Pack
    texts: Mapping[str, str]
    documents: Mapping[str, Json]
    media: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    findings: tuple[Finding, ...]

    @property
    def manifest(self) -> Json:
        """The manifest; empty if it could not be read."""
        return self.documents.get(layout.MANIFEST, {})

    @property
    def passages(self) -> Iterator[PlacedPassage]:
        """All passages, in reading order."""
        return (passage for chapter in self.chapters for passage in chapter.passages)

    @property
    def sections(self) -> Iterator[PlacedSection]:
        """All chapters and sections, in reading order."""
        return (section for chapter in self.chapters for section in chapter.sections)

    def line(self, file: str, *values: str) -> int:
        """The first line of the JSON file ``file`` that holds one of ``values`` as a string; 0 if none does."""
        return line_of(self.texts.get(file, ""), values)


def read_source(folder: Path) -> PackSource:
    """Read all of ``folder``. Files that cannot be read are among the ``findings``."""
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    media = []
    for name, path in layout.walk_pack(folder):
        problem = file_problem(name, path)
        if problem:
            findings.append(problem)
        elif layout.is_text(name):
            text, problems = read_text(name, path.read_bytes())
            texts[name] = text
            findings += problems
        elif name.startswith("media/"):
            media.append(name)
    findings += [
        Finding(
            "file.missing", name, 0, f"{name} is missing.", "Add it; docs/pack-format.md shows what it holds."
        )
        for name in layout.REQUIRED
        if not any(finding.file == name for finding in findings) and name not in texts
    ]
    documents: dict[str, Json] = {}
    for name, text in texts.items():
        document, problems = read_json(name, text)
        findings += problems
        if document is not None:
            documents[name] = document
    names = [name for name in texts if name.startswith("passages/")]
    chapters = tuple(
        read_chapter(texts[name], file=name, number=number) for number, name in enumerate(names, 1)
    )
    findings += [finding for chapter in chapters for finding in chapter.findings]
    pack = _pack(documents, chapters)
    return PackSource(folder, pack, texts, documents, tuple(media), chapters, tuple(findings))


def _pack(documents: Mapping[str, Json], chapters: tuple[Chapter, ...]) -> Pack:
    skills = documents.get(layout.SKILLS, {})
    return Pack(
        _info(documents.get(layout.MANIFEST, {})),
        tuple(placed.section for chapter in chapters for placed in chapter.sections),
        tuple(placed.passage for chapter in chapters for placed in chapter.passages),
        tuple(
            Skill(skill["id"], skill["name"], skill["goal"], skill["bloom"], float(skill.get("ref", 0.0)))
            for skill in skills.get("skills", ())
        ),
        tuple(
            SkillEdge(
                edge["from"], edge["to"], edge["type"], float(edge.get("strength", edge.get("weight", 1.0)))
            )
            for edge in skills.get("edges", ())
        ),
        tuple(_term(term) for term in documents.get(layout.GLOSSARY, {}).get("terms", ())),
        tuple(_question(question) for question in documents.get(layout.QUESTIONS, {}).get("questions", ())),
    )


def _info(manifest: Json) -> PackInfo:
    age = manifest.get("age")
    return PackInfo(
        manifest.get("id", ""),
        manifest.get("version", ""),
        manifest.get("title", ""),
        manifest.get("description", ""),
        tuple(manifest.get("langs", ())),
        tuple(manifest.get("authors", ())),
        manifest.get("licence", ""),
        manifest.get("entry", ""),
        age=(age["min"], age["max"]) if age else None,
    )


def _term(term: Json) -> Term:
    return Term(
        term["term"],
        term["definition"],
        term["passage"],
        term.get("skill"),
        term.get("type", "concept"),
        tuple(term.get("aliases", ())),
        tuple(term.get("confusable_with", ())),
    )


def _question(question: Json) -> GoldenQuestion:
    return GoldenQuestion(
        question["question"],
        tuple(question.get("passages", ())),
        tuple(question.get("answer_contains", ())),
        question.get("answerable", True),
    )
