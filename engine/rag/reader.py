"""Reads the best candidates of a question with the evidence model, and gives them its opinion.

Which sentences are read and how opinions are mixed is in ``reading``, which training shares; what the logits say about
whether to answer is judged in ``evidence``.
"""

import logging
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.rag.fusion import z_scores
from engine.rag.ingest import embedded_text
from engine.rag.question import Question
from engine.rag.ranking import Ranked
from engine.rag.reading import affordable, mixed, read_before, to_read

if TYPE_CHECKING:
    from engine.cancel import CancelToken
    from engine.protocols import Reranker

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """A cross-encoder that was trained on what retrieval finds (docs/decisions/0015).

    Attributes:
        model: gives the logits.
        languages: those that it reads, as primary language tags (BCP 47).
    """

    model: "Reranker"
    languages: frozenset[str]

    def read(self, question: Question, ranked: Ranked, cancel: "CancelToken") -> dict[int, float]:
        """Score the best sentences, mix the scores of ``ranked`` anew; the logits by number of the sentence.

        Nothing is read, and nothing changes, where the best passage is in a language that the model was not trained
        on: it would put sentences first that it happens to understand. Nor where the model fails: all goes on without.

        Raises:
            Cancelled: the learner stopped it.
        """
        if not self._understands(ranked):
            return {}
        chosen = to_read(ranked.sentence_scores, ranked.owner, ranked.passage_scores)
        texts = [embedded_text(ranked.title(int(at)), ranked.sentence(int(at))) for at in chosen]
        previous = [read_before(ranked.sentence(int(at)), ranked.previous_sentence(int(at))) for at in chosen]
        lengths = [len(text) + len(before) for text, before in zip(texts, previous, strict=True)]
        most = affordable(question.text, lengths)
        chosen = chosen[:most]
        try:
            logits = self.model.score(question.text, texts[:most], cancel, previous[:most])
        except ModelError as error:
            _LOG.warning("%s %s", error.what, error.todo)
            return {}
        if not all(map(math.isfinite, logits)):
            _LOG.warning("The evidence model gives no usable numbers. Test it: llm-tutor models check")
            return {}
        ranked.sentence_scores, ranked.passage_scores = mixed(
            z_scores(ranked.sentence_scores), ranked.owner, z_scores(ranked.passage_scores), chosen, logits
        )
        return dict(zip(chosen.tolist(), logits, strict=True))

    def _understands(self, ranked: Ranked) -> bool:
        best = ranked.found[int(ranked.passage_scores.argmax())]
        return any(tag.partition("-")[0] in self.languages for tag in best.index.info.langs)
