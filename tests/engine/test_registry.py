"""Every backend that the package declares can be loaded by its name."""

from importlib.metadata import entry_points

import pytest

from engine.errors import BugError
from engine.registry import GROUP, backend

_DECLARED = sorted(
    (group.removeprefix(GROUP), point.name)
    for group in entry_points().groups
    if group.startswith(GROUP)
    for point in entry_points(group=group)
)


def test_each_seam_has_a_backend() -> None:
    assert {"llm", "embedder", "reranker"} <= {seam for seam, _ in _DECLARED}


@pytest.mark.parametrize(("seam", "name"), _DECLARED)
def test_a_declared_backend_is_a_class(seam: str, name: str) -> None:
    assert isinstance(backend(seam, name), type)


@pytest.mark.parametrize(("seam", "name"), [("llm", "nothing"), ("nothing", "llama_cpp"), ("llm", "")])
def test_an_unknown_backend_is_our_own_mistake(seam: str, name: str) -> None:
    with pytest.raises(BugError, match=repr(name)):
        backend(seam, name)
