"""What to do next, ranked by what a minute of it is worth, each with its reason.

The worth is the expected gain in mastery a minute, times how much rests on the skill (1 + .3 for each skill that
directly needs it; ``teaching.md`` 1.7). It compares kinds of work; which question is asked is the policy's decision
(``adaptation``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.learner.curriculum import Curriculum
from engine.learner.evidence import Evidence
from engine.learner.learner_state import LearnerState
from engine.learner.mastery import Level, level
from engine.learner.patterns import Pattern, PatternKind
from engine.learner.trend import sessions
from engine.learner.view import is_spinning

_FORGOTTEN = 0.9
_URGENT = 0.7
_CENTRALITY = 0.3
_TIRED_AFTER = 25
_LATELY = 8
_LEAST_TO_FADE = 15
_CLEARLY_WORSE = 0.25
_MINUTES = {"learn": 6.0, "review": 1.0, "example": 3.0, "remedy": 4.0}


class Kind(StrEnum):
    """What is recommended."""

    LEARN = "learn"
    REVIEW = "review"
    WORKED_EXAMPLE = "worked_example"
    MISCONCEPTION = "misconception"
    STOP = "stop"


class Because(StrEnum):
    """Why."""

    READY = "ready"  # all that it needs is there
    BEGUN = "begun"
    FADING = "fading"
    STUCK = "stuck"
    REPEATED_MISTAKE = "repeated_mistake"
    ENOUGH_TODAY = "enough_today"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing to do.

    Attributes:
        kind: what.
        skill: for which skill; empty to stop.
        because: why.
        minutes: about how long it takes.
        worth: expected gain in mastery a minute, for the order only.
        misconception: its id, where that is the reason.
    """

    kind: Kind
    skill: str
    because: Because
    minutes: float
    worth: float
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """How the session has gone: questions answered, and whether it went worse towards the end."""

    questions: int = 0
    fading: bool = False


def latest_session(evidence: Sequence[Evidence]) -> Session:
    """How the latest session went: ``fading`` if its last eight questions went clearly worse than those before."""
    latest = sessions(evidence)[-1:]
    right = [piece.first_right for part in latest for piece in part]
    before, lately = right[:-_LATELY], right[-_LATELY:]
    if len(right) < _LEAST_TO_FADE:
        return Session(len(right))
    fading = sum(lately) / len(lately) < sum(before) / len(before) - _CLEARLY_WORSE
    return Session(len(right), fading)


def recommendations(
    state: LearnerState,
    graph: Curriculum,
    *,
    recall: Mapping[str, float],
    patterns: Iterable[Pattern] = (),
    session: Session | None = None,
) -> tuple[Recommendation, ...]:
    """Everything worth doing in one pack, the best first; the second is the alternative to the first."""
    found = [
        *_reviews(state, graph, recall),
        *_new_and_begun(state, graph),
        *_remedies(graph, patterns),
    ]
    ranked = sorted(found, key=lambda one: (-round(one.worth, 9), one.skill, one.kind))
    day = session or Session()
    if day.questions >= _TIRED_AFTER and day.fading:
        return (Recommendation(Kind.STOP, "", Because.ENOUGH_TODAY, 0.0, 0.0), *ranked)
    return tuple(ranked)


def _reviews(state: LearnerState, graph: Curriculum, recall: Mapping[str, float]) -> Iterable[Recommendation]:
    """Known skills that memory is losing: a minute brings back what is about to go."""
    for skill in graph.order:
        kept = recall.get(skill, 1.0)
        if not state.skill(graph.pack, skill).proficient or kept >= _FORGOTTEN:
            continue
        minutes = _MINUTES["review"]
        gain = 1.0 - kept if kept >= _URGENT else 1.0 - kept + 0.2
        yield Recommendation(
            Kind.REVIEW, skill, Because.FADING, minutes, gain * _centrality(graph, skill) / minutes
        )


def _new_and_begun(state: LearnerState, graph: Curriculum) -> Iterable[Recommendation]:
    """What can be learned now: skills already begun are nearer to their end."""
    mastered = [skill for skill in graph.order if state.skill(graph.pack, skill).proficient]
    known = [skill for skill in graph.order if state.skill(graph.pack, skill).taken_as_known]
    for skill in graph.fringe(mastered, known):
        record = state.skill(graph.pack, skill)
        central = _centrality(graph, skill)
        if is_spinning(record):
            minutes = _MINUTES["example"]
            yield Recommendation(Kind.WORKED_EXAMPLE, skill, Because.STUCK, minutes, 0.3 * central / minutes)
            continue
        begun = record.answers > 0
        nearly = level(record, state.general, graph.ref(skill)) is Level.FAMILIAR
        minutes = _MINUTES["learn"] / (2.0 if nearly else 1.0)
        because = Because.BEGUN if begun else Because.READY
        yield Recommendation(Kind.LEARN, skill, because, minutes, (0.7 + 0.1 * begun) * central / minutes)


def _remedies(graph: Curriculum, patterns: Iterable[Pattern]) -> Iterable[Recommendation]:
    """A mistake with a name, made again and again, is the quickest to mend."""
    for pattern in patterns:
        if pattern.kind is PatternKind.MISCONCEPTION and pattern.skill in graph.skills:
            minutes = _MINUTES["remedy"]
            yield Recommendation(
                Kind.MISCONCEPTION,
                pattern.skill,
                Because.REPEATED_MISTAKE,
                minutes,
                0.6 * _centrality(graph, pattern.skill) / minutes,
                pattern.misconception,
            )


def _centrality(graph: Curriculum, skill: str) -> float:
    return 1.0 + _CENTRALITY * len(graph.dependents[skill])
