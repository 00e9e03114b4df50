"""Finds passages by their words with SQLite's FTS5, inside the pack's own file.

Long questions make many postings: the commonest terms are left out beyond a budget, because they cost most and
decide least (an OR of all terms took 33 ms at 100,000 passages).
"""

import json
from typing import TYPE_CHECKING

from engine.rag.words import STOP_WORDS, stem, words
from engine.storage.sqlite import storage_errors

if TYPE_CHECKING:
    from engine.storage.sqlite import Connection

_POSTINGS = 6_000
_LEAST_TERMS = 3
_MOST_TERMS = 32
_TITLE_WEIGHT, _TEXT_WEIGHT = 1.0, 1.0


class Fts5Index:
    """Lexical index over the table ``passage_words``.

    Args:
        connection: to the pack's index; stays owned by the caller.
        postings: most passages that the terms of a question may hold together before the commonest are left out.
    """

    def __init__(self, connection: "Connection", *, postings: int = _POSTINGS) -> None:
        self._connection = connection
        self._postings = postings

    def search(self, question: str, limit: int) -> list[tuple[int, float]]:
        """Best passages first: (row, BM25 score, higher is better)."""
        terms = self._terms(question)
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in terms)
        with storage_errors(self._connection):
            found = self._connection.execute(
                "SELECT rowid, -bm25(passage_words, ?, ?) FROM passage_words WHERE passage_words MATCH ?"
                " ORDER BY bm25(passage_words, ?, ?), rowid LIMIT ?",
                (_TITLE_WEIGHT, _TEXT_WEIGHT, match, _TITLE_WEIGHT, _TEXT_WEIGHT, limit),
            ).fetchall()
        return [(row, score) for row, score in found]

    def _terms(self, question: str) -> list[str]:
        """The question's words, rarest first, without stop words unless there is nothing else."""
        found = list(dict.fromkeys(words(question)))
        wanted = [word for word in found if word not in STOP_WORDS] or found
        held = self._passages_with({stem(word) for word in wanted})
        known = sorted((held[stem(word)], word) for word in wanted if stem(word) in held)[:_MOST_TERMS]
        terms: list[str] = []
        postings = 0
        for passages, word in known:
            postings += passages
            if len(terms) >= _LEAST_TERMS and postings > self._postings:
                break
            terms.append(word)
        return terms

    def _passages_with(self, stems: set[str]) -> dict[str, int]:
        with storage_errors(self._connection):
            return dict(
                self._connection.execute(
                    "SELECT stem, sum(passages) FROM words WHERE stem IN (SELECT value FROM json_each(?))"
                    " GROUP BY stem",
                    (json.dumps(sorted(stems)),),
                ).fetchall()
            )
