from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelError
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.reader import Reader
from engine.rag.reading import SENTENCES_READ
from engine.rag.retrieval import Retrieval
from engine.rag.retriever import Reranking, Retriever
from engine.rag.weights import fitted_weights
from tests.engine.rag.samples import WordEmbedder, small_pack

QUESTION = "What do mitochondria release?"
WEIGHTS = replace(
    fitted_weights(),
    evidence_read={"bias": -1.0, "logit": 1.0},
    evidence_read_by_words={"bias": -1.0, "logit_quoted": 1.0},
)


class WordReader:
    """Stands for the evidence model: a text with ``word`` is what answers."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[tuple[str, str]] = []

    def score(
        self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
    ) -> list[float]:
        cancel.check()
        self.read = list(zip(texts, previous, strict=True))
        return [8.0 if self.word in text else -8.0 for text in texts]

    def close(self) -> None:
        pass


def packed(folder: Path, *langs: str) -> PackIndex:
    pack = small_pack()
    path = folder / "index.sqlite"
    index_words(replace(pack, info=replace(pack.info, langs=langs)), path, cancel=CancelToken())
    index_vectors(path, WordEmbedder(), cancel=CancelToken())
    return PackIndex(path)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PackIndex]:
    opened = packed(tmp_path, "en-GB")
    yield opened
    opened.close()


def asked(
    index: PackIndex, model: WordReader | None, embedder: WordEmbedder | None = None, question: str = QUESTION
) -> Retrieval:
    reader = Reader(model, frozenset({"en"})) if model else None
    return Retriever(
        [index],
        embedder=embedder,
        reranking=Reranking(FeatureReranker()),
        reader=reader,
        weights=WEIGHTS,
    ).retrieve(question, cancel=CancelToken())


def test_few_sentences_are_read_each_with_its_title_and_what_it_leans_on(index: PackIndex) -> None:
    model = WordReader("release")
    asked(index, model)
    assert len(model.read) <= SENTENCES_READ
    assert ("What mitochondria do: Mitochondria release energy from glucose.", "") in model.read
    asked(index, model, question="Where are mitochondria found?")
    followed = dict(model.read)["What mitochondria do: They are found in most cells."]
    assert followed == "Mitochondria release energy from glucose."
    assert all(not before or ": They" in text for text, before in model.read)


def test_no_more_is_read_than_there_is_time_for(index: PackIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    model = WordReader("release")
    asked(index, model)
    lengths = [len(text) + len(before) for text, before in model.read]
    monkeypatch.setattr("engine.rag.reading.CHARACTERS_READ", sum(lengths[:2]) + 2 * len(QUESTION))
    asked(index, model)
    assert [len(text) + len(before) for text, before in model.read] == lengths[:2]


def test_what_the_model_says_changes_the_order(index: PackIndex) -> None:
    assert asked(index, None).sentences[0].text == "Mitochondria release energy from glucose."
    assert asked(index, WordReader("every")).passages[0].passage.id == "p-6"
    best = asked(index, WordReader("every")).sentences[0]
    assert (best.text, best.logit) == ("Respiration releases energy in every cell.", 8.0)


@pytest.mark.parametrize("embedder", [WordEmbedder(), None])
def test_what_the_model_says_decides_whether_there_is_an_answer(
    index: PackIndex, embedder: WordEmbedder | None
) -> None:
    sure = asked(index, WordReader("release"), embedder).evidence
    unsure = asked(index, WordReader("nothing of the kind"), embedder).evidence
    assert sure.probability > 0.9
    assert unsure.probability < 0.05
    assert sure.features["logit"] == sure.features["logit_quoted"] == 8.0


def test_without_a_model_the_features_decide_as_before(index: PackIndex) -> None:
    assert "logit" not in asked(index, None).evidence.features


def test_a_language_that_the_model_was_not_trained_on_is_not_read(tmp_path: Path) -> None:
    index = packed(tmp_path, "de")
    model = WordReader("lungs")
    found = asked(index, model)
    assert (model.read, found) == ([], asked(index, None))
    index.close()


class Failing(WordReader):
    def score(
        self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
    ) -> list[float]:
        raise ModelError("It failed.", todo="Install it again.")


class Nonsense(WordReader):
    def score(
        self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
    ) -> list[float]:
        return [float("nan"), *[0.0] * (len(texts) - 1)]


@pytest.mark.parametrize("model", [Failing(""), Nonsense("")])
def test_where_the_model_fails_all_goes_on_without_it(index: PackIndex, model: WordReader) -> None:
    assert asked(index, model) == asked(index, None)


def test_reading_can_be_cancelled(index: PackIndex) -> None:
    class Stopping(WordReader):
        def score(
            self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
        ) -> list[float]:
            cancel.cancel()
            return super().score(question, texts, cancel, previous)

    with pytest.raises(Cancelled):
        asked(index, Stopping("release"))
