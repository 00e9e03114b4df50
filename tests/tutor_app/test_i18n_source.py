"""Every string that the window shows is marked, as a literal, with the values that its braces name."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_APP = _ROOT / "tutor_app"
_NOT_THE_WINDOW = ("cli", "measurement", "services", "workers", "richtext")
# Calls that show their text, and which of their arguments it is.
_SHOWS = {
    "setText": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setWhatsThis": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setPlaceholderText": (0,),
    "setWindowTitle": (0,),
    "setTitle": (0,),
    "setInformativeText": (0,),
    "setLabelText": (0,),
    "setPrefix": (0,),
    "setSuffix": (0,),
    "setPlainText": (0,),
    "setHeaderLabels": (0,),
    "set_title": (0,),
    "set_subtitle": (0,),
    "set_status": (0,),
    "set_icon": (1,),
    "addAction": (0, 1),
    "addMenu": (0,),
    "addTab": (1, 2),
    "addItem": (0, 1),
    "addItems": (0,),
    "label": (0,),
    "button": (0,),
    "QLabel": (0,),
    "QPushButton": (0,),
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QAction": (0, 1),
    "QGroupBox": (0,),
    "QMenu": (0,),
    "IconButton": (2,),
    "PageHeader": (0, 1),
    "PressCard": (0,),
    "ElidedLabel": (0,),
    "EmptyState": (2, 3),
    "ProgressCard": (1,),
    "SearchField": (1,),
    "Segmented": (0,),
    "set_text": (0, 1),
    "tell": (0, 1),
    "show_notice": (0,),
    "getOpenFileNames": (1,),
    "getSaveFileName": (1,),
    "getExistingDirectory": (1,),
    "announce": (1,),
}
_SHOWING_KEYWORDS = {"tip", "title", "subtitle", "name", "text", "placeholder", "description"}
_SAME_EVERYWHERE = {"LLM Tutor", "PDF", "EPUB", "TeX", "Markdown"}
_WORD = re.compile(r"[^\W\d_]{2,}")


class _Call(NamedTuple):
    file: str
    node: ast.Call

    def __str__(self) -> str:
        return f"{self.file}:{self.node.lineno}: {ast.unparse(self.node)[:120]}"


def _modules() -> list[Path]:
    return sorted(
        path for path in _APP.rglob("*.py") if path.relative_to(_APP).parts[0] not in _NOT_THE_WINDOW
    )


def _calls(paths: list[Path], names: set[str]) -> Iterator[_Call]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in names:
                yield _Call(path.relative_to(_ROOT).as_posix(), node)


def _name(call: ast.Call) -> str:
    name = call.func
    return name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""


def _marked() -> list[_Call]:
    return list(_calls(sorted(_APP.rglob("*.py")), {"tr", "trn"}))


def _messages(call: _Call) -> list[ast.expr]:
    return call.node.args[: 2 if _name(call.node) == "trn" else 1]


def test_what_is_marked_is_a_literal_so_that_it_can_be_extracted() -> None:
    wrong = [
        str(call)
        for call in _marked()
        if not _messages(call)
        or not all(
            isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.strip()
            for text in _messages(call)
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_braces_name_the_values_that_are_given() -> None:
    wrong = []
    for call in _marked():
        plural = _name(call.node) == "trn"
        given = {keyword.arg for keyword in call.node.keywords}
        texts = [str(text.value) for text in _messages(call) if isinstance(text, ast.Constant)]
        fields = [_fields(text) - ({"n"} if plural else set()) for text in texts] if given or plural else []
        if any(found != given for found in fields) or len(call.node.args) != (3 if plural else 1):
            wrong.append(str(call))
    assert not wrong, "\n".join(wrong)


def test_a_message_is_either_counted_or_not() -> None:
    texts: dict[str, set[str]] = {"tr": set(), "trn": set()}
    for call in _marked():
        first = call.node.args[0]
        texts[_name(call.node)].add(str(getattr(first, "value", "")))
    assert not texts["tr"] & texts["trn"]


def test_nothing_is_translated_before_the_language_is_known() -> None:
    wrong = [
        f"{path.relative_to(_ROOT)}:{call.lineno}: {ast.unparse(call)[:100]}"
        for path in sorted(_APP.rglob("*.py"))
        for call in _at_import(ast.parse(path.read_text(encoding="utf-8")).body)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_text_is_shown_unmarked() -> None:
    wrong = [
        str(call)
        for call in _calls(_modules(), set(_SHOWS))
        for text in _shown_by(call.node)
        if _is_bare(text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('widget.setText("Hello there")', True),
        ('widget.setText(f"{n} pages")', True),
        ('widget.setText("a" if x else "Bare words")', True),
        ('widget.setText(prefix + " words")', True),
        ('button("Bare", role="primary")', True),
        ('button(tr("Marked"), tip="Bare words")', True),
        ('widget.setText(f"{a} · {b}")', False),
        ('widget.setText(f"{a} – LLM Tutor")', False),
        ('widget.setText(tr("Marked"))', False),
        ('widget.setText(tr("Marked {x}", x="y z"))', False),
        ('label(text, "title")', False),
    ],
)
def test_the_search_for_unmarked_text_finds_it(code: str, found: bool) -> None:
    call = next(node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    assert any(map(_is_bare, _shown_by(call))) is found


def _fields(text: str) -> set[str]:
    return {
        re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


def _at_import(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """Calls of ``tr`` and ``trn`` that run when the module is imported."""
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield from _at_import(statement.body)
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            parts: list[ast.expr | None] = [*statement.args.defaults, *statement.args.kw_defaults]
            yield from (call for part in parts if part is not None for call in _translating(part))
        else:
            yield from _translating(statement)


def _translating(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call) and _name(node) in ("tr", "trn", "tr_engine"):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _translating(child)


def _shown_by(call: ast.Call) -> Iterator[ast.expr]:
    places = _SHOWS.get(_name(call), ())
    yield from (call.args[at] for at in places if at < len(call.args))
    yield from (keyword.value for keyword in call.keywords if keyword.arg in _SHOWING_KEYWORDS)


def _is_bare(text: ast.expr) -> bool:
    """Whether the expression shows words of its own."""
    match text:
        case ast.Constant(value=str(words)):
            for name in _SAME_EVERYWHERE:
                words = words.replace(name, "")
            return _WORD.search(words) is not None
        case ast.JoinedStr():
            return any(map(_is_bare, text.values))
        case ast.BinOp():
            return _is_bare(text.left) or _is_bare(text.right)
        case ast.IfExp():
            return _is_bare(text.body) or _is_bare(text.orelse)
        case ast.BoolOp():
            return any(map(_is_bare, text.values))
        case ast.List() | ast.Tuple():
            return any(map(_is_bare, text.elts))
    return False
