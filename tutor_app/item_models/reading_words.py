"""What the reader says of books and passages, in the window's language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor_app.i18n import tr, trn, unmarked
from tutor_app.richtext.document import Text
from tutor_app.services.reading import Origin

if TYPE_CHECKING:
    from tutor_app.richtext.document import RichText
    from tutor_app.services.reading import Book, PassagePage

_HOUR = 60
_LONGEST_QUESTION = 600
_IN_ENGLISH = {"example": "worked example", "mistake": "common mistake"}
"""How packs in English begin the headings of a kind, whatever the window's language is."""


def kind_name(kind: str) -> str:
    """What a passage does for a learner; empty for plain text."""
    return {
        "example": tr("Worked example"),
        "mistake": tr("Common mistake"),
        "definition": tr("Definition"),
        "fact": tr("Good to know"),
        "activity": tr("Try it"),
        "summary": tr("Summary"),
    }.get(kind, "")


def own_heading(heading: str, kind: str) -> str:
    """``heading`` without the kind that stands before it anyway, as in "Worked example: a red leaf"."""
    start, colon, rest = heading.partition(": ")
    if colon and start.casefold() in (kind_name(kind).casefold(), kind, _IN_ENGLISH.get(kind)):
        return rest[:1].upper() + rest[1:]
    return heading


def own_headline(heading: RichText, kind: str) -> RichText:
    """The same for a heading that may have formulas in it."""
    return replace(
        heading,
        blocks=tuple(
            replace(block, runs=(replace(first, text=own_heading(first.text, kind)), *block.runs[1:]))
            if isinstance(first := block.runs[0], Text)
            else block
            for block in heading.blocks
        ),
    )


def licence_name(licence: str) -> str:
    """A licence as people write it: "CC BY 4.0" for CC-BY-4.0."""
    if licence.startswith("CC-"):
        head, _, version = licence.rpartition("-")
        return f"CC {head.removeprefix('CC-')} {version}"
    return licence.removeprefix("LicenseRef-")


def origin_name(book: Book) -> str:
    """Where a book is from."""
    if book.origin is Origin.STARTER:
        return tr("Comes with LLM Tutor")
    if book.origin is Origin.DOCUMENT:
        return tr("Your own document")
    if book.origin is Origin.SIGNED:
        return tr("Signed by {key}", key=book.signed_by[:9])
    return tr("Not signed")


def licence_line(book: Book) -> str:
    """Who made a book, and under which licence; empty for a document that says neither."""
    authors = ", ".join(book.authors)
    licence = licence_name(book.licence)
    if authors and licence:
        return tr("{authors} · {licence}", authors=authors, licence=licence)
    return authors or licence


def reading_time(minutes: int) -> str:
    """How long it takes to read, in round figures."""
    if minutes < _HOUR:
        return trn(
            "About {n} minute", "About {n} minutes", minutes if minutes < 10 else round(minutes / 5) * 5
        )
    hours = round(minutes / _HOUR)
    return trn("About {n} hour", "About {n} hours", hours)


def path_line(path: tuple[str, ...], number: str = "") -> str:
    """Where a passage stands: the titles of its sections, the number of the last one before its title."""
    titles = [*path[:-1], f"{number} {path[-1]}".strip()] if path else []
    return " › ".join(titles)


def page_name(page: int | None) -> str:
    """The page as people write it; empty where there are none."""
    return tr("Page {page}", page=page) if page else ""


def quote_with_source(page: PassagePage, quotes: tuple[str, ...]) -> str:
    """A quote as one puts it into an essay: where it is from, by whom, and under which licence."""
    text = " … ".join(quotes) if quotes else page.body.markdown
    parts = [
        page.book.title,
        path_line(page.path, page.number),
        page_name(page.page),
        licence_line(page.book),
    ]
    source = ", ".join(part for part in parts if part)
    return unmarked(tr("“{quote}” ({source})", quote=text, source=source))


def question_about(text: str) -> str:
    """A question to begin with about a marked text."""
    shown = " ".join(text.split())
    if len(shown) > _LONGEST_QUESTION:
        shown = shown[:_LONGEST_QUESTION].rpartition(" ")[0] + " …"
    return unmarked(tr("Explain this: “{quote}”", quote=shown))
