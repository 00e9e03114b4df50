"""Sentence boundaries in Markdown prose with TeX: the unit of retrieval, of quoting and of checking.

A sentence is a span of the text it stands in, so that it can be quoted verbatim and marked in place.
List items, table rows, display formulas and whole blocks of fenced code are sentences of their own.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st sr jr vs etc e.g i.e eg ie cf fig figs eq eqs no nos vol pp ch sec approx ca inc ltd
    co corp gen col sgt capt lt gov sen rep rev hon jan feb mar apr jun jul aug sep sept oct nov dec mt ft al ed
    eds est u.s u.k u.n b.c a.d ph.d d.c""".split()
)
_END = re.compile(r"""[.!?…][.!?…]*["'”’)\]*_]*(?=\s|$)|[。！？؟۔।]["'”’)\]]*""")
# As in Pandoc: a sum of money ("$5 or $10") is no formula.
_MATH = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?![\s$])[^$\n]+?(?<!\s)\$(?!\d)|`[^`\n]+`", re.DOTALL)
_OPEN = re.compile(r"\$\$|[$`][^\n]*\Z")  # what later text could still make a formula of
_LAST_WORD = re.compile(r"([^\s(\[\"'“‘]+)$")
_MARKER = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+|>\s*|\|")
_ITEM = r"[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+)?"
_FENCE = re.compile(_ITEM + r"(?:(`{3,})[^`]*|(~{3,}).*)", re.DOTALL)
_PERHAPS_FENCE = re.compile(_ITEM + r"(?:``?|~~?|`{3,}[^`\n]*|~{3,}.*)")  # a line that has not ended
_LEANING = re.compile(
    r"^\W*(it|its|this|that|these|those|they|their|he|she|his|her|such|so|then|here)\b", re.IGNORECASE
)
_FULL_WIDTH = "。！？؟۔।"
_MAX_CHARS = 1200


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of ``text``, in order, without the white space around them."""
    return _spans(text, _fences(text)[0])


def split_sentences(text: str) -> list[str]:
    """The sentences of ``text`` as strings."""
    return [text[start:end] for start, end in sentence_spans(text)]


def leans(sentence: str) -> bool:
    """Whether it begins with a word that stands for something in the sentence before it ("This is because …")."""
    return bool(_LEANING.match(sentence))


def formulas_and_code(text: str) -> set[str]:
    """What stands in dollar signs or backquotes in ``text``, without these and without spaces."""
    return {"".join(match.split()).strip("$`") for match in _MATH.findall(text)}


class SentenceStream:
    """Collects pieces of a stream and gives back each sentence as soon as it is certainly complete.

    The sentences are those of the whole text, whatever its pieces.
    """

    def __init__(self) -> None:
        self._text = ""
        self._given = 0
        self._in_line = False  # whether the text begins in the middle of a line

    def feed(self, piece: str) -> Iterator[str]:
        """Add ``piece``; yield the sentences that it completed."""
        self._text += piece
        fences, open_fence = _fences(self._text, in_line=self._in_line)
        if open_fence:
            return
        tail = fences[-1][1] if fences else 0
        opened = _OPEN.search(_masked(self._text[tail:]))
        certain = tail + opened.start() if opened else len(self._text)
        yield from self._give([span for span in _spans(self._text, fences)[:-1] if span[1] <= certain])

    def finish(self) -> Iterator[str]:
        """Yield what is left at the end of the stream."""
        yield from self._give(_spans(self._text, _fences(self._text, in_line=self._in_line)[0]))

    def _give(self, spans: list[tuple[int, int]]) -> Iterator[str]:
        for start, end in spans[self._given :]:
            self._given += 1
            yield self._text[start:end]
        if spans and spans[-1][1] - spans[-1][0] < _MAX_CHARS:  # the rest of a longer one is cut where it was
            self._text = self._text[spans[-1][1] :]
            self._given = 0
            self._in_line = True


def _spans(text: str, fences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in (*fences, (len(text), len(text))):
        spans += [(position + at, position + to) for at, to in _prose_spans(text[position:start])]
        spans += _trim(text, start, end)
        position = end
    return spans


def _fences(text: str, *, in_line: bool = False) -> tuple[list[tuple[int, int]], bool]:
    """Spans of whole lines of fenced code (CommonMark 4.5), and whether later text could still make one.

    A fence that is not closed is none: it would swallow the rest.

    Args:
        text: what is looked through.
        in_line: whether it begins in the middle of a line, where no fence is.
    """
    if "`" not in text and "~" not in text:
        return [], False
    lines = text.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    fences: list[tuple[int, int]] = []
    endless: dict[str, int] = {}  # by sign: a fence as long as this, or longer, is not closed from here on
    at = int(in_line)
    while at < len(lines):
        opening = _FENCE.fullmatch(lines[at])
        fence = (opening.group(1) or opening.group(2)) if opening else ""
        if fence and len(fence) < endless.get(fence[0], len(text) + 1):
            last = _closing(lines, at, fence)
            if last is None:
                endless[fence[0]] = len(fence)
            else:
                fences.append((ends[at] - len(lines[at]), ends[last]))
                at = last
        at += 1
    unended = lines[int(in_line) :][-1:]
    return fences, bool(endless) or any(_PERHAPS_FENCE.fullmatch(line) for line in unended)


def _closing(lines: list[str], opening: int, fence: str) -> int | None:
    """The line that closes the ``fence`` that the line ``opening`` begins."""
    for at in range(opening + 1, len(lines)):
        bare = lines[at].strip()
        if len(bare) >= len(fence) and not bare.strip(fence[0]):
            return at
    return None


def _prose_spans(text: str) -> list[tuple[int, int]]:
    masked = _masked(text)
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(masked):
        position = start
        for match in _END.finditer(masked, start, end):
            if _ends_sentence(masked, position, match, end):
                spans += _cut(_trim(text, position, match.end()))
                position = match.end()
        spans += _cut(_trim(text, position, end))
    return spans


def _masked(text: str) -> str:
    """``text`` with its formulas and code made unreadable: capitals, because a sentence may begin with one."""
    return _MATH.sub(lambda match: "X" * len(match.group()), text)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs, list items, table rows: a sentence never crosses one."""
    start = position = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if not bare or _MARKER.match(bare):
            if position > start:
                yield start, position
            start = position if bare else position + len(line)
        position += len(line)
    if position > start:
        yield start, position


