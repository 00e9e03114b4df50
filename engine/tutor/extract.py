"""The answer without a model: which sentences of the packs to quote, and in which order.

Measured on SQuAD 2.0 (docs/decisions): quoting the best two or three sentences holds the answer more often
than the best passage's own first sentences do, at a third of the words.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from engine.rag.retrieval import Retrieval, ScoredSentence
from engine.sentences import leans
from engine.types import AnswerMode, PassageKind

WORD_BUDGET = 64
_MOST = 3
_TABLE = re.compile(r"^\s*\|")
# A learner who asks for an explanation is not served by a wrong working or by one step of an example, unless a model
# that has read it says that it answers best.
_SELDOM_WANTED = (PassageKind.MISTAKE, PassageKind.EXAMPLE, PassageKind.ACTIVITY)
_PENALTY = 1.25
_CLEARLY_BETTER = 0.5  # of a logit
_WRONG_IDEA = re.compile(
    r"\b(?:learners?|pupils?|students?|people|some|many)\b.{0,40}\b(?:thinks?|says?|writes?|believes?|adds?|forgets?)\b"
    r"|\bmistake is\b",
    re.IGNORECASE,
)
_SIMPLE_WORDS = 14
_NEARLY_AS_GOOD = 2.0  # deviations of the scores


def choose_sentences(
    retrieval: Retrieval, *, mode: AnswerMode, shown: Iterable[str] = (), budget: int = WORD_BUDGET
) -> tuple[ScoredSentence, ...]:
    """The sentences to quote, the one that answers best first.

    Args:
        retrieval: what was found.
        mode: ``SIMPLER`` prefers short sentences.
        shown: sentences that the learner has just read; they are not repeated.
        budget: most words in all; the first sentence is taken whatever its length.
    """
    ranked = sorted(_quotable(retrieval), key=lambda sentence: -_value(sentence, retrieval, mode))
    ranked = _fresh(ranked, {_key(text) for text in shown}) or ranked
    chosen: list[ScoredSentence] = []
    words = 0
    for sentence in ranked:
        length = len(sentence.text.split())
        if chosen and (words + length > budget or not _may_follow(sentence, chosen)):
            continue
        chosen.append(sentence)
        words += length
        if len(chosen) == _MOST:
            break
    return tuple(_in_reading_order(chosen))


def with_context(
    sentence: ScoredSentence, spans: list[tuple[int, int]], chosen: Iterable[ScoredSentence]
) -> ScoredSentence:
    """``sentence``, drawn out to the sentence before it where it leans on that one ("This is because …").

    Args:
        sentence: the sentence.
        spans: (start, end) of all sentences of its passage.
        chosen: all that is quoted; what stands there already is not drawn in again.
    """
    before = [span for span in spans if span[1] <= sentence.start]
    if not before or not leans(sentence.text):
        return sentence
    start = before[-1][0]
    quoted = any(other.found is sentence.found and other.start == start for other in chosen)
    return sentence if quoted else replace(sentence, start=start)


def _may_follow(sentence: ScoredSentence, chosen: list[ScoredSentence]) -> bool:
    """Whether ``sentence`` says something new, and no wrong idea that nobody asked about."""
    if _key(sentence.text) in {_key(other.text) for other in chosen}:
        return False
    found = sentence.found
    return found.passage.kind is not PassageKind.MISTAKE or found is chosen[0].found


def _quotable(retrieval: Retrieval) -> Iterable[ScoredSentence]:
    """All but rows of tables, which say little when quoted alone, unless nothing else was found."""
    prose = [sentence for sentence in retrieval.sentences if not _TABLE.match(sentence.text)]
    return prose or retrieval.sentences


def _fresh(ranked: list[ScoredSentence], already: set[str]) -> list[ScoredSentence]:
    """What was not read yet and is nearly as good as the best: better to say it again than to change the subject."""
    return [
        sentence
        for sentence in ranked
        if _key(sentence.text) not in already
        and (sentence.found is ranked[0].found or sentence.score >= ranked[0].score - _NEARLY_AS_GOOD)
    ]


def _value(sentence: ScoredSentence, retrieval: Retrieval, mode: AnswerMode) -> float:
    kind = sentence.found.passage.kind
    asked_for = any(one.kind == "kind" and one.value == kind for one in retrieval.filters)
    wrong_idea = kind is PassageKind.MISTAKE and _is_wrong_idea(sentence.text)
    welcome = asked_for or (_answers_best(sentence, retrieval) and not wrong_idea)
    value = sentence.score
    if kind in _SELDOM_WANTED and not welcome:
        value -= _PENALTY
    if wrong_idea:
        value -= 1.0  # the correction is quoted before it
    if mode is AnswerMode.SIMPLER:
        value -= 0.08 * max(0, len(sentence.text.split()) - _SIMPLE_WORDS)
    return value


def _is_wrong_idea(text: str) -> bool:
    """Whether ``text`` tells what people get wrong, and leaves the correction to another sentence."""
    return bool(_WRONG_IDEA.search(text)) and ", but " not in text


def _answers_best(sentence: ScoredSentence, retrieval: Retrieval) -> bool:
    """Whether a model that has read it says that it answers, and no other of a wanted kind does nearly so."""
    if sentence.logit is None or sentence.logit <= 0:
        return False
    read = [(one.logit, one.found.passage.kind) for one in retrieval.sentences if one.logit is not None]
    return all(
        logit <= sentence.logit - (0 if kind in _SELDOM_WANTED else _CLEARLY_BETTER) for logit, kind in read
    )


def _in_reading_order(chosen: list[ScoredSentence]) -> list[ScoredSentence]:
    """The best sentence first, the others by passage (best passage first) and place in it."""
    order = {id(sentence.found): rank for rank, sentence in reversed(list(enumerate(chosen)))}
    return chosen[:1] + sorted(chosen[1:], key=lambda sentence: (order[id(sentence.found)], sentence.start))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
