"""A new profile is made ready: packs first, and without a network or a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.paths import DataPaths
from engine.types import Progress
from tests.tutor_app.conftest import prepared_profile
from tutor_app.services.documents import DocumentsService
from tutor_app.services.holdings import HoldingState, Preparing
from tutor_app.services.library import LibraryService
from tutor_app.services.preparation import ModelPreparationService, PreparationService
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    return Workbench(DataPaths(tmp_path / "home"), models=False)


def test_a_new_profile_gets_its_packs_and_they_can_be_asked_by_their_words(workbench: Workbench) -> None:
    service = PreparationService(workbench)
    assert service.state(Job()).starters
    seen: list[object] = []
    assert service.packs(Job(emit=seen.append))
    assert isinstance(seen[0], Progress)
    assert [step.number for step in seen if isinstance(step, Preparing)] == [1, 2, 3]
    assert {holding.state for holding in LibraryService(workbench).holdings(Job())} == {HoldingState.WORDS}
    assert len(workbench.runtime.indexes) == 3
    workbench.close()
    state = service.state(Job())
    assert not state.starters
    assert {model.kind for model in state.models} == {"llm", "embedder", "reranker"}
    assert state.unfinished == (), "without an embedder there is nothing more to do"
    seen.clear()
    assert service.packs(Job(emit=seen.append)) is False, "the second time there is nothing to do"
    assert seen == [], "and nothing to tell"
    assert service.vectors(Job()) == 0


def test_packs_that_were_removed_stay_away(workbench: Workbench) -> None:
    service = PreparationService(workbench)
    service.packs(Job())
    LibraryService(workbench).remove(Job(), "org.llm-tutor.physics")
    assert service.packs(Job()) is False
    assert len(LibraryService(workbench).holdings(Job())) == 2


def test_vectors_are_told_and_can_be_stopped_and_gone_on_with(tmp_path: Path) -> None:
    paths = prepared_profile(tmp_path / "ready")
    workbench = Workbench(paths, models=False)
    notes = tmp_path / "notes.md"
    notes.write_text("# Shelves\n" + "\n\n".join(f"There are {n} books on shelf {n}." for n in range(150)))
    DocumentsService(workbench).add(Job(), str(notes))
    service = PreparationService(workbench)
    assert service.state(Job()).unfinished == ("Shelves",)
    token = CancelToken()

    def stop_soon(value: object) -> None:
        if isinstance(value, Progress):
            token.cancel()

    with pytest.raises(Cancelled):
        service.vectors(Job(token, stop_soon))
    seen: list[object] = []
    assert service.vectors(Job(emit=seen.append)) == 1
    assert seen[0] == Preparing("Shelves", "meaning", 1, 1)
    done = [step.done for step in seen if isinstance(step, Progress)]
    assert done[0] > 0, "it goes on where it was stopped"
    assert service.state(Job()).unfinished == ()


def test_models_that_are_here_are_not_fetched(tmp_path: Path) -> None:
    workbench = Workbench(prepared_profile(tmp_path / "ready"), models=False)
    assert ModelPreparationService(workbench).fetch(Job()) == 0


def test_questions_are_made_about_a_new_document(workbench: Workbench, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(
        "# The lake\n\n**Plankton** is the mass of tiny living things that drift in open water.\n\n"
        "**Sediment** is the fine matter that sinks and covers the ground of a lake.\n"
    )
    DocumentsService(workbench).add(Job(), str(notes))
    service = PreparationService(workbench)
    assert len(service.state(Job()).unfinished) == 1
    assert service.vectors(Job()) == 1
    assert service.state(Job()).unfinished == ()
    (pack,) = workbench.runtime.items.packs()
    assert pack.pack.info.origin == "document"
    workbench.close()
