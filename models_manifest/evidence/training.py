"""Learns from the lists, step by step, and goes on where it was stopped."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models_manifest.evidence.batches import batches
from models_manifest.evidence.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from models_manifest.evidence.learning import Learner, rate_at
from models_manifest.evidence.lists import Listed
from models_manifest.evidence.network import Shape
from models_manifest.evidence.pairs import Pairs
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import Arrays, Encoder, with_new_head

_STEPS_BETWEEN_CHECKPOINTS = 100
_SECONDS_BETWEEN_LINES = 60.0

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Training:
    """What a training starts from and where it keeps its state.

    Attributes:
        recipe: how to train.
        encoder: the network to start from.
        pairs: makes the sequences.
        lists: in the order in which they are learnt.
        state: the file of its state; None keeps none.
        most_steps: stop after so many steps, as if cut off; None for all.
    """

    recipe: Recipe
    encoder: Encoder
    pairs: Pairs
    lists: Sequence[Listed]
    state: Path | None
    most_steps: int | None = None


def shape_of(encoder: Encoder) -> Shape:
    """The network's shape."""
    return Shape(encoder.blocks, encoder.heads, encoder.epsilon)


def train(training: Training, log: Log) -> Arrays:
    """The averaged weights after all lists, or after ``most_steps`` steps, with the frozen ones beside them."""
    recipe, encoder, lists = training.recipe, training.encoder, training.lists
    learner = Learner(with_new_head(encoder.arrays, recipe), shape_of(encoder), recipe)
    of = _digest(training)
    found = read_checkpoint(training.state, of=of) if training.state else None
    number, until, spent = (found.step, found.until, found.seconds) if found else (0, 0, 0.0)
    told = _Progress(log, len(lists), until, spent)
    if found:
        learner.restore(found.groups, number)
        log(f"goes on after step {number}")
    for batch in batches(lists, training.pairs, recipe, start=until):
        if number == training.most_steps:
            break
        value = learner.step(batch, number + 1, rate_at(until / len(lists), recipe))
        number, until = number + 1, batch.until
        told.step(number, until, batch.tokens, value)
        last = until == len(lists) or number == training.most_steps
        if training.state and (last or number % _STEPS_BETWEEN_CHECKPOINTS == 0):
            write_checkpoint(training.state, Checkpoint(of, number, until, told.spent, learner.state()))
    told.finish(number)
    return learner.averaged()


class _Progress:
    """Writes a line a minute: how far, how fast, how long still."""

    def __init__(self, log: Log, lists: int, until: int, spent: float) -> None:
        self._log, self._lists, self._start = log, lists, until
        self._before, self._began = spent, time.monotonic()
        self._last, self._tokens, self._losses = self._began, 0, 0.0
        self._steps = 0

    @property
    def spent(self) -> float:
        """Seconds of this training, earlier runs of it included."""
        return self._before + time.monotonic() - self._began

    def step(self, number: int, until: int, tokens: int, value: float) -> None:
        """Count a step, and tell when it is time to."""
        self._tokens += tokens
        self._steps += 1
        self._losses += value
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN_LINES and until < self._lists:
            return
        taken = now - self._began
        left = taken / (until - self._start) * (self._lists - until)
        self._log(
            f"step {number}, {100 * until / self._lists:.1f} %, loss {self._losses / self._steps:.4f}, "
            f"{self._tokens / taken:.0f} tokens/s, {self.spent / 60:.1f} min, {left / 60:.1f} min left"
        )
        self._last, self._losses, self._steps = now, 0.0, 0

    def finish(self, number: int) -> None:
        """Tell the end."""
        self._log(f"stopped after step {number}, {self.spent / 60:.1f} min")


def _digest(training: Training) -> str:
    digest = hashlib.sha256(training.recipe.digest.encode())
    for name, array in sorted(training.encoder.arrays.items()):
        digest.update(name.encode() + array.tobytes())
    for listed in training.lists:
        digest.update(repr(listed).encode())
    return digest.hexdigest()
