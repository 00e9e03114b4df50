"""An answer in a terminal: sentences as they come, sources below, TeX as plain characters."""

import re
import textwrap

from engine.events import AnswerChecked, SourcesFound, TextDelta, TurnEvent
from engine.types import Citation
from tutor_app.cli.command import Context

_MATH = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_WIDTH = 96


class AnswerView:
    """Prints the events of a turn.

    Args:
        context: where to print.
        titles: pack id to pack title.
    """

    def __init__(self, context: Context, titles: dict[str, str]) -> None:
        self._context = context
        self._titles = titles
        self._column = 0

    def show(self, event: TurnEvent) -> None:
        """Print one event."""
        if isinstance(event, SourcesFound):
            for restriction in event.filters:
                self._context.say(f"(looking only at: {restriction.label}; /all to look everywhere)")
        elif isinstance(event, TextDelta):
            self._sentence(event)
        elif isinstance(event, AnswerChecked):
            self._context.say("\n")
            for number, citation in enumerate(event.citations, 1):
                self._context.say(self._source(number, citation))

    def _sentence(self, event: TextDelta) -> None:
        text = plain(event.text) + (f" [{event.citation}]" if event.citation else "")
        if "\n" in text:
            self._context.out.write(("\n\n" if self._column else "") + text + "\n")
            self._column = 0
        else:
            for word in text.split():
                if self._column + len(word) + 1 > _WIDTH:
                    self._context.out.write("\n")
                    self._column = 0
                self._context.out.write((" " if self._column else "") + word)
                self._column += len(word) + 1
        self._context.out.flush()

    def _source(self, number: int, citation: Citation) -> str:
        place = ", ".join(
            part
            for part in (
                self._titles.get(citation.pack, citation.pack),
                citation.section,
                f"page {citation.page}" if citation.page else "",
            )
            if part
        )
        quote = textwrap.shorten(plain(citation.quote), 160, placeholder=" …")
        return f"[{number}] {plain(citation.title)} ({place})\n    “{quote}”"


def plain(markdown: str) -> str:
    """Markdown with TeX as text that a terminal can show."""
    return _EMPHASIS.sub(r"\2", _MATH.sub(lambda match: _formula(match.group(1) or match.group(2)), markdown))


def _formula(tex: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    return str(LatexNodes2Text(math_mode="text").latex_to_text(tex)).strip()
