"""``llm-tutor bench llm``: the language model as the tutor uses it, beside plain llama.cpp, in one run.

Each pair is measured in turns in the same process, and medians are compared, so that other load on the
machine falls on both alike.
"""

from __future__ import annotations

import ctypes
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import native
from engine.cancel import CancelToken
from engine.sentences import SentenceStream
from engine.tutor.prompt import instructions
from engine.types import ChatMessage, GenerationRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.llm.llama_cpp_llm import LlamaCppModel

ROUNDS = 5
_TOKENS = 96
_LONG_TASK = ChatMessage("user", "Tell me a long story about a river, a bridge and a bird, with all details.")
_FACTS = (
    """Facts:
- Leaves look green because chlorophyll reflects green light into our eyes.
- Chlorophyll is the green pigment inside chloroplasts.
- Chlorophyll absorbs mostly red and blue light.
- Photosynthesis turns carbon dioxide and water into glucose and oxygen with the energy of light.

Question: Why do leaves look green?""",
    "Leaves look green because chlorophyll reflects green light into our eyes.",
    """Facts:
- A force is a push or a pull.
- Friction is a force that acts between two surfaces that touch.
- The net force is the sum of all forces on an object.
- Balanced forces leave the motion of an object as it is.

Question: What does friction do?""",
    "Friction is a force that acts between two surfaces that touch.",
)
_FOLLOW_UP = "Question: What is the net force?"


@dataclass(frozen=True, slots=True)
class LlmBench:
    """The figures; ratios are ours against the alternative, speed-ups cold against warm.

    Attributes:
        decode_ratio: tokens a second, ours / plain llama.cpp on the same file.
        followup_speedup: first sentence of a follow-up, with a cold prompt / as the tutor does it.
        switch_speedup: first text after another conversation came in between, cold / as the tutor does it.
        cold_first_text_s: seconds from starting the program to the first sentence on the screen.
        rss_mb: memory of a process with the default models loaded, after an answer.
    """

    decode_ratio: float
    followup_speedup: float
    switch_speedup: float
    cold_first_text_s: float
    rss_mb: float
    tokens_per_s: float
    plain_tokens_per_s: float


def bench_llm(model: LlamaCppModel, path: Path, *, threads: int, home: Path) -> LlmBench:
    """Measure everything; about a minute.

    Args:
        model: the model as the tutor loads it.
        path: its file, loaded a second time by plain llama.cpp.
        threads: processor threads of both.
        home: a prepared data folder, for the figures of the whole program.
    """
    ours, plain = _decode_speeds(model, path, threads)
    cold, warm = _follow_up(model)
    switched_cold, switched = _switch(model)
    return LlmBench(
        decode_ratio=round(ours / plain, 3),
        followup_speedup=round(cold / warm, 1),
        switch_speedup=round(switched_cold / switched, 1),
        cold_first_text_s=round(statistics.median(_cold_start(home) for _ in range(3)), 2),
        rss_mb=round(_memory(home)),
        tokens_per_s=round(ours, 1),
        plain_tokens_per_s=round(plain, 1),
    )


def _decode_speeds(model: LlamaCppModel, path: Path, threads: int) -> tuple[float, float]:
    plain = _PlainLlama(path, threads)
    request = GenerationRequest((_LONG_TASK,), conversation="decode", max_tokens=_TOKENS, temperature=0.0)
    prompt = plain.tokens(_LONG_TASK.content)
    pairs = [(_ours(model, request), plain.tokens_per_s(prompt, _TOKENS)) for _ in range(ROUNDS)]
    plain.close()
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _ours(model: LlamaCppModel, request: GenerationRequest) -> float:
    pieces = model.stream(request, CancelToken())
    text = [next(pieces)]
    began = time.perf_counter()
    text += pieces
    return (model.count_tokens("".join(text)) - 1) / (time.perf_counter() - began)


def _messages(*contents: str) -> tuple[ChatMessage, ...]:
    roles = ("user", "assistant")
    return (
        ChatMessage("system", instructions()),
        *(ChatMessage(roles[at % 2], content) for at, content in enumerate(contents)),
    )


def _follow_up(model: LlamaCppModel) -> tuple[float, float]:
    before, after = _messages(*_FACTS[:3]), _messages(*_FACTS, _FOLLOW_UP)

    def warm() -> float:
        model.forget()
        _first_sentence(model, before, "one")
        return _first_sentence(model, after, "one")

    def cold() -> float:
        model.forget()
        return _first_sentence(model, after, "one")

    return _medians(cold, warm)


