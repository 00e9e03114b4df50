"""The versions of the policy that chose questions so far, by what differs between them.

A decision is logged with its version. Made again by the rules of that version it comes out to the same bytes, however
the policy has changed since; so what decisions were made by is never edited here, only added to. ``eval adaptation``
was the judge of each change, on other learners than those that are reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """One version.

    Attributes:
        version: as it stands in decisions.
        long_run_least: success of the last some hundred questions, 0 to 1, below which known skills come in between
            often, to cheer up.
        win_margin: logits above its reference from which a known skill may be one of those, in turn, the longest not
            practised first; None for always the surest.
        quick: success lately, 0 to 1, above which three skills are practised side by side instead of two.
        rests_until_learned: a skill that goes nowhere rests until another one was learned, at most a day; else for
            15 questions.
    """

    version: str
    long_run_least: float
    win_margin: float | None
    quick: float
    rests_until_learned: bool


_O41 = Rules("o4.1", long_run_least=0.66, win_margin=None, quick=0.85, rests_until_learned=False)
CURRENT = Rules("o4.2", long_run_least=0.65, win_margin=1.5, quick=0.7, rests_until_learned=True)
"""What decides now. With a wrong prerequisite a skill may lack what nobody says it needs: that it goes nowhere is the
sign, and something else learned the reason to try again. Wins that go round are reviews as well."""

VERSIONS: Mapping[str, Rules] = {rules.version: rules for rules in (_O41, CURRENT)}
