from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.pack import Pack, PackInfo
from engine.errors import Cancelled
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.retrieval import Retrieval
from engine.rag.retriever import Reranking, Retriever
from engine.types import Passage, Section
from tests.engine.rag.samples import WordEmbedder, small_pack


@pytest.fixture
def retriever(index_path: Path, embedder: WordEmbedder) -> Iterator[Retriever]:
    index = PackIndex(index_path)
    yield Retriever([index], embedder=embedder, reranking=Reranking(FeatureReranker()))
    index.close()


def ask(retriever: Retriever, question: str) -> Retrieval:
    return retriever.retrieve(question, cancel=CancelToken())


def test_the_best_sentence_answers_and_is_verbatim(retriever: Retriever, pack: Pack) -> None:
    found = ask(retriever, "What do mitochondria release?")
    assert found.passages[0].passage.id == "p-1"
    assert found.sentences[0].text == "Mitochondria release energy from glucose."
    for sentence in found.sentences:
        assert sentence.text == sentence.found.passage.text[sentence.start : sentence.end]
    assert found.sentences[0].citation().quote == found.sentences[0].text


def test_the_same_question_gives_the_same_answer_every_time(retriever: Retriever) -> None:
    assert ask(retriever, "What do mitochondria release?") == ask(retriever, "What do mitochondria release?")


def test_a_slip_of_spelling_is_mended(retriever: Retriever) -> None:
    found = ask(retriever, "whats a mitocondria")
    assert "mitochondria" in found.question
    assert found.passages[0].passage.id == "p-1"


def test_a_chapter_restricts_and_can_be_undone(retriever: Retriever) -> None:
    found = ask(retriever, "What releases energy in chapter 1?")
    assert [one.kind for one in found.filters] == ["section"]
    assert found.filters[0].value == "org.example.cells#c-1"
    assert {passage.section.parent for passage in found.passages} == {"c-1"}
    undone = retriever.retrieve(
        "What releases energy in chapter 1?", ignore=found.filters, cancel=CancelToken()
    )
    assert undone.filters == ()
    assert {passage.section.parent for passage in undone.passages} > {"c-1"}


def test_a_section_by_its_place_in_the_outline(retriever: Retriever) -> None:
    found = ask(retriever, "What gives off oxygen in section 2.1?")
    assert {passage.section.id for passage in found.passages} == {"s-2"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Give me an example of photosynthesis", "p-4"),
        ("What is a common mistake about photosynthesis and soil?", "p-5"),
        ("Define photosynthesis", "p-3"),
    ],
)
def test_the_kind_that_is_asked_for_comes_first(retriever: Retriever, question: str, first: str) -> None:
    found = ask(retriever, question)
    assert found.passages[0].passage.id == first
    assert "kind" in {one.kind for one in found.filters}


def test_a_short_passage_brings_its_neighbours(retriever: Retriever) -> None:
    found = ask(retriever, "What does respiration release?")
    assert found.passages[0].passage.id == "p-6"
    assert [neighbour.id for neighbour in found.passages[0].context] == ["p-7"]
    assert all(not passage.context for passage in found.passages if passage.passage.id != "p-6")


def test_evidence_is_strong_for_what_stands_there_and_weak_for_what_does_not(retriever: Retriever) -> None:
    inside = ask(retriever, "What do mitochondria release from glucose?").evidence.probability
    for foreign in (
        "Who was the first person on the moon?",
        "¿Cuál es la capital de Francia?",
        "Wie alt ist der Bundeskanzler?",
    ):
        assert ask(retriever, foreign).evidence.probability < inside
        assert ask(retriever, foreign).evidence.probability < 0.5


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", "🙂" * 50, "مرحبا بكم", "\x00\x01\x02", "the of and", '"', "NEAR(a b)"]
)
def test_awkward_questions_find_something_or_nothing_but_never_fail(
    retriever: Retriever, question: str
) -> None:
    found = ask(retriever, question)
    assert found.evidence.probability < 0.5


def test_a_very_long_question_is_cut(retriever: Retriever) -> None:
    assert ask(retriever, "mitochondria energy " * 5000).passages[0].passage.id == "p-1"


def test_a_cancelled_search_stops(retriever: Retriever) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        retriever.retrieve("What do mitochondria release?", cancel=cancel)


