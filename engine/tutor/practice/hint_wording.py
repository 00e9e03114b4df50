"""Hints of levels 1 and 2 in a language model's words. The authored hint is shown at once; this may come after it.

The model never sees the answer, nor any number: numbers and formulas go in and come back as marks, and its grammar
knows no digits. What it writes is shown only if it is one short sentence that says nothing but what the hint says, and
nothing that an answer still to be found is called (teaching.md, 3.3 and 3.4). Otherwise the hint stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answers.closure import answer_closure, leaks
from engine.cancel import CancelToken
from engine.content.item import Quote
from engine.errors import ModelError
from engine.rag.citations import supporting_citation
from engine.rag.retrieval import Retrieval, ScoredPassage
from engine.rag.words import content_stems
from engine.safety.passages import instruction_spans
from engine.types import ChatMessage, GenerationRequest, Passage, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.answers.closure import Closure
    from engine.content.instance import Question, QuestionStep
    from engine.protocols import LanguageModel

LIMIT_S = 3.0
LEVELS = (1, 2)
_MOST_WORDS = 45
_LEAST_WORDS = 4
_LEAST_SAID = 0.8  # share of the hint's words that carry meaning
_MOST_SOURCE = 600  # characters
_TOKENS = 80
_CONVERSATION = "hints"
_INSTRUCTIONS = (
    "You help a learner of twelve. Say the hint again in one short sentence, with easy words."
    " Use only what the hint says. Copy every mark like ⟦a⟧ as it is. Do not solve anything."
)
_KEPT = re.compile(r"\$\$?[^$]+\$\$?|[-−]?\d[\d.,]*(?:\s?/\s?\d+)?%?|⟦[^⟧]*⟧|[⟦⟧]")
_MARK = re.compile(r"⟦([^⟧]*)⟧")
_MARKUP = re.compile(r"[*_`#|]+")
_ONE_SENTENCE = re.compile(r"[^.!?\n]+[.?]")
_WORD = re.compile(r"\w+")
_LOOSE_DASH = re.compile(r"(?<![A-Za-z])-|-(?![A-Za-z])")  # a gap that a small model leaves: "------"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class HintSource:
    """A hint to be said in other words.

    Attributes:
        text: as its author wrote it, filled in.
        stem: the question.
        closure: of the answers that are still to be found.
    """

    text: str
    stem: str
    closure: Closure


def hint_source(question: Question, step: str, level: int) -> HintSource | None:
    """The hint of level 1 or 2 of a step; None if it has none of that level."""
    at = next(n for n, it in enumerate(question.steps) if it.id == step)
    text = _authored(question.steps[at], level)
    return HintSource(text, question.stem, _ahead(question.steps[at:])) if text else None


class HintWording:
    """Rewords hints.

    Args:
        load: gives the model, loading it at the first call; None when there is none.
        limit_s: seconds after which the authored hint stays as it is.
    """

    def __init__(self, load: Callable[[], LanguageModel | None], *, limit_s: float = LIMIT_S) -> None:
        self._load = load
        self._limit_s = limit_s

    def reworded(self, source: HintSource, cancel: CancelToken) -> str | None:
        """The hint in the model's words; None where there is no model, or the authored words are better."""
        told, kept = with_marks(source.text)
        if not _may_be_told(told, source):
            return None
        model = self._load()
        if model is None:
            return None
        written = self._written(model, told, kept, CancelToken(self._limit_s, parent=cancel))
        return None if written is None else accepted(written, kept, source)

    def _written(
        self, model: LanguageModel, told: str, kept: Sequence[str], cancel: CancelToken
    ) -> str | None:
        request = GenerationRequest(
            (ChatMessage("system", _INSTRUCTIONS), ChatMessage("user", f"Hint: {told}")),
            conversation=_CONVERSATION,
            max_tokens=_TOKENS,
            grammar=grammar(len(kept)),
        )
        try:
            text = "".join(model.stream(request, cancel))
        except ModelError:
            return None
        return None if cancel.cancelled else text.strip()


