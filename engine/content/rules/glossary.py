"""The glossary: terms that are unique, defined by name, introduced where they say, and confusable with each other."""

from collections.abc import Iterator

from engine.content.finding import Finding, warning
from engine.content.layout import GLOSSARY
from engine.content.pack_source import PackSource
from engine.types import Term


def check_glossary(source: PackSource) -> Iterator[Finding]:
    """Findings on glossary.json."""
    yield from _repeated(source)
    passages = {passage.id: f"{passage.title}\n{passage.text}" for passage in source.pack.passages}
    skills = {skill.id for skill in source.pack.skills}
    terms = {term.term for term in source.pack.terms}
    for term in source.pack.terms:
        if term.passage not in passages:
            message = f"The term {term.term!r} names the unknown passage {term.passage}."
            yield _finding(source, "passage", term, message, "Name the passage that introduces it.")
        elif not _introduced(term, passages[term.passage]):
            message = f"The passage {term.passage} does not hold the term {term.term!r}."
            line = source.line(GLOSSARY, term.term)
            yield warning("style.term", GLOSSARY, line, message, todo="Name the passage that introduces it.")
        if term.skill is not None and term.skill not in skills:
            message = f"The term {term.term!r} names the unknown skill {term.skill}."
            yield _finding(source, "skill", term, message, "Name one of skills.json.")
        for other in term.confusable_with:
            if other not in terms or other == term.term:
                message = f"The term {term.term!r} is confusable with {other!r}, which is no other term here."
                yield _finding(source, "confusable", term, message, "Add that term, or remove the mention.")
        if term.term.lower() not in term.definition.lower():
            message = f"The definition of {term.term!r} does not name it."
            todo = "Write a full sentence that starts with the term."
            yield Finding("style.definition", GLOSSARY, source.line(GLOSSARY, term.term), message, todo)


def _repeated(source: PackSource) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for term in source.pack.terms:
        for name in (term.term, *term.aliases):
            other = seen.get(name.casefold())
            if other is not None:
                message = f"{name!r} stands for both {other!r} and {term.term!r}."
                if name == term.term:
                    yield _finding(source, "repeated", term, message, "Keep one of them.")
                else:
                    line = source.line(GLOSSARY, name)
                    yield warning(
                        "style.alias", GLOSSARY, line, message, todo="Remove the alias from one of them."
                    )
            seen.setdefault(name.casefold(), term.term)


def _introduced(term: Term, text: str) -> bool:
    plain = text.casefold().replace("*", "")
    return any(name.casefold() in plain for name in (term.term, *term.aliases))


def _finding(source: PackSource, rule: str, term: Term, message: str, todo: str) -> Finding:
    return Finding(f"glossary.{rule}", GLOSSARY, source.line(GLOSSARY, term.term), message, todo)
