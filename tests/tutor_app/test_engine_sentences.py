"""A sentence with values in it is found by its template, and said in the other language."""

import time

import pytest

from tutor_app.engine_sentences import NUMBER, EngineSentences

_GERMAN = EngineSentences(
    {
        "“{0}” is empty.": "„{0}“ ist leer.",
        "“{0}” is {1}, which cannot be imported.": "{1} lässt sich nicht einlesen: „{0}“.",
        "a zip archive": "ein Zip-Archiv",
        "Choose a document with text in it.": "Wähle ein Dokument mit Text.",
        "“{0}” has {1} {2}; at most {3} can be imported.": "„{0}“ hat {1} {2}; höchstens {3} gehen.",
        "pages": "Seiten",
        "The pack “{0}” cannot be searched. {1} {2}": "Das Paket „{0}“ lässt sich nicht durchsuchen. {1} {2}",
        "{0} is damaged.": "{0} ist beschädigt.",
        "Which word is missing?": "Welches Wort fehlt?",
        NUMBER: "1.234,5",
    }
)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("“a b.pdf” is empty.", "„a b.pdf“ ist leer."),
        ("pages", "Seiten"),
        ("Something else.", "Something else."),
        ("", ""),
        (
            "“x.zip” is a zip archive, which cannot be imported.",
            "ein Zip-Archiv lässt sich nicht einlesen: „x.zip“.",
        ),
        (
            "“x” has 12,345 pages; at most 5,000 can be imported.",
            "„x“ hat 12.345 Seiten; höchstens 5.000 gehen.",
        ),
        ("“x” is empty. Choose a document with text in it.", "„x“ ist leer. Wähle ein Dokument mit Text."),
        ("Unheard of. “x” is empty.", "Unheard of. „x“ ist leer."),
        ("Which word is missing? A ____ is small.", "Welches Wort fehlt? A ____ is small."),
        (
            "The pack “Plants” cannot be searched. /p/index.db is damaged. Pages.",
            "Das Paket „Plants“ lässt sich nicht durchsuchen. /p/index.db ist beschädigt. Pages.",
        ),
        ("“line\nbreak” is empty.", "„line\nbreak“ ist leer."),
    ],
)
def test_sentences_are_translated(english: str, german: str) -> None:
    assert _GERMAN.translated(english) == german


def test_values_may_hold_braces_and_patterns() -> None:
    assert _GERMAN.translated("“{0} (.*) \\1” is empty.") == "„{0} (.*) \\1“ ist leer."


def test_the_template_that_says_most_is_taken() -> None:
    both = EngineSentences({"{0} is damaged.": "A {0}", "The list of models in {0} is damaged.": "B {0}"})
    assert both.translated("The list of models in /x is damaged.") == "B /x"


def test_no_text_takes_long() -> None:
    begin = time.perf_counter()
    for text in ("“" * 1990, "a. " * 600, "“a” is " * 280, "x" * 1_000_000):
        _GERMAN.translated(text)
    assert time.perf_counter() - begin < 0.5