def _ends_sentence(text: str, start: int, match: re.Match[str], end: int) -> bool:
    if match.end() >= end or match.group()[0] in _FULL_WIDTH:
        return True
    if not _starts_new(text, match.end(), end):
        return False
    if match.group()[0] != ".":
        return True
    before = text[start : match.start()]
    if _MARKER.fullmatch(before.strip() + ". "):
        return False
    word = _LAST_WORD.search(before)
    return not word or not (word.group(1).lower() in _ABBREVIATIONS or _is_initial(before, word))


def _is_initial(before: str, word: re.Match[str]) -> bool:
    """Whether a single letter is one of a person's initials ("J. Smith") and not a thing ("vitamin C")."""
    letter = word.group(1)
    if len(letter) != 1 or not letter.isupper() or letter == "I":
        return False
    previous = _LAST_WORD.search(before[: word.start()].rstrip())
    return previous is None or previous.group(1)[0].isupper()


def _starts_new(text: str, position: int, end: int) -> bool:
    following = text[position:end].lstrip().lstrip("\"'“‘([*_")
    return not following or not following[0].islower()


def _trim(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    marker = _MARKER.match(text, start, end)
    if marker and marker.group() != "|":
        start = marker.end()
    return [(start, end)] if any(character.isalnum() for character in text[start:end]) else []


def _cut(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What has no end, in bearable pieces."""
    return [(at, min(at + _MAX_CHARS, end)) for start, end in spans for at in range(start, end, _MAX_CHARS)]
