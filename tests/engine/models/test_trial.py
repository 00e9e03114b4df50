"""Trying a file in a child process: whatever the file does, this process lives on and says what is wrong."""

import signal
import sys
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled
from engine.models.manifest import ModelKind
from engine.models.trial import try_model
from tests.engine.models.gguf_files import bad_files
from tests.engine.rag.tiny_cross_encoder import TinyCrossEncoder

BAD = [
    "empty",
    "wrong magic",
    "text",
    "header only",
    "truncated",
    "huge counts",
    "huge string",
    "huge tensor",
    "zeros",
]


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, fault: str) -> None:
    trial = try_model(bad_files(tmp_path)[fault], None, cancel=CancelToken())
    assert not trial.works
    assert trial.fault


def _child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.fixture
def plausible(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF and so on")
    return path


def test_a_crash_of_the_runtime_is_a_finding(plausible: Path) -> None:
    command = _child("import os; os.abort()")
    trial = try_model(plausible, ModelKind.LLM, cancel=CancelToken(), command=command)
    assert (trial.works, "crashed" in trial.fault) == (False, True)


def test_a_child_that_never_ends_is_ended(plausible: Path) -> None:
    command = _child("import signal; signal.pause()" if hasattr(signal, "pause") else "input()")
    trial = try_model(plausible, ModelKind.LLM, cancel=CancelToken(), limit_s=0.3, command=command)
    assert (trial.works, "not ready" in trial.fault) == (False, True)


def test_a_cancelled_trial_ends_the_child(plausible: Path) -> None:
    cancel = CancelToken(limit_s=0.2)
    command = _child("import signal; signal.pause()" if hasattr(signal, "pause") else "input()")
    with pytest.raises(Cancelled):
        try_model(plausible, ModelKind.LLM, cancel=cancel, command=command)


def test_a_child_that_talks_nonsense_is_a_finding(plausible: Path) -> None:
    trial = try_model(plausible, None, cancel=CancelToken(), command=_child("print('{')"))
    assert (trial.works, trial.fault) == (False, "loading it failed")


@pytest.mark.models
def test_the_default_language_model_works_and_its_speed_is_measured(llm_path: Path) -> None:
    trial = try_model(llm_path, None, cancel=CancelToken())
    assert (trial.works, trial.kind) == (True, "llm")
    assert trial.decode_tokens_s > 0


def test_a_reranker_is_tried_by_ranking(tmp_path: Path) -> None:
    path = TinyCrossEncoder().write(tmp_path / "tiny.gguf")
    trial = try_model(path, None, cancel=CancelToken())
    assert (trial.works, trial.kind, trial.fault) == (True, "reranker", "")


def test_what_has_no_ranking_head_is_no_reranker(tmp_path: Path) -> None:
    path = TinyCrossEncoder().write(tmp_path / "tiny.gguf", head=False)
    trial = try_model(path, ModelKind.RERANKER, cancel=CancelToken())
    assert (trial.works, trial.fault) == (False, "it cannot rank texts")


@pytest.mark.models
def test_the_default_embedder_works(embedder_path: Path) -> None:
    trial = try_model(embedder_path, None, cancel=CancelToken())
    assert (trial.works, trial.kind, trial.dimensions) == (True, "embedder", 384)


@pytest.mark.models
def test_a_good_file_cut_short_is_refused(embedder_path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(embedder_path.read_bytes()[:-100_000])
    assert not try_model(cut, ModelKind.EMBEDDER, cancel=CancelToken()).works
