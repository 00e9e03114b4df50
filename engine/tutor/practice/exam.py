"""What comes next in an exam: questions spread over what was begun, where practice would stay with one skill.

That an exam gives no help and one attempt is in ``practice``; when it ends, in the front ends.
"""

from collections import Counter
from collections.abc import Collection

from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.tutor.practice.posing import Chosen, PackMoment, skill_check


def exam_question(moment: PackMoment, posed: Collection[str]) -> Chosen | None:
    """A question of the skill that this exam asked the least about, in the order of the pack.

    Args:
        moment: what is known now.
        posed: ids of the questions of the exam so far.

    Returns:
        None if the pack has nothing to ask. Of a pack in which nothing was begun, every skill is asked about.
    """
    asked = Counter(it.results[0].skill for it in moment.history if it.question in posed)
    state, order = moment.knowledge.state, moment.graph.order
    begun = [skill for skill in order if state.skill(moment.pack, skill).answers > asked[skill]]
    for skill in sorted(begun or order, key=lambda one: asked[one]):
        chosen = skill_check(moment, skill, Purpose.EVIDENCE, Reason.CONTINUE)
        if chosen is not None:
            return chosen
    return None
