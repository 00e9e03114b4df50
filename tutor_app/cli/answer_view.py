"""An answer in a terminal: sentences as they come, sources below, TeX as plain characters."""

import re
import textwrap
from dataclasses import dataclass, field

from engine.events import AnswerChecked, SourcesFound, TextDelta, TurnEvent
from engine.types import Act, Citation
from tutor_app.cli.command import Context, printable

WIDTH = 96
# As in engine.sentences: "$5 or $10" is money.
_MATH = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?![\s$])([^$\n]+?)(?<!\s)\$(?!\d)", re.DOTALL)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_QUOTE_WIDTH = 160


@dataclass(slots=True)
class Source:
    """A passage that an answer rests on, with the quotes from it."""

    citation: Citation
    quotes: list[str] = field(default_factory=list)


class AnswerView:
    """Prints the events of one turn.

    Args:
        context: where to print.
        titles: pack id to pack title.

    Attributes:
        sources: the passages behind the answer, in the order of their numbers from 1.
    """

    def __init__(self, context: Context, titles: dict[str, str]) -> None:
        self.sources: list[Source] = []
        self._context = context
        self._titles = titles
        self._column = 0

    def show(self, event: TurnEvent) -> None:
        """Print one event."""
        if isinstance(event, SourcesFound):
            for restriction in event.filters:
                self._context.say(f"(looking at {restriction.label}; /all looks everywhere)")
        elif isinstance(event, TextDelta):
            self._sentence(event)
        elif isinstance(event, AnswerChecked):
            self._context.say("\n" if self._column else "")
            if event.act is Act.QUIZ and not event.citations:
                self.sources.clear()  # they would give the answer away
            for number, source in enumerate(self.sources, 1):
                self._context.say(self._described(number, source))

    def _sentence(self, event: TextDelta) -> None:
        text = printable(plain(event.text))
        if event.citation is not None:
            text += f" [{self._number(event.citation)}]"
        if "\n" in text:
            self._context.out.write(("\n\n" if self._column else "") + text + "\n")
            self._column = 0
        else:
            for word in text.split():
                self._word(word)
        self._context.out.flush()

    def _word(self, word: str) -> None:
        if self._column + len(word) + 1 > WIDTH:
            self._context.out.write("\n")
            self._column = 0
        self._context.out.write((" " if self._column else "") + word)
        self._column += len(word) + 1

    def _number(self, citation: Citation) -> int:
        """The number of the citation's passage, from 1; its quote is kept with it."""
        place = (citation.pack, citation.passage)
        for number, source in enumerate(self.sources, 1):
            if (source.citation.pack, source.citation.passage) == place:
                source.quotes.append(citation.quote)
                return number
        self.sources.append(Source(citation, [citation.quote]))
        return len(self.sources)

    def _described(self, number: int, source: Source) -> str:
        citation = source.citation
        page = f"page {citation.page}" if citation.page else ""
        place = ", ".join(
            filter(None, (self._titles.get(citation.pack, citation.pack), citation.section, page))
        )
        quote = textwrap.shorten(plain(source.quotes[0]), _QUOTE_WIDTH, placeholder=" …")
        return f"[{number}] {plain(citation.title)} ({place})\n    “{quote}”"


def plain(markdown: str) -> str:
    """Markdown with TeX as text that a terminal can show."""
    text = _MATH.sub(lambda match: _formula(match.group(1) or match.group(2)), markdown)
    return _STRONG.sub(r"\1", text).replace("\\$", "$")


def _formula(tex: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    return str(
        LatexNodes2Text(math_mode="text", strict_latex_spaces="based-on-source").latex_to_text(tex)
    ).strip()
