"""One message, many, or none: what each root gives."""

import pytest

from tocsin.engine.cap import Complaint, Status, read, read_all, validate, validate_all
from tocsin.kernel.errors import Malformed


def test_a_bare_message_is_a_list_of_one(source):
    assert read_all(source.encode()) == [read(source.encode())]


@pytest.mark.parametrize(
    "frame",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        "<entry><content>{0}</content></entry><entry>{0}</entry></feed>",
        "<rss><channel><item>{0}</item><item><description/>{0}</item></channel></rss>",
        '<d:EDXLDistribution xmlns:d="urn:oasis:names:tc:emergency:EDXL:DE:1.0">'
        "<d:contentObject><d:xmlContent>"
        "<d:embeddedXMLContent>{0}</d:embeddedXMLContent></d:xmlContent></d:contentObject>"
        "<d:contentObject>{0}</d:contentObject></d:EDXLDistribution>",
        '<alerts xmlns="urn:oasis:names:tc:emergency:cap:1.2">{0}{0}<other/></alerts>',
    ],
)
def test_every_carrier_gives_its_messages(source, frame):
    assert read_all(frame.format(source).encode()) == [read(source.encode())] * 2


def test_a_bad_message_costs_none_beside_it(source):
    bad = source.replace("Actual", "actual")
    feed = f"<feed><entry>{source}</entry><entry>{bad}</entry><entry>{source}</entry></feed>"
    good = read(source.encode())
    assert read_all(feed.encode()) == [
        good,
        Complaint(
            code="cap.value",
            path="/feed/entry[2]/alert[1]/status",
            rule="CAP 1.2 §3.2: “{found}” is none of {expected}.",
            cure="Use one of the code values, capitals as shown.",
            fatal=True,
            found="actual",
            expected="Actual, Exercise, System, Test, Draft",
        ),
        good,
    ]


def test_an_alert_beside_the_entries_is_told(source):
    feed = f"<feed>{source}<entry>{source}</entry></feed>"
    alert, stray = read_all(feed.encode())
    assert (alert.status, stray.code, stray.path, stray.fatal) == (
        Status.ACTUAL,
        "cap.stray",
        "/feed//alert[1]",
        False,
    )


def test_an_alert_within_an_alert_is_an_extra_of_it(source):
    outer = source.replace("</info></alert>", f"</info><x xmlns='urn:x'>{source}</x></alert>")
    feed = f"<feed><entry>{outer}</entry></feed>"
    assert [len(alert.extras) for alert in read_all(feed.encode())] == [1]


@pytest.mark.parametrize(("data", "path"), [(b"<html/>", "/html"), (b"<x:y xmlns:x='u'/>", "/y")])
def test_another_root_is_refused(data, path):
    with pytest.raises(Malformed) as caught:
        read_all(data)
    assert (caught.value.code, caught.value.data["where"]) == ("cap.root", path)
    with pytest.raises(Malformed) as caught:
        read(data)
    assert (caught.value.code, caught.value.data["where"]) == ("cap.root", path)


def test_a_feed_is_no_message():
    assert [(one.code, one.path, one.found) for one in validate(b"<feed/>")] == [
        ("cap.root", "/feed", "feed")
    ]


@pytest.mark.parametrize(
    "space", ["urn:oasis:names:tc:emergency:alerts:1.2", "urn:oasis:names:tc:emergency:cap:1.3", ""]
)
def test_another_namespace_is_refused(source, space):
    with pytest.raises(Malformed) as caught:
        read(source.replace("urn:oasis:names:tc:emergency:cap:1.2", space).encode())
    assert (caught.value.code, caught.value.data["found"]) == ("cap.namespace", space)


def test_a_record_is_validated_like_a_file(alert):
    assert validate(alert) == ()


def test_every_message_of_a_feed_is_judged_as_if_it_stood_alone(source):
    bad = source.replace("Actual", "actual")
    open_ring = source.replace(" 22.6,114.1</polygon>", "</polygon>")
    feed = f"<feed>{source}<entry>{source}{open_ring}</entry><entry>{bad}</entry></feed>"
    assert [(one.code, one.path) for one in validate_all(feed.encode())] == [
        ("cap.polygon.few", "/feed/entry[1]/alert[2]/info[1]/area[1]/polygon[1]"),
        ("cap.polygon.open", "/feed/entry[1]/alert[2]/info[1]/area[1]/polygon[1]"),
        ("cap.value", "/feed/entry[2]/alert[1]/status"),
        ("cap.stray", "/feed//alert[1]"),
    ]


@pytest.mark.parametrize("data", [b"<alert", b"<html/>", b"<alert/>"])
def test_what_is_no_feed_is_judged_as_a_message(data):
    assert validate_all(data) == validate(data) != ()
