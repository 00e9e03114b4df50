"""Reads the documentation: pages, their sections, what stands in backticks; loads the scripts beside it."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
_CODE = re.compile(r"`([^`]+)`")


def pages() -> list[Path]:
    """Every page of the documentation."""
    return [
        *sorted(DOCS.rglob("*.md")),
        *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")),
    ]


def text_of(name: str) -> str:
    """The text of a page in docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    """``text`` without fenced blocks and code spans."""
    return _CODE.sub("", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def codes(text: str) -> list[str]:
    """What stands in backticks."""
    return _CODE.findall(text)


def sections(name: str) -> dict[str, str]:
    """The text under each heading, by its title without backticks."""
    parts = re.split(r"^#{1,3} (.+)$", text_of(name), flags=re.MULTILINE)
    return {title.replace("`", ""): body for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def first_cells(text: str) -> list[str]:
    """The first cell of each row of the tables in ``text``, heads left out."""
    rows = re.findall(r"^\| ((?:\\\||[^|])+?) \|", text, flags=re.MULTILINE)
    return [row.replace("\\|", "|") for row in rows if row.startswith("`") or row.isdigit()]


def script(path: str) -> ModuleType:
    """A script outside of the packages, as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem + "_script", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
