"""What is in the repository belongs there: no addresses of registries, no places of one machine, no weights."""

import configparser
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_BIG = 2_000_000
_OUR_OWN = ["llm-tutor-evidence.Q8_0.gguf"]  # trained here: there is nowhere to fetch it from
_ENVIRONMENT = dict(os.environ)  # of this machine, in which a test then closes the way to the network


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    paths = [_ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def _texts() -> dict[str, str]:
    texts = {}
    for path in _tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            texts[path.relative_to(_ROOT).as_posix()] = data.decode("utf-8", "replace")
    return texts


def _registry_hosts() -> set[str]:
    """The hosts that this machine's pip is told to use, and the well-known ones."""
    addresses = [value for name, value in _ENVIRONMENT.items() if name.startswith(("PIP_", "UV_"))]
    for place in ("/etc/pip.conf", "/etc/xdg/pip/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf"):
        parser = configparser.RawConfigParser(strict=False)
        parser.read(Path(place).expanduser())
        addresses += [value for section in parser.values() for value in section.values()]
    found = {urlsplit(word).hostname for address in addresses for word in address.split() if "://" in word}
    return {host for host in found if host} | {"files." + "pythonhosted.org", "test." + "pypi.org"}


def _machine_places() -> set[str]:
    places = {str(_ROOT), str(_ROOT.parent / "shared"), str(Path.home())}
    return {place for place in places if len(Path(place).parts) > 2}


def test_no_text_names_a_registry_host() -> None:
    hosts = _registry_hosts()
    named = [(name, host) for name, text in _texts().items() for host in hosts if host in text]
    assert named == []


def test_no_text_names_a_place_of_this_machine() -> None:
    places = _machine_places()
    named = [(name, place) for name, text in _texts().items() for place in places if place in text]
    assert named == []


def test_the_locks_name_no_index() -> None:
    for lock in _ROOT.rglob("*.lock"):
        if ".venv" not in lock.parts:
            text = lock.read_text(encoding="utf-8")
            assert "index-url" not in text
            assert "find-links" not in text
            assert "--hash=sha256:" in text


def test_nothing_large_or_binary_that_should_be_fetched_is_kept() -> None:
    weights = (".gguf", ".safetensors", ".onnx", ".bin", ".pt", ".whl", ".tutorpack")
    kept = [path.name for path in _tracked() if path.suffix in weights or path.stat().st_size > _BIG]
    assert kept == _OUR_OWN
