"""The answer that the tutor gives to one question without a language model and without a conversation."""

from dataclasses import dataclass

from engine.cancel import CancelToken
from engine.rag.retriever import Retriever
from engine.tutor import acts
from engine.tutor.asking import Asking
from engine.tutor.draft import Draft
from engine.tutor.follow_up import Understood
from engine.tutor.policy import UNANSWERED, choose_act
from engine.tutor.prompt import PromptBuilder
from engine.tutor.wording import ModelWording
from engine.types import AnswerMode

_NO_MODEL = ModelWording(lambda: None, PromptBuilder())


@dataclass(frozen=True, slots=True)
class QuotedAnswer:
    """What would be quoted, and whether the tutor's policy shows it."""

    draft: Draft
    probability: float
    answered: bool


def quoted_answer(
    question: str, retriever: Retriever, *, packs: frozenset[str] | None = None
) -> QuotedAnswer:
    """Retrieve, decide and quote."""
    cancel = CancelToken()
    asking = Asking("", Understood(question, AnswerMode.EXPLAIN))
    retrieval = retriever.retrieve(acts.search_text(asking.understood), packs=packs, cancel=cancel)
    draft = Draft()
    for _ in acts.explain(asking, retrieval, draft, _NO_MODEL, cancel):
        pass
    act = choose_act(retrieval.evidence, AnswerMode.EXPLAIN)
    return QuotedAnswer(draft, retrieval.evidence.probability, act not in UNANSWERED and bool(draft.parts))
