import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from engine.paths import asset_path
from models_manifest.evidence.corpus import SCHOOL, Corpus, read_public, read_school
from models_manifest.evidence.store import LookedUp, looked_up
from tests.engine.rag.samples import WordEmbedder

PASSAGES = {
    "Leaves": [
        "Leaves are green. They hold chlorophyll, which takes in red light.",
        "Leaves fall in autumn.",
    ],
    "Rivers": ["Rivers flow to the sea. The Nile is the longest river in Africa.", "Rivers carry sand."],
}
QUESTIONS = [
    ("q0", "Leaves#0", "What do leaves hold?", ["chlorophyll"]),
    ("q1", "Rivers#0", "Which river is the longest in Africa?", ["The Nile", "Nile"]),
    ("q2", "Rivers#1", "Who swam in the rivers?", []),
    ("q3", "Leaves#1", "When do leaves fall?", ["autumn"]),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    folder = tmp_path / "squad_v2"
    folder.mkdir()
    passages = [
        {"pid": f"{title}#{at}", "title": title, "text": text}
        for title, texts in PASSAGES.items()
        for at, text in enumerate(texts)
    ]
    questions = [
        {"qid": name, "pid": passage, "title": passage.split("#")[0], "question": text, "answers": answers,
         "is_impossible": not answers}
        for name, passage, text, answers in QUESTIONS
    ]  # fmt: skip
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return read_public(folder)


def look_up(corpus: Corpus, folder: Path, lines: list[str]) -> LookedUp:
    return looked_up([corpus], folder, WordEmbedder(), lines.append)[0]


def test_right_is_the_sentence_of_the_gold_passage_that_holds_an_answer(corpus: Corpus) -> None:
    held = [[corpus.sentences[at].text for at in one.right] for one in corpus.questions]
    assert held == [
        ["They hold chlorophyll, which takes in red light."],
        ["The Nile is the longest river in Africa."],
        [],
        ["Leaves fall in autumn."],
    ]
    assert corpus.sentences[corpus.questions[0].right[0]].previous == "Leaves are green."
    assert [one.answerable for one in corpus.questions] == [True, True, False, True]


def test_what_is_found_names_sentences_of_the_corpus_best_first(corpus: Corpus, tmp_path: Path) -> None:
    found = look_up(corpus, tmp_path, []).found
    assert [one.question for one in found] == [text for _, _, text, _ in QUESTIONS]
    for one in found:
        assert one.scores.tolist() == sorted(one.scores.tolist(), reverse=True)
        assert {corpus.sentences[at].passage for at in one.sentences} <= set(one.passages.tolist())
        assert len(one.sentences) == len(one.scores) == len(one.prose) == len(one.support)
    assert int(found[1].sentences[0]) in corpus.questions[1].right


def test_a_left_out_article_is_not_found(corpus: Corpus, tmp_path: Path) -> None:
    left_out = look_up(corpus, tmp_path, []).left_out
    assert set(left_out) == {0, 3}  # every second answerable one
    for number, one in left_out.items():
        passages = {corpus.pack.passages[at].section for at in one.passages}
        assert corpus.questions[number].group not in passages


def test_it_is_looked_up_once_and_kept_as_it_was(corpus: Corpus, tmp_path: Path) -> None:
    lines: list[str] = []
    first, again = look_up(corpus, tmp_path, lines), look_up(corpus, tmp_path, lines)
    assert sum("looking up" in line for line in lines) == 1
    for one, other in zip(
        [*first.found, *first.left_out.values()], [*again.found, *again.left_out.values()], strict=True
    ):
        for name in one.__dataclass_fields__:
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_other_questions_are_looked_up_anew(corpus: Corpus, tmp_path: Path) -> None:
    lines: list[str] = []
    look_up(corpus, tmp_path, lines)
    look_up(Corpus(corpus.name, corpus.pack, corpus.sentences, corpus.questions[:1]), tmp_path, lines)
    assert sum("looking up" in line for line in lines) == 2


def test_school_questions_name_their_sentences_and_golden_ones_are_marked() -> None:
    corpora = read_school(asset_path("packs"))
    assert [one.name for one in corpora] == list(SCHOOL)
    for corpus in corpora:
        golden = [one for one in corpus.questions if one.golden]
        assert len(golden) == len(corpus.pack.questions)
        for one in corpus.questions:
            assert one.golden or bool(one.right) == one.answerable, one.id
            assert {corpus.sentences[at].passage for at in one.right} <= set(one.passages)
