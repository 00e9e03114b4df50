"""What the reader says of a passage where it leaves the window: in the clipboard, and as a question."""

from collections.abc import Iterator

import pytest

from tutor_app import i18n
from tutor_app.item_models.reading_words import own_headline, question_about, quote_with_source
from tutor_app.richtext.document import RichText
from tutor_app.richtext.headline import headline
from tutor_app.richtext.plain import to_plain
from tutor_app.services.reading import Book, PassagePage

PAGE = PassagePage(
    book=Book("levers", "Levers", authors=("Ada",), licence="CC-BY-4.0"),
    id="p1",
    title=headline("The crowbar"),
    kind="",
    path=("Machines",),
    number="1",
    page=3,
    body=RichText(),
)


@pytest.fixture(autouse=True)
def read_from_the_right() -> Iterator[None]:
    i18n.install(i18n.load("en"), right_to_left=True)
    yield
    i18n.install(i18n.load("en"))


def test_a_quote_is_copied_without_marks_of_direction() -> None:
    assert (
        quote_with_source(PAGE, ("A lever.",)) == "“A lever.” (Levers, 1 Machines, Page 3, Ada · CC BY 4.0)"
    )


def test_a_question_about_marked_words_is_asked_without_marks_of_direction() -> None:
    assert question_about("a  lever") == "Explain this: “a lever”"


def test_a_heading_does_not_say_its_kind_again_and_keeps_its_formulas() -> None:
    shown = own_headline(headline("Worked example: solving 3x = 6"), "example")
    assert to_plain(shown) == "Solving $3x = 6$"
    i18n.install(i18n.load("de"))
    assert own_headline(headline("Worked example: solving 3x = 6"), "example") == shown
    assert own_headline(headline("Levers"), "example") == headline("Levers")
    assert own_headline(headline(""), "").blocks == ()
