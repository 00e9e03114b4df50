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
_MARKS = ("<|", "<s>", "</s>", "[INST]", "[/INST]", "<<SYS>>", "<start_of_turn>", "<end_of_turn>")
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
                flash_attn=True,  # as llama.cpp itself decides; without it writing is 12 % slower
            )  # fmt: skip
        except (ValueError, OSError, RuntimeError) as error:
            raise ModelError(
                f"The model {name} cannot be loaded.",
                todo=f"Run 'llm-tutor models check {name}', or choose another.",
            ) from error
        self._marks = (*_MARKS, *self._control_tokens())
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
        """Pieces of the reply; ends when the model is done, the limit is reached or ``cancel`` is set.

        Raises:
            ModelError: the prompt is too long, or llama.cpp failed.
        """
        tokens = self._prompt_tokens(request.messages)
        room = self.context_tokens - len(tokens)
        if room < 1:
            raise ModelError(
                "The question and its sources are longer than the model's window.", todo="Ask a shorter one."
            )
        with self._lock:
            try:
                self._switch_to(request.conversation)
                if self._evaluate(tokens[:-1], cancel):
                    pieces = self._generate(tokens, min(request.max_tokens, room), request, cancel)
                    yield from stop_at(request.stop, pieces)
            except RuntimeError as error:
                self._llama.reset()
                raise ModelError(
                    f"The model {self._name} stopped working.",
                    todo=f"Run 'llm-tutor models check {self._name}', or choose a smaller one.",
                ) from error

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
        grammar = None
        if request.grammar:
            grammar = self._native.LlamaGrammar.from_string(request.grammar, verbose=False)
        for count, token in enumerate(llama.generate(tokens, temp=request.temperature, grammar=grammar), 1):
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
        said = [(message.role, _defused(message.content, self._marks)) for message in messages]
        return list(self._llama.tokenize(self._rendered(said).encode(), add_bos=True, special=True))

    def _rendered(self, said: list[tuple[str, str]]) -> str:
        """The prompt; where the template knows no system message, that goes before the first question."""
        from jinja2 import TemplateError

        try:
            return self._filled(said)
        except (TemplateError, TypeError):
            (_, system), (role, first), *rest = said
        try:
            return self._filled([(role, f"{system}\n\n{first}"), *rest])
        except (TemplateError, TypeError) as error:
            raise self._unusable_template() from error

    def _filled(self, said: list[tuple[str, str]]) -> str:
        return self._template.render(
            messages=[{"role": role, "content": content} for role, content in said],
            add_generation_prompt=True, bos_token="", eos_token="",
        )  # fmt: skip

    def _chat_template(self) -> Template:
        from jinja2 import TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        source = self._llama.metadata.get("tokenizer.chat_template", _CHATML)
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _raise_template_error
        try:
            return environment.from_string(source)
        except TemplateError as error:
            raise self._unusable_template() from error

    def _control_tokens(self) -> list[str]:
        """The texts that the model's tokenizer reads as marks and not as text."""
        native = self._native
        vocabulary = native.llama_model_get_vocab(self._llama.model)
        marks = (
            native.llama_vocab_get_text(vocabulary, token).decode(errors="replace")
            for token in range(native.llama_vocab_n_tokens(vocabulary))
            if native.llama_vocab_get_attr(vocabulary, token) & native.LLAMA_TOKEN_ATTR_CONTROL
        )
        return [mark for mark in marks if len(mark) > 1]

    def _unusable_template(self) -> ModelError:
        return ModelError(
            f"The model {self._name} does not say how to talk with it (its chat template cannot be used).",
            todo="Choose another model, one that was made for conversation.",
        )


def _raise_template_error(message: str) -> None:
    from jinja2 import TemplateError

    raise TemplateError(message)


def _defused(text: str, marks: tuple[str, ...]) -> str:
    """Text in which nothing can be read as one of a chat template's own marks."""
    for mark in marks:
        text = text.replace(mark, f"{mark[0]} {mark[1:]}")
    return text
