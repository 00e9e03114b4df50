"""A small pack about cells, and an embedder that needs no model."""

import hashlib
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.content.pack import Pack, PackInfo
from engine.rag.words import content_stems
from engine.types import Passage, PassageKind, Section, Skill, Term

if TYPE_CHECKING:
    from engine.protocols import Vectors


class WordEmbedder:
    """Vectors in which texts that share words are alike: each stem has a direction of its own."""

    def __init__(self, name: str = "words", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.calls = 0

    def embed(self, texts: Sequence[str]) -> "Vectors":
        self.calls += 1
        return np.stack([self._vector(text) for text in texts])

    def close(self) -> None:
        pass

    def _vector(self, text: str) -> "Vectors":
        total = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for stem in content_stems(text):
            seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions).astype(np.float32)
        return total / np.float32(math.sqrt(float(total @ total)))


def small_pack(identifier: str = "org.example.cells") -> Pack:
    sections = (
        Section("c-1", "Cells"),
        Section("s-1", "Parts of a cell", parent="c-1"),
        Section("c-2", "Energy"),
        Section("s-2", "Photosynthesis", parent="c-2"),
        Section("s-3", "Respiration", parent="c-2"),
    )
    long = " The cell keeps its balance all day long and through the night." * 6
    passages = (
        Passage("p-1", "s-1", "What mitochondria do", "Mitochondria release energy from glucose. "
                "They are found in most cells." + long, PassageKind.EXPLANATION, ("bio.parts",)),
        Passage("p-2", "s-1", "The cell wall", "A cell wall supports a plant cell." + long,
                PassageKind.EXPLANATION, ("bio.parts",)),
        Passage("p-3", "s-2", "What photosynthesis is", "Photosynthesis makes glucose with the energy of light. "
                "Oxygen is given off." + long, PassageKind.DEFINITION, ("bio.photo",)),
        Passage("p-4", "s-2", "Worked example: a willow tree", "Van Helmont grew a willow in 1648. "
                "The willow shows that photosynthesis uses no soil." + long, PassageKind.EXAMPLE, ("bio.photo",)),
        Passage("p-5", "s-2", "Common mistake: plants eat soil", "Some learners think that photosynthesis needs soil. "
                + long, PassageKind.MISTAKE, ("bio.photo",)),
        Passage("p-6", "s-3", "Respiration", "Respiration releases energy in every cell."),
        Passage("p-7", "s-3", "Breathing", "Breathing moves air into the lungs." + long),
    )  # fmt: skip
    return Pack(
        PackInfo(identifier, "1.0.0", "Cells and energy", authors=("A",), age=(11, 14)),
        sections,
        passages,
        skills=(Skill("bio.parts", "Name parts"), Skill("bio.photo", "Explain photosynthesis")),
        terms=(Term("mitochondrion", "A mitochondrion releases energy.", "p-1", aliases=("powerhouse",)),),
    )
