"""A small document about a lake: what the tests of automatic questions read."""

from collections.abc import Sequence

from engine.content.pack import Pack, PackInfo
from engine.rag.words import content_stems
from engine.types import Passage, Section

WATER = (
    "**Evaporation** is the change of a liquid into a gas at its surface. "
    "It happens at every temperature. "
    "Warm air over the lake speeds up evaporation on most summer days of the year. "
    "The change of a gas back into a liquid is called condensation."
)
LIFE = (
    "**Plankton** is the mass of tiny living things that drift in open water. "
    "**Sediment** is the fine matter that sinks and covers the ground of a lake. "
    "A **predator** is an animal that catches and eats other animals. "
    "Most fish of the lake feed on plankton in the first weeks after they hatch. "
    "The pike is the largest predator of the lake, as the table below shows."
)
ICE = (
    "**Stratification** is the forming of layers of water with different temperatures. "
    "In cold winters the surface of the lake freezes, but the water near the ground stays at four degrees."
)


def lake() -> Pack:
    sections = (Section("s1", "Water and air"), Section("s2", "Life in the lake"), Section("s3", "Winter"))
    passages = (
        Passage("p1", "s1", "Water and air", WATER),
        Passage("p2", "s2", "Life in the lake", LIFE),
        Passage("p3", "s3", "Winter", ICE),
    )
    return Pack(PackInfo("local.lake", "1.0.0", "A lake", origin="document"), sections, passages)


def by_shared_words(pack: Pack, text: str, limit: int) -> Sequence[str]:
    """A search that knows no index: passages by how many words they share with ``text``."""
    wanted = set(content_stems(text))
    scored = sorted(pack.passages, key=lambda it: -len(wanted & set(content_stems(it.text))))
    return [it.id for it in scored[:limit]]
