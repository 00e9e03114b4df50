"""Whether an SVG picture is only a picture: no scripts, no handlers, nothing fetched from elsewhere."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_XML_PREFIX = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENT_NAMES = (
    "svg g path rect circle ellipse line polyline polygon text tspan textPath title desc defs symbol use marker"
    " pattern linearGradient radialGradient stop clipPath mask"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_URL = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
_SCHEME = re.compile(
    r"(?:javascript|data|vbscript|file|https?|ftp)\s*:|@import|expression\s*\(|\\", re.IGNORECASE
)
_DECLARATION = re.compile(rb"<!(?!--)|<\?(?!xml\s)", re.IGNORECASE)


def svg_problem(data: bytes) -> str | None:
    """What is unsafe in the picture ``data``; None if nothing is."""
    from lxml import etree

    if b"\x00" in data or _DECLARATION.search(data):
        return "It holds a document type, an entity or a processing instruction."
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return f"It is not well-formed XML: {error.msg}."
    if root.tag != f"{_NAMESPACE}svg":
        return "Its outermost element is not svg."
    return next((problem for element in root.iter("*") for problem in _element_problems(element)), None)


def _element_problems(element: "_Element") -> Iterator[str]:
    name = element.tag.removeprefix(_NAMESPACE)
    if name not in _ELEMENTS:
        yield f"The element {name.rpartition('}')[2]} is not allowed in a picture."
    for attribute, value in element.attrib.items():
        yield from _attribute_problems(str(attribute), str(value))


def _attribute_problems(name: str, value: str) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield f"The attribute {name} would run code."
    elif name in ("href", _XLINK_HREF):
        if not value.startswith("#"):
            yield "A reference leads outside the picture."
    elif name.startswith("{") and not name.startswith(_XML_PREFIX):
        yield f"The attribute {name} is not part of SVG."
    elif _URL.search(value) or _SCHEME.search(value):
        yield f"The attribute {name} refers to something outside the picture."
