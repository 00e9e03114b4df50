"""What the window is told of models and of the computer they run on: plain values, without the engine's weight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

KINDS = ("llm", "embedder", "reranker")
"""The kinds that the tutor uses, in the order of the page; also the names of the settings that choose them."""
AUTO, NONE = "auto", "none"


class ModelState(StrEnum):
    """How a model is."""

    OFFERED = "offered"
    PARTLY = "partly"  # some of it has been downloaded
    WORKS = "works"
    UNTRIED = "untried"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"

    @property
    def installed(self) -> bool:
        """Whether it takes a place among the installed models."""
        return self not in (ModelState.OFFERED, ModelState.PARTLY)


@dataclass(frozen=True, slots=True)
class Machine:
    """This computer. Sizes in MB; ``slow``: its processor lacks what makes models fast."""

    processor: str
    threads: int
    memory_mb: int
    free_mb: int
    disk_free_mb: int
    gpus: tuple[str, ...] = ()
    slow: bool = False


@dataclass(frozen=True, slots=True)
class ModelFact:
    """A model that one has or can have.

    Attributes:
        bytes: size of its files; None where nobody has established it.
        fault: why it does not work, in the engine's words.
        in_use: the tutor answers, searches or sorts with it now.
        chosen: it was named in the settings, not picked by itself.
        fits: there is memory for it.
        first_word_s, words_s: estimated time until it begins to write, and words a second; None while unknown.
        recommended: the best that fits and is fast enough.
        arrived: bytes of it that are downloaded already.
        sha256: of its main file where that is not verified, to compare it with the publisher's page.
        downloadable: it can be had without naming a folder: it has an address, or is bundled.
        bundled: it comes with the program.
    """

    id: str
    name: str
    kind: str
    state: ModelState
    bytes: int | None = None
    memory_mb: int = 0
    licence: str = ""
    languages: tuple[str, ...] = ()
    fault: str = ""
    in_use: bool = False
    chosen: bool = False
    verified: bool = True
    fits: bool = True
    first_word_s: float | None = None
    words_s: float | None = None
    recommended: bool = False
    arrived: int = 0
    sha256: str = ""
    downloadable: bool = True
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class ModelsOverview:
    """Everything on the models page.

    Attributes:
        models: installed and offered ones, the smallest first.
        choices: for each of ``KINDS``: "auto", "none" or an id.
        server: address of the model server that answers instead; empty for none.
        used_bytes: what the models take on the disk.
        measured: how fast this computer is has been measured.
    """

    machine: Machine
    models: tuple[ModelFact, ...]
    choices: dict[str, str]
    server: str = ""
    used_bytes: int = 0
    measured: bool = False

    def of_kind(self, kind: str) -> tuple[ModelFact, ...]:
        """The models of one kind."""
        return tuple(model for model in self.models if model.kind == kind)

    def in_use(self, kind: str) -> ModelFact | None:
        """The one that is used of a kind; None where the tutor does without."""
        return next((model for model in self.models if model.kind == kind and model.in_use), None)

    def recommended(self) -> ModelFact | None:
        """The language model that suits this computer best, if that is known."""
        return next((model for model in self.models if model.recommended), None)


@dataclass(frozen=True, slots=True)
class RemovedModel:
    """A model that was removed. ``was_chosen``: the settings named it."""

    id: str
    name: str
    kind: str
    bytes: int
    was_chosen: bool


@dataclass(frozen=True, slots=True)
class ChosenBefore:
    """What was chosen before: for undoing."""

    kind: str
    choice: str
