"""Stage 1: bytes become a tree, or are refused before anything in them can do harm.

A warning comes from strangers. So: a bound on size and depth; no document type (with it go entity expansion,
external entities and the network); no recovery from broken bytes: a repaired warning is an invented one.
"""

from typing import NoReturn

from lxml import etree

from tocsin.engine.cap.complaints import complain, malformed

MOST_BYTES = 2 * 1024 * 1024
MOST_DEPTH = 64

_TOO_DEEP = etree.XPath("boolean(" + "/*" * (MOST_DEPTH + 1) + ")")
_PARSER = etree.XMLParser(
    resolve_entities=False,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    no_network=True,
    huge_tree=False,
    recover=False,
    remove_comments=True,
    remove_pis=True,
)


def tree(data: bytes) -> etree._Element:
    """The root of the document. Raises `Malformed` (cap.size, cap.syntax, cap.doctype, cap.depth)."""
    if len(data) > MOST_BYTES:
        _refuse("cap.size", len(data), MOST_BYTES)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as fault:
        # the parser may stumble over what a document type brought along before we see that there is one
        _refuse("cap.doctype" if b"<!DOCTYPE" in data else "cap.syntax", fault.msg)
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse("cap.doctype")
    if _TOO_DEEP(root):
        _refuse("cap.depth", expected=MOST_DEPTH)
    return root


def _refuse(code: str, found: object = "", expected: object = "") -> NoReturn:
    raise malformed(complain(code, "/", found, expected))
