"""Tries a GGUF file in a child process, because llama.cpp can abort on a malformed one.

The parent (``try_model``) sets limits and turns whatever happens into words; the child (``python -m
engine.models.trial FILE KIND``, or ``models trial FILE KIND`` of a frozen app) loads the file, does a little real
work, and prints one JSON object. The same run measures the speed that ``advise`` reasons from. Where results
are kept: ``installed``.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import native
from engine.cancel import CancelToken
from engine.errors import ModelError
from engine.models.installed import TrialResult
from engine.models.manifest import ModelKind
from engine.registry import backend

if TYPE_CHECKING:
    from llama_cpp import Llama

TRIED_KINDS = (ModelKind.LLM, ModelKind.EMBEDDER, ModelKind.RERANKER, ModelKind.SAFETY)
_MAGIC = b"GGUF"
_SPARE_MEMORY = 4 << 30
_CONTEXT = 512
_READ = 128
_DECODED = 16
_TEXT = "Green plants use the energy of sunlight to build sugar from water and carbon dioxide. " * 12


def try_model(
    path: Path,
    kind: ModelKind | None,
    *,
    cancel: CancelToken,
    limit_s: float = 300.0,
    command: Sequence[str] | None = None,
) -> TrialResult:
    """Load ``path`` in a child process; never raises for a bad file, and never takes this process down.

    Args:
        path: the file.
        kind: what it is to be used as; None to go by the file's own header.
        cancel: ends the child at once.
        limit_s: a trial that takes longer counts as failed, in seconds.
        command: the child's command, without its arguments.

    Raises:
        Cancelled: the token was set.
    """
    fault = _plain_fault(path)
    if fault:
        return TrialResult(False, fault)
    child = subprocess.Popen(
        [*(command or _child_command()), str(path.resolve()), kind or "auto"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    with child:
        deadline = time.monotonic() + limit_s
        while True:
            try:
                output, _ = child.communicate(timeout=0.1)
                return _outcome(output, child.returncode)
            except subprocess.TimeoutExpired:
                if cancel.cancelled or time.monotonic() > deadline:
                    child.kill()
                    cancel.check()
                    return TrialResult(False, f"it was not ready after {limit_s:.0f} s")


def _plain_fault(path: Path) -> str:
    """What can be said without loading it."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError:
        return "it cannot be read"
    if not head:
        return "it is empty"
    return "" if head == _MAGIC else "it is not a GGUF file"


def _child_command() -> Sequence[str]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "models", "trial")
    return (sys.executable, "-m", "engine.models.trial")


def _outcome(output: str, code: int) -> TrialResult:
    try:
        return TrialResult(**json.loads(output.splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        if code < 0:
            return TrialResult(False, "loading it crashed the language-model runtime")
        return TrialResult(False, "loading it failed")


def run_child(path: Path, kind: str) -> TrialResult:
    """The child's whole work: load the file and use it a little."""
    llama = native.llama_cpp().Llama
    _limit_memory(path.stat().st_size)
    began = time.perf_counter()
    try:
        model = llama(str(path), vocab_only=True, verbose=False)
        found = _kind(model.metadata)
        model.close()
        use = found if kind == "auto" else ModelKind(kind)
        began = time.perf_counter()
        if use is ModelKind.RERANKER:
            result = _use_reranker(path, began)
        else:
            result = _use_embedder(path, began) if use is ModelKind.EMBEDDER else _use_llm(path, began)
    except MemoryError:
        return TrialResult(False, "this computer has too little memory for it")
    except (ValueError, RuntimeError, OSError, AssertionError):  # what llama_cpp raises when loading fails
        return TrialResult(False, "it is damaged, incomplete, or made for a newer version of the runtime")
    return replace(result, memory_mb=_peak_memory_mb(), kind=found)


def _kind(metadata: dict[str, str]) -> ModelKind:
    """By the header: embedders and rerankers pool, language models do not."""
    architecture = metadata.get("general.architecture", "")
    pooling = metadata.get(f"{architecture}.pooling_type", "")
    if pooling == "4" or f"{architecture}.classifier.output_labels" in metadata:
        return ModelKind.RERANKER
    return ModelKind.EMBEDDER if pooling in {"1", "2", "3"} or "bert" in architecture else ModelKind.LLM


def _use_llm(path: Path, began: float) -> TrialResult:
    model = native.llama_cpp().Llama(str(path), n_ctx=_CONTEXT, n_threads=os.cpu_count(), verbose=False)
    loaded = time.perf_counter()
    tokens = model.tokenize(_TEXT.encode())[:_READ]
    model.eval(tokens)
    read = time.perf_counter()
    pauses = []
    for _ in range(_DECODED):
        before = time.perf_counter()
        model.eval([model.sample(temp=0.0)])
        pauses.append(time.perf_counter() - before)
    return TrialResult(
        True,
        load_s=round(loaded - began, 3),
        prompt_tokens_s=round(len(tokens) / (read - loaded), 1),
        decode_tokens_s=round(1 / statistics.median(pauses), 1),  # not the mean: other programs interrupt
    )


def _use_reranker(path: Path, began: float) -> TrialResult:
    try:  # as the product does: what llama.cpp's binding calls an embedding of a ranking model is not its score
        model = backend("reranker", "llama_cpp")(path, name=path.name, threads=os.cpu_count() or 1)
        loaded = time.perf_counter()
        scores = model.score(_TEXT[:80], [_TEXT[:400]], CancelToken())
    except ModelError:
        return TrialResult(False, "it cannot rank texts")
    if not _sensible(scores):
        return TrialResult(False, "it does not give usable numbers")
    return TrialResult(True, load_s=round(loaded - began, 3))


def _use_embedder(path: Path, began: float) -> TrialResult:
    model = native.llama_cpp().Llama(
        str(path), embedding=True, n_ctx=_CONTEXT, n_batch=_CONTEXT, n_threads=os.cpu_count(), verbose=False
    )
    loaded = time.perf_counter()
    text = _TEXT[:400]
    vector = model.embed(text)
    read = time.perf_counter()
    if not _sensible(vector):
        return TrialResult(False, "it does not give usable numbers")
    return TrialResult(
        True,
        load_s=round(loaded - began, 3),
        prompt_tokens_s=round(_count(model, text) / (read - loaded), 1),
        dimensions=len(vector),
    )


def _count(model: "Llama", text: str) -> int:
    return len(model.tokenize(text.encode()))


def _sensible(vector: Any) -> bool:
    import math

    return (
        bool(vector)
        and all(isinstance(value, float) and math.isfinite(value) for value in vector)
        and any(vector)
    )


def _limit_memory(file_bytes: int) -> None:
    """A header that asks for absurd amounts gets an error, not the whole machine. Not possible on Windows."""
    if sys.platform == "win32":
        return
    import resource

    limit = 2 * file_bytes + _SPARE_MEMORY
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if most < 0 else min(limit, most), most))


def _peak_memory_mb() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset // 1_000_000)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // 1_000_000) if sys.platform == "darwin" else int(peak * 1024 // 1_000_000)


def child_main(path: str, kind: str) -> None:
    """Run the child's work and print its result."""
    sys.stdout.write(json.dumps(asdict(run_child(Path(path), kind))) + "\n")


if __name__ == "__main__":
    child_main(sys.argv[1], sys.argv[2])
