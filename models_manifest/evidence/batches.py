"""Cuts the lists into steps of about the same number of tokens, and each step's pairs into groups of like lengths."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models_manifest.evidence.lists import Listed
from models_manifest.evidence.pairs import Pairs, Tokens
from models_manifest.evidence.recipe import Recipe

_GROUP_PLACES = 2_500  # read at once: more does not stay near the processor


@dataclass(frozen=True, slots=True)
class Group:
    """Sequences that are read at once.

    Attributes:
        tokens: shape (sequences, width), filled up with 0.
        lengths: shape (sequences,).
        numbers: which ones they are.
    """

    tokens: Tensor
    lengths: Tensor
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """One step.

    Attributes:
        sequences: the lists' pairs, list after list.
        pairs: for each list the numbers of its pairs, shape (lists, list_length).
        labels: 1 right, 0 wrong, -1 no pair, of the same shape.
        until: number of lists done after it.
    """

    sequences: list[Tokens]
    pairs: Tensor
    labels: Tensor
    until: int

    @property
    def tokens(self) -> int:
        """How many there are."""
        return sum(map(len, self.sequences))


def batches(lists: Sequence[Listed], pairs: Pairs, recipe: Recipe, *, start: int = 0) -> Iterator[Batch]:
    """The steps over ``lists`` from number ``start`` on; each goes on until it has ``recipe.step_tokens``."""
    while start < len(lists):
        sequences: list[Tokens] = []
        counts: list[int] = []
        tokens, until = 0, start
        while until < len(lists) and tokens < recipe.step_tokens:
            own = [pairs(lists[until].question, sentence) for sentence in lists[until].sentences]
            sequences += own
            counts.append(len(own))
            tokens += sum(map(len, own))
            until += 1
        numbers, labels = _numbered(counts, lists[start:until], recipe.list_length)
        yield Batch(sequences, numbers, labels, until)
        start = until


def _numbered(counts: Sequence[int], lists: Sequence[Listed], longest: int) -> tuple[Tensor, Tensor]:
    numbers = torch.zeros(len(counts), longest, dtype=torch.int64)
    labels = torch.full_like(numbers, -1)
    at = 0
    for row, count in enumerate(counts):
        numbers[row, :count] = torch.arange(at, at + count)
        labels[row, :count] = 0
        labels[row, 0] = int(lists[row].answered)
        at += count
    return numbers, labels


def groups(sequences: Sequence[Tokens]) -> Iterator[Group]:
    """``sequences``, shortest first, so many at once as the places allow."""
    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    start = 0
    for stop in range(1, len(order) + 1):
        if stop == len(order) or (stop + 1 - start) * len(sequences[order[stop]]) > _GROUP_PLACES:
            yield _group(sequences, order[start:stop])
            start = stop


def _group(sequences: Sequence[Tokens], numbers: list[int]) -> Group:
    own = [torch.tensor(sequences[at]) for at in numbers]
    lengths = torch.tensor([len(one) for one in own])
    return Group(torch.nn.utils.rnn.pad_sequence(own, batch_first=True), lengths, numbers)
