"""Advice: what fits, what to expect, which is best."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.models.advise import advise
from engine.models.hardware import Hardware
from engine.models.installed import InstalledModel, TrialResult
from engine.models.manifest import Manifest, ModelFile, ModelKind, read_manifest
from engine.paths import manifest_path

LAPTOP = Hardware("Linux x86_64", "some processor", 8000, 4000, 4, 8, ("avx2",), ())


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest(manifest_path())


def _measured(prompt: float = 900.0, decode: float = 110.0) -> InstalledModel:
    return InstalledModel(
        id="smollm2-135m-instruct",
        name="SmolLM2",
        kind=ModelKind.LLM,
        folder=Path("models"),
        files=(ModelFile("a.gguf", 98_362_432, "0"),),
        verified=True,
        source="file",
        installed="",
        trial=TrialResult(True, prompt_tokens_s=prompt, decode_tokens_s=decode),
    )


def test_an_ordinary_laptop_is_told_what_to_expect(manifest: Manifest) -> None:
    advice = {item.id: item for item in advise(LAPTOP, manifest.entries, _measured())}
    assert advice["smollm2-135m-instruct"].words == (
        "answers in its own words start in about 0.4 s, then about 82 words a second"
    )
    assert [item.id for item in advice.values() if item.recommended] == ["qwen3-4b-instruct-2507"]


def test_what_has_no_room_is_not_recommended(manifest: Manifest) -> None:
    small = replace(LAPTOP, memory_mb=2500)
    advice = {item.id: item for item in advise(small, manifest.entries, _measured())}
    assert "too much" in advice["qwen2.5-7b-instruct"].words
    assert [item.id for item in advice.values() if item.recommended] == ["qwen2.5-0.5b-instruct"]


def test_without_a_trial_nothing_is_promised(manifest: Manifest) -> None:
    advice = advise(LAPTOP, manifest.entries, None)
    assert not any(item.recommended for item in advice)
    assert "not known yet" in advice[0].words


@given(
    memory=st.integers(500, 500_000),
    prompt=st.floats(0.1, 1e5),
    decode=st.floats(0.1, 1e4),
)
def test_at_most_one_is_recommended_and_it_fits(memory: int, prompt: float, decode: float) -> None:
    entries = read_manifest(manifest_path()).entries
    advice = advise(replace(LAPTOP, memory_mb=memory), entries, _measured(prompt, decode))
    best = [item for item in advice if item.recommended]
    assert len(best) <= 1
    assert all(item.fits and item.memory_mb < memory for item in best)
    speeds = [item.words_s for item in advice if item.words_s is not None]
    assert speeds == sorted(speeds, reverse=True)
