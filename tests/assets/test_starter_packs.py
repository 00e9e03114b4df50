"""The starter packs: sound, large enough to learn from, and honest when asked their golden questions."""

import json
import re
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.lint import lint_folder
from engine.content.pack_folder import read_pack_folder
from engine.evaluation.golden import ask_golden
from engine.paths import DataPaths, asset_path
from engine.runtime import Runtime
from engine.settings import Settings
from engine.types import PassageKind
from tests.conftest import MODELS_HOME

PACKS = sorted(path.parent for path in asset_path("packs").glob("*/manifest.json"))
RUN_TOGETHER = re.compile(r"\$, \$[^$]+\$ (is|are|changes|grows|has)\b")  # "… + 300, 40y is" reads as 300,40


@pytest.fixture(params=PACKS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest) -> Path:
    found = request.param
    assert isinstance(found, Path)
    return found


def test_the_three_subjects_are_there() -> None:
    assert [path.name for path in PACKS] == ["algebra", "biology", "physics"]


def test_the_linter_finds_nothing(folder: Path) -> None:
    assert [str(finding) for finding in lint_folder(folder)] == []


def test_there_is_enough_to_learn_from(folder: Path) -> None:
    pack = read_pack_folder(folder)
    assert len(pack.passages) >= 60
    assert len(pack.skills) >= 15
    assert len(pack.questions) >= 20


def test_every_skill_is_explained_shown_and_warned_about(folder: Path) -> None:
    pack = read_pack_folder(folder)
    for skill in pack.skills:
        kinds = {passage.kind for passage in pack.passages if skill.id in passage.skills}
        assert {PassageKind.EXPLANATION, PassageKind.EXAMPLE, PassageKind.MISTAKE} <= kinds, skill.id
        assert any(term.skill == skill.id for term in pack.terms), skill.id


def test_a_misconception_is_said_to_the_learner(folder: Path) -> None:
    listed = json.loads((folder / "misconceptions.json").read_text("utf-8"))["misconceptions"]
    said = [one["description"] for one in listed]
    assert [text for text in said if not (text.startswith("You ") and text.endswith("."))] == []


def test_what_is_quoted_as_a_rule_stands_by_itself_and_formulas_do_not_run_together(folder: Path) -> None:
    pages = [path.read_text("utf-8") for path in (folder / "items").glob("*.json")]
    for page in pages:
        assert "To notice the mistake" not in page
        assert not RUN_TOGETHER.search(page)


@pytest.mark.models
def test_golden_questions_are_answered_from_the_right_passage_and_no_others(
    folder: Path, embedder_path: Path
) -> None:
    pack = read_pack_folder(folder)
    with Runtime(DataPaths(MODELS_HOME), Settings(llm="none")) as runtime:
        if pack.info.id not in runtime.pack_titles():
            pytest.skip("the starter packs are not indexed: run `make models`")
        misses = ask_golden(
            pack.questions, runtime.retriever, packs=None, cancel=CancelToken(), progress=lambda _: None
        )
    assert {miss.question: miss.fault for miss in misses} == {}
