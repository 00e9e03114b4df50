"""Help for an automatic question: where its sentence stands, and the sentence beside it. Never the answer."""

from collections.abc import Sequence

from engine.answers.answer import TextAnswer
from engine.answers.closure import answer_closure, leaks
from engine.content.auto_sentences import Statement, bare
from engine.content.auto_terms import tokens
from engine.content.item import Json
from engine.sentences import sentence_spans

_LONGEST = 400
_LEAST = 5  # words of a sentence that helps


def hints_for(
    one: Statement, keys: Sequence[str], section: str, *, told: str, options: Sequence[Json] | None = None
) -> dict[str, Json]:
    """Levels 1 and 2, and the first letter where the key is to be typed.

    Args:
        one: the sentence that the question was made from.
        keys: all spellings of what is asked for, as it stands there first.
        section: title of the section.
        told: the question, which may be said again.
        options: what can be chosen from, if it is not typed.
    """
    closure = answer_closure([(TextAnswer(tuple(keys)), {})])
    key = keys[0]

    def safe(text: str) -> bool:
        return "[[" not in text and leaks(text, closure, told) is None

    places = (one.passage.title, section)
    where = next((f"Look in “{place}”." for place in places if place and safe(f"Look in “{place}”.")), "")
    if not where and one.passage.page is not None:
        where = f"Look on page {one.passage.page} of the document."
    if not where or not safe(where):
        where = "Look at the passage that this question was made from."
    words = len(tokens(key))
    counted = "It is one word." if words == 1 else "It is more than one word."
    beside = next((text for text in _beside(one) if safe(text)), None)
    hints: dict[str, Json] = {
        "L1": where,
        "L2": {"quote": beside, "passage": one.passage.id} if beside else counted,
    }
    if options is None and key[:1].isalpha():
        hints["L4"] = f"It begins with “{key[0]}”."
    return hints


def _beside(one: Statement) -> list[str]:
    """The sentences before and after it in its passage, verbatim."""
    text = one.passage.text
    spans = sentence_spans(text)
    at = next(n for n, (start, _) in enumerate(spans) if start == one.start)
    near = [spans[n] for n in (at - 1, at + 1) if 0 <= n < len(spans)]
    return [
        sentence
        for start, end in near
        if len(bare(sentence := text[start:end]).split()) >= _LEAST
        and len(sentence) <= _LONGEST
        and "|" not in sentence
    ]
