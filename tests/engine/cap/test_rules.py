"""The prose of the standard, rule by rule: the right message is broken in one place."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tocsin.engine.cap import MsgType, Scope, Status, validate


def told(alert):
    return [(one.code, one.path, one.found) for one in validate(alert)]


def with_info(alert, **changes):
    return replace(alert, info=(replace(alert.info[0], **changes),))


def with_area(alert, **changes):
    return with_info(alert, area=(replace(alert.info[0].area[0], **changes),))


def with_resource(alert, **changes):
    return with_info(alert, resource=(replace(alert.info[0].resource[0], **changes),))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"identifier": "a b"}, ("cap.identifier", "/alert/identifier", "a b")),
        ({"sender": "a,b"}, ("cap.identifier", "/alert/sender", "a,b")),
        ({"sender": "a&b"}, ("cap.identifier", "/alert/sender", "a&b")),
        ({"identifier": "<"}, ("cap.identifier", "/alert/identifier", "<")),
        ({"restriction": ""}, ("cap.restriction.needed", "/alert/restriction", "")),
        ({"scope": Scope.PUBLIC}, ("cap.restriction.idle", "/alert/restriction", "")),
        (
            {"scope": Scope.PRIVATE, "addresses": "", "restriction": ""},
            ("cap.addresses", "/alert/addresses", ""),
        ),
        ({"references": ""}, ("cap.references.needed", "/alert/references", "Update")),
        (
            {"msg_type": MsgType.CANCEL, "references": ""},
            ("cap.references.needed", "/alert/references", "Cancel"),
        ),
        ({"msg_type": MsgType.ACK, "references": ""}, ("cap.references.needed", "/alert/references", "Ack")),
        ({"references": "a,b"}, ("cap.references", "/alert/references", "a,b")),
        ({"msg_type": MsgType.ERROR, "note": ""}, ("cap.note.error", "/alert/note", "")),
        ({"status": Status.EXERCISE, "note": ""}, ("cap.note.exercise", "/alert/note", "")),
    ],
)
def test_what_the_message_as_a_whole_must_keep(alert, changes, complaint):
    assert told(replace(alert, **changes)) == [complaint]


@pytest.mark.parametrize(
    "changes",
    [
        {"msg_type": MsgType.ALERT, "references": ""},
        {"msg_type": MsgType.ALERT},
        {"scope": Scope.PRIVATE, "restriction": ""},
        {"status": Status.EXERCISE},
        {"msg_type": MsgType.ERROR},
    ],
)
def test_what_it_may(alert, changes):
    assert told(replace(alert, **changes)) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"language": "chinese language"}, ("cap.language", "/alert/info[1]/language", "chinese language")),
        ({"web": "example.org/a"}, ("cap.uri", "/alert/info[1]/web", "example.org/a")),
    ],
)
def test_what_an_info_must_keep(alert, changes, complaint):
    assert told(with_info(alert, **changes)) == [complaint]


def test_information_expires_after_it_takes_effect_or_else_after_it_was_sent(alert):
    early = with_info(alert, expires=alert.info[0].effective)
    assert told(early) == [("cap.expires", "/alert/info[1]/expires", "2026-06-16T04:50:00-00:00")]
    sent = with_info(alert, expires=alert.sent - timedelta(hours=1), effective=None)
    assert told(sent) == [("cap.expires", "/alert/info[1]/expires", "2026-06-16T11:50:00+08:00")]


def test_what_a_cancel_repeats_may_have_expired(alert):
    assert told(replace(with_info(alert, expires=alert.sent), msg_type=MsgType.CANCEL)) == []


def test_times_are_in_whole_seconds(alert):
    half = timedelta(microseconds=500_000)
    info = alert.info[0]
    broken = with_info(
        alert, effective=info.effective + half, onset=info.onset + half, expires=info.expires + half
    )
    assert told(replace(broken, sent=alert.sent + half)) == [
        ("cap.fraction", "/alert/sent", ""),
        ("cap.fraction", "/alert/info[1]/effective", ""),
        ("cap.fraction", "/alert/info[1]/onset", ""),
        ("cap.fraction", "/alert/info[1]/expires", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "complaints"),
    [
        ({"deref_uri": "", "uri": "map.png"}, [("cap.uri", "/alert/info[1]/resource[1]/uri", "map.png")]),
        ({"deref_uri": "", "uri": "https://example.org/map.png"}, []),
        ({"uri": "a map.png"}, [("cap.uri", "/alert/info[1]/resource[1]/uri", "a map.png")]),
        ({"uri": ""}, []),
        ({"deref_uri": "YW\nJj"}, []),
        ({"deref_uri": "YWJ"}, [("cap.base64", "/alert/info[1]/resource[1]/derefUri", "")]),
        ({"deref_uri": "Ünsinn"}, [("cap.base64", "/alert/info[1]/resource[1]/derefUri", "")]),
        ({"digest": "abc"}, [("cap.digest", "/alert/info[1]/resource[1]/digest", "abc")]),
        ({"digest": ""}, []),
    ],
)
def test_what_a_resource_must_keep(alert, changes, complaints):
    assert told(with_resource(alert, **changes)) == complaints


@pytest.mark.parametrize(
    ("polygon", "code", "found"),
    [
        ("nonsense", "cap.polygon", "nonsense"),
        ("1,2 3,4 5", "cap.polygon", "1,2 3,4 5"),
        ("1,2, 3,4 5,6 1,2", "cap.polygon", "1,2, 3,4 5,6 1,2"),
        ("1,2 3,4 1,2", "cap.polygon.few", "3"),
        ("1,2 3,4 5,6 7,8", "cap.polygon.open", ""),
        ("22,114 22,115 91,115 22,114", "cap.range", "91.0,115.0"),
        ("22,114 22,181 23,115 22,114", "cap.range", "22.0,181.0"),
        ("114,22 115,22 115,23 114,22", "cap.range", "114.0,22.0"),
    ],
)
def test_what_a_polygon_must_keep(alert, polygon, code, found):
    right = alert.info[0].area[0].polygon[0]
    broken = with_area(alert, polygon=(right, polygon))
    assert told(broken) == [(code, "/alert/info[1]/area[1]/polygon[2]", found)]


@pytest.mark.parametrize(
    ("circle", "code", "found"),
    [
        ("22,114", "cap.circle", "22,114"),
        ("22,114 -1", "cap.circle", "22,114 -1"),
        ("22 114 1", "cap.circle", "22 114 1"),
        ("114,22 1", "cap.range", "114.0,22.0"),
    ],
)
def test_what_a_circle_must_keep(alert, circle, code, found):
    assert told(with_area(alert, circle=(circle,))) == [(code, "/alert/info[1]/area[1]/circle[1]", found)]


@pytest.mark.parametrize(
    ("altitude", "ceiling", "complaints"),
    [
        (None, Decimal(5), [("cap.ceiling", "/alert/info[1]/area[1]/ceiling", "")]),
        (Decimal(6), Decimal(5), [("cap.ceiling", "/alert/info[1]/area[1]/ceiling", "")]),
        (Decimal(5), Decimal(5), []),
        (Decimal(5), None, []),
    ],
)
def test_a_ceiling_stands_above_an_altitude(alert, altitude, ceiling, complaints):
    assert told(with_area(alert, altitude=altitude, ceiling=ceiling)) == complaints
