"""A course pack in memory, whatever it came from: a folder, an archive or an imported document."""

from dataclasses import dataclass, field

from engine.types import Passage, Section, Skill, SkillEdge, Term


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question whose answer is known: ``passages`` are the acceptable first citations, empty if unanswerable."""

    question: str
    passages: tuple[str, ...] = ()
    answer_contains: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What a pack says of itself. ``origin`` is "pack", or "document" for what a learner imported."""

    id: str
    version: str
    title: str
    description: str = ""
    langs: tuple[str, ...] = ("en",)
    authors: tuple[str, ...] = ()
    licence: str = ""
    entry: str = ""
    origin: str = "pack"
    age: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """All of a pack's content, in reading order."""

    info: PackInfo
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    skills: tuple[Skill, ...] = ()
    edges: tuple[SkillEdge, ...] = ()
    terms: tuple[Term, ...] = ()
    questions: tuple[GoldenQuestion, ...] = field(default=())
