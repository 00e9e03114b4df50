"""Makes the virtual environment that the Makefile runs in: `python3 packaging/bootstrap.py VENV`.

Uses the standard library alone, so that it runs on a bare Python 3.11 on Linux, macOS and Windows. Each
long step says what it does and about how long it takes. Models and packs are the program's own business
(`llm-tutor prepare`).
"""

import ctypes
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD_LOCK = ROOT / "packaging" / "build-requirements.lock"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
COMPILERS = ("c++", "g++", "clang++", "cl")
NO_AMX = ("-mno-amx-tile", "-mno-amx-int8", "-mno-amx-bf16")
SCREEN = ("libX11-xcb", "libxcb", "libxkbcommon-x11")


def main() -> int:
    """Create or refresh the environment; returns the exit code."""
    target = Path(sys.argv[1]).resolve()
    problem = check_python() or check_compiler()
    if not problem:
        check_window_libraries()
    if problem:
        print(f"make: {problem}", file=sys.stderr)
        return 1
    python = create(target)
    steps = [
        ("Installing the build tools (a few seconds)", ["--require-hashes", "-r", str(BUILD_LOCK)]),
        (
            "Installing the libraries and building llama.cpp for this processor (4 to 10 minutes the first time)",
            ["--no-build-isolation", "--require-hashes", "-r", str(LOCK)],
        ),
        ("Installing llm-tutor itself", ["--no-build-isolation", "--no-deps", "-e", str(ROOT)]),
    ]
    for number, (title, arguments) in enumerate(steps, 1):
        command = [str(python), "-m", "pip", "install", "-q", *arguments]
        if not run_step(f"[{number}/{len(steps)}] {title}", command, build_environment()):
            return 1
    (target / ".ready").touch()
    return 0


def check_python() -> str:
    """What is wrong with this Python, or nothing."""
    if sys.version_info < OLDEST:
        return (
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Run: make PYTHON=python3.12"
        )
    try:
        import ensurepip  # noqa: F401 - Debian keeps it in a package of its own
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return install_or_name(
            ["apt-get", "install", "-y", f"python{version}-venv"], "Python's venv module is missing."
        )
    return ""


def check_compiler() -> str:
    """What is missing to build llama.cpp, or nothing."""
    if any(shutil.which(name) for name in COMPILERS) or os.environ.get("CXX"):
        return ""
    if sys.platform == "darwin":
        return "A C++ compiler is missing. Run: xcode-select --install"
    if sys.platform == "win32":
        return "A C++ compiler is missing. Install 'Visual Studio Build Tools' with 'Desktop development with C++'."
    for tool, command in (
        ("apt-get", ["apt-get", "install", "-y", "g++"]),
        ("dnf", ["dnf", "install", "-y", "gcc-c++"]),
        ("pacman", ["pacman", "-S", "--noconfirm", "gcc"]),
    ):
        if shutil.which(tool):
            return install_or_name(command, "A C++ compiler is missing.")
    return "A C++ compiler is missing. Install g++ or clang++ with your system's package manager."


def build_environment() -> dict[str, str]:
    """The environment that llama.cpp is built in: for this processor, without AMX.

    No home computer has AMX, and virtual machines that offer it were seen to end a program that uses it
    ("invalid opcode" at TILEZERO).
    """
    compiler = os.environ.get("CXX") or next((name for name in COMPILERS[:3] if shutil.which(name)), "")
    probe = [*compiler.split(), *NO_AMX, "-x", "c++", "-E", os.devnull]
    if platform.machine() not in ("x86_64", "AMD64") or sys.platform == "win32" or not compiler:
        return dict(os.environ)
    if subprocess.run(probe, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        return dict(os.environ)  # a compiler that does not know AMX
    flags = {
        name: f"{os.environ.get(name, '')} {' '.join(NO_AMX)}".strip() for name in ("CFLAGS", "CXXFLAGS")
    }
    return {**os.environ, **flags}


def check_window_libraries() -> None:
    """Install what the window needs of the system where this account may; else say how. Nothing else waits for it."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return  # elsewhere the window itself names what it misses: tutor_app/display.py
    sys.path.insert(0, str(ROOT))
    from tutor_app.display import PACKAGES

    screen = bool(os.environ.get("DISPLAY") or os.environ.get("CI"))
    missing = sorted(
        {
            package
            for library, package in PACKAGES.items()
            if (screen or not library.startswith(SCREEN)) and not loads(library)
        }
    )
    if missing:
        problem = install_or_name(
            ["apt-get", "install", "-y", *missing], "The window needs libraries of the system."
        )
        if problem:
            print(f"make: {problem} (the terminal works without)", file=sys.stderr)


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_or_name(command: list[str], problem: str) -> str:
    """Install what is missing where this account may, else say how; returns what is still wrong."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which(command[0]):
        print(f"make: {problem} Installing it: {' '.join(command)}", flush=True)
        if command[0] == "apt-get":
            subprocess.run(["apt-get", "update", "-q"], check=False, stdout=subprocess.DEVNULL)
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return ""
    return f"{problem} Run: sudo {' '.join(command)}"


def create(target: Path) -> Path:
    """The environment's Python; the environment is made if it is not there."""
    python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"make: creating {target.name} with Python {sys.version.split()[0]}", flush=True)
        venv.create(target, with_pip=True, clear=target.exists(), symlinks=sys.platform != "win32")
    return python


def run_step(title: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one step, saying what it is and how long it took."""
    print(f"make: {title} …", flush=True)
    began = time.monotonic()
    if subprocess.run(command, check=False, env=environment).returncode:
        print(
            f"make: this step failed: {title}. The lines above say why. If the network was away, run make again:"
            " what is done is kept.",
            file=sys.stderr,
        )
        return False
    print(f"make: done in {time.monotonic() - began:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
