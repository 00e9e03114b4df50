import argparse
import dataclasses
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.evaluation import bench_retrieval, hints, memory, qa, retrieval
from engine.evaluation.bench_llm import LlmBench
from engine.events import AnswerChecked, AnswerStored, Timings
from engine.types import Act, AnswerMode, TurnStatus
from tests.docs.pages import codes, first_cells, sections
from tests.engine.rag.samples import WordEmbedder
from tutor_app.__main__ import COMMANDS, _parser
from tutor_app.cli import ask, bench, evaluate

PAGE = sections("commands.md")
WITHOUT_JSON = {"window", "chat", "practice", "prepare", "models trial"}


def leaves() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and action with its parser."""
    for name in COMMANDS:
        (commands,) = _subparsers(_parser(name))
        command = commands.choices[name]
        actions = _subparsers(command)
        if not actions:
            yield name, command
        for group in actions:
            for action, parser in group.choices.items():
                yield f"{name} {action}", parser


def _subparsers(
    parser: argparse.ArgumentParser,
) -> list["argparse._SubParsersAction[argparse.ArgumentParser]"]:
    return [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]


LEAVES = dict(leaves())


def accepted(parser: argparse.ArgumentParser) -> set[str]:
    """Names of positional arguments and all option strings, help left out."""
    names: set[str] = set()
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            names |= set(action.option_strings) or {str(action.metavar or action.dest.upper())}
    return names


def described(text: str) -> set[str]:
    """Names in the first cells of the tables: of an option without its value."""
    return {code.split(" ")[0] for cell in first_cells(text) for code in codes(cell)}


def keys_in(text: str) -> set[str]:
    """The keys after "JSON:"."""
    (line,) = [line for line in text.splitlines() if line.startswith("JSON: ")]
    return set(codes(line))


@pytest.mark.parametrize("name", LEAVES)
def test_a_command_has_a_section_with_its_arguments_and_no_others(name: str) -> None:
    assert described(PAGE[name]) - {"--json"} == accepted(LEAVES[name]) - {"--json"}


def test_no_command_is_described_that_does_not_exist() -> None:
    groups = {name.partition(" ")[0] for name in LEAVES}
    titles = {title for title in PAGE if title[0].islower()}
    assert titles == set(LEAVES) | groups


def test_every_command_takes_json_but_those_that_are_named() -> None:
    assert {name for name, parser in LEAVES.items() if "--json" not in accepted(parser)} == WITHOUT_JSON


def test_the_options_before_the_command_are_described() -> None:
    assert described(PAGE["Commands"]) == accepted(_parser(""))


def test_choices_are_named() -> None:
    for name, parser in LEAVES.items():
        for action in parser._actions:
            for choice in action.choices or ():
                assert f"`{choice}`" in PAGE[name], f"{name} does not name {choice}"


def test_exit_codes_are_those_of_the_program() -> None:
    from engine.errors import QuestionError, UsageError, UserFacingError
    from tutor_app.__main__ import _INTERRUPTED

    told = {int(cell) for cell in first_cells(PAGE["Output and exit codes"])}
    known = {error.exit_code for error in (UserFacingError, UsageError, QuestionError)}
    assert told == {0, ask.REFUSED, _INTERRUPTED} | known


def test_the_keys_of_ask_are_described() -> None:
    checked = AnswerChecked("", (), answered=False, act=Act.ABSTAIN, citations=())
    stored = AnswerStored("c", "t", TurnStatus.ABSTAINED, AnswerMode.EXPLAIN, "", Timings())
    report = ask._report(checked, stored)
    assert keys_in(PAGE["ask"]) == set(report)
    for timing in dataclasses.fields(Timings):
        assert f"`{timing.name}`" in PAGE["ask"]


def test_the_keys_of_evaluations_are_described() -> None:
    assert {f"Suite {name}" for name in evaluate.SUITES} == {one for one in PAGE if one.startswith("Suite ")}
    answers = set(qa.summary([])) | {"leave_article_out", "auroc", "curve"}
    searches = set(retrieval.summary([], 0)) | {"answer_in_sentences"}
    assert keys_in(PAGE["Suite memory"]) == set(memory.pooled([])) | {"users"}
    assert keys_in(PAGE["Suite qa"]) == answers
    assert keys_in(PAGE["Suite retrieval"]) == searches


def test_the_keys_of_the_suite_of_hints_are_described(tmp_path: Path) -> None:
    row = json.dumps({"question": "What is 2 + 2?", "final": "4"})
    (tmp_path / "problems.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    report = hints.evaluate_hints(tmp_path, tmp_path, load=lambda: None, limit=None, progress=lambda _: None)
    assert keys_in(PAGE["Suite hints"]) == set(report)


def test_the_keys_of_benchmarks_are_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {one for one in PAGE if one.startswith("Benchmark ")}
    assert {f"Benchmark {name}" for name in bench.SUITES} == told
    monkeypatch.setattr(bench_retrieval, "SIZES", {"10k": 60, "100k": 60})
    report = bench_retrieval.bench_retrieval(tmp_path, WordEmbedder(), progress=lambda _: None)
    assert keys_in(PAGE["Benchmark retrieval"]) == set(report)
    assert keys_in(PAGE["Benchmark llm"]) == {field.name for field in dataclasses.fields(LlmBench)}
