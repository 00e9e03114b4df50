"""A GGUF model on this computer, through llama-cpp-python.

Two things are done here that the library does not do by itself: the prompt is evaluated in small pieces
between which it can be cancelled, and the prompt state (KV cache) of several recent conversations is kept,
so that going back to one costs a memory copy and not a new evaluation.
"""

from __future__ import annotations

import codecs
import ctypes
import threading
from typing import TYPE_CHECKING

from engine import native
from engine.errors import ModelError
from engine.llm.prompt_states import PromptStates
from engine.llm.reply_stream import stop_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import Template

    from engine.cancel import CancelToken
    from engine.types import ChatMessage, GenerationRequest

_PIECE = 64  # prompt tokens evaluated between two looks at the cancel token: about a third of a second on two cores
_STATES_BYTES = 64 * 2**20
_MARKS = ("<|", "<s>", "</s>", "[INST]", "[/INST]", "<start_of_turn>", "<end_of_turn>")
_CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{'<|im_start|>assistant\\n'}}{% endif %}"
)


class LlamaCppModel:
    """A language model in this process.

    Args:
        path: the GGUF file.
        name: the model's id.
        context_tokens: length of the window; cut to what the model was trained for.
        threads: processor threads.

    Raises:
        ModelError: the file cannot be loaded.
    """

    def __init__(self, path: Path, name: str, *, context_tokens: int, threads: int) -> None:
        self._native = llama_cpp = native.llama_cpp()
        self._name = name
        self._lock = threading.Lock()
        try:
            self._llama = llama_cpp.Llama(
                str(path), n_ctx=context_tokens, n_batch=_PIECE, n_ubatch=_PIECE, n_threads=threads,
                n_threads_batch=threads, n_gpu_layers=-1, verbose=False,
            )  # fmt: skip
        except (ValueError, OSError, RuntimeError) as error:
            raise ModelError(
                f"The model {name} cannot be loaded.",
                todo=f"Run 'llm-tutor models check {name}', or choose another.",
            ) from error
        self._template = self._chat_template()
        self._states = PromptStates(_STATES_BYTES)
        self._loaded = ""

    @property
    def name(self) -> str:
        """The model's id."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """Length of the window in tokens."""
        return int(self._llama.n_ctx())

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def stream(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
        """Pieces of the reply; ends when the model is done, the limit is reached or ``cancel`` is set."""
        tokens = self._prompt_tokens(request.messages)
        room = self.context_tokens - len(tokens)
        if room < 1:
            raise ModelError(
                "The question and its sources are longer than the model's window.", todo="Ask a shorter one."
            )
        with self._lock:
            self._switch_to(request.conversation)
            if not self._evaluate(tokens[:-1], cancel):
                return
            yield from stop_at(
                request.stop, self._generate(tokens, min(request.max_tokens, room), request, cancel)
            )

    def close(self) -> None:
        """Free the memory."""
        self._states.clear()
        self._llama.close()

    def forget(self) -> None:
        """Drop every kept prompt state, so that the next prompt is evaluated from its start (for benchmarks)."""
        self._states.clear()
        self._llama.reset()

    def _generate(
        self, tokens: list[int], limit: int, request: GenerationRequest, cancel: CancelToken
    ) -> Iterator[str]:
        llama = self._llama
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        vocabulary = self._native.llama_model_get_vocab(llama.model)
        llama.set_seed(request.seed)
        for count, token in enumerate(llama.generate(tokens, temp=request.temperature), 1):
            if cancel.cancelled or self._native.llama_vocab_is_eog(vocabulary, token):
                return
            piece = decoder.decode(llama.detokenize([token], prev_tokens=tokens[-1:]))
            if piece:
                yield piece
            if count >= limit:
                return

    def _evaluate(self, tokens: list[int], cancel: CancelToken) -> bool:
        """Bring the state to exactly ``tokens``, reusing the common prefix; False if cancelled on the way."""
        llama = self._llama
        known = llama.input_ids[: llama.n_tokens].tolist()
        shared = 0
        for ours, theirs in zip(known, tokens, strict=False):
            if ours != theirs:
                break
            shared += 1
        llama.n_tokens = shared
        for start in range(shared, len(tokens), _PIECE):
            if cancel.cancelled:
                return False
            llama.eval(tokens[start : start + _PIECE])
        return True

    def _switch_to(self, conversation: str) -> None:
        if conversation == self._loaded:
            return
        llama, native = self._llama, self._native
        if llama.n_tokens:
            size = native.llama_state_seq_get_size(llama.ctx, 0)
            data = (ctypes.c_uint8 * size)()
            native.llama_state_seq_get_data(llama.ctx, data, size, 0)
            self._states.keep(self._loaded, llama.input_ids[: llama.n_tokens].tolist(), bytes(data))
        self._loaded = conversation
        state = self._states.take(conversation)
        if state is None:
            return  # the common prefix of the conversation before this one is reused as it stands
        tokens, data = state
        buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        if native.llama_state_seq_set_data(llama.ctx, buffer, len(data), 0):
            llama.input_ids[: len(tokens)] = tokens
            llama.n_tokens = len(tokens)
        else:
            llama.reset()

    def _prompt_tokens(self, messages: tuple[ChatMessage, ...]) -> list[int]:
        prompt = self._template.render(
            messages=[{"role": message.role, "content": _defuse(message.content)} for message in messages],
            add_generation_prompt=True, bos_token="", eos_token="",
        )  # fmt: skip
        return list(self._llama.tokenize(prompt.encode(), add_bos=True, special=True))

    def _chat_template(self) -> Template:
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        source = self._llama.metadata.get("tokenizer.chat_template", _CHATML)
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        return environment.from_string(source)


def _defuse(text: str) -> str:
    """Text in which nothing can be read as one of a chat template's own marks."""
    for mark in _MARKS:
        text = text.replace(mark, f"{mark[0]} {mark[1:]}")
    return text
