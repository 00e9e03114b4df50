"""Which automatic items of a document may count: a person kept them, or they have proven themselves by the event log.

The rule for the latter is in ``item_quality``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from engine.content.item import Origin
from engine.content.item_bank import PackItems
from engine.learner.evidence import Evidence
from engine.learner.item_quality import LEAST_ANSWERS, ItemAnswer, is_proven
from engine.storage.sqlite import Connection
from engine.sync.practice_events import Judgement
from engine.tutor.practice.learning_log import judgements, latest_evidence
from engine.tutor.practice.practice_store import NEVER_USED, ItemUse

_AROUND = 10
_LOOKED_AT = 5_000


def proven_items(connection: Connection, pack: PackItems, uses: Mapping[str, ItemUse]) -> frozenset[str]:
    """Ids of the automatic items of ``pack`` that may count.

    Args:
        connection: to the learner's database.
        pack: the items.
        uses: how each was used; the log is read only where one was posed often enough.
    """
    automatic = {it.id for it in pack.items.values() if it.origin is Origin.AUTO}
    if not automatic:
        return frozenset()
    judged = judgements(connection, pack.pack.info.id)
    kept = frozenset(it for it in automatic if judged.get(it) is Judgement.KEPT)
    often = [it for it in automatic - kept if uses.get(it, NEVER_USED).times >= LEAST_ANSWERS]
    if not often:
        return kept
    answers = answers_by_item(latest_evidence(connection, _LOOKED_AT, pack=pack.pack.info.id))
    return kept | {it for it in often if is_proven(answers[it])}


def answers_by_item(evidence: Sequence[Evidence]) -> Mapping[str, Sequence[ItemAnswer]]:
    """The answers to each item, each with how the five questions before and the five after it went."""
    answers: dict[str, list[ItemAnswer]] = defaultdict(list)
    right = [it.first_right for it in evidence]
    for n, one in enumerate(evidence):
        around = [
            right[at]
            for at in range(max(0, n - _AROUND // 2), min(len(right), n + _AROUND // 2 + 1))
            if evidence[at].item != one.item
        ]
        if around:
            answers[one.item].append(ItemAnswer(one.first_right, sum(around) / len(around)))
    return answers
