"""Skills: unique, in teaching order, with a prerequisite graph that never runs backwards, and complete."""

import graphlib
from collections.abc import Iterator

from engine.content import layout
from engine.content.finding import Finding, warning
from engine.content.pack_source import PackSource
from engine.types import PassageKind, SkillEdge

_NEEDED = (PassageKind.EXPLANATION, PassageKind.EXAMPLE, PassageKind.MISTAKE)


def check_skills(source: PackSource) -> Iterator[Finding]:
    """Findings on skills.json and on the skills that passages name."""
    yield from _identifiers(source)
    yield from _edges(source)
    yield from _cycles(source)
    if layout.SKILLS in source.documents:
        yield from _unknown(source)
        yield from _complete(source)


def _identifiers(source: PackSource) -> Iterator[Finding]:
    seen: set[str] = set()
    for skill in source.pack.skills:
        if skill.id in seen:
            yield _finding(
                source, "id", skill.id, f"The skill {skill.id} stands twice.", "Give each its own id."
            )
        seen.add(skill.id)


def _edges(source: PackSource) -> Iterator[Finding]:
    order = {skill.id: place for place, skill in enumerate(source.pack.skills)}
    seen: set[tuple[str, str, str]] = set()
    for edge in source.pack.edges:
        name = f"The edge {edge.source} → {edge.target}"
        unknown = [skill for skill in (edge.source, edge.target) if skill not in order]
        if unknown:
            yield _finding(
                source, "edge", edge.source, f"{name} names the unknown skill {unknown[0]}.", "Mend it."
            )
        elif edge.source == edge.target:
            yield _finding(source, "edge", edge.source, f"{name} leads to itself.", "Remove it.")
        elif edge.kind == "requires" and order[edge.source] > order[edge.target]:
            todo = f"Put {edge.source} before {edge.target} in `skills`, or turn the edge round."
            yield _finding(
                source, "order", edge.source, f"{name} points backwards in the teaching order.", todo
            )
        if (edge.source, edge.target, edge.kind) in seen:
            yield _finding(source, "edge", edge.source, f"{name} ({edge.kind}) stands twice.", "Keep one.")
        seen.add((edge.source, edge.target, edge.kind))


def _cycles(source: PackSource) -> Iterator[Finding]:
    graph: dict[str, set[str]] = {}
    for edge in source.pack.edges:
        if _is_prerequisite(edge):
            graph.setdefault(edge.target, set()).add(edge.source)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        names = [str(name) for name in error.args[1]]
        message = f"Skills require each other in a circle: {' → '.join(names)}."
        yield _finding(source, "cycle", names[0], message, "Remove one of these edges.")


def _is_prerequisite(edge: SkillEdge) -> bool:
    return edge.kind == "requires" and edge.source != edge.target


def _unknown(source: PackSource) -> Iterator[Finding]:
    known = {skill.id for skill in source.pack.skills}
    for placed in source.passages:
        for skill in placed.passage.skills:
            if skill not in known:
                message = f"The passage {placed.passage.id} names the unknown skill {skill}."
                yield Finding(
                    "skill.unknown", placed.file, placed.line, message, "Mend it, or add it to skills.json."
                )


def _complete(source: PackSource) -> Iterator[Finding]:
    kinds: dict[str, set[PassageKind]] = {}
    for passage in source.pack.passages:
        for taught in passage.skills:
            kinds.setdefault(taught, set()).add(passage.kind)
    with_terms = {term.skill for term in source.pack.terms}
    for skill in source.pack.skills:
        for kind in _NEEDED:
            if kind not in kinds.get(skill.id, ()):
                message = f"The skill {skill.id} has no .{kind} passage."
                yield _finding(source, "", skill.id, message, "Write one.", style="skill")
        if skill.id not in with_terms:
            message = f"The skill {skill.id} has no term in the glossary."
            yield _finding(source, "", skill.id, message, "Add one, or name the skill at one.", style="skill")
    if not source.pack.skills:
        yield warning(
            "style.skill",
            layout.SKILLS,
            0,
            "The pack has no skills.",
            todo="Add what a learner will be able to do.",
        )


def _finding(
    source: PackSource, rule: str, skill: str, message: str, todo: str, *, style: str = ""
) -> Finding:
    identifier = f"style.{style}" if style else f"skill.{rule}"
    return Finding(identifier, layout.SKILLS, source.line(layout.SKILLS, skill), message, todo)
