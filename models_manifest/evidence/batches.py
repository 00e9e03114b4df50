"""Cuts the lists into steps of one size: a few chunks, each of as many lists as fit into the recipe's rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models_manifest.evidence.lists import Listed
from models_manifest.evidence.packing import Ints, Packed, pack
from models_manifest.evidence.pairs import Pairs, Tokens
from models_manifest.evidence.recipe import Recipe

_FEWEST_TOKENS = 24  # of a pair, on average over a step


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lists that are read at once.

    Attributes:
        packed: their pairs, in rows; ``first`` is filled up with zeros to one length.
        pairs: for each list the numbers of its pairs, shape (lists, list_length).
        labels: 1 right, 0 wrong, -1 no pair, of the same shape.
        tokens: how many there are.
        until: number of lists done after it.
    """

    packed: Packed
    pairs: Ints
    labels: Ints
    tokens: int
    until: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One step's chunks; where the lists are at their end, the last chunks are empty."""

    chunks: tuple[Chunk, ...]

    @property
    def tokens(self) -> int:
        """How many there are."""
        return sum(chunk.tokens for chunk in self.chunks)

    @property
    def until(self) -> int:
        """Number of lists done after this step."""
        return self.chunks[-1].until


def batches(lists: Sequence[Listed], pairs: Pairs, recipe: Recipe, *, start: int = 0) -> Iterator[Batch]:
    """The steps over ``lists`` from number ``start`` on."""
    while start < len(lists):
        chunks: list[Chunk] = []
        while len(chunks) < recipe.chunks:
            chunks.append(_chunk(lists, start, pairs, recipe))
            start = chunks[-1].until
        yield Batch(tuple(chunks))


def _chunk(lists: Sequence[Listed], start: int, pairs: Pairs, recipe: Recipe) -> Chunk:
    places = sum(count * width for count, width in recipe.rows)
    most_pairs = places // _FEWEST_TOKENS
    taken: list[list[Tokens]] = []
    tokens = count = 0
    for listed in lists[start:]:
        own = [pairs(listed.question, sentence) for sentence in listed.sentences]
        longer = tokens + sum(map(len, own))
        full = longer > recipe.fill * places or count + len(own) > most_pairs
        if taken and (full or len(taken) == most_pairs // 2):
            break
        taken.append(own)
        tokens, count = longer, count + len(own)
    while (packed := pack([pair for own in taken for pair in own], recipe.rows)) is None:
        tokens -= sum(map(len, taken.pop()))
    numbers, labels = _numbered(taken, lists[start:], most_pairs, recipe.list_length)
    first = np.zeros(most_pairs, dtype=np.int32)
    first[: len(packed.first)] = packed.first
    filled = Packed(packed.tokens, packed.positions, packed.owners, first)
    return Chunk(filled, numbers, labels, tokens, start + len(taken))


def _numbered(
    taken: Sequence[Sequence[Tokens]], lists: Sequence[Listed], most_pairs: int, longest: int
) -> tuple[Ints, Ints]:
    numbers = np.zeros((most_pairs // 2, longest), dtype=np.int32)
    labels = np.full_like(numbers, -1)
    at = 0
    for row, own in enumerate(taken):
        numbers[row, : len(own)] = np.arange(at, at + len(own))
        labels[row, : len(own)] = 0
        labels[row, 0] = int(lists[row].answered)
        at += len(own)
    return numbers, labels
