"""Repairs slips in a question's words against the words of the packs: "mitocondria" becomes "mitochondria".

Only words that occur nowhere are touched, only towards words that do occur, and only over one edit (two in words of
eight letters and more) with the first letter kept: a word that is merely foreign to the packs should stay so, because
that it is foreign says that they do not answer the question.
"""

from collections.abc import Callable, Sequence

from engine.rag.words import content_stem, fold, words

_SHORTEST = 5
_LONG = 8
_SURE = 7


def repaired(
    question: str,
    *,
    is_known: Callable[[str], bool],
    similar: Callable[[str, int, int], Sequence[tuple[str, int]]],
) -> tuple[str, dict[str, str]]:
    """The question with slips repaired, and which word became which.

    Args:
        question: as the learner wrote it.
        is_known: whether a folded word occurs in the packs.
        similar: (word, occurrences) of the packs with this first letter and between these lengths.
    """
    changes: dict[str, str] = {}
    for word in dict.fromkeys(words(question)):
        if len(word) < _SHORTEST or not word.isalpha() or not content_stem(word) or is_known(word):
            continue
        edits = 2 if len(word) >= _LONG else 1
        best = _closest(word, similar(word[0], len(word) - edits, len(word) + edits), edits)
        if best:
            changes[word] = best
    if not changes:
        return question, changes
    return " ".join(_replaced(token, changes) for token in question.split()), changes


def distance(left: str, right: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from ``left`` to ``right``; ``limit`` + 1 for more than that."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _closest(word: str, candidates: Sequence[tuple[str, int]], limit: int) -> str | None:
    letters = set(word)
    near = [
        (found, -count, candidate)
        for candidate, count in candidates
        if len(letters ^ set(candidate)) <= 2 * limit
        and (found := distance(word, candidate, limit)) <= limit
        and not _other_word(word, candidate)
    ]
    return min(near)[2] if near else None


def _other_word(word: str, candidate: str) -> bool:
    """Whether a short word has a letter of its own: "stuff" for "stiff", "planet" for "plane" are words, no slips."""
    return len(word) < _SURE and len(word) >= len(candidate) and sorted(word) != sorted(candidate)


def _replaced(token: str, changes: dict[str, str]) -> str:
    for word in words(token):
        if word in changes:
            return fold(token).replace(word, changes[word])
    return token
