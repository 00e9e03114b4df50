"""What the library knows of packs and documents."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from engine.errors import PackError
from engine.paths import DataPaths
from tests.engine.content.importers.conftest import DATA
from tests.tutor_app.cli.small_profile import make_profile
from tests.tutor_app.conftest import prepared_profile
from tutor_app.services.documents import DocumentsService
from tutor_app.services.holdings import HoldingKind, HoldingState
from tutor_app.services.library import LibraryService
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from pathlib import Path

PLANTS = "org.example.plants"


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    return Workbench(make_profile(tmp_path / "home"), models=False)


@pytest.fixture
def library(workbench: Workbench) -> LibraryService:
    return LibraryService(workbench)


def test_an_empty_profile_has_an_empty_library(tmp_path: Path) -> None:
    library = LibraryService(Workbench(DataPaths(tmp_path / "none"), models=False))
    assert library.holdings(Job()) == ()
    assert library.examples(Job()) == ()


def test_packs_come_before_documents(library: LibraryService, workbench: Workbench) -> None:
    DocumentsService(workbench).add(Job(), str(DATA / "levers.md"))
    kinds = [holding.kind for holding in library.holdings(Job())]
    assert kinds == [HoldingKind.PACK, HoldingKind.DOCUMENT]


def test_without_an_embedder_a_pack_is_found_by_its_words(library: LibraryService) -> None:
    (plants,) = library.holdings(Job())
    assert (plants.id, plants.state) == (PLANTS, HoldingState.WORDS)


def test_with_its_vectors_a_pack_is_ready(tmp_path: Path) -> None:
    library = LibraryService(Workbench(prepared_profile(tmp_path / "ready"), models=False))
    assert {holding.state for holding in library.holdings(Job())} == {HoldingState.READY}


def test_a_damaged_pack_is_shown_and_can_be_removed(library: LibraryService, workbench: Workbench) -> None:
    record = next((workbench.paths.packs / PLANTS).glob("*/.install.json"))
    record.write_text("{")
    (plants,) = library.holdings(Job())
    assert plants.state is HoldingState.DAMAGED
    library.remove(Job(), plants.id)
    assert library.holdings(Job()) == ()


def test_a_pack_without_its_index_is_still_shown(library: LibraryService, workbench: Workbench) -> None:
    next((workbench.paths.packs / PLANTS).glob("*/index.sqlite")).unlink()
    (plants,) = library.holdings(Job())
    assert plants.state is HoldingState.WORDS


def test_details_say_what_is_known(library: LibraryService) -> None:
    details = library.details(Job(), PLANTS)
    assert details.version == "1.0.0"
    assert details.counts["passages"] == details.holding.passages > 0
    assert details.bytes > 1000
    assert details.origin == "folder"


def test_details_of_what_has_gone_are_refused_with_a_sentence(library: LibraryService) -> None:
    with pytest.raises(PackError, match="not in the library"):
        library.details(Job(), "org.example.gone")


def test_what_was_removed_can_be_put_back(library: LibraryService) -> None:
    before = library.holdings(Job())
    library.remove(Job(), PLANTS)
    assert library.holdings(Job()) == ()
    library.put_back(Job(), PLANTS)
    assert library.holdings(Job()) == before


def test_examples_are_whole_questions_of_the_packs(tmp_path: Path) -> None:
    library = LibraryService(Workbench(prepared_profile(tmp_path / "ready"), models=False))
    examples = library.examples(Job())
    assert len({example.pack for example in examples[:3]}) == 3, "each pack has its turn"
    assert all(example.question.endswith("?") and example.question[0].isupper() for example in examples)


def test_a_passage_has_a_name_until_it_is_gone(library: LibraryService, workbench: Workbench) -> None:
    name = library.passage_name(Job(), PLANTS, "p-leaf-01")
    assert name is not None
    assert (name.pack, name.passage) == ("Plants", "Why leaves are green")
    assert library.passage_name(Job(), PLANTS, "p-gone") is None
    assert library.passage_name(Job(), "org.example.gone", "p-leaf-01") is None
    workbench.close()
    shutil.rmtree(workbench.paths.packs)
