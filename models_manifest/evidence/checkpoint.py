"""State of a training on disk, written so that a power cut leaves the old state or the new one, never half."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models_manifest.evidence.weights import Arrays


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a training stands.

    Attributes:
        of: sum over all that the result depends on; another training's state is no use.
        step: steps done.
        until: lists done.
        seconds: time spent so far.
        groups: the arrays, by what they are ("weights", "moments", …) and by name.
    """

    of: str
    step: int
    until: int
    seconds: float
    groups: dict[str, Arrays]


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Put ``checkpoint`` in the place of the file at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "of": checkpoint.of,
        "step": checkpoint.step,
        "until": checkpoint.until,
        "seconds": checkpoint.seconds,
    }
    arrays = {
        f"{group}/{name}": array for group, own in checkpoint.groups.items() for name, array in own.items()
    }
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.savez(file, allow_pickle=False, about=np.array(json.dumps(told)), **arrays)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_checkpoint(path: Path, *, of: str) -> Checkpoint | None:
    """The state at ``path``, if there is one and it is of the same training."""
    if not path.exists():
        return None
    groups: dict[str, Arrays] = {}
    with np.load(path) as stored:
        told = json.loads(str(stored["about"]))
        if told["of"] != of:
            return None
        for name in stored.files:
            group, _, own = name.partition("/")
            if own:
                groups.setdefault(group, {})[own] = stored[name]
    return Checkpoint(of, told["step"], told["until"], told["seconds"], groups)
