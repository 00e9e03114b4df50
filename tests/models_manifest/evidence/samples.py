"""A tiny network, a few questions with what was found for them, and a recipe that fits both."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.content.pack import Pack, PackInfo
from engine.types import Passage, Section
from models_manifest.evidence.candidates import Found
from models_manifest.evidence.corpus import Asked, Corpus, Sentence
from models_manifest.evidence.lists import Listed
from models_manifest.evidence.pairs import Pairs, Tokenizer
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import Arrays, Encoder
from tests.engine.rag.tiny_cross_encoder import EPSILON, HEADS, WORDS, TinyCrossEncoder

RECIPE = replace(
    Recipe(), passes=2, list_length=3, tokens=16, question_tokens=6, least_previous=3,
    step_tokens=100, products="float32",
)  # fmt: skip
TOKENIZER = Tokenizer(
    lambda text: tuple(WORDS.index(word) if word in WORDS else 1 for word in text.replace(":", " ").split()),
    WORDS.index("[CLS]"),
    WORDS.index("[SEP]"),
)


def pairs() -> Pairs:
    return Pairs(TOKENIZER, RECIPE)


def encoder(tiny: TinyCrossEncoder) -> Encoder:
    return Encoder(dict(tiny.tensors), blocks=1, heads=HEADS, epsilon=EPSILON)


def arrays(tiny: TinyCrossEncoder) -> Arrays:
    return dict(tiny.tensors)


def written(tiny: TinyCrossEncoder, folder: Path) -> Path:
    return tiny.write(folder / "tiny.gguf")


def sentence(text: str, *, passage: int = 0, previous: str = "") -> Sentence:
    return Sentence(passage, 0, "leaf", text, previous)


def listed(count: int, seed: int = 0) -> list[Listed]:
    rng = np.random.default_rng(seed)

    def some(length: int) -> str:
        return " ".join(WORDS[at] for at in rng.integers(5, len(WORDS), length))

    return [
        Listed(some(4), tuple(sentence(some(5), previous=some(4)) for _ in range(3)), bool(at % 3))
        for at in range(count)
    ]


def found(numbers: list[int], question: str = "why is the leaf green") -> Found:
    """Sentences ``numbers`` in falling order; two sentences a passage."""
    count = len(numbers)
    passages = list(dict.fromkeys(number // 2 for number in numbers))
    return Found(
        question,
        np.array(numbers, np.int32),
        np.linspace(2, -2, count).astype(np.float32),
        np.ones(count, np.bool_),
        np.full((count, 4), 0.5, np.float32),
        np.array(passages, np.int32),
        np.linspace(1, -1, len(passages)).astype(np.float32),
    )


def corpus(name: str = "squad_v2", passages: int = 6) -> Corpus:
    """Two sentences a passage, a question about each passage, every third of them impossible."""
    sections = tuple(Section(f"article-{at % 3}", f"Article {at % 3}") for at in range(3))
    texts = tuple(
        Passage(f"p{at}", f"article-{at % 3}", "leaf", "The leaf is green. Why is the water light?")
        for at in range(passages)
    )
    sentences = tuple(
        Sentence(at // 2, at % 2 * 19, "leaf", f"the leaf is green {at}", "") for at in range(2 * passages)
    )
    questions = tuple(
        Asked(
            f"{name}-{at}",
            "why is the leaf green",
            f"article-{at % 3}",
            at % 3 != 2,
            (at,),
            (2 * at,) if at % 3 != 2 else (),
            frozenset((2 * at,)) if at % 3 != 2 else frozenset(),
        )
        for at in range(passages)
    )
    pack = Pack(
        info=PackInfo(f"eval.{name}", "1.0.0", name, origin="document"), sections=sections, passages=texts
    )
    return Corpus(name, pack, sentences, questions)
