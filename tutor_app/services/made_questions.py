"""The questions that were made about a document, for a person to look over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.content.instance import instantiate
from engine.content.item import Origin
from engine.content.model_answer import model_response
from engine.errors import UserFacingError
from engine.sync.practice_events import Judgement
from engine.tutor.practice.item_review import ItemReview
from tutor_app.services.gapped_text import with_blanks
from tutor_app.services.learning_facts import MadeQuestion
from tutor_app.services.snippet import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.content.instance import QuestionStep
    from engine.content.item import Item
    from engine.content.item_bank import PackItems
    from tutor_app.workers.workbench import Job, Workbench


class MadeQuestionsService:
    """Lists them, and keeps what a person says of each."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def of(self, _job: Job, pack: str) -> tuple[MadeQuestion, ...]:
        """Those of ``pack``, in the order of the document; none where it has none."""
        found = self._workbench.runtime.items.pack(pack)
        return tuple(_made(found, self._review().judgements(pack))) if found else ()

    def judge(self, job: Job, pack: str, item: str, judgement: str) -> tuple[MadeQuestion, ...]:
        """Keep it, drop it, or take back what was said; returns how they stand then.

        Raises:
            UsageError: it is not there any more.
        """
        self._review().judge(pack, item, Judgement(judgement))
        return self.of(job, pack)

    def _review(self) -> ItemReview:
        runtime = self._workbench.runtime
        return ItemReview(runtime.database, runtime.items, self._workbench.clock)


def _made(pack: PackItems, judged: Mapping[str, Judgement]) -> Iterator[MadeQuestion]:
    names = {skill.id: skill.name for skill in pack.skills}
    for item in pack.items.values():
        if item.origin is not Origin.AUTO:
            continue
        try:
            text, answer = _words(item)
        except UserFacingError:  # broken: it is never asked
            continue
        yield MadeQuestion(
            item.id,
            text,
            answer,
            names.get(item.skills[0], ""),
            item.passages[0] if item.passages else "",
            judged.get(item.id, Judgement.OPEN).value,
        )


def _words(item: Item) -> tuple[str, str]:
    question = instantiate(item, 0)
    step = question.steps[0]
    text = with_blanks("\n".join(filter(None, (question.stem, step.ask))), plain)
    return text, _answer(step)


def _answer(step: QuestionStep) -> str:
    response = model_response(step.answer)
    named = {option.id: plain(option.text) for option in (*step.options, *step.right)}
    parts = [response] if isinstance(response, str) else list(response)
    if not isinstance(response, (str, tuple)):
        parts = list(response.values())
    return ", ".join(named.get(part, part) for part in parts)
