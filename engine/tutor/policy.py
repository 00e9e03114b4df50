"""Which act a turn is: a pure function of what was found and what was wanted."""

from engine.rag.retrieval import Evidence
from engine.types import Act, AnswerMode

# The probability from which an answer is given; the curve it was read from is in docs/decisions.
ANSWER_FROM = 0.7
# From here on what was found is shown as the nearest there is. One in ten of SQuAD's answerable questions lies between
# the two, and two of three such quotations hold the answer; of those whose article is left out one in sixty.
PARTIAL_FROM = 0.3
# From here on, where there is no answer, sections are named as the nearest. Of SQuAD's questions, asked of the starter
# packs, which know nothing of them, one in forty lies above it; of those left without an answer though their article is
# there (26 of 586) all do.
NEAREST_FROM = 0.02
UNANSWERED = frozenset({Act.PARTIAL, Act.ABSTAIN})
_READS_ON = (AnswerMode.EXPLAIN, AnswerMode.SIMPLER)
_ACTS = {
    AnswerMode.EXPLAIN: Act.EXPLAIN,
    AnswerMode.SIMPLER: Act.SIMPLIFY,
    AnswerMode.EXAMPLE: Act.EXAMPLE,
    AnswerMode.QUIZ: Act.QUIZ,
}


def choose_act(evidence: Evidence, mode: AnswerMode) -> Act:
    """The act for a question: what the mode asks for if the packs carry an answer, else to say how far they go.

    An example or a quiz that rests on little would teach what may not be so: there it is all or nothing.
    """
    if evidence.probability >= ANSWER_FROM:
        return _ACTS[mode]
    return Act.PARTIAL if evidence.probability >= PARTIAL_FROM and mode in _READS_ON else Act.ABSTAIN
