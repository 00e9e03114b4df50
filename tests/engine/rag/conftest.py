from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.pack import Pack
from engine.rag.ingest import index_vectors, index_words
from tests.engine.rag.samples import WordEmbedder, small_pack


@pytest.fixture
def pack() -> Pack:
    return small_pack()


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def index_path(tmp_path: Path, pack: Pack, embedder: WordEmbedder) -> Path:
    path = tmp_path / "index.sqlite"
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, embedder, cancel=CancelToken())
    return path
