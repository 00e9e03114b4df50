"""Strings in the window's language: looked up, filled in, and English where nothing better is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import DocumentError
from tests.docs.pages import script
from tests.tutor_app.pseudo import PseudoTranslations
from tutor_app import i18n
from tutor_app.i18n import tr, tr_engine, trn


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.install(i18n.load("en"))


def test_english_needs_no_catalogue() -> None:
    i18n.install(i18n.load("en"))
    assert tr("Go back") == "Go back"
    assert tr("Open {name}", name="{x}") == "Open {x}"
    assert trn("{n} page", "{n} pages", 1) == "1 page"
    assert trn("{n} page of {whole}", "{n} pages of {whole}", 3, whole=9) == "3 pages of 9"
    assert tr_engine("The course pack is damaged.") == "The course pack is damaged."


def test_braces_without_values_stay() -> None:
    assert tr("A set is {1, 2}.") == "A set is {1, 2}."


def test_german_is_spoken() -> None:
    i18n.install(i18n.load("de"))
    assert tr("Go back") == "Zurück"
    assert tr_engine("Quiz me on this") != "Quiz me on this"


def test_an_unknown_language_leaves_everything_in_english() -> None:
    i18n.install(i18n.load("xx"))
    assert tr("Go back") == "Go back"


def test_a_damaged_catalogue_leaves_everything_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "de.mo").write_bytes(b"\x00 no catalogue")
    monkeypatch.setattr(i18n, "asset_path", lambda *parts: tmp_path.joinpath(*parts[1:]))
    i18n.install(i18n.load("de"))
    assert tr("Go back") == "Go back"


def test_every_language_is_called_by_its_own_name() -> None:
    assert i18n.languages()[:2] == ["de", "en"]
    assert [i18n.language_name(code) for code in ("de", "en")] == ["Deutsch", "English"]
    assert i18n.language_name("xx") == "xx"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["de-AT", "en"], "de"), (["fr-FR", "de_DE.UTF-8"], "de"), (["fr"], "en"), ([], "en"), (["C"], "en")],
)
def test_the_system_s_first_known_language_is_taken(wanted: list[str], found: str) -> None:
    assert i18n.system_language(wanted) == found


def test_an_error_of_the_engine_is_read_in_german() -> None:
    i18n.install(i18n.load("de"))
    error = DocumentError("“Notes.pdf” is a folder.", todo="Choose the documents in it.")
    assert tr_engine(error.what) == "„Notes.pdf“ ist ein Ordner."
    assert "folder" not in tr_engine(str(error))
    assert "documents" not in tr_engine(str(error))


def test_what_the_engine_did_not_write_stays_as_it_is() -> None:
    i18n.install(i18n.load("de"))
    for text in ("", "Photosynthesis makes sugar.", "x" * 100_000, "A. B. C. D. E. F. G. H. I. J. K."):
        assert tr_engine(text) == text


def test_the_pseudo_language_marks_lengthens_and_keeps_fields() -> None:
    i18n.install(PseudoTranslations())
    said = tr("Open the pack {name} now", name="Algebra")
    assert said.startswith("[Öpéñ ţĥé")
    assert "Algebra" in said
    assert len(said) >= 1.35 * len("Open the pack Algebra now") - 3
    assert trn("{n} page", "{n} pages", 2).startswith("[2 p")
    assert tr_engine("Quiz me on this").endswith("]")


def test_the_mirrored_pseudo_language_runs_from_right_to_left() -> None:
    i18n.install(PseudoTranslations(mirrored=True))
    assert tr("Go back")[0] == "\u202e"


def test_the_translator_s_script_is_what_the_engine_s_sentences_are_found_by() -> None:
    tool = script("packaging/translations.py")
    source = '''
"""A sentence of the documentation."""
def f(name, n):
    """Another one."""
    raise DocumentError(f"“{name}” has {n:,} pages.", todo="Split it." if n else LATER)
LATER = "Try again later."
WORDS = "one two three".split()
KINDS = {"a sentence as key.": ("a zip archive", "zip")}
job.step(1, 2, "pages")
raise BugError("This is nobody's business.")
'''
    assert set(tool.engine_sentences(source)) == {
        "“{0}” has {1} pages.",
        "Split it.",
        "Try again later.",
        "a zip archive",
        "pages",
    }


def test_names_keep_their_own_direction_among_words_of_the_other() -> None:
    assert tr("Next: {skill}", skill="Fractions") == "Next: Fractions"
    assert tr("Next: {skill}", skill="כפל") == "Next: \u2068כפל\u2069"
    i18n.install(i18n.load("en"), right_to_left=True)
    assert tr("Next: {skill}", skill="Fractions") == "Next: \u2068Fractions\u2069"
    assert (
        trn("{n} page of {whole}", "{n} pages of {whole}", 3, whole="a book")
        == "3 pages of \u2068a book\u2069"
    )


def test_a_line_of_parts_is_in_the_order_in_which_the_window_is_read() -> None:
    assert i18n.dotted("Fractions", "", "Algebra") == "Fractions · Algebra"
    i18n.install(i18n.load("en"), right_to_left=True)
    assert i18n.dotted("Fractions", "Algebra") == "\u200f\u2068Fractions\u2069 · \u2068Algebra\u2069"
