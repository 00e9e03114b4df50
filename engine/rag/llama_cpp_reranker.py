"""A cross-encoder from a GGUF file through llama.cpp's rank pooling: question and text are read together.

llama.cpp gives one number a sequence when the file's pooling type is RANK and it has a classifier. The high-level
``embed`` of llama-cpp-python would read a whole vector past that number, so the pairs go through the low-level calls.
It knows one token type only: a BERT cross-encoder should have been trained with type 0 for both parts. Several pairs a
call gain nothing on a processor (257 ms one by one, 414 by fours, for 1,017 tokens on two cores): attention is computed
over all of them. A model that was trained here says in its file how long its parts are and that it reads on.
"""

import ctypes
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine import native
from engine.cancel import CancelToken
from engine.errors import ModelError, ModelFileError

_WINDOW = 512
_QUESTION_TOKENS = 128
_MOST_CHARS = 4096
_HEADER_BYTES = 1 << 24  # a vocabulary of 250,000 pieces takes about 8 MB; names of tensors follow it
_CLASSIFIERS = (b"cls.weight", b"cls.output.weight")
_MARKS = 4  # of a pair: one before, at most two between, one after
PAIR_TOKENS = "llm_tutor.pair_tokens"
QUESTION_TOKENS = "llm_tutor.question_tokens"
LEAST_PREVIOUS = "llm_tutor.least_previous"


@dataclass(frozen=True, slots=True)
class _Lengths:
    """Most tokens of a pair and of the question in it; the fewest of a previous text, None where none is read."""

    pair: int
    question: int
    least_previous: int | None

    @classmethod
    def stated(cls, metadata: Mapping[str, str], window: int) -> "_Lengths":
        """As the file says; those of any cross-encoder where it says nothing.

        Raises:
            ValueError: it says what cannot be.
        """
        if PAIR_TOKENS not in metadata:
            return cls(window, min(_QUESTION_TOKENS, window // 2), None)
        pair, question = int(metadata[PAIR_TOKENS]), int(metadata[QUESTION_TOKENS])
        least = int(metadata[LEAST_PREVIOUS])
        if not (0 < question < pair - _MARKS <= window - _MARKS and least > 0):
            raise ValueError(f"{pair} tokens, {question} of them the question's")
        return cls(pair, question, least)


class LlamaCppReranker:
    """A ``Reranker``. Safe from several threads: one at a time gets in.

    Args:
        path: the GGUF file.
        name: the model's id.
        threads: processor threads.

    Raises:
        ModelError: the file cannot be loaded.
        ModelFileError: it is no cross-encoder.
    """

    def __init__(self, path: Path, *, name: str, threads: int) -> None:
        self._api = llama_cpp = native.llama_cpp()
        self._lock = threading.Lock()
        self.name = name
        try:
            self._model = llama_cpp.Llama(
                str(path),
                embedding=True,
                pooling_type=llama_cpp.LLAMA_POOLING_TYPE_RANK,
                n_ctx=_WINDOW,
                n_batch=_WINDOW,
                n_ubatch=_WINDOW,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=0,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"The reranker {path.name} could not be loaded.",
                todo="Install it again with `llm-tutor models add`.",
            ) from error
        if llama_cpp.llama_model_n_cls_out(self._model.model) != 1 or not self._has_classifier(path):
            self._model.close()
            raise ModelFileError(
                f"{path.name} is no reranker.", todo="Choose a cross-encoder with a ranking head."
            )
        window = min(_WINDOW, int(llama_cpp.llama_model_n_ctx_train(self._model.model)))
        try:
            self._lengths = _Lengths.stated(self._model.metadata, window)
        except (ValueError, KeyError) as error:
            self._model.close()
            raise ModelFileError(
                f"{path.name} is damaged: it states lengths that cannot be.", todo="Get the file again."
            ) from error
        vocabulary = llama_cpp.llama_model_get_vocab(self._model.model)
        self._first = llama_cpp.llama_vocab_bos(vocabulary)
        separator = llama_cpp.llama_vocab_sep(vocabulary)
        if llama_cpp.llama_vocab_get_add_eos(vocabulary):  # XLM-RoBERTa: <s> a </s></s> b </s>
            self._last = llama_cpp.llama_vocab_eos(vocabulary)
            self._between = [self._last, separator]
        else:  # BERT: [CLS] a [SEP] b [SEP]
            self._last = separator
            self._between = [separator]

    def score(
        self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
    ) -> list[float]:
        """One score a text, higher is better; a pair is cut to 512 tokens, or to what the model has or states.

        Raises:
            Cancelled: the learner stopped it.
            ModelError: the model failed.
        """
        before = [*previous, *[""] * (len(texts) - len(previous))]
        scores = []
        with self._lock:
            asked = self._tokens(question)[: self._lengths.question]
            head = [self._first, *asked, *self._between]
            for text, previous_text in zip(texts, before, strict=True):
                cancel.check()
                scores.append(self._score(self._pair(head, text, previous_text)))
        return scores

    def close(self) -> None:
        """Free the memory."""
        with self._lock:
            self._model.close()

    def _pair(self, head: Sequence[int], text: str, previous: str) -> list[int]:
        most = self._lengths.pair
        pair = [*head, *self._tokens(text)[: most - len(head) - 1], self._last]
        room, least = most - len(pair) - 1, self._lengths.least_previous
        if not previous or least is None or room < least:
            return pair
        return [*pair, *self._tokens(previous)[-room:], self._last]

    def _tokens(self, text: str) -> list[int]:
        tokens: list[int] = self._model.tokenize(text[:_MOST_CHARS].encode(), add_bos=False)
        return tokens

    def _score(self, tokens: Sequence[int]) -> float:
        api, context = self._api, self._model.ctx
        batch = api.llama_batch_init(len(tokens), 0, 1)
        try:
            batch.n_tokens = len(tokens)
            for at, token in enumerate(tokens):
                batch.token[at] = token
                batch.pos[at] = at
                batch.n_seq_id[at] = 1
                batch.seq_id[at][0] = 0
                batch.logits[at] = True
            if api.llama_encode(context, batch) != 0:
                raise ModelError(f"The reranker {self.name} failed on a text.", todo="Install it again.")
            pooled = api.llama_get_embeddings_seq(context, 0)
            if not ctypes.cast(pooled, ctypes.c_void_p).value:
                raise ModelError(f"The reranker {self.name} gave no score.", todo="Choose another reranker.")
            return float(pooled[0])
        finally:
            api.llama_batch_free(batch)

    @staticmethod
    def _has_classifier(path: Path) -> bool:
        """Whether the file has a ranking head: without one llama.cpp would give the first value of a hidden vector."""
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)  # reading it with the package gguf takes most of a second
        return any(len(name).to_bytes(8, "little") + name in head for name in _CLASSIFIERS)
