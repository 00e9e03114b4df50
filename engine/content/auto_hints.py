"""Help for an automatic question: where its sentence stands, and the sentence beside it. Never the answer."""

from engine.answers.answer import Answer
from engine.answers.closure import answer_closure, leaks
from engine.content.auto_sentences import Statement, bare
from engine.content.auto_terms import tokens
from engine.content.item import Json
from engine.sentences import sentence_spans

_LONGEST = 400
_LEAST = 5  # words of a sentence that helps


def hints_for(
    one: Statement, answer: Answer, key: str, section: str, *, told: str, typed: bool
) -> dict[str, Json]:
    """Levels 1 and 2, and the first letter where the key is to be typed.

    Args:
        one: the sentence that the question was made from.
        answer: what must not be said.
        key: the term that it is about.
        section: title of the section.
        told: the question, which may be said again.
        typed: the key is to be typed, without anything to choose from.
    """
    closure = answer_closure([(answer, {})])

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
    if typed and key[:1].isalpha():
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
