"""What the glossary of a pack says of a passage: the terms that it names, and whether it is where one is introduced."""

import re

from engine.rag.candidates import Found
from engine.rag.question import Question
from engine.rag.words import content_stems, stem, words
from engine.types import Term

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def introduces(found: Found, question: Question) -> bool:
    """Whether the passage is where the glossary says that what is asked for is introduced."""
    return any(
        set(content_stems(name)) == set(question.stems)
        for term in found.index.terms
        if term.passage == found.indexed.passage.id
        for name in (term.term, *term.aliases)
    )


def defines(sentence: str, question: Question) -> bool:
    """Whether the sentence has what is asked for in bold, as packs have a term where they say what it is."""
    return any(set(content_stems(name)) == set(question.stems) for name in _BOLD.findall(sentence))


def named_terms(found: Found) -> tuple[Term, ...]:
    """The glossary entries that the passage names, in the order in which it does."""
    text = _stemmed(found.indexed.passage.text)
    places = {}
    for term in found.index.terms:
        named = [text.find(_stemmed(name)) for name in (term.term, *term.aliases)]
        if max(named) >= 0:
            places[term] = min(at for at in named if at >= 0)
    return tuple(sorted(places, key=places.__getitem__))


def _stemmed(text: str) -> str:
    """The stems of ``text``, each between spaces, so that whole words are found in it."""
    return f" {' '.join(stem(word) for word in words(text))} "
