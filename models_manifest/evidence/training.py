"""Learns from the lists, step by step, and goes on where it was stopped."""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from models_manifest.evidence.batches import batches
from models_manifest.evidence.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from models_manifest.evidence.learning import State, compiled_step, rate_at
from models_manifest.evidence.lists import Listed
from models_manifest.evidence.network import FROZEN, Parameters, Shape
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


def shape_of(encoder: Encoder, products: str) -> Shape:
    """The network's shape, its matrix products of factors of the type ``products``."""
    return Shape(encoder.blocks, encoder.heads, encoder.epsilon, products)


def train(training: Training, log: Log) -> Arrays:
    """The averaged weights after all lists, or after ``most_steps`` steps, with the frozen ones beside them."""
    recipe, encoder, lists = training.recipe, training.encoder, training.lists
    arrays = with_new_head(encoder.arrays, recipe)
    frozen = {name: jnp.asarray(arrays.pop(name)) for name in FROZEN}
    of = _digest(training)
    found = read_checkpoint(training.state, of=of) if training.state else None
    state = _restored(found) if found else _fresh(arrays)
    number, until, spent = (found.step, found.until, found.seconds) if found else (0, 0, 0.0)
    learn = compiled_step(frozen, shape_of(encoder, recipe.products), recipe)
    told = _Progress(log, len(lists), until, spent)
    if found:
        log(f"goes on after step {number}")
    for batch in batches(lists, training.pairs, recipe, start=until):
        if number == training.most_steps:
            break
        value = learn(state, batch, number + 1, rate_at(until / len(lists), recipe))
        number, until = number + 1, batch.until
        told.step(number, until, batch.tokens, value)
        if training.state and number % _STEPS_BETWEEN_CHECKPOINTS == 0:
            write_checkpoint(training.state, _checkpoint(of, state, number, until, told.spent))
    if training.state:
        write_checkpoint(training.state, _checkpoint(of, state, number, until, told.spent))
    told.finish(number)
    return {name: np.asarray(array) for name, array in {**frozen, **state.average}.items()}


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


def _fresh(arrays: Arrays) -> State:
    def zeros() -> Parameters:
        return {name: jnp.zeros_like(array) for name, array in arrays.items()}

    def copied() -> Parameters:
        return {name: jnp.array(array) for name, array in arrays.items()}

    return State(copied(), zeros(), zeros(), copied())


def _restored(found: Checkpoint) -> State:
    groups = {
        group: {name: jnp.asarray(array) for name, array in own.items()}
        for group, own in found.groups.items()
    }
    return State(**groups)


def _checkpoint(of: str, state: State, number: int, until: int, seconds: float) -> Checkpoint:
    groups = {
        group: {name: np.asarray(array) for name, array in getattr(state, group).items()}
        for group in State.__dataclass_fields__
    }
    return Checkpoint(of, number, until, seconds, groups)


def default_device() -> str:
    """What JAX computes on, for the log."""
    return str(jax.devices()[0])
