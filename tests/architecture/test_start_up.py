"""A command imports what it needs and nothing heavy: that is what makes it start at once."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
before = set(sys.modules)
from tutor_app.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
import json
print("\\n" + json.dumps(sorted(set(sys.modules) - before)))
"""


def _imported(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def _heavy() -> set[str]:
    """What ruff keeps out of the top of our modules, and some of the standard library's own weights."""
    settings = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    banned = settings["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-module-level-imports"]
    return {
        *banned,
        "sqlite3",
        "asyncio",
        "ssl",
        "http",
        "email",
        "urllib.request",
        "multiprocessing",
        "jinja2",
    }


_ALLOWED = {
    ("--version",): {"engine", "tutor_app", "tutor_app.__main__"},
    ("ask", "--help"): {
        "engine",
        "engine.cancel",
        "engine.errors",
        "engine.events",
        "engine.log",
        "engine.paths",
        "engine.settings",
        "engine.atomic",
        "engine.types",
        "tutor_app",
        "tutor_app.__main__",
        "tutor_app.cli",
        "tutor_app.cli.answer_view",
        "tutor_app.cli.ask",
        "tutor_app.cli.command",
    },
}


@pytest.mark.parametrize("arguments", _ALLOWED, ids=" ".join)
def test_of_our_own_modules_only_these_are_imported(arguments: tuple[str, ...]) -> None:
    ours = {
        name for name in _imported(*arguments) if name.split(".")[0] in ("engine", "tutor_app", "sync_server")
    }
    assert ours == _ALLOWED[arguments]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"], ["--help"], ["ask", "--help"], ["chat", "--help"], ["prepare", "--help"], ["models", "--help"],
        ["packs", "--help"], ["data", "--help"], ["bench", "--help"], ["eval", "--help"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_nothing_heavy_is_imported(arguments: list[str]) -> None:
    loaded = _imported(*arguments)
    assert not {name for name in loaded if name in _heavy() or name.split(".")[0] in _heavy()}


def test_no_model_is_imported_for_an_answer_by_quotation(tmp_path: Path) -> None:
    from tests.tutor_app.cli.small_profile import QUESTION, make_profile

    paths = make_profile(tmp_path / "home")
    loaded = _imported("--profile", str(paths.root), "ask", "--no-llm", QUESTION)
    assert "engine.tutor.session" in loaded
    assert not loaded & {"llama_cpp", "httpx", "rich", "gguf", "jinja2", "markdown_it", "pypdfium2", "lxml"}
