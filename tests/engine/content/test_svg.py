"""Pictures in SVG: only pictures pass."""

import pytest

from engine.content.svg import svg_problem
from engine.paths import asset_path

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def _svg(inside: str) -> bytes:
    return f"{_OPEN}{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0L1 1" fill="#fff"/><text x="1">a</text>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><rect fill="url(#g)"/>',
        '<circle id="c"/><use href="#c"/><use xlink:href="#c"/>',
        "<!-- a comment --><title>Leaf</title>",
        '<text xml:space="preserve" style="fill: red">a</text>',
    ],
)
def test_plain_pictures_pass(inside: str) -> None:
    assert svg_problem(_svg(inside)) is None
    assert svg_problem(b'<?xml version="1.0" encoding="UTF-8"?>\n' + _svg(inside)) is None


@pytest.mark.parametrize(
    "data",
    [
        _svg("<script>alert(1)</script>"),
        _svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
        _svg("<style>@import 'https://example.org'</style>"),
        _svg("<image href='data:image/png;base64,AAAA'/>"),
        _svg("<a href='https://example.org'><path/></a>"),
        _svg("<animate attributeName='x'/>"),
        _svg("<path onload='alert(1)'/>"),
        _svg("<path ONCLICK='alert(1)'/>"),
        _svg("<use href='other.svg#a'/>"),
        _svg("<use xlink:href='https://example.org/a.svg#a'/>"),
        _svg("<rect fill='url(https://example.org/#a)'/>"),
        _svg("<rect style='fill: url( &quot;//example.org#a&quot;)'/>"),
        _svg("<rect style='fill: u\\72l(//example.org)'/>"),
        _svg("<rect fill='JavaScript:alert(1)'/>"),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + _svg("<text>&a;</text>"),
        b'<?xml-stylesheet href="https://example.org/a.css"?>' + _svg(""),
        _svg("<path>"),
        b"<html/>",
        b"",
        _svg("").decode().encode("utf-16"),
    ],
)
def test_anything_active_or_fetched_is_refused(data: bytes) -> None:
    assert svg_problem(data) is not None


def test_the_pictures_of_the_starter_packs_pass() -> None:
    pictures = list(asset_path("packs").glob("*/media/*.svg"))
    assert {str(picture): svg_problem(picture.read_bytes()) for picture in pictures} == {
        str(p): None for p in pictures
    }
