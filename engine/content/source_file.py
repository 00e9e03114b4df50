"""One file of a pack folder: whether it may be there, its text, its JSON, and what is wrong with them."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.content import layout
from engine.content.finding import Finding
from engine.content.schema import schema_name, schema_problems

Json = Mapping[str, Any]

_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAMING_KEYS = ("id", "term", "question", "from", "title")


def line_of(text: str, values: tuple[str, ...]) -> int:
    """The first line of the JSON ``text`` that holds one of ``values`` as a string; 0 if none does."""
    for value in values:
        position = text.find(json.dumps(value, ensure_ascii=False))
        if position >= 0:
            return text.count("\n", 0, position) + 1
    return 0


def file_problem(name: str, path: Path) -> Finding | None:
    """Why the file ``name`` at ``path`` may not be in a pack; None if it may."""
    if path.is_symlink():
        return Finding("file.link", name, 0, f"{name} is a link.", "Put the file itself there.")
    if not path.is_file():
        return Finding("file.special", name, 0, f"{name} is no ordinary file.", "Remove it.")
    if not layout.may_hold(name):
        return Finding(
            "file.place",
            name,
            0,
            f"A pack cannot hold a file called {name!r}.",
            "Keep to the files of docs/pack-format.md, with plain letters, digits, '-', '.' and '_' in their names.",
        )
    if path.stat().st_size > layout.size_limit(name):
        limit = layout.size_limit(name) // 1_000_000
        return Finding(
            "file.size", name, 0, f"{name} is larger than {limit} MB.", "Split it, or make it smaller."
        )
    return None


def read_text(name: str, data: bytes) -> tuple[str, list[Finding]]:
    """The text in ``data``, with line ends put right, and what was wrong with it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Finding("text.encoding", name, line, f"{name} is not UTF-8 text.", "Save it as UTF-8.")]
    findings = []
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        findings.append(
            Finding(
                "text.line_ends",
                name,
                line,
                "Lines end with carriage returns.",
                "Save it with \\n line ends.",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line_text in enumerate(text.split("\n"), 1):
        findings += _line_problems(name, number, line_text)
    return text, findings


def _line_problems(name: str, number: int, line: str) -> Iterator[Finding]:
    if line.isascii() and line.isprintable():
        return
    if unicodedata.normalize("NFC", line) != line:
        todo = "Normalise the file to NFC (most editors do it on saving)."
        yield Finding("text.nfc", name, number, "The line holds letters in separate pieces.", todo)
    strange = [
        c
        for c in line
        if c != "\t" and (unicodedata.category(c) == "Cc" or c in _BIDIRECTIONAL or c == "\ufeff")
    ]
    if strange:
        what = f"The line holds the invisible character U+{ord(strange[0]):04X}."
        yield Finding("text.invisible", name, number, what, "Remove it.")


def read_json(name: str, text: str) -> tuple[Json | None, list[Finding]]:
    """The document in ``text`` if it has a schema and keeps to it, and what is wrong with it."""
    schema = schema_name(name)
    if schema is None:
        return None, []
    try:
        document = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return None, [
            Finding("json.syntax", name, error.lineno, f"This is not JSON: {error.msg}.", "Mend it.")
        ]
    except (ValueError, RecursionError) as error:
        return None, [Finding("json.syntax", name, 0, f"This is not JSON: {error}.", "Mend it.")]
    problems = schema_problems(schema, document)
    findings = [
        Finding(
            "json.schema",
            name,
            line_of(text, _names_on(document, problem.path)),
            f"{problem.place}: {problem.message}" if problem.path else problem.message,
            f"Keep to assets/schemas/{schema}.schema.json.",
        )
        for problem in problems
    ]
    return (None if problems else document), findings


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {repeated!r} stands twice in one object")
    return found


def _no_constant(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON number")


def _names_on(document: Any, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Names met on the way to ``path``, the innermost first: they say on which line it is."""
    names: list[str] = []
    for step in path:
        document = document[step]
        if isinstance(document, dict):
            found = [document[key] for key in _NAMING_KEYS if isinstance(document.get(key), str)]
            names = found + names
    last = [path[-1]] if path and isinstance(path[-1], str) else []
    return (*names, *last)
