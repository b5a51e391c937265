"""Messages in an envelope."""

from datetime import UTC, datetime

import pytest
from lxml import etree
from msgspec.structs import replace

from tocsin.engine.cap import Kind, Status, read, read_all, wrap
from tocsin.kernel.errors import Malformed

SENT = datetime(2026, 6, 16, 5, tzinfo=UTC)
DE = "{urn:oasis:names:tc:emergency:EDXL:DE:1.0}"


@pytest.fixture
def first(source):
    return read(source.encode())


def wrapped(*alerts, **others):
    return wrap(alerts, **{"distribution_id": "d.1", "sender_id": "desk@example.org", "sent": SENT, **others})


def test_what_is_wrapped_is_read_again(first, alert):
    assert read_all(wrapped(first, alert)) == [first, alert]
    assert read_all(wrapped(status=Status.SYSTEM)) == []


def test_the_envelope_says_from_whom_and_in_what_state(first):
    root = etree.fromstring(wrapped(first, distribution_id="a < b", kind=Kind.UPDATE))
    assert [(one.tag.removeprefix(DE), one.text) for one in root if not len(one)] == [
        ("distributionID", "a < b"),
        ("senderID", "desk@example.org"),
        ("dateTimeSent", "2026-06-16T05:00:00-00:00"),
        ("distributionStatus", "Actual"),
        ("distributionType", "Update"),
        ("combinedConfidentiality", "Unclassified"),
    ]
    assert [etree.QName(one).localname for one in root.iter(f"{DE}*")][-3:] == [
        "contentObject",
        "xmlContent",
        "embeddedXMLContent",
    ]


def test_strangers_messages_are_passed_on_as_they_are(first):
    strange = replace(first, identifier="a b", extras=('<x xmlns="urn:x"/>',))
    assert read_all(wrapped(strange, strict=False)) == [strange]
    with pytest.raises(Malformed) as caught:
        wrapped(strange)
    assert caught.value.code == "cap.foreign"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sent": datetime(2026, 6, 16)}, "cap.time"),
        ({"distribution_id": " "}, "cap.missing"),
        ({"sender_id": ""}, "cap.missing"),
        ({"confidentiality": "\x01"}, "cap.characters"),
    ],
)
def test_a_wrong_envelope_is_refused(first, change, code):
    with pytest.raises(Malformed) as caught:
        wrapped(first, **change)
    assert caught.value.code == code


def test_an_exercise_never_travels_with_a_real_warning(first):
    for alerts in (
        [],
        [first, replace(first, status=Status.EXERCISE)],
        [replace(first, status=Status.DRAFT)],
    ):
        with pytest.raises(Malformed) as caught:
            wrapped(*alerts)
        assert caught.value.code == "cap.envelope"


def test_an_envelope_of_version_two_is_opened_too(source, first):
    frame = (
        '<edxlDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:2.0"><content><contentObject>'
        f"<contentXML><embeddedXMLContent>{source}</embeddedXMLContent></contentXML>"
        "</contentObject></content></edxlDistribution>"
    )
    assert read_all(frame.encode()) == [first]
