"""What a language model may add to an answer: its own sentences, each checked against the packs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.rag.citations import supporting_citation
from engine.safety.passages import instruction_spans
from engine.sentences import SentenceStream
from engine.types import GenerationRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.cancel import CancelToken
    from engine.protocols import LanguageModel
    from engine.rag.retrieval import Retrieval
    from engine.tutor.asking import Asking
    from engine.tutor.draft import Draft
    from engine.tutor.prompt import PromptBuilder
    from engine.types import Citation

_LOG = logging.getLogger(__name__)
_FACTS = 6
_REPLY_TOKENS = 120
_SENTENCES = 2


class ModelWording:
    """Asks the model, and lets through what the packs support.

    Args:
        load: gives the model, loading it at the first call; None when there is none.
        prompts: builds the prompt and remembers what each conversation's prompt holds.
    """

    def __init__(self, load: Callable[[], LanguageModel | None], prompts: PromptBuilder) -> None:
        self._load = load
        self._prompts = prompts

    def sentences(
        self, asking: Asking, retrieval: Retrieval, draft: Draft, cancel: CancelToken
    ) -> Iterator[tuple[str, Citation]]:
        """The model's sentences that pass, with what each rests on; none if there is no model or it fails."""
        model = self._load()
        if model is None:
            return
        conversation, understood = asking.conversation, asking.understood
        self._prompts.restore(conversation, [(turn.question, turn.answer) for turn in asking.past])
        facts = [one.text for one in retrieval.sentences[:_FACTS] if not instruction_spans(one.text)]
        messages = self._prompts.build(conversation, facts, understood, model)
        request = GenerationRequest(messages, conversation=conversation, max_tokens=_REPLY_TOKENS)
        accepted = 0
        for sentence in _whole_sentences(model, request, cancel):
            citation = supporting_citation(sentence, retrieval)
            if citation is None:
                draft.dropped += 1
            elif not draft.says(sentence):
                accepted += 1
                draft.model = model.name
                yield sentence, citation
            if accepted == _SENTENCES:
                break
        self._prompts.remember(conversation, messages[-1], facts, draft.text)


def _whole_sentences(model: LanguageModel, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
    """The complete sentences of the reply; a sentence that the token limit cut off is left out."""
    collected = SentenceStream()
    try:
        for piece in model.stream(request, cancel):
            yield from collected.feed(piece)
    except ModelError as error:
        _LOG.warning("%s %s", error.what, error.todo)
        return
    if not cancel.cancelled:
        yield from (
            sentence
            for sentence in collected.finish()
            if sentence.rstrip("\"'”’)*").endswith((".", "!", "?"))
        )
