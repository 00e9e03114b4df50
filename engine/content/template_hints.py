"""Help for a step that nobody wrote help for, such as an imported question: where to look, and how to begin.

It says nothing that is not in the question, so it can give nothing away.
"""

import re

from engine.content.item import Hints, ItemKind
from engine.sentences import split_sentences

_LONGEST = 300
_CLAUSE = re.compile(r", ((?:how|what|which|who|when|where|why)\b[^,]*\?)$", re.IGNORECASE)
_AGAIN = "Read the question again, word for word. What is asked for?"
_WORK_OUT = "Write down what is given and what is wanted. Which of the given things do you need at the start?"
_REMEMBER = "Say what you know about it in your own words. Which word does the question look for?"
_BEGIN = {
    ItemKind.CHOICE: "Look at each option in turn. Which can you rule out, and why?",
    ItemKind.MULTIPLE: "Look at each option in turn, as if it stood alone. Does it fit?",
    ItemKind.ORDER: "Look for what nothing else can come before. What follows from it?",
    ItemKind.MATCH: "Begin with the pair that you are surest of. What is left then?",
    ItemKind.TEXT: _REMEMBER,
    ItemKind.CLOZE: "Read the whole sentence with each word that you could put in. Which makes sense?",
    ItemKind.SHORT: "Say what you know about it in your own words. What does the question want to know of it?",
}


def template_hints(kind: ItemKind, question: str) -> Hints:
    """Levels 1 and 2 for a step of this ``kind`` that asks ``question`` (Markdown, filled in)."""
    sentences = split_sentences(question)
    asked = [sentence for sentence in sentences if sentence.rstrip('"”’)*_').endswith("?")]
    goal = (asked or sentences or [""])[-1]
    if (clause := _CLAUSE.search(goal)) is not None:
        goal = f"… {clause.group(1)}"  # the conditions before it are given, and no goal
    plain = goal and len(goal) <= _LONGEST and "[gap:" not in goal and "”" not in goal
    orient = f"Read again what is asked: “{goal}”" if plain else _AGAIN
    return Hints(orient, _BEGIN.get(kind, _WORK_OUT))
