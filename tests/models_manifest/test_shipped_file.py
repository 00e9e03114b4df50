"""The evidence model that comes with the program: its size, its sum, its card, and its arithmetic."""

import hashlib
import math

import pytest

from engine.cancel import CancelToken
from engine.models.manifest import AssetSource, ModelEntry, read_manifest
from engine.paths import asset_path, manifest_path
from engine.rag.llama_cpp_reranker import LlamaCppReranker
from engine.rag.weights import fitted_weights
from models_manifest.evidence.__main__ import CARD_FILE
from models_manifest.evidence.pairs import read_tokenizer
from models_manifest.evidence.publishing import MODEL_ID
from models_manifest.evidence.weights import read_encoder
from tests.engine.rag.tiny_cross_encoder import Shape, reference_logit

LARGEST = 25_000_000
QUESTION = "why do leaves look green"
TEXTS = [
    "Leaves: A leaf looks green because chlorophyll reflects green light.",
    "Leaves: Respiration releases energy from glucose in every living cell.",
    "Speed: The speed of a body is the distance that it covers in a second.",
]


@pytest.fixture(scope="module")
def entry() -> ModelEntry:
    found = read_manifest(manifest_path()).find(MODEL_ID)
    assert found is not None
    return found


def test_the_manifest_names_the_file_that_is_there(entry: ModelEntry) -> None:
    content = asset_path("models", entry.files[0].name).read_bytes()
    assert len(content) == entry.files[0].bytes
    assert len(content) <= LARGEST
    assert hashlib.sha256(content).hexdigest() == entry.files[0].sha256
    assert entry.default
    assert isinstance(entry.sources[0], AssetSource)


def test_what_weighs_its_figures_belongs_to_it(entry: ModelEntry) -> None:
    assert fitted_weights().evidence_model == entry.id


def test_its_licence_and_its_sources_are_told(entry: ModelEntry) -> None:
    card = CARD_FILE.read_text(encoding="utf-8")
    assert entry.licence == "CC-BY-SA-4.0"
    assert "CC BY-SA 4.0" in card
    assert "Stanford Question Answering Dataset" in card


def test_llama_cpp_does_its_arithmetic(entry: ModelEntry) -> None:
    """Eight bits round what lies between the layers as well: .04 of a logit in the mean, .4 at most."""
    path = asset_path("models", entry.files[0].name)
    read, tokenizer = read_encoder(path), read_tokenizer(path)
    reranker = LlamaCppReranker(path, name=entry.id, threads=1)
    given = reranker.score(QUESTION, TEXTS, CancelToken())
    reranker.close()
    shape = Shape(read.blocks, read.heads, read.epsilon)
    for text, logit in zip(TEXTS, given, strict=True):
        words = [(*tokenizer.words(part), tokenizer.separator) for part in (QUESTION, text)]
        told = reference_logit(read.arrays, (tokenizer.first, *words[0], *words[1]), shape)
        assert chance(logit) == pytest.approx(chance(told), abs=0.05)
    assert given[0] > 0 > max(given[1:])


def test_llama_cpp_says_nothing_of_it_to_the_terminal(
    entry: ModelEntry, capfd: pytest.CaptureFixture[str]
) -> None:
    path = asset_path("models", entry.files[0].name)
    reranker = LlamaCppReranker(path, name=entry.id, threads=1)
    reranker.score(QUESTION, TEXTS, CancelToken())
    reranker.close()
    assert capfd.readouterr() == ("", "")


def chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
