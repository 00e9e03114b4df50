"""Checks a sentence or two in the learner's own words, by the ideas that they should hold.

How well an idea is covered is the share of its words that are there, words being compared by their stems, and whether
those are there that it cannot do without. A word counts only with the same polarity: "does not need light" does not
cover "needs light". Nothing is ever called wrong: it is covered, or not yet (``teaching.md`` 3.4).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from engine.answers.answer import Expectation, MistakeRule, ShortAnswer
from engine.answers.checkers.text import alike
from engine.answers.verdict import Flaw, Outcome, Verdict

COVERED = 0.72
MISCONCEPTION = 0.75
_AHEAD = 0.05
_KEY_SHARE = 0.55  # what the words that an idea cannot do without count
_WITHOUT_KEY = 0.6
_OTHER_POLARITY = 0.4
_REACH = 4  # how many words behind "not" are negated
_LEAST_BEGINNING = 4
MAX_ANSWER = 2000
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[.,;:!?]")
_NEGATORS = frozenset({
    "not", "no", "never", "without", "none", "nothing", "neither", "nor", "cannot", "cant", "dont", "doesnt", "didnt",
    "isnt", "arent", "wasnt", "werent", "wont", "couldnt", "wouldnt", "shouldnt", "hasnt", "havent", "hadnt", "hardly",
    "unable", "lack", "lacks", "lacking",
})  # fmt: skip
_CLAUSE_ENDS = frozenset(
    {".", ",", ";", ":", "!", "?", "but", "because", "and", "so", "while", "although", "only"}
)
_STOP_WORDS = frozenset({
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "it", "its", "it's", "they", "them", "their",
    "this", "that", "these", "those", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "and", "or",
    "but", "so", "because", "if", "then", "than", "do", "does", "did", "has", "have", "had", "can", "will", "would",
    "there", "which", "who", "what", "when", "where", "i", "we", "you", "he", "she", "also", "very", "just", "some",
    "any", "into", "about",
})  # fmt: skip

Stems = Mapping[str, bool]
"""The stems of a text, with whether each stands behind a negation."""


def check_short(answer: ShortAnswer, text: str, mistakes: Sequence[MistakeRule] = ()) -> Verdict:
    """The verdict on ``text``; ``right_parts`` are the ids of the ideas that it covers."""
    if len(text) > MAX_ANSWER:
        return Verdict(Outcome.UNREADABLE, message=f"That is longer than {MAX_ANSWER} characters.")
    given = stems_with_polarity(text)
    if not given:
        return Verdict(Outcome.UNREADABLE, message="There is nothing to read yet.")
    scores = {part.id: coverage(part, given) for part in answer.expectations}
    best = max(scores.values(), default=0.0)
    covered = tuple(identifier for identifier, score in scores.items() if score >= COVERED)
    for rule in mistakes:
        if isinstance(rule.wrong, ShortAnswer):
            held = max((coverage(part, given) for part in rule.wrong.expectations), default=0.0)
            if held >= MISCONCEPTION and held > best + _AHEAD:
                return Verdict(Outcome.NOT_YET, Flaw.INCOMPLETE, rule.misconception, right_parts=covered)
    if len(covered) == len(answer.expectations):
        return Verdict(Outcome.RIGHT, right_parts=covered)
    return Verdict(Outcome.PARTLY if covered else Outcome.NOT_YET, Flaw.INCOMPLETE, right_parts=covered)


def coverage(expectation: Expectation, given: Stems) -> float:
    """How well ``given`` covers the idea, from 0 to 1: by the wording that fits best."""
    keys = [tuple(stems_with_polarity(one) for one in key.split("|")) for key in expectation.key]
    return max(
        (_covered(stems_with_polarity(phrasing), keys, given) for phrasing in expectation.phrasings),
        default=0.0,
    )


def _covered(wanted: Stems, keys: Sequence[tuple[Stems, ...]], given: Stems) -> float:
    if not wanted:
        return 0.0
    found = {stem: match for stem in wanted if (match := _find(stem, given)) is not None}
    recall = len(found) / len(wanted)
    score = recall
    if keys:
        there = [key for key in keys if any(_is_there(one, given) for one in key)]
        score = max(recall, (1 - _KEY_SHARE) * recall + _KEY_SHARE * len(there) / len(keys))
        if len(there) < len(keys):
            score = min(score, _WITHOUT_KEY)
    if any(wanted[stem] != given[match] for stem, match in found.items()):
        score = min(score, _OTHER_POLARITY)
    return score


def _is_there(key: Stems, given: Stems) -> bool:
    """A key may be the beginning of a word: "resist" is there in "resistance"."""
    return all(
        _find(stem, given) is not None
        or (len(stem) >= _LEAST_BEGINNING and any(other.startswith(stem) for other in given))
        for stem in key
    )


def _find(stem: str, given: Iterable[str]) -> str | None:
    return next((other for other in given if other == stem), None) or next(
        (other for other in given if alike(stem, other)), None
    )


@lru_cache(maxsize=2048)
def stems_with_polarity(text: str) -> Stems:
    """The stems of the words of ``text`` that carry meaning, with whether each stands behind a negation."""
    result: dict[str, bool] = {}
    negated = 0
    for token in _TOKEN.findall(text.casefold().replace("’", "'")):
        word = token.replace("'", "")
        if word in _CLAUSE_ENDS:
            negated = 0
        elif word in _NEGATORS or token.endswith("n't"):
            negated = 0 if negated else _REACH + 1
        elif word not in _STOP_WORDS:
            stem = _stem(word)
            result[stem] = result.get(stem, negated > 0) and negated > 0
        negated = max(0, negated - 1)
    return result


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    import snowballstemmer

    stem: str = snowballstemmer.stemmer("english").stemWord(word)
    return stem
