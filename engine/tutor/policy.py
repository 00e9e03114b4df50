"""Which act a turn is: a pure function of what was found and what was wanted."""

from engine.rag.retrieval import Evidence
from engine.types import Act, AnswerMode

# The probability from which an answer is given; the curve it was read from is in docs/decisions.
ANSWER_FROM = 0.7
_ACTS = {
    AnswerMode.EXPLAIN: Act.EXPLAIN,
    AnswerMode.SIMPLER: Act.SIMPLIFY,
    AnswerMode.EXAMPLE: Act.EXAMPLE,
    AnswerMode.QUIZ: Act.QUIZ,
}


def choose_act(evidence: Evidence, mode: AnswerMode) -> Act:
    """The act for a question: what the mode asks for if the packs carry an answer, else to say that they do not."""
    return _ACTS[mode] if evidence.probability >= ANSWER_FROM else Act.ABSTAIN
