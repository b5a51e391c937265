"""Nothing in a document may do harm before it is refused."""

import time

import pytest

from tocsin.engine.cap import read, read_all, validate
from tocsin.engine.cap.safety import MOST_BYTES
from tocsin.kernel.errors import Malformed


def refusal(data: bytes) -> str:
    with pytest.raises(Malformed) as caught:
        read_all(data)
    assert [one.code for one in validate(data)] == [caught.value.code]
    return caught.value.code


LAUGHS = b"""<!DOCTYPE alert [<!ENTITY a "ha">%s]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>&z;</identifier></alert>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("z") + 1)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "cap.syntax"),
        (b"\x00\xff\xfe", "cap.syntax"),
        (b"{}", "cap.syntax"),
        (b"<alert>", "cap.syntax"),
        (b"<alert>\xff</alert>", "cap.syntax"),
        (b'<?xml version="1.0" encoding="nonsense"?><alert/>', "cap.syntax"),
        (b"<alert>&nbsp;</alert>", "cap.syntax"),
        (b"<!DOCTYPE alert><alert/>", "cap.doctype"),
        (b"<!DOCTYPE alert SYSTEM 'http://localhost:9/x.dtd'><alert>&x;</alert>", "cap.doctype"),
        (b"<!DOCTYPE alert [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><alert>&x;</alert>", "cap.doctype"),
        (b"<!DOCTYPE alert [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><alert>&y;</alert>", "cap.doctype"),
        ("<!DOCTYPE alert [<!ENTITY x 'y'>]><alert>&x;</alert>".encode("utf-16"), "cap.doctype"),
        (LAUGHS, "cap.doctype"),
        (LAUGHS.replace(b"<identifier>&z;</identifier>", b'<identifier x="&z;"/>'), "cap.doctype"),
        (b"<a>" * 65 + b"</a>" * 65, "cap.depth"),
        (b"<a>" * 300 + b"</a>" * 300, "cap.syntax"),
        (b" " * (MOST_BYTES + 1), "cap.size"),
    ],
)
def test_a_dangerous_or_broken_document_is_refused(data, code):
    began = time.monotonic()
    assert refusal(data) == code
    assert time.monotonic() - began < 5


def test_sixty_four_levels_are_still_read():
    assert refusal(b"<a>" * 64 + b"</a>" * 64) == "cap.root"


def test_a_syntax_error_names_its_line():
    with pytest.raises(Malformed) as caught:
        read(b"<alert>\n<x></alert>")
    assert str(caught.value) == (
        "XML 1.0 §2.1: The document is well-formed XML; the parser says: Opening and ending tag mismatch: "
        "x line 2 and alert, line 2, column 12. "
        "Correct the document at that line, or send it again if it was cut off."
    )


@pytest.mark.parametrize(
    "filling",
    [
        b"<a/>" * 500_000,
        b"<info/>" * 280_000,
        b"<code><a/></code>" * 110_000,
        b"<category>x</category>" * 90_000,
    ],
)
def test_a_crowd_of_faults_takes_no_more_than_seconds(filling):
    data = b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">' + filling + b"</alert>"
    began = time.monotonic()
    assert len(validate(data)) in range(1, 55)
    assert time.monotonic() - began < 20


def test_a_crowd_of_entries_is_answered_one_by_one():
    data = b"<feed>" + b"<entry><alert/></entry>" * 20_000 + b"</feed>"
    began = time.monotonic()
    assert [one.code for one in read_all(data)] == ["cap.namespace"] * 20_000
    assert time.monotonic() - began < 20
