"""Puts sequences of tokens into rows of fixed widths, so that one compiled step serves all and little is padding."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Packed:
    """Sequences in their places.

    Attributes:
        tokens: one a place, all rows one after another; 0 where nothing is.
        positions: of the token within its sequence.
        owners: for each group of rows, the number of the sequence at each place counted from 1, shape (rows, width).
        first: place of each sequence's first token.
    """

    tokens: Ints
    positions: Ints
    owners: tuple[Ints, ...]
    first: Ints


def pack(sequences: Sequence[Sequence[int]], rows: Sequence[tuple[int, int]]) -> Packed | None:
    """Best fit, longest first; None if they do not fit.

    Args:
        sequences: of tokens.
        rows: the groups: how many rows, how wide.
    """
    widths = [width for count, width in rows for _ in range(count)]
    starts = np.cumsum([0, *widths])
    free = sorted((width, row) for row, width in enumerate(widths))
    place = np.zeros(len(sequences), dtype=np.int32)
    for number in sorted(range(len(sequences)), key=lambda at: -len(sequences[at])):
        length = len(sequences[number])
        fitting = bisect_left(free, (length, -1))
        if fitting == len(free):
            return None
        room, row = free.pop(fitting)
        place[number] = starts[row] + widths[row] - room
        insort(free, (room - length, row))
    return _filled(sequences, place, rows)


def _filled(sequences: Sequence[Sequence[int]], place: Ints, rows: Sequence[tuple[int, int]]) -> Packed:
    places = sum(count * width for count, width in rows)
    tokens, positions, owner = (np.zeros(places, dtype=np.int32) for _ in range(3))
    for number, sequence in enumerate(sequences):
        span = slice(int(place[number]), int(place[number]) + len(sequence))
        tokens[span] = sequence
        positions[span] = np.arange(len(sequence))
        owner[span] = number + 1
    owners, start = [], 0
    for count, width in rows:
        owners.append(owner[start : start + count * width].reshape(count, width))
        start += count * width
    return Packed(tokens, positions, tuple(owners), place)
