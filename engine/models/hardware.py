"""What this machine has that matters to models: memory, cores, instruction sets, a GPU. Asks, loads nothing."""

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SETS = (
    "sse4_2",
    "avx",
    "avx2",
    "fma",
    "f16c",
    "avx512f",
    "avx512_vnni",
    "amx_int8",
    "asimd",
    "asimddp",
    "i8mm",
    "sve",
)
_MEMORY_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_WINDOWS_FEATURES = {"sse4_2": 38, "avx": 39, "avx2": 40, "avx512f": 41}


@dataclass(frozen=True, slots=True)
class Hardware:
    """One machine.

    Attributes:
        memory_mb: all memory that this process may use, in MB.
        free_mb: what is free of it now, in MB.
        cores: physical ones, as far as they can be told from threads.
        threads: what the system schedules on.
        instruction_sets: those that speed models up.
        gpus: names, empty if none is visible.
    """

    system: str
    processor: str
    memory_mb: int
    free_mb: int
    cores: int
    threads: int
    instruction_sets: tuple[str, ...]
    gpus: tuple[str, ...]


def look_at_hardware() -> Hardware:
    """Ask the system. Takes a few milliseconds, more if there is a GPU tool to ask."""
    import psutil

    memory = psutil.virtual_memory()
    total = min(memory.total, _memory_limit() or memory.total)
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    about = _processor()
    return Hardware(
        system=f"{platform.system()} {platform.machine()}",
        processor=about.get("model name", platform.processor()),
        memory_mb=total // 1_000_000,
        free_mb=min(memory.available, total) // 1_000_000,
        cores=min(psutil.cpu_count(logical=False) or threads, threads),
        threads=threads,
        instruction_sets=_instruction_sets(about.get("flags", about.get("Features", ""))),
        gpus=_gpus(),
    )


def _memory_limit() -> int | None:
    """The limit of a container, in bytes."""
    for path in _MEMORY_LIMITS:
        try:
            text = path.read_text(encoding="ascii").strip()
        except OSError:
            continue
        return int(text) if text.isdigit() else None
    return None


def _processor() -> dict[str, str]:
    """The first processor of /proc/cpuinfo; empty elsewhere."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    lines = (line.partition(":") for line in text.split("\n\n")[0].splitlines())
    return {name.strip(): value.strip() for name, _, value in lines}


def _instruction_sets(flags: str) -> tuple[str, ...]:
    if sys.platform == "win32":
        import ctypes

        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return tuple(name for name, number in _WINDOWS_FEATURES.items() if present(number))
    if sys.platform == "darwin":
        return (
            ("asimd", "asimddp")
            if platform.machine() == "arm64"
            else _sets_of(_ask("sysctl", "-n", "machdep.cpu.leaf7_features"))
        )
    return _sets_of(flags)


def _sets_of(flags: str) -> tuple[str, ...]:
    known = set(flags.lower().split())
    return tuple(name for name in _SETS if name in known)


def _gpus() -> tuple[str, ...]:
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return ("Apple GPU (Metal)",)
    found = [line.partition(": ")[2].partition(" (UUID")[0] for line in _ask("nvidia-smi", "-L").splitlines()]
    if not found:
        lines = _ask("vulkaninfo", "--summary").splitlines()
        found = [line.partition("=")[2].strip() for line in lines if line.strip().startswith("deviceName")]
    return tuple(name for name in found if name and "llvmpipe" not in name)


def _ask(command: str, *arguments: str) -> str:
    path = shutil.which(command)
    if path is None:
        return ""
    try:
        answer = subprocess.run([path, *arguments], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout if answer.returncode == 0 else ""
