"""XML and HTML trees, parsed so that a hostile file can neither load anything nor grow.

Entities are never resolved, nothing is fetched, and libxml2's own limits on depth and size stay on.
"""

from typing import TYPE_CHECKING

from engine.content.importers.job import ImportJob, broken

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(data: bytes, job: ImportJob, kind: str) -> "_Element":
    """The root of an XML file, which must be well formed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise broken(job, kind) from problem


def parse_html(text: str, job: ImportJob) -> "_Element":
    """The root of an HTML page, however wrong its tags are."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise broken(job, "HTML") from problem
    too_deep = any("Excessive depth" in entry.message for entry in parser.error_log)
    if root is None or too_deep:
        raise broken(job, "HTML")
    return root


def local_name(node: "_Element") -> str:
    """The tag without its namespace, in lower case; empty for comments and the like."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(node: "_Element") -> list["_Element"]:
    """Child elements, without comments."""
    return [child for child in node if isinstance(child.tag, str)]


def text_of(node: "_Element") -> str:
    """All text inside, as it is, comments left out."""
    return "".join(str(text) for text in node.itertext("*"))


def find_child(node: "_Element", name: str) -> "_Element | None":
    """The first child of that local name."""
    return next((child for child in node if local_name(child) == name), None)
