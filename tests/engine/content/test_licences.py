"""Which material may go into which pack."""

import pytest

from engine.content.licences import incompatibility


@pytest.mark.parametrize(
    ("source", "pack", "fits"),
    [
        ("CC-BY-4.0", "CC-BY-4.0", True),
        ("CC0-1.0", "CC-BY-NC-4.0", True),
        ("CC-BY-3.0", "CC-BY-SA-4.0", True),
        ("MIT", "CC-BY-4.0", True),
        ("CC-BY-SA-3.0", "CC-BY-SA-4.0", True),
        ("CC-BY-4.0", "CC0-1.0", False),
        ("CC-BY-SA-4.0", "CC-BY-4.0", False),
        ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", False),
        ("CC-BY-NC-4.0", "CC-BY-4.0", False),
        ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", False),
        ("CC-BY-ND-4.0", "CC-BY-4.0", False),
        ("GPL-3.0-or-later", "CC-BY-4.0", False),
    ],
)
def test_terms_of_a_source_bind_the_pack(source: str, pack: str, fits: bool) -> None:
    assert (incompatibility(source, pack) is None) == fits
