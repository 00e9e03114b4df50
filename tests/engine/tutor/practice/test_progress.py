"""What a sitting was."""

from engine.learner.mastery import Level
from engine.tutor.practice.progress import sitting_summary
from tests.engine.learner.lesson import PACK, evidence

_OTHER = "org.example.another"


def test_a_sitting_tells_of_what_moved_in_its_own_packs_only() -> None:
    before = {
        (PACK, "count"): Level.ATTEMPTED,
        (PACK, "add"): Level.PROFICIENT,
        (_OTHER, "osmosis"): Level.ATTEMPTED,
    }
    after = {
        (PACK, "count"): Level.FAMILIAR,
        (PACK, "add"): Level.FAMILIAR,
        (_OTHER, "osmosis"): Level.FAMILIAR,
    }
    what = sitting_summary([evidence("count")], before, after)
    assert what.raised == (("count", Level.FAMILIAR),)
    assert what.lowered == (("add", Level.FAMILIAR),)
    assert (what.questions, what.first_right) == (1, 1)


def test_a_skill_that_another_ones_question_only_needed_is_no_news() -> None:
    after = {(PACK, "count"): Level.ATTEMPTED, (PACK, "add"): Level.ATTEMPTED}
    assert sitting_summary([evidence("count")], {}, after).raised == (("count", Level.ATTEMPTED),)
    known = {(PACK, "count"): Level.ATTEMPTED, (PACK, "add"): Level.PROFICIENT}
    assert sitting_summary([evidence("count")], known, after).lowered == (("add", Level.ATTEMPTED),)
