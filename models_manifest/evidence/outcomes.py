"""What becomes of a question when the model's logits are mixed in, exactly as the product does it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.rag.evidence import TOP
from engine.rag.ingest import embedded_text
from engine.rag.reading import affordable, figures, mixed, read_before, to_read
from models_manifest.evidence.candidates import SUPPORT, Found
from models_manifest.evidence.corpus import Asked, Corpus, Sentence

MODEL_FIGURES = ("logit", "logit_second", "logit_quoted", "logit_any")
FIGURES = (*MODEL_FIGURES, *SUPPORT)
_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, read.

    Attributes:
        corpus: name of its set or pack.
        group: its article or pack.
        answerable: whether the texts that were searched answer it.
        left_out: whether its article was not among them.
        golden: whether it is a pack's own test question.
        passage_first: the best passage is right.
        passage_in_five: one of the best five is.
        sentence_first: the best sentence holds an answer.
        sentence_in_two: one of the best two does.
        figures: the ``FIGURES`` that the decision to answer goes by.
    """

    corpus: str
    group: str
    answerable: bool
    left_out: bool
    golden: bool
    passage_first: bool
    passage_in_five: bool
    sentence_first: bool
    sentence_in_two: bool
    figures: NDArray[np.float64]


def chosen_to_read(corpus: Corpus, found: Found) -> NDArray[np.intp]:
    """Places, in ``found.sentences``, of those that the product would read."""
    chosen = to_read(found.scores, _owners(corpus, found), found.passage_scores)
    sentences = [as_read(corpus.sentences[number]) for number in found.sentences[chosen]]
    lengths = [len(embedded_text(one.title, one.text)) + len(one.previous) for one in sentences]
    return chosen[: affordable(found.question, lengths)]


def as_read(sentence: Sentence) -> Sentence:
    """``sentence`` with what the product reads of the one before it; training always has all of that."""
    return replace(sentence, previous=read_before(sentence.text, sentence.previous))


def outcome(
    corpus: Corpus, asked: Asked, found: Found, logits: Sequence[float], *, left_out: bool
) -> Outcome | None:
    """The outcome for ``asked`` when those ``chosen_to_read`` got ``logits``; None where retrieval found nothing."""
    if not len(found.sentences):
        return None
    owner, read = _owners(corpus, found), chosen_to_read(corpus, found)
    sentence_scores, passage_scores = mixed(found.scores, owner, found.passage_scores, read, logits)
    order = np.argsort(-sentence_scores, kind="stable")
    prose = order[found.prose[order]]
    order = prose if len(prose) else order
    passages = found.passages[np.argsort(-passage_scores, kind="stable")].tolist()
    best = found.sentences[order].tolist()
    answerable = asked.answerable and not left_out
    given = dict(zip(read.tolist(), logits, strict=True))
    told = figures(logits, float(given.get(int(order[0]), min(logits))))
    support = found.support[order[:TOP]].max(axis=0)
    return Outcome(
        corpus=corpus.name,
        group=asked.group,
        answerable=answerable,
        left_out=left_out,
        golden=asked.golden,
        passage_first=answerable and passages[0] in asked.passages,
        passage_in_five=answerable and bool(set(passages[:5]) & set(asked.passages)),
        sentence_first=answerable and best[0] in asked.holding,
        sentence_in_two=answerable and bool(set(best[:_QUOTED]) & asked.holding),
        figures=np.array([*(told[name] for name in MODEL_FIGURES), *support], dtype=np.float64),
    )


def _owners(corpus: Corpus, found: Found) -> NDArray[np.intp]:
    number = {int(passage): at for at, passage in enumerate(found.passages)}
    return np.array([number[corpus.sentences[at].passage] for at in found.sentences], dtype=np.intp)
