"""Which model fits this machine, and what to expect of it in words. Pure: no I/O, no clock.

Speed is carried over from a short trial of an installed model: on a CPU both reading and writing are bound by
how many bytes of weights pass through, so speeds go down as file sizes go up. That makes it an estimate; it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.models.hardware import Hardware
from engine.models.installed import InstalledModel
from engine.models.manifest import ModelEntry, ModelKind

_WORDS_A_TOKEN = 0.75
_PROMPT_TOKENS = 350  # the evidence and the question; the fixed part of the prompt is read once and kept
_LEFT_TO_OTHERS_MB = 1500
_READING_WORDS_S = 3.0


@dataclass(frozen=True, slots=True)
class Advice:
    """One language model on this machine.

    Attributes:
        fits: there is memory for it beside everything else.
        first_word_s: estimated time until it begins to write, in seconds; None without a trial.
        words_s: estimated speed of writing; None without a trial.
        recommended: the best that fits and is fast enough to follow.
        words: the same for a person.
    """

    id: str
    name: str
    tier: int
    memory_mb: int
    fits: bool
    first_word_s: float | None
    words_s: float | None
    recommended: bool
    words: str


def advise(
    hardware: Hardware, entries: Sequence[ModelEntry], measured: InstalledModel | None
) -> list[Advice]:
    """One piece of advice for each language model, the smallest first.

    Args:
        hardware: of this machine.
        entries: of the manifest.
        measured: an installed language model whose trial ran on this machine.
    """
    models = sorted(
        (entry for entry in entries if entry.kind is ModelKind.LLM), key=lambda entry: entry.memory_mb
    )
    first = [_estimate(hardware, entry, measured) for entry in models]
    good = [advice for advice in first if advice.fits and (advice.words_s or 0.0) >= _READING_WORDS_S]
    best = max(good, key=lambda advice: (advice.tier, advice.memory_mb), default=None)
    return [replace(advice, recommended=advice is best, words=_words(advice)) for advice in first]


def _estimate(hardware: Hardware, entry: ModelEntry, measured: InstalledModel | None) -> Advice:
    fits = entry.memory_mb + _LEFT_TO_OTHERS_MB <= hardware.memory_mb
    trial = measured.trial if measured else None
    first_word_s = words_s = None
    if measured and trial and trial.works and trial.decode_tokens_s and entry.bytes:
        larger = entry.bytes / (measured.files[0].bytes or entry.bytes)
        first_word_s = round(_PROMPT_TOKENS * larger / trial.prompt_tokens_s, 1)
        words_s = round(trial.decode_tokens_s * _WORDS_A_TOKEN / larger, 1)
    return Advice(entry.id, entry.name, entry.tier, entry.memory_mb, fits, first_word_s, words_s, False, "")


def _words(advice: Advice) -> str:
    if not advice.fits:
        return f"needs about {advice.memory_mb / 1000:.1f} GB of memory: too much for this computer"
    if advice.first_word_s is None or advice.words_s is None:
        return f"fits in memory ({advice.memory_mb / 1000:.1f} GB); its speed here is not known yet"
    pace = f"then about {_round(advice.words_s)} words a second"
    if advice.words_s < _READING_WORDS_S:
        pace += ", slower than one reads"
    return f"answers in its own words start in about {_round(advice.first_word_s)} s, {pace}"


def _round(number: float) -> str:
    return f"{number:.1f}" if number < 2 else f"{number:.0f}"
