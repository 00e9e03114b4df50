"""Answers the window's questions: the engine's turn, as text that only has to be drawn."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from engine.events import AnswerChecked, AnswerStored, SourcesFound, TextDelta
from engine.model_loading import chosen_model
from engine.runtime import Runtime
from engine.tutor.question import clean_question
from engine.tutor.session import Ask
from tutor_app.richtext.formula import warm_up
from tutor_app.richtext.parser import parse
from tutor_app.services.turn_view import (
    NumberedSources,
    PackNames,
    is_partial,
    nearest_sources,
    shown_answer,
)
from tutor_app.services.turns import AnswerSoFar, AnswerWhole, Ready, Sought, TurnEnd

if TYPE_CHECKING:
    from collections.abc import Generator

    from engine.events import TurnEvent
    from engine.types import AnswerPart
    from tutor_app.services.turns import AskRequest
    from tutor_app.workers.workbench import Job, Workbench


class ChatService:
    """Runs in a lane of its own, which loads the models."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def warm(self, _job: Job) -> Ready:
        """Open the packs and load the model, so that the first question is answered like any other."""
        runtime = self._workbench.runtime
        runtime.session()
        warm_up()
        model = runtime.language_model()
        return Ready(self._model_name() if model is not None else "", _taken(runtime))

    def ask(self, job: Job, request: AskRequest) -> TurnEnd:
        """One turn; emits ``Sought``, ``AnswerSoFar`` with each sentence, and ``AnswerWhole``.

        Raises:
            QuestionError: the question cannot be worked with; nothing is stored.
            StorageError: the turn cannot be stored.
        """
        if request.without_model:
            settings = replace(self._workbench.settings, llm="none", server_url="")
            with Runtime(self._workbench.paths, settings) as runtime:
                return _turn(job, request, runtime)
        return _turn(job, request, self._workbench.runtime)

    def _model_name(self) -> str:
        settings = self._workbench.settings
        if settings.server_url:
            return self._workbench.runtime.model_name()
        found = chosen_model(self._workbench.paths, "llm", settings.llm)
        return found.name if found is not None else ""


def _turn(job: Job, request: AskRequest, runtime: Runtime) -> TurnEnd:
    names = PackNames(runtime.indexes)
    asked = Ask(
        request.question,
        conversation=request.conversation or None,
        mode=request.mode,
        packs=frozenset({request.pack}) if request.pack else None,
        ignore=request.ignore,
    )
    parts: list[AnswerPart] = []
    sources = NumberedSources(names)
    # A model holds its lock while its generator lives: it must be closed here, whatever happens.
    turn = cast("Generator[TurnEvent]", runtime.session().ask(asked, job.cancel))
    with contextlib.closing(turn) as events:
        for event in events:
            if isinstance(event, SourcesFound):
                job.emit(
                    Sought(
                        request.conversation or _begun(runtime, request.question),
                        parse(request.question),
                        event.understood,
                        event.filters,
                    )
                )
            elif isinstance(event, TextDelta):
                if event.citation is not None:
                    sources.add(event.part.citation, event.citation)
                parts.append(event.part)
                job.emit(AnswerSoFar(shown_answer(parts, sources), sources.shown(), is_partial(parts)))
            elif isinstance(event, AnswerChecked):
                job.emit(_whole(event, names))
            elif isinstance(event, AnswerStored):
                end = TurnEnd(event.conversation, event.turn, event.status, event.follow_ups, _taken(runtime))
    return end


def _begun(runtime: Runtime, question: str) -> str:
    """The conversation that ``question`` began, so that trying again after a crash goes on with it.

    Ids grow with time. Should the clock have jumped, another one is the greatest, which the check finds out.
    """
    newest = max(runtime.conversations.conversations(), key=lambda one: one.id, default=None)
    if newest is None or newest.turns != 1:
        return ""
    asked = runtime.conversations.last_turns(newest.id, 1)[0]
    return newest.id if asked.question == clean_question(question) else ""


def _whole(event: AnswerChecked, names: PackNames) -> AnswerWhole:
    sources = NumberedSources(names)
    for number, citation in enumerate(event.citations, 1):
        sources.add(number, citation)
    nearest = nearest_sources(event.nearest, names)
    return AnswerWhole(shown_answer(event.parts, sources), sources.shown(), event.act, nearest)


def _taken(runtime: Runtime) -> tuple[str, ...]:
    notices = tuple(runtime.notices)
    runtime.notices.clear()
    return notices
