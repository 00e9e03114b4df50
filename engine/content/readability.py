"""How hard a passage is to read: words, sentences, syllables and the Flesch-Kincaid grade (English).

Formulas count as one word, tables and pictures not at all.
"""

import re
from collections.abc import Sequence

from engine.content.tex import formulas
from engine.sentences import split_sentences

_WORD = re.compile(r"[A-Za-z']*[A-Za-z][A-Za-z']*")
_VOWELS = re.compile(r"[aeiouy]+")


def prose(text: str) -> str:
    """``text`` with "x" for each formula, and without table rows and pictures."""
    lines = _with_placeholders(text).split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith(("|", "![")))


def length(text: str) -> int:
    """Words of a passage, tables included, each formula counted as one."""
    return sum(any(character.isalnum() for character in word) for word in _with_placeholders(text).split())


def sentence_words(text: str) -> list[list[str]]:
    """The words of each sentence of ``text``; sentences without words are left out."""
    found = [_WORD.findall(sentence) for sentence in split_sentences(prose(text))]
    return [words for words in found if words]


def syllables(word: str) -> int:
    """Syllables of an English word, estimated by its groups of vowels; at least one."""
    letters = word.lower().replace("'", "")
    count = len(_VOWELS.findall(letters))
    if letters.endswith("e") and not letters.endswith("le") and count > 1:
        count -= 1
    return max(1, count)


def reading_grade(sentences: Sequence[Sequence[str]]) -> float:
    """The Flesch-Kincaid grade of ``sentences`` (lists of words): 0.39 words/sentence + 11.8 syllables/word - 15.59."""
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def _with_placeholders(text: str) -> str:
    pieces, position = [], 0
    for formula in formulas(text):
        pieces += [text[position : formula.start], " x "]
        position = formula.end
    return "".join([*pieces, text[position:]])
