"""The answer as it grows: what has been shown, and what each sentence rests on."""

import re
from dataclasses import dataclass, field

from engine.events import TextDelta
from engine.types import AnswerPart, Citation

_SAME = 0.8
# A line break that is only where the source's line was full: no list, table, formula or paragraph begins there.
_SOFT_BREAK = re.compile(r"(?<=\S)[ \t]*\n(?!\s|[-*+•]\s|\d{1,3}[.)]\s|>|\||\$\$)")
_FENCE = "```"


@dataclass(slots=True)
class Draft:
    """Sentences in the order in which they were shown.

    Attributes:
        parts: the sentences.
        citations: what they rest on, each once; a sentence refers to one by its number from 1.
        dropped: sentences of the model that did not pass the checks.
        model: name of the language model that took part; empty if none did.
    """

    parts: list[AnswerPart] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    dropped: int = 0
    model: str = ""

    @property
    def text(self) -> str:
        """The whole answer: sentences in one paragraph; what holds line breaks stays a block of its own."""
        text = ""
        after_block = False
        for part in self.parts:
            block = "\n" in part.text
            text += ("" if not text else "\n\n" if block or after_block else " ") + part.text
            after_block = block
        return text

    @property
    def words(self) -> int:
        """Words shown so far."""
        return sum(len(part.text.split()) for part in self.parts)

    def add(self, text: str, citation: Citation | None = None) -> TextDelta:
        """Show ``text``; returns the event that does."""
        number = 0
        if citation is not None:
            if citation not in self.citations:
                self.citations.append(citation)
            number = self.citations.index(citation) + 1
        self.parts.append(AnswerPart(_laid_out(text), number))
        return TextDelta(self.parts[-1], citation)

    def says(self, text: str) -> bool:
        """Whether ``text`` adds nothing to what has been shown: four of five of its words stand in one sentence."""
        words = _words(text)
        return not words or any(len(words & _words(part.text)) >= _SAME * len(words) for part in self.parts)


def _laid_out(text: str) -> str:
    """``text`` without the line breaks of its source, but code line by line, whole though a blank line cut it."""
    if _FENCE not in text:
        return _SOFT_BREAK.sub(" ", text)
    if text.count(_FENCE) % 2 == 0:
        return text
    return f"{_FENCE}\n{text}" if text.endswith(_FENCE) else f"{text}\n{_FENCE}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
