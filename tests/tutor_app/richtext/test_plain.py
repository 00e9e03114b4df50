from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import reads_from_right, to_plain, to_spoken


def test_copied_text_has_tex_bullets_and_rows() -> None:
    markdown = "# H\n\nSo $x^2$:\n\n- a\n  - b\n\n2. c\n\n$$y$$\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert to_plain(parse(markdown)) == "H\n\nSo $x^2$:\n\n• a\n  • b\n2. c\n\n$$y$$\n\na\tb\n1\t2"


def test_spoken_text_has_words_for_formulas() -> None:
    assert to_spoken(parse("So $x^2$ is.\n\n- $\\frac{1}{2}$")) == "So x squared is.\n1 over 2"


def test_the_first_letter_outside_of_formulas_says_where_a_text_is_read_from() -> None:
    assert not reads_from_right(parse("$x$, 3: so"))
    assert reads_from_right(parse("$x$, 3: כך so"))
    assert not reads_from_right(parse("$x$"))