def with_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` on one line with ⟦a⟧, ⟦b⟧ … in place of its numbers and formulas, and what they stand for."""
    kept: list[str] = []

    def mark(match: re.Match[str]) -> str:
        ending = "" if "$" in match.group() else _ending(match.group())
        kept.append(match.group().removesuffix(ending))
        return f"⟦{_LETTERS[(len(kept) - 1) % len(_LETTERS)]}⟧{ending}"

    plain = " ".join(_MARKUP.sub("", _KEPT.sub(mark, text)).split())
    return plain, tuple(kept)


def without_marks(text: str, kept: Sequence[str]) -> str | None:
    """``text`` with numbers and formulas again; None if it has a mark that stands for nothing."""
    known = dict(zip(_LETTERS, kept, strict=False))
    if not {match.group(1) for match in _MARK.finditer(text)} <= set(known):
        return None
    return _MARK.sub(lambda match: known[match.group(1)], text)


def grammar(marks: int) -> str:
    """One sentence of letters, in GBNF, with the first so many marks; without digits."""
    mark = " | ".join(f'"⟦{letter}⟧"' for letter in _LETTERS[:marks])
    any_mark = "| mark" if mark else ""
    return "\n".join(
        (
            f'root ::= first (" " word){{{_LEAST_WORDS - 1},{_MOST_WORDS - 1}}} [.?]',
            f"first ::= [A-Z] letter* {any_mark}",
            f"word ::= (letter+ {any_mark}) [,;:]?",
            "letter ::= [A-Za-z'-]",
            *([f"mark ::= {mark}"] if mark else []),
        )
    )


def accepted(written: str, kept: Sequence[str], source: HintSource) -> str | None:
    """What a model wrote, with its numbers, if it may be shown; else None."""
    if not _ONE_SENTENCE.fullmatch(written) or any(sign.isdigit() for sign in written):
        return None
    if not _LEAST_WORDS <= len(written.split()) <= _MOST_WORDS or _LOOSE_DASH.search(written):
        return None
    text = without_marks(written, kept)
    if text is None or leaks(text, source.closure) is not None:
        return None
    told = with_marks(source.text)[0]
    if supporting_citation(written, _sources(told)) is None or not _is_whole(written, told):
        return None
    return None if _plain(text) in _plain(source.text) else text  # the same words are no gain


def _is_whole(written: str, told: str) -> bool:
    """Whether it says all of the hint: small models leave out what it is about."""
    wanted, said = set(content_stems(told)), set(content_stems(written))
    return len(wanted & said) >= _LEAST_SAID * len(wanted)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _authored(step: QuestionStep, level: int) -> str:
    principle = step.hints.principle
    return (step.hints.orient, principle.text if isinstance(principle, Quote) else principle)[level - 1]


def _ahead(steps: Sequence[QuestionStep]) -> Closure:
    return answer_closure(
        (step.answer, {option.id: option.text for option in (*step.options, *step.right)}) for step in steps
    )


def _may_be_told(told: str, source: HintSource) -> bool:
    """Whether the model may see the hint: it is short, gives nothing away, and is no instruction to the model."""
    marks = _KEPT.findall(source.text)
    return (
        len(told) <= _MOST_SOURCE
        and len(marks) <= len(_LETTERS)
        and not instruction_spans(told)
        and leaks(_MARK.sub(" ", told), source.closure) is None
    )


def _sources(text: str) -> Retrieval:
    """The hint as something that was found, so that it can be checked as an answer of the chat is."""
    passage = Passage("hint", "hint", "", text)
    return Retrieval("", (ScoredPassage("hint", passage, Section("hint", ""), 1.0),))


def _ending(number: str) -> str:
    """The full stop or comma that ends a sentence after a number."""
    return number[-1] if number[-1] in ".," else ""
