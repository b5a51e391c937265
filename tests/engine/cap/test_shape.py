"""A record made by hand is held to the same structure as one that was read."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tocsin.engine.cap import Valued, validate, write
from tocsin.kernel.errors import Malformed


def told(alert):
    return [(one.code, one.path, one.fatal) for one in validate(alert)]


def with_info(alert, **changes):
    return replace(alert, info=(replace(alert.info[0], **changes),))


ODD = timezone(timedelta(hours=8, seconds=1))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"identifier": " "}, ("cap.missing", "/alert/identifier", True)),
        ({"status": "actual"}, ("cap.value", "/alert/status", True)),
        ({"sent": datetime(2026, 6, 16)}, ("cap.time", "/alert/sent", True)),
        ({"sent": datetime(2026, 6, 16, tzinfo=ODD)}, ("cap.time", "/alert/sent", True)),
        ({"sent": datetime(9999, 6, 16, tzinfo=UTC)}, ("cap.time", "/alert/sent", True)),
        ({"note": "bell \a"}, ("cap.characters", "/alert/note", True)),
        ({"note": "\ud800"}, ("cap.characters", "/alert/note", True)),
        ({"code": ("a", "")}, ("cap.blank", "/alert/code[2]", False)),
        ({"extras": ("<a>",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("text",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("<?xml version='1.0'?><a xmlns='urn:x'/>",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("<a/>",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("<a>\ud800</a>",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("<a xmlns='urn:x'/><b/>",)}, ("cap.extra", "/alert/extras[1]", True)),
        ({"extras": ("<a xmlns='urn:x'/>",)}, ("cap.foreign", "/alert/extras[1]", False)),
        ({"extras": ('<a xmlns=""/>',)}, ("cap.foreign", "/alert/extras[1]", False)),
    ],
)
def test_the_message(alert, changes, complaint):
    broken = replace(alert, **changes)
    assert told(broken) == [complaint]
    with pytest.raises(Malformed) as caught:
        write(broken)
    assert caught.value.code == complaint[0]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"category": ()}, ("cap.missing", "/alert/info[1]/category", False)),
        ({"category": ("Weather",)}, ("cap.value", "/alert/info[1]/category[1]", True)),
        ({"event": ""}, ("cap.missing", "/alert/info[1]/event", True)),
        ({"event_code": (Valued("", "x"),)}, ("cap.pair", "/alert/info[1]/eventCode[1]", False)),
        ({"parameter": (Valued("a", "\0"),)}, ("cap.characters", "/alert/info[1]/parameter[1]", True)),
    ],
)
def test_an_info(alert, changes, complaint):
    assert told(with_info(alert, **changes)) == [complaint]


def test_a_size_and_a_height(alert):
    info = alert.info[0]
    broken = with_info(
        alert,
        resource=(replace(info.resource[0], size=-1),),
        area=(replace(info.area[0], altitude=Decimal("NaN"), ceiling=None),),
    )
    assert told(broken) == [
        ("cap.integer", "/alert/info[1]/resource[1]/size", True),
        ("cap.decimal", "/alert/info[1]/area[1]/altitude", True),
    ]


def test_a_signature_is_no_fault(alert):
    assert told(replace(alert, extras=('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',))) == []
