"""Placement: at most twelve questions that find where a learner stands.

Each question is about the skill whose answer settles most, whichever way it goes: a right one speaks for all that the
skill rests on, a wrong one against all that rests on it (half-split on the prerequisite graph, ``teaching.md`` 1.2).
What follows for the estimates is done by ``replay``, as for all evidence.
"""

from collections.abc import Iterable

from engine.learner.curriculum import Curriculum
from engine.learner.decision import Choice, Decision, Reason
from engine.learner.evidence import Evidence, Purpose
from engine.learner.policy_rules import CURRENT, Rules
from engine.learner.situation import Situation
from engine.learner.view import View

MOST_QUESTIONS = 12


def place(situation: Situation, asked: Iterable[Evidence], rules: Rules = CURRENT) -> Decision | None:
    """The next placement question, or None when placement is done.

    Args:
        situation: the moment before it.
        asked: the questions of this placement so far, oldest first.
        rules: the version of the policy, which stands in the decision.
    """
    placement = list(asked)
    if len(placement) >= MOST_QUESTIONS:
        return None
    view = View(situation, rules)
    open_skills = undecided(situation.curriculum, placement)
    ranked = sorted(
        (skill for skill in open_skills if view.items(skill)),
        key=lambda skill: _worth(view, open_skills, skill),
        reverse=True,
    )
    if not ranked:
        return None
    best = [_choice(view, skill) for skill in ranked[:2]]
    features = {"undecided": float(len(open_skills)), "asked": float(len(placement))}
    other = best[1] if len(best) > 1 else None
    return Decision(rules.version, best[0], other, features, situation.turn, situation.seed, situation.now)


def undecided(graph: Curriculum, asked: Iterable[Evidence]) -> tuple[str, ...]:
    """Skills about which the answers so far say nothing, prerequisites first."""
    decided: set[str] = set()
    for piece in asked:
        for result in piece.results:
            if result.skill in graph.skills:
                around = graph.ancestors if result.first_right else graph.descendants
                decided.update((result.skill, *around[result.skill]))
    return tuple(skill for skill in graph.order if skill not in decided)


def _worth(view: View, open_skills: tuple[str, ...], skill: str) -> tuple[float, float]:
    """How many skills the answer settles: at least, and on average."""
    graph = view.situation.curriculum
    if_right = 1 + sum(other in open_skills for other in graph.ancestors[skill])
    if_wrong = 1 + sum(other in open_skills for other in graph.descendants[skill])
    chance = _choice(view, skill).predicted
    return float(min(if_right, if_wrong)), round(chance * if_right + (1.0 - chance) * if_wrong, 9)


def _choice(view: View, skill: str) -> Choice:
    """The item for ``skill`` nearest to its reference difficulty."""
    ref = view.ref(skill)
    item = min(view.items(skill), key=lambda one: (round(abs(one.difficulty - ref), 9), one.item))
    return Choice(item.item, skill, Purpose.PLACEMENT, view.predicted(item), Reason.PLACEMENT)
