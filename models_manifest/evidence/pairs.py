"""Question and sentence as the model reads them: ``[CLS] question [SEP] title: sentence [SEP] previous [SEP]``.

Tokens come from llama.cpp's own tokenizer, the one that the product runs, so that both read the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import native
from engine.rag.ingest import embedded_text
from models_manifest.evidence.corpus import Sentence
from models_manifest.evidence.recipe import Recipe

Tokens = tuple[int, ...]
_MOST_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Text to tokens.

    Attributes:
        words: tokens of a text, without marks around them.
        first: [CLS].
        separator: [SEP].
    """

    words: Callable[[str], Tokens]
    first: int
    separator: int


def read_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of the GGUF file at ``path``."""
    api = native.llama_cpp()
    model = api.Llama(str(path), vocab_only=True, verbose=False)
    vocabulary = api.llama_model_get_vocab(model.model)

    def words(text: str) -> Tokens:
        return tuple(model.tokenize(text[:_MOST_CHARS].encode(), add_bos=False))

    return Tokenizer(words, api.llama_vocab_bos(vocabulary), api.llama_vocab_sep(vocabulary))


class Pairs:
    """The sequences of pairs; what was cut into tokens once is remembered."""

    def __init__(self, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self._tokenizer = tokenizer
        self._recipe = recipe
        self._known: dict[str, Tokens] = {}

    def __call__(self, question: str, sentence: Sentence) -> Tokens:
        """Tokens of the pair, at most ``recipe.tokens``."""
        recipe, separator = self._recipe, self._tokenizer.separator
        asked = self._tokens(question)[: recipe.question_tokens]
        head = (self._tokenizer.first, *asked, separator)
        text = self._tokens(embedded_text(sentence.title, sentence.text))[: recipe.tokens - len(head) - 1]
        pair = (*head, *text, separator)
        room = recipe.tokens - len(pair) - 1
        previous = self._tokens(sentence.previous)
        if not previous or room < recipe.least_previous:
            return pair
        return (*pair, *previous[-room:], separator)

    def _tokens(self, text: str) -> Tokens:
        if text not in self._known:
            self._known[text] = self._tokenizer.words(text)
        return self._known[text]
