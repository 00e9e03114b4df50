"""Brings the catalogues in assets/translations up to date with the source, and compiles them (`make translations`).

What the window says is marked with ``tr`` and ``trn``; Babel finds it. What the engine and the services say is not
marked: they know no languages. Here every string of theirs that reads like a sentence is collected, f-strings with
their fields as ``{0}``, ``{1}`` …, and so are the phrases that fill such fields ("a zip archive"). One collected too
much costs a translator a minute; one that is missing stays English on the screen.

The catalogues carry no dates and no line numbers, so a run without new strings changes nothing.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tutor_app.engine_sentences import NUMBER

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "assets" / "translations"
KEYWORDS = {"tr": None, "trn": (1, 2), "pgettext": ((1, "c"), 2)}
WINDOW = ("tutor_app",)
ENGINE = ("engine", "tutor_app/services", "tutor_app/workers")
_NOT_THE_WINDOW = ("tutor_app/cli", "tutor_app/measurement")
# What the window never shows: measurements, SQL, names that a format or another library gave.
_SAYS_NOTHING = (
    "engine/evaluation",
    "engine/storage/migrations.py",
    "engine/content/importers/docx_styles.py",
    "engine/content/schema.py",
    "engine/safety",
    "engine/rag/question.py",
    "engine/rag/short_words.py",
    "engine/llm/prompts",
    "engine/tutor/equation_words.py",
    "engine/tutor/follow_up.py",
    "engine/tutor/prompt.py",
    "engine/sync",
)
_NEVER_SHOWN = frozenset(
    """BugError TypeError ValueError KeyError RuntimeError AttributeError NotImplementedError compile sub split
    findall match search execute executescript query debug info warning error exception frozenset""".split()
)
# Names that a learner never reads, though they look like words.
_NAMES = frozenset({"example of {0}", "model name", "table of", "Apple GPU (Metal)"})
_PROGRESS = frozenset({"Progress", "step", "check_pages"})
_SENTENCE = re.compile(r"[A-Z{“`(].*\s.*[.?!…]\)?", re.DOTALL)
_PHRASE = re.compile(r"[\w{“`][\w{}“”`'’ ,:;.()…%–→&+/-]*\s[\w{}“”`'’ ,:;.()…%–→&+/-]*[\w}”`)]")
_SQL = re.compile(r"(\w+ )?(SELECT|UPDATE|INSERT|DELETE|PRAGMA|CREATE|DROP|AND|WHERE|GROUP) ")
_WORD = re.compile(r"[A-Za-z]+")
_FORMAT = re.compile(r"%[srd(]|[a-z]_[a-z]+,|\w=\?|\\[a-z]+ |\| None")
_FIELD = re.compile(r"\{\d+\}")
_NOISE = re.compile(
    rb'"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):'
)


def main() -> int:
    """Renew every catalogue; returns the exit code."""
    template = extracted()
    for path in sorted(TRANSLATIONS.glob("*.po")):
        catalog = read(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message for message in catalog if message.id and not is_complete(message)]
        sys.stdout.write(f"{path.stem}: {len(catalog)} messages, {len(missing)} to translate\n")
    return 0


def extracted() -> Catalog:
    """Everything that the source says, untranslated."""
    catalog = Catalog(charset="utf-8")
    for path in _modules(WINDOW, _NOT_THE_WINDOW):
        found = extract_from_file("python", path, KEYWORDS, ("Translators:",), strip_comment_tags=True)
        for _line, text, comments, context in found:
            _add(catalog, path, text, context=context, comments=comments)
    for path in _modules(ENGINE, _SAYS_NOTHING):
        for text in engine_sentences(path.read_text(encoding="utf-8")):
            _add(catalog, path, text, context="engine")
    number = ["How a number is written: the sign between thousands, and the one before the fraction."]
    catalog.add(NUMBER, context="engine", auto_comments=number)
    return catalog


def engine_sentences(source: str) -> Iterator[str]:
    """The sentences, and the phrases that stand inside of them, of a module without marks."""
    tree = ast.parse(source)
    passed_over = set(_passed_over(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _PROGRESS:
            texts = [text for text in map(_text, node.args) if text and _FIELD.sub("", text).strip(" :")]
        else:
            text = None if node in passed_over else _text(node)
            texts = [text.strip()] if text is not None and _is_said(text.strip()) else []
        yield from texts


def read(path: Path) -> Catalog:
    """The catalogue in a translator's file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file for translators."""
    for message in catalog:
        message.flags.discard("python-format")  # "100 % of" is none here
    out = BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not _NOISE.match(line))


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def is_complete(message: Message) -> bool:
    """Whether there is a translation, in each of its plural forms."""
    return all(forms(message))


def forms(message: Message) -> tuple[str, ...]:
    """A message's translation: one for each plural form where it has them."""
    text = message.string
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _add(
    catalog: Catalog,
    path: Path,
    text: str | tuple[str, ...],
    *,
    context: str | None,
    comments: Iterable[str] = (),
) -> None:
    name = path.relative_to(ROOT).as_posix()
    catalog.add(text, locations=[(name, 1)], context=context, auto_comments=comments)


def _modules(roots: Iterable[str], without: Iterable[str]) -> Iterator[Path]:
    left_out = [ROOT / name for name in without]
    for root in roots:
        path = ROOT / root
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if not any(module == one or one in module.parents for one in left_out):
                yield module


def _passed_over(tree: ast.AST) -> Iterator[ast.AST]:
    """What never reaches a learner, with everything in it."""
    for node in ast.walk(tree):
        for part in _silent_parts(node):
            if part is not None:
                yield from ast.walk(part)


def _silent_parts(node: ast.AST) -> list[ast.expr | None]:
    """Docstrings, pieces of f-strings, annotations, keys, lists of names, and what is given to ``_NEVER_SHOWN``."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return [node.value]
        case ast.JoinedStr():
            return [part for part in node.values if isinstance(part, ast.Constant)]
        case ast.Call() if _called(node) in _NEVER_SHOWN:
            return [*node.args, *(keyword.value for keyword in node.keywords), _receiver(node)]
        case ast.Compare():
            return [node.left, *node.comparators]
        case ast.BinOp(op=ast.Mult()):  # a text made long to measure with
            return [node.left, node.right]
        case ast.Dict():
            return list(node.keys)
        case ast.AnnAssign() | ast.arg():
            return [node.annotation]
        case ast.FunctionDef():
            return [node.returns]
        case ast.Assign(targets=[ast.Name(id=name)]) if name.endswith("_NAMES"):
            return [node.value]
    return []


def _called(call: ast.Call) -> str:
    name = call.func
    return name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""


def _receiver(call: ast.Call) -> ast.expr | None:
    """The string that a method is called on, such as a list of words to split."""
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def _text(node: ast.AST) -> str | None:
    """The string that ``node`` is, with ``{0}``, ``{1}`` … for its fields."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts, fields = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{fields}}}")
            fields += 1
    return "".join(parts)


def _is_said(text: str) -> bool:
    if text in _NAMES or _SQL.match(text) or _FORMAT.search(text):
        return False
    if _SENTENCE.fullmatch(text):
        return len(_WORD.findall(text)) > 0
    return _PHRASE.fullmatch(text) is not None and len(_WORD.findall(text)) > 1


if __name__ == "__main__":
    sys.exit(main())
