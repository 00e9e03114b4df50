"""The school questions of the evidence model: they point at what is in the packs, and keep off the packs' own tests."""

import json
from collections import Counter
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from engine.content.pack import Pack
from engine.content.pack_folder import read_pack_folder
from engine.paths import asset_path
from engine.sentences import split_sentences
from tests.conftest import ROOT

QUESTIONS = ROOT / "models_manifest" / "evidence" / "school_questions.jsonl"
REASONS = {
    "fact", "value", "person", "date", "reason", "method", "topic", "opinion", "personal", "vague",
}  # fmt: skip
NEARLY_THE_SAME = 88  # per cent of the letters, whatever the order of the words


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {name: read_pack_folder(asset_path("packs") / name) for name in ("algebra", "physics", "biology")}


def test_there_are_enough_and_a_third_is_not_answerable(rows: list[dict[str, Any]]) -> None:
    unanswerable = sum("unanswerable" in row for row in rows)
    assert len(rows) >= 600
    assert 1 / 3 <= unanswerable / len(rows) <= 1 / 2


def test_each_is_either_answerable_or_says_why_not(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert row.keys() in (
            {"id", "pack", "question", "evidence"},
            {"id", "pack", "question", "unanswerable"},
        ), row["id"]
        assert row.get("unanswerable", "fact") in REASONS, row["id"]


def test_ids_and_questions_are_unique(rows: list[dict[str, Any]]) -> None:
    ids = Counter(row["id"] for row in rows)
    questions = Counter(row["question"].lower().strip(" ?.") for row in rows)
    assert [name for name, count in (ids + questions).items() if count > 1] == []


def test_the_evidence_stands_in_the_packs(rows: list[dict[str, Any]], packs: dict[str, Pack]) -> None:
    held = {
        (name, passage.id): set(split_sentences(passage.text))
        for name, pack in packs.items()
        for passage in pack.passages
    }
    missing = [
        (row["id"], part["passage"], sentence)
        for row in rows
        for part in row.get("evidence", ())
        for sentence in part["sentences"]
        if sentence not in held.get((row["pack"], part["passage"]), ())
    ]
    assert missing == []
    assert all(
        row["evidence"] and all(p["sentences"] for p in row["evidence"]) for row in rows if "evidence" in row
    )


def test_every_passage_is_asked_about(rows: list[dict[str, Any]], packs: dict[str, Pack]) -> None:
    asked = {part["passage"] for row in rows for part in row.get("evidence", ())}
    assert [p.id for pack in packs.values() for p in pack.passages if p.id not in asked] == []


def test_no_golden_question_is_among_them(rows: list[dict[str, Any]], packs: dict[str, Pack]) -> None:
    asked = [row["question"].lower() for row in rows]
    golden = [question.question.lower() for pack in packs.values() for question in pack.questions]
    found = {
        text: process.extract(text, asked, scorer=fuzz.token_sort_ratio, score_cutoff=NEARLY_THE_SAME)
        for text in golden
    }
    assert {text: near for text, near in found.items() if near} == {}
