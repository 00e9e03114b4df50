"""Words, stems and stop words: how a question and a text are compared by their vocabulary.

A light stemmer of our own, because hundreds of sentences are compared for each question: the Snowball stemmer
in pure Python takes about ten times as long on words it has not seen. FTS5 does its own, deeper stemming.
"""

import re
import unicodedata
from functools import lru_cache

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren as at be because been before being below
    between both but by can cannot could couldn d did didn do does doesn doing don down during each else ever few for
    from further get gets give given got had hadn has hasn have haven having he her here hers herself him himself his
    how i if in into is isn it its itself just know let like ll m many me might mine more most much must my myself no
    nor not now of off often on once one only or other others our ours ourselves out over own per please r re s same
    shall she should shouldn so some such t tell than that thats the their theirs them themselves then there these
    they this those through to too u under until up upon us ve very was wasn we were weren what whats when where
    wheres whether which while who whom whos whose why whys will with without won would wouldn you your yours yourself
    explain describe does mean means meaning""".split()
)
NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
    millions billion billions trillion half third quarter dozen double twice triple once single both first second
    fourth fifth""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_COMBINING = re.compile("[\u0300-\u036f]")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def fold(text: str) -> str:
    """``text`` in lower case without diacritics, as the lexical index sees it."""
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return text.lower()


def words(text: str) -> list[str]:
    """Folded words of ``text`` in order; an apostrophe parts a word, "1,000" is one word without its comma."""
    found = _WORD.findall(fold(text))
    return [word.replace(",", "") if "," in word else word for word in found] if "," in text else found


def content_stems(text: str) -> list[str]:
    """Stems of the words of ``text`` that carry meaning, in order, with repetitions."""
    return [found for word in words(text) if (found := content_stem(word))]


def joined_apostrophes(text: str) -> str:
    """``text`` with "what's" as "whats": both spellings of a contraction then look alike."""
    return _APOSTROPHE.sub("", text)


@lru_cache(maxsize=1 << 16)
def content_stem(word: str) -> str:
    """The stem of a folded word; "" for a stop word."""
    return "" if word in STOP_WORDS else stem(word)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The light stem of a folded word: plural, past, -ing, -ly and -er endings taken off long enough words."""
    if len(word) <= 3 or word[0].isdigit():
        return word
    word = _without_plural(word)
    for ending, least in (("ingly", 4), ("edly", 4), ("ing", 3), ("ed", 3), ("ly", 4)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _without_e(_undoubled(word[: -len(ending)]))
    return _without_e(word)


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        return word[:-1]
    return word


def _without_e(word: str) -> str:
    if len(word) > 4 and word.endswith("e"):
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word
