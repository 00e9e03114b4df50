"""Which act a turn is: a pure function of what was found and what was wanted."""

from dataclasses import dataclass

from engine.rag.retrieval import Evidence
from engine.types import Act, AnswerMode


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities from which something is done; the curves they were read from are in docs/decisions 0010 and 0015.

    Attributes:
        answer: an answer is given.
        partial: what was found is shown as the nearest there is.
        nearest: where nothing is shown, sections are named as the nearest.
    """

    answer: float
    partial: float
    nearest: float


BY_READING = Thresholds(0.47, 0.25, 0.05)
# Features alone cannot tell a question that names what the text names but asks what it does not say.
BY_FEATURES = Thresholds(0.7, 0.3, 0.02)
UNANSWERED = frozenset({Act.PARTIAL, Act.ABSTAIN})
_READS_ON = (AnswerMode.EXPLAIN, AnswerMode.SIMPLER)
_ACTS = {
    AnswerMode.EXPLAIN: Act.EXPLAIN,
    AnswerMode.SIMPLER: Act.SIMPLIFY,
    AnswerMode.EXAMPLE: Act.EXAMPLE,
    AnswerMode.QUIZ: Act.QUIZ,
}


def thresholds(evidence: Evidence) -> Thresholds:
    """Those that fit what ``evidence`` was judged by."""
    return BY_READING if evidence.read else BY_FEATURES


def choose_act(evidence: Evidence, mode: AnswerMode) -> Act:
    """The act for a question: what the mode asks for if the packs carry an answer, else to say how far they go.

    An example or a quiz that rests on little would teach what may not be so: there it is all or nothing.
    """
    needed = thresholds(evidence)
    if evidence.probability >= needed.answer:
        return _ACTS[mode]
    return Act.PARTIAL if evidence.probability >= needed.partial and mode in _READS_ON else Act.ABSTAIN
