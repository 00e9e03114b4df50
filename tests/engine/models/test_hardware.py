"""What is said about this machine, whichever it is."""

from pathlib import Path

import pytest

from engine.models import hardware
from engine.models.hardware import look_at_hardware


def test_this_machine_has_memory_and_cores() -> None:
    found = look_at_hardware()
    assert found.memory_mb >= found.free_mb > 0
    assert 1 <= found.cores <= found.threads


@pytest.mark.parametrize(("limit", "expected"), [("512000000\n", 512), ("max\n", None)])
def test_a_container_counts_its_own_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, expected: int | None
) -> None:
    path = tmp_path / "memory.max"
    path.write_text(limit)
    monkeypatch.setattr(hardware, "_MEMORY_LIMITS", (tmp_path / "none", path))
    assert look_at_hardware().memory_mb == (expected or pytest.approx(look_at_hardware().memory_mb))


def test_a_gpu_is_named_by_the_tool_that_comes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-1)'\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert look_at_hardware().gpus == ("NVIDIA H100 80GB HBM3",)


def test_a_tool_that_fails_means_no_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'GPU 0: broken'\nexit 9\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert look_at_hardware().gpus == ()
