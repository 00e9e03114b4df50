import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.pack import Pack
from engine.errors import Cancelled, StorageCorruptError, StorageError
from engine.rag import ingest
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.sentences import sentence_spans
from engine.types import Progress
from tests.engine.rag.samples import WordEmbedder


def test_words_can_be_asked_before_there_are_vectors(tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "index.sqlite"
    index_words(pack, path, cancel=CancelToken())
    index = PackIndex(path)
    assert not index.complete
    assert index.embedder == ""
    assert index.lexical.search("mitochondria", 3)[0][0] == 1
    index.close()


def test_what_went_in_comes_out(index_path: Path, pack: Pack) -> None:
    index = PackIndex(index_path)
    assert index.info == pack.info
    assert tuple(index.sections.values()) == pack.sections
    assert index.skills == pack.skills
    assert index.terms == pack.terms
    found = index.passages(range(1, 99))
    assert tuple(one.passage for one in found) == pack.passages
    for one in found:
        assert [(s.start, s.end) for s in one.sentences] == sentence_spans(one.passage.text)
    assert index.passage("p-3") == pack.passages[2]
    assert index.passage("p-99") is None
    index.close()


def test_a_complete_index_has_nothing_beside_it_and_opens_from_a_read_only_folder(index_path: Path) -> None:
    assert [path.name for path in index_path.parent.iterdir() if path.name != "home"] == [index_path.name]
    index_path.chmod(0o444)
    index = PackIndex(index_path)
    assert index.complete
    index.close()


def test_indexing_again_does_nothing(index_path: Path, pack: Pack, embedder: WordEmbedder) -> None:
    before, calls = index_path.read_bytes(), embedder.calls
    index_words(pack, index_path, cancel=CancelToken())
    index_vectors(index_path, embedder, cancel=CancelToken())
    assert index_path.read_bytes() == before
    assert embedder.calls == calls


def test_changed_content_replaces_the_index(index_path: Path, pack: Pack) -> None:
    changed = dataclasses.replace(pack, passages=pack.passages[:2])
    index_words(changed, index_path, cancel=CancelToken())
    index = PackIndex(index_path)
    assert index.passage_count == 2
    assert not index.complete
    index.close()


def test_a_damaged_index_is_made_again(index_path: Path, pack: Pack) -> None:
    index_path.write_bytes(b"not a database" * 100)
    index_words(pack, index_path, cancel=CancelToken())
    index = PackIndex(index_path)
    assert index.passage_count == len(pack.passages)
    index.close()


def test_another_embedder_replaces_the_vectors(index_path: Path) -> None:
    other = WordEmbedder("other", 128)
    index_vectors(index_path, other, cancel=CancelToken())
    index = PackIndex(index_path)
    assert index.embedder == "other"
    assert index.sentence_vectors([1]).shape == (1, 128)
    assert len(index.vectors.search(other.embed(["energy"])[0], 5)) == 5
    index.close()


def test_a_cancelled_index_goes_on_where_it_stopped(
    tmp_path: Path, pack: Pack, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_BATCH", 5)
    path, cancel = tmp_path / "index.sqlite", CancelToken()
    index_words(pack, path, cancel=cancel)
    seen: list[Progress] = []

    def stop_after_two(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        index_vectors(path, embedder, cancel=cancel, progress=stop_after_two)
    assert seen[-1].done == 10
    rest = WordEmbedder()
    index_vectors(path, rest, cancel=CancelToken(), progress=seen.append)
    assert seen[2].done == 15
    assert rest.calls == -(-(seen[-1].total or 0) // 5) - 2
    index = PackIndex(path)
    assert index.complete
    index.close()


def test_cancelled_while_reading_words_leaves_nothing_half_done(tmp_path: Path, pack: Pack) -> None:
    path, cancel = tmp_path / "index.sqlite", CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        index_words(pack, path, cancel=cancel)
    with pytest.raises(StorageError):
        PackIndex(path)
    index_words(pack, path, cancel=CancelToken())
    PackIndex(path).close()


KILLED = """
import os, signal, sys
from pathlib import Path
from engine.cancel import CancelToken
from engine.rag import ingest
from tests.engine.rag.samples import WordEmbedder, small_pack
ingest._BATCH = 4
path = Path(sys.argv[1])
ingest.index_words(small_pack(), path, cancel=CancelToken())
def die(progress):
    if progress.done >= 12:
        os.kill(os.getpid(), signal.SIGKILL)
ingest.index_vectors(path, WordEmbedder(), cancel=CancelToken(), progress=die)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_index_goes_on_where_it_stopped(tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "index.sqlite"
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    index_words(pack, path, cancel=CancelToken())
    seen: list[Progress] = []
    index_vectors(path, WordEmbedder(), cancel=CancelToken(), progress=seen.append)
    assert seen[0].done > 12
    index = PackIndex(path)
    assert index.complete
    index.close()


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"junk" * 2000)
    with pytest.raises(StorageCorruptError):
        PackIndex(path)
    with pytest.raises(StorageError):
        PackIndex(tmp_path / "missing.sqlite")