def test_several_packs_are_searched_together_and_can_be_chosen(
    tmp_path: Path, embedder: WordEmbedder
) -> None:
    indexes = []
    for name in ("org.example.one", "org.example.two"):
        path = tmp_path / f"{name}.sqlite"
        index_words(small_pack(name), path, cancel=CancelToken())
        index_vectors(path, embedder, cancel=CancelToken())
        indexes.append(PackIndex(path))
    retriever = Retriever(indexes, embedder=embedder, reranking=None)
    both = ask(retriever, "What do mitochondria release?")
    assert {passage.pack for passage in both.passages[:2]} == {"org.example.one", "org.example.two"}
    one = retriever.retrieve("What do mitochondria release?", packs={"org.example.two"}, cancel=CancelToken())
    assert {passage.pack for passage in one.passages} == {"org.example.two"}
    assert retriever.retrieve("energy", packs=set(), cancel=CancelToken()).passages == ()
    for index in indexes:
        index.close()


def test_a_subject_restricts_to_its_pack_and_can_be_undone(tmp_path: Path) -> None:
    indexes = []
    for subject in ("Biology", "Physics"):
        pack = small_pack(f"org.example.{subject.lower()}")
        named = replace(pack, info=replace(pack.info, title=f"{subject}: cells"))
        index_words(named, tmp_path / subject, cancel=CancelToken())
        indexes.append(PackIndex(tmp_path / subject))
    retriever = Retriever(indexes, embedder=None, reranking=None)
    found = ask(retriever, "what is photosynthesis in physics?")
    assert "physics" not in found.question
    assert [one.label for one in found.filters] == ["Physics: cells"]
    assert {one.pack for one in found.passages} == {"org.example.physics"}
    undone = retriever.retrieve(
        "what is photosynthesis in physics?", ignore=found.filters, cancel=CancelToken()
    )
    assert {one.pack for one in undone.passages} == {"org.example.biology", "org.example.physics"}
    for index in indexes:
        index.close()


@pytest.mark.parametrize("embedder_name", [None, "another"])
def test_without_usable_vectors_words_alone_decide(index_path: Path, embedder_name: str | None) -> None:
    index = PackIndex(index_path)
    embedder = None if embedder_name is None else WordEmbedder(embedder_name)
    found = ask(Retriever([index], embedder=embedder, reranking=None), "What do mitochondria release?")
    assert found.passages[0].passage.id == "p-1"
    assert found.evidence.features["likeness"] == 0.0
    index.close()


def test_terms_of_the_passages_come_with_them(retriever: Retriever) -> None:
    pack_terms = ask(retriever, "What does the powerhouse or mitochondrion release?").terms
    assert all(term.term == "mitochondrion" for term in pack_terms)


def test_a_passage_that_is_all_table_can_be_found(tmp_path: Path, embedder: WordEmbedder) -> None:
    table = "| Planet | Moons |\n|---|---|\n| Mars | 2 |\n| Jupiter | 95 |"
    pack = Pack(
        PackInfo("org.example.table", "1.0.0", "Table"),
        (Section("s-1", "Moons"),),
        (Passage("p-1", "s-1", "Moons", table),),
    )
    path = tmp_path / "index.sqlite"
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, embedder, cancel=CancelToken())
    index = PackIndex(path)
    found = ask(Retriever([index], embedder=embedder, reranking=None), "How many moons does Jupiter have?")
    assert found.passages[0].passage.id == "p-1"
    assert 0 < found.evidence.probability < 1
    index.close()


def test_a_pack_without_vectors_yet_can_win_beside_one_with_them(
    tmp_path: Path, embedder: WordEmbedder
) -> None:
    ready, fresh = tmp_path / "ready.sqlite", tmp_path / "fresh.sqlite"
    index_words(small_pack(), ready, cancel=CancelToken())
    index_vectors(ready, embedder, cancel=CancelToken())
    volcano = Passage(
        "p-v", "s-1", "Volcanoes", "A volcano erupts when magma rises through the crust of the Earth."
    )
    index_words(
        Pack(PackInfo("org.example.earth", "1.0.0", "Earth"), (Section("s-1", "Rocks"),), (volcano,)),
        fresh,
        cancel=CancelToken(),
    )
    indexes = [PackIndex(ready), PackIndex(fresh)]
    found = ask(Retriever(indexes, embedder=embedder, reranking=None), "When does a volcano erupt?")
    assert found.passages[0].passage.id == "p-v"
    for index in indexes:
        index.close()
