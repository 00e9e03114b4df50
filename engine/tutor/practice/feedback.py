"""What the tutor says to an answer: fixed sentences by verdict, or the pack's own question about a misconception.

None of them holds an answer or a part of one.
"""

from dataclasses import dataclass

from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.content.item import Misconception

_RIGHT = ("That is right.", "Yes, that is right.", "Right. Well worked out.")
_BY_FLAW = {
    Flaw.WRONG: "Not yet. Look at it once more.",
    Flaw.FORM: "The value is right. Write it in the form that is asked for.",
    Flaw.UNSIMPLIFIED: "The value is right, and it can be written in a simpler way.",
    Flaw.SIGN: "Nearly. Look at the sign.",
    Flaw.UNIT: "The number fits, the unit does not. Which unit belongs there?",
    Flaw.NO_UNIT: "The number is right. Add its unit.",
    Flaw.SPELLING: "Nearly. Look at the spelling.",
    Flaw.ROUNDING: "Nearly. Look at how it was to be rounded.",
    Flaw.INCOMPLETE: "What you have is right. Something is still missing.",
    Flaw.ORDER: "Not yet. Look at the order. Which one comes too early?",
}
_PARTLY = "Some of it is right. Look at the rest once more."
_NOTHING_YET = "That does not answer it yet. Which idea is the question about?"
_UNSURE = "I cannot tell whether that is right. It does not count. Try to write it in another way, or go on."
_UNREADABLE = "I cannot read that. It does not count as an answer."


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said. ``passage``: id of what to read about it; empty for nothing."""

    text: str
    passage: str = ""


def reply_to(
    verdict: Verdict, misconception: Misconception | None, *, turn: int, own_words: bool = False
) -> Reply:
    """What to say to an answer with this verdict.

    Args:
        verdict: of the checker.
        misconception: the one that the verdict names, if the pack has it.
        turn: number of the question in the sitting, so that the same words do not come each time.
        own_words: it is an answer in the learner's own words, of which no idea need be right.
    """
    if verdict.outcome is Outcome.RIGHT:
        return Reply(_RIGHT[turn % len(_RIGHT)])
    if verdict.outcome is Outcome.UNSURE:
        return Reply(_UNSURE)
    if verdict.outcome is Outcome.UNREADABLE:
        return Reply(f"{verdict.message} It does not count as an answer." if verdict.message else _UNREADABLE)
    if misconception is not None:
        return Reply(misconception.response, misconception.passage)
    if verdict.outcome is Outcome.PARTLY and verdict.flaw in (None, Flaw.WRONG):
        return Reply(_PARTLY)
    if own_words and verdict.outcome is Outcome.NOT_YET:
        return Reply(_NOTHING_YET)
    return Reply(_BY_FLAW[verdict.flaw or Flaw.WRONG])
