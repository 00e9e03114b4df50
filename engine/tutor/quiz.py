"""One question back about what was just read: a sentence of the pack with its key term left out.

The reply is compared with the term, and a miss shows the sentence: exposure, not assessment. Practice, with
its items, hints and mastery, is elsewhere (``engine.learner``).
"""

import re
from dataclasses import dataclass

from engine.rag.retrieval import Retrieval, ScoredSentence

GAP = "_____"
_SENTENCE_WORDS = range(6, 31)
_FORMULA = re.compile(r"\$[^$]+\$")


@dataclass(frozen=True, slots=True)
class Quiz:
    """A sentence and the words left out of it, as they stand in it."""

    sentence: ScoredSentence
    key: str

    @property
    def stem(self) -> str:
        """The sentence with its gap."""
        return _pattern(self.key).sub(GAP, self.sentence.text)


def make_quiz(retrieval: Retrieval) -> Quiz | None:
    """The best sentence that holds a glossary term (in bold where there is no glossary), with that term left out."""
    terms = sorted(
        {name for term in retrieval.terms for name in (term.term, *term.aliases) if len(name) > 2},
        key=len,
        reverse=True,
    )
    for sentence in retrieval.sentences:
        if len(sentence.text.split()) not in _SENTENCE_WORDS:
            continue
        bold = [match.group(1) for match in re.finditer(r"\*\*([^*]+)\*\*", sentence.text)]
        formulas = " ".join(_FORMULA.findall(sentence.text))
        for key in (*terms, *bold):
            if _pattern(key).search(sentence.text) and not _pattern(key).search(formulas):
                return Quiz(sentence, key)  # a gap inside a formula could not be shown
    return None


def missing_words(stem: str, sentence: str) -> str:
    """The words that the gap of ``stem`` stands for in ``sentence``; empty if they do not belong together."""
    sentence = " ".join(sentence.split())
    before, gap, after = " ".join(stem.split()).partition(GAP)
    others = re.escape(after).replace(re.escape(GAP), r"\**\1\**")
    pattern = rf"{re.escape(before)}\**(.+?)\**{others}"
    match = re.fullmatch(pattern, sentence, re.IGNORECASE) if gap else None
    return match.group(1).strip("_ ") if match else ""


def is_right(reply: str, key: str) -> bool:
    """Whether ``reply`` names ``key``: same words, whatever their case, number and article."""
    wanted = _plain(key)
    return (
        bool(wanted) and f" {wanted} " in f" {_plain(reply)} " and len(reply.split()) <= len(key.split()) + 4
    )


def _plain(text: str) -> str:
    words = [word for word in re.findall(r"\w+", text.lower()) if word not in ("a", "an", "the")]
    return " ".join(word[:-1] if word.endswith("s") and len(word) > 3 else word for word in words)


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)\**{re.escape(key)}\**(?!\w)", re.IGNORECASE)
