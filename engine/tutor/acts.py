"""The acts of a turn: how each shows what was found. Which act it is, is decided in ``policy``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.events import TextDelta
from engine.rag.words import content_stems
from engine.sentences import sentence_spans
from engine.tutor.equation_words import with_equation_in_words
from engine.tutor.extract import choose_sentences, with_context
from engine.tutor.policy import UNANSWERED, thresholds
from engine.tutor.quiz import is_right, make_quiz, missing_words
from engine.types import Act, AnswerMode, Citation, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.cancel import CancelToken
    from engine.events import SourceFound
    from engine.rag.retrieval import Retrieval, ScoredPassage
    from engine.tutor.asking import Asking
    from engine.tutor.conversation_store import StoredTurn
    from engine.tutor.draft import Draft
    from engine.tutor.follow_up import Understood
    from engine.tutor.wording import ModelWording

QUIZ_LEAD = "Which word is missing? "
PARTIAL_LEAD = "I am not sure that your packs answer this. The nearest that they say is:"
_NEAREST = 3
_MOST_WORDS = 90
_QUIZ_ME = re.compile(r"^\W*(?:please,? )?(?:quiz|test|ask) me(?: (?:on|about)\b)?\W*", re.IGNORECASE)
_FOR_EXAMPLE = re.compile(r"\b(for example|for instance|such as|e\.g\.)", re.IGNORECASE)


def search_text(understood: Understood) -> str:
    """What to search for: equations in words, the wish in words that the search reads, or without it."""
    if understood.mode is AnswerMode.QUIZ:
        return _QUIZ_ME.sub("", understood.question) or understood.question
    question = with_equation_in_words(understood.question)
    wants_example = understood.mode is AnswerMode.EXAMPLE and "example" not in question.lower()
    return f"example of {question}" if wants_example else question


def explain(
    asking: Asking, retrieval: Retrieval, draft: Draft, wording: ModelWording, cancel: CancelToken
) -> Iterator[TextDelta]:
    """Quote the best sentence at once, let the model go on, then quote what it has not said of the others."""
    mode = asking.understood.mode
    repeats = () if mode is AnswerMode.SIMPLER else asking.already_read
    chosen = choose_sentences(retrieval, mode=mode, shown=repeats)
    quotes = [with_context(one, sentence_spans(one.found.passage.text), chosen) for one in chosen]
    for quote in quotes[:1]:
        yield draft.add(quote.text, quote.citation())
    cancel.check()  # what follows may load a model
    for text, citation in wording.sentences(asking, retrieval, draft, cancel):
        yield draft.add(text, citation)
    for quote in quotes[1:]:
        cancel.check()
        if not draft.says(quote.text) and draft.words + len(quote.text.split()) <= _MOST_WORDS:
            yield draft.add(quote.text, quote.citation())


def give_example(retrieval: Retrieval, draft: Draft) -> Iterator[TextDelta]:
    """Show the best worked example whole, else the sentences that give one."""
    found = next((one for one in retrieval.passages if one.passage.kind is PassageKind.EXAMPLE), None)
    if found is not None:
        yield draft.add(found.passage.text, _whole(found))
        return
    examples = [sentence for sentence in retrieval.sentences if _FOR_EXAMPLE.search(sentence.text)]
    for sentence in (examples or choose_sentences(retrieval, mode=AnswerMode.EXPLAIN))[:2]:
        yield draft.add(sentence.text, sentence.citation())


def ask_back(retrieval: Retrieval, draft: Draft) -> Iterator[TextDelta]:
    """Pose one question about what was found."""
    quiz = make_quiz(retrieval)
    if quiz is None:
        for sentence in choose_sentences(retrieval, mode=AnswerMode.EXPLAIN)[:1]:
            yield draft.add(f"Say in your own words: {sentence.found.passage.title}.", sentence.citation())
        return
    posed = draft.add(f"{QUIZ_LEAD}{quiz.stem}", quiz.sentence.citation())
    yield TextDelta(posed.part)  # without its source, which would give the answer away


def answer_quiz(reply: str, posed: StoredTurn, draft: Draft) -> Iterator[TextDelta]:
    """Say whether ``reply`` fills the gap of the question that ``posed`` asked, and show the sentence."""
    citation = posed.outcome.citations[0]
    key = missing_words(posed.outcome.answer.removeprefix(QUIZ_LEAD), citation.quote)
    yield draft.add(
        "Yes, that is right." if is_right(reply, key) else f"Not yet. The missing word is “{key}”."
    )
    yield draft.add(citation.quote, citation)


def abstain(nearest: tuple[SourceFound, ...], draft: Draft) -> Iterator[TextDelta]:
    """Say that the packs do not carry an answer, and where the nearest things stand."""
    text = "I cannot find an answer to that in your packs."
    if nearest:
        places = "; ".join(dict.fromkeys(f"“{one.section}”" for one in nearest))
        text += f" The nearest sections are {places}."
    yield draft.add(text)


def quote_nearest(asking: Asking, retrieval: Retrieval, draft: Draft) -> Iterator[TextDelta]:
    """Say that the packs may say no more than what is quoted then: the best passage, in no other words.

    Of a common mistake the correction is among it: the wrong idea alone would be taken for the answer.
    """
    yield draft.add(PARTIAL_LEAD)
    chosen = choose_sentences(
        _best_passage_alone(retrieval, asking.understood.mode), mode=asking.understood.mode
    )
    for sentence in sorted(chosen, key=lambda one: one.start):
        quote = with_context(sentence, sentence_spans(sentence.found.passage.text), chosen)
        yield draft.add(quote.text, quote.citation())


def _best_passage_alone(retrieval: Retrieval, mode: AnswerMode) -> Retrieval:
    best = choose_sentences(retrieval, mode=mode)[0].found.passage
    return replace(
        retrieval, sentences=tuple(one for one in retrieval.sentences if one.found.passage == best)
    )


def nearest_sections(retrieval: Retrieval) -> tuple[SourceFound, ...]:
    """The best passage of each of the three best sections; none where nothing that was found is near."""
    if retrieval.evidence.probability < thresholds(retrieval.evidence).nearest:
        return ()
    best = {(found.pack, found.section.id): found.source() for found in reversed(retrieval.passages)}
    return tuple(sorted(best.values(), key=lambda source: -source.score)[:_NEAREST])


def follow_ups(retrieval: Retrieval, draft: Draft, act: Act) -> tuple[str, ...]:
    """Up to three things to ask next; a word to ask about is one that the learner has just met in a source."""
    if act in UNANSWERED:
        return ()
    terms = [f"What does “{name}” mean?" for name in _words_met(retrieval, draft)]
    general = ["Quiz me on this"] if act is not Act.QUIZ else ["Why?"]
    if act is not Act.EXAMPLE:
        general.insert(0, "Give me an example")
    return (*terms[: 3 - len(general)], *general)


def _words_met(retrieval: Retrieval, draft: Draft) -> list[str]:
    """Terms that the answer's sources name and neither the question names nor the sources introduce.

    Those that the answer itself quotes come first.
    """
    found = {(one.pack, one.passage.id): one for one in _all_found(retrieval)}
    cited = list(dict.fromkeys((citation.pack, citation.passage) for citation in draft.citations))
    told = {passage for _, passage in cited}
    asked, said = set(content_stems(retrieval.question)), set(content_stems(draft.text))
    named = {
        term.term: said.issuperset(content_stems(term.term))
        for place in cited
        if place in found
        for term in found[place].terms
        if term.passage not in told and not asked.issuperset(content_stems(term.term))
    }
    return sorted(named, key=lambda name: not named[name])


def _all_found(retrieval: Retrieval) -> Iterator[ScoredPassage]:
    yield from retrieval.passages
    for sentence in retrieval.sentences:
        yield sentence.found


def _whole(found: ScoredPassage) -> Citation:
    passage = found.passage
    return Citation(found.pack, passage.id, passage.title, passage.text, found.section.title, passage.page)