def _switch(model: LlamaCppModel) -> tuple[float, float]:
    first, second = _messages(*_FACTS, _FOLLOW_UP), _messages(_FACTS[0])

    def switched() -> float:
        model.forget()
        _first_text(model, first, "one")
        _first_text(model, second, "two")
        return _first_text(model, first, "one")

    def cold() -> float:
        model.forget()
        return _first_text(model, first, "one")

    return _medians(cold, switched)


def _medians(cold: Callable[[], float], warm: Callable[[], float]) -> tuple[float, float]:
    pairs = [(cold(), warm()) for _ in range(ROUNDS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _first_sentence(model: LlamaCppModel, messages: tuple[ChatMessage, ...], conversation: str) -> float:
    began = time.perf_counter()
    collected = SentenceStream()
    for piece in model.stream(_request(messages, conversation), CancelToken()):
        if next(collected.feed(piece), None):
            break
    return time.perf_counter() - began


def _first_text(model: LlamaCppModel, messages: tuple[ChatMessage, ...], conversation: str) -> float:
    began = time.perf_counter()
    next(model.stream(_request(messages, conversation), CancelToken()), None)
    return time.perf_counter() - began


def _request(messages: tuple[ChatMessage, ...], conversation: str) -> GenerationRequest:
    return GenerationRequest(messages, conversation=conversation, max_tokens=60, temperature=0.0)


def _cold_start(home: Path) -> float:
    """Seconds from starting ``llm-tutor ask`` to its first character of output."""
    command = [sys.executable, "-m", "tutor_app", "--profile", str(home), "ask", "Why do leaves look green?"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if process.stdout is not None:
            process.stdout.read(1)
        first = time.perf_counter() - began
        process.communicate()
    return first


_MEMORY = """
import sys, psutil
from pathlib import Path
from engine.cancel import CancelToken
from engine.paths import DataPaths
from engine.runtime import Runtime
from engine.settings import Settings
from engine.tutor.session import Ask
with Runtime(DataPaths(Path(sys.argv[1])), Settings()) as runtime:
    list(runtime.session().ask(Ask("Why do leaves look green?"), CancelToken()))
    print(psutil.Process().memory_info().rss)
"""


def _memory(home: Path) -> float:
    command = [sys.executable, "-c", _MEMORY, str(home)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout.strip().splitlines()[-1]) / 1e6


class _PlainLlama:
    """llama.cpp through its C functions and nothing else: the fastest that Python can have it."""

    def __init__(self, path: Path, threads: int) -> None:
        self._native = llama_cpp = native.llama_cpp()
        llama_cpp.llama_backend_init()
        self._model = llama_cpp.llama_model_load_from_file(
            str(path).encode(), llama_cpp.llama_model_default_params()
        )
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx, parameters.n_threads, parameters.n_threads_batch = 1024, threads, threads
        self._context = llama_cpp.llama_init_from_model(self._model, parameters)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._sampler = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        llama_cpp.llama_sampler_chain_add(self._sampler, llama_cpp.llama_sampler_init_greedy())

    def tokens(self, text: str) -> list[int]:
        """The tokens of ``text``."""
        data = text.encode()
        space = (self._native.llama_token * (len(data) + 8))()
        count = self._native.llama_tokenize(self._vocabulary, data, len(data), space, len(space), True, True)
        return list(space[:count])

    def tokens_per_s(self, prompt: list[int], count: int) -> float:
        """Decode ``count`` tokens after ``prompt``, greedily."""
        native = self._native
        native.llama_memory_clear(native.llama_get_memory(self._context), True)
        self._decode(prompt)
        token = native.llama_sampler_sample(self._sampler, self._context, -1)
        began = time.perf_counter()
        for _ in range(count):
            self._decode([token])
            token = native.llama_sampler_sample(self._sampler, self._context, -1)
        return count / (time.perf_counter() - began)

    def close(self) -> None:
        """Free everything."""
        self._native.llama_sampler_free(self._sampler)
        self._native.llama_free(self._context)
        self._native.llama_model_free(self._model)

    def _decode(self, tokens: list[int]) -> None:
        space = (self._native.llama_token * len(tokens))(*tokens)
        batch = self._native.llama_batch_get_one(
            ctypes.cast(space, ctypes.POINTER(ctypes.c_int32)), len(tokens)
        )
        self._native.llama_decode(self._context, batch)
