"""From the engine's turns to what the window shows of them: sources numbered by passage, text typeset."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.tutor.acts import PARTIAL_LEAD
from engine.tutor.quiz import GAP
from engine.types import Act
from tutor_app.richtext.answer import render_answer
from tutor_app.richtext.parser import parse
from tutor_app.services.turns import AnswerSource, ShownTurn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.events import SourceFound
    from engine.rag.pack_index import PackIndex
    from engine.tutor.conversation_store import StoredTurn
    from engine.types import AnswerPart, Citation
    from tutor_app.richtext.document import RichText


class PackNames:
    """Titles and licences of the packs that can be asked; a pack that has gone is named by its id."""

    def __init__(self, indexes: Sequence[PackIndex]) -> None:
        self._known = {index.info.id: index.info for index in indexes}

    def title(self, pack: str) -> str:
        """What the pack is called."""
        return self._known[pack].title if pack in self._known else pack

    def licence(self, pack: str) -> str:
        """The pack's licence; empty if it has none, or has gone."""
        return self._known[pack].licence if pack in self._known else ""


class NumberedSources:
    """The passages behind one answer, numbered from 1 as they come; several quotes of one passage share a number."""

    def __init__(self, names: PackNames) -> None:
        self._names = names
        self._citations: list[Citation] = []
        self._quotes: dict[tuple[str, str], list[str]] = {}
        self._numbers: dict[int, int] = {}

    @property
    def numbers(self) -> dict[int, int]:
        """From the number of a citation in the answer to the number on the screen."""
        return self._numbers

    def add(self, number: int, citation: Citation) -> None:
        """Take in the citation that the answer calls ``number``."""
        place = (citation.pack, citation.passage)
        if place not in self._quotes:
            self._citations.append(citation)
        quotes = self._quotes.setdefault(place, [])
        if citation.quote not in quotes:
            quotes.append(citation.quote)
        self._numbers[number] = list(self._quotes).index(place) + 1

    def shown(self) -> tuple[AnswerSource, ...]:
        """The sources, in the order of their numbers."""
        return tuple(self._source(number, one) for number, one in enumerate(self._citations, 1))

    def _source(self, number: int, citation: Citation) -> AnswerSource:
        return AnswerSource(
            number,
            citation.pack,
            self._names.title(citation.pack),
            self._names.licence(citation.pack),
            citation.passage,
            citation.title,
            citation.section,
            citation.page,
            tuple(self._quotes[(citation.pack, citation.passage)]),
        )


def nearest_sources(found: Sequence[SourceFound], names: PackNames) -> tuple[AnswerSource, ...]:
    """Where something near the question stands."""
    return tuple(
        AnswerSource(
            number,
            one.pack,
            names.title(one.pack),
            names.licence(one.pack),
            one.passage,
            one.title,
            one.section,
            one.page,
        )
        for number, one in enumerate(found, 1)
    )


def is_partial(parts: Sequence[AnswerPart]) -> bool:
    """Whether the answer begins by saying that it may be none."""
    return bool(parts) and parts[0].text == PARTIAL_LEAD


def shown_answer(parts: Sequence[AnswerPart], sources: NumberedSources) -> RichText:
    """An answer with its chips; a source that is kept back has none. What a partial one begins with is the window's."""
    numbers = sources.numbers
    own = parts[1:] if is_partial(parts) else parts
    known = [part if part.citation in numbers else replace(part, citation=0) for part in own]
    return render_answer(known, numbers)


def shown_turn(turn: StoredTurn, names: PackNames, *, last: bool) -> ShownTurn:
    """A stored turn as the window shows it. The source of a quiz that is still open would give it away."""
    outcome = turn.outcome
    sources = NumberedSources(names)
    open_quiz = last and outcome.act is Act.QUIZ and GAP in outcome.answer
    if not open_quiz:
        for number, citation in enumerate(outcome.citations, 1):
            sources.add(number, citation)
    return ShownTurn(
        turn.id,
        parse(turn.question),
        turn.question,
        turn.mode,
        outcome.status,
        outcome.act,
        shown_answer(outcome.parts, sources),
        sources.shown(),
    )
