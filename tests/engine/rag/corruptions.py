"""Edits of true sentences: those that keep the meaning must pass the citation check, those that break it must not."""

import random
import re
from collections.abc import Callable

from engine.content.pack import Pack
from engine.rag.retrieval import Retrieval, ScoredPassage
from engine.rag.words import STOP_WORDS
from engine.sentences import split_sentences
from engine.types import Passage, Term

Edit = Callable[[str, Passage, Pack, random.Random], str | None]
_WORD = re.compile(r"[A-Za-z]{3,}")
_ANTONYMS = {
    "more": "less", "less": "more", "before": "after", "after": "before", "increases": "decreases", "above": "below",
    "decreases": "increases", "must": "may", "always": "never", "larger": "smaller", "smaller": "larger", "up": "down",
    "down": "up", "same": "different", "high": "low", "low": "high", "inside": "outside", "outside": "inside",
    "left": "right", "right": "left", "positive": "negative", "negative": "positive", "greater": "smaller", "all": "no",
    "hot": "cold", "faster": "slower", "slower": "faster", "longer": "shorter", "most": "least", "small": "large",
    "large": "small", "bigger": "smaller", "add": "subtract", "multiply": "divide", "top": "bottom", "into": "out of",
}  # fmt: skip
_SYNONYMS = {"need": "require", "large": "big", "start": "begin", "show": "display", "change": "alter",
             "happens": "occurs", "small": "tiny", "whole": "entire", "gives": "provides", "kind": "type"}  # fmt: skip
_OUTSIDE = (
    "volcano",
    "parliament",
    "saxophone",
    "Napoleon",
    "umbrella",
    "bankruptcy",
    "penguin",
    "democracy",
)


def retrieval_of(pack: Pack, passage: Passage) -> Retrieval:
    """What a search gives that found ``passage`` and its two neighbours."""
    section = {section.id: section for section in pack.sections}
    at = pack.passages.index(passage)
    found = [passage, *pack.passages[max(0, at - 1) : at], *pack.passages[at + 1 : at + 2]]
    scored = [
        ScoredPassage(pack.info.id, one, section[one.section], 1.0, terms=_named(pack, one)) for one in found
    ]
    return Retrieval(question="", passages=tuple(scored))


def _named(pack: Pack, passage: Passage) -> tuple[Term, ...]:
    return tuple(term for term in pack.terms if term.term.lower() in passage.text.lower())


def plain_sentences(passage: Passage) -> list[str]:
    """Sentences of prose with at least six words."""
    return [
        sentence
        for sentence in split_sentences(passage.text)
        if len(sentence.split()) >= 6
        and sentence[0].isupper()
        and sentence[-1] == "."
        and "|" not in sentence
    ]


def verbatim(sentence: str, *_: object) -> str | None:
    return sentence


def lead_in(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    start = rng.choice(("Remember that ", "In other words, ", "This means that ", "Note: "))
    return start + sentence[0].lower() + sentence[1:]


def clause(sentence: str, *_: object) -> str | None:
    first = re.split(r", (?:and|so|which|because)\b|; ", sentence)[0]
    return first + "." if first != sentence and len(first.split()) >= 4 else None


def synonym(sentence: str, *_: object) -> str | None:
    for word, other in _SYNONYMS.items():
        if re.search(rf"\b{word}\b", sentence):
            return re.sub(rf"\b{word}\b", other, sentence, count=1)
    return None


def formula_with_a_hole(sentence: str, *_: object) -> str | None:
    for formula in re.findall(r"\$[^$]+\$", sentence):
        shorter = re.sub(r"\([^)]*\)|\d+", "", formula[1:-1], count=1).strip()
        if shorter and shorter != formula[1:-1]:
            return sentence.replace(formula, f"${shorter}$")
    return None


def number_changed(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    numbers = list(re.finditer(r"\d+", sentence))
    if not numbers:
        return None
    chosen = rng.choice(numbers)
    return (
        sentence[: chosen.start()] + str(int(chosen.group()) + rng.randint(1, 9)) + sentence[chosen.end() :]
    )


def negation_added(sentence: str, *_: object) -> str | None:
    changed = re.sub(r"\b(is|are|can|was|were|has|have|will|does|do)\b", r"\1 not", sentence, count=1)
    return changed if changed != sentence and " not not" not in changed else None


def antonym(sentence: str, *_: object) -> str | None:
    for word, other in _ANTONYMS.items():
        if re.search(rf"\b{word}\b", sentence):
            return re.sub(rf"\b{word}\b", other, sentence, count=1)
    return None


def two_outside_words(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    words = sentence.split()
    for outside in rng.sample(_OUTSIDE, 2):
        words.insert(rng.randrange(1, len(words)), outside)
    return " ".join(words)


def role_swap(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    content = [match for match in _WORD.finditer(sentence) if match.group().lower() not in STOP_WORDS]
    if len(content) < 3:
        return None
    first, second = sorted(rng.sample(content, 2), key=lambda match: match.start())
    if first.group().lower() == second.group().lower():
        return None
    return (
        sentence[: first.start()]
        + second.group()
        + sentence[first.end() : second.start()]
        + first.group()
        + sentence[second.end() :]
    )


def said_of_another(sentence: str, *_: object) -> str | None:
    """What a relative clause says of its noun, said of the word that the sentence begins with."""
    found = re.fullmatch(
        r"((?:The |An? )?[\w'-]+) (.+?),? (?:which|that|who) ((?:is|are|has|have|was|were)? ?.{8,})", sentence
    )
    if found is None or found[1].lower() in STOP_WORDS or len(_WORD.findall(found[2])) < 2:
        return None
    return f"{found[1]} {found[3]}"


def aside_dropped(sentence: str, *_: object) -> str | None:
    """What stands between a noun and its "is" only to say where, or of what, is left out."""
    shorter = re.sub(
        r"(?<=\w) (?:of|in|on|with|from|at) (?:the |an? )?[a-z]+(?= (?:is|are|was|were|has|have)\b)",
        "",
        sentence,
        count=1,
    )
    return shorter if shorter != sentence else None


def word_of_passage(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    content = [match for match in _WORD.finditer(sentence) if match.group().lower() not in STOP_WORDS]
    others: list[str] = [
        word
        for word in _WORD.findall(passage.text)
        if word.lower() not in STOP_WORDS and word.lower() not in sentence.lower()
    ]
    if not content or not others:
        return None
    chosen = rng.choice(content)
    return sentence[: chosen.start()] + rng.choice(others) + sentence[chosen.end() :]


def other_passage(sentence: str, passage: Passage, pack: Pack, rng: random.Random) -> str | None:
    at = pack.passages.index(passage)
    sentences = plain_sentences(rng.choice([*pack.passages[: max(0, at - 4)], *pack.passages[at + 5 :]]))
    return rng.choice(sentences) if sentences else None


KEEPING: dict[str, Edit] = {
    edit.__name__: edit for edit in (verbatim, lead_in, clause, aside_dropped, synonym)
}
BREAKING: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        formula_with_a_hole,
        number_changed,
        negation_added,
        antonym,
        two_outside_words,
        role_swap,
        said_of_another,
        other_passage,
        word_of_passage,
    )
}
