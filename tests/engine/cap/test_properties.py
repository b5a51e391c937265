"""Whatever arrives, the answer is a message or `Malformed`; whatever is said, it reads back the same."""

import random
import string
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine import cap
from tocsin.engine.cap.complaints import RULES
from tocsin.kernel.errors import Malformed

XML = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.text(XML | st.sampled_from("\t\n\r<>&\"'"), max_size=30).filter(
    lambda text: not text or text.strip(" \t\r\n")
)
LINE = TEXT.map(lambda text: text.strip(" \t\r\n"))
TOLD = LINE.filter(bool)
TOKEN = st.text(string.ascii_letters + string.digits + ".:@/-", min_size=1, max_size=20)
TIMES = st.builds(
    lambda moment, minutes: moment.replace(microsecond=0).astimezone(timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.integers(-14 * 60, 14 * 60),
)
PAIRS = st.lists(st.builds(cap.Valued, TOLD, LINE), max_size=2).map(tuple)
HEIGHT = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-9999, max_value=9999
)


def many(strategy, least=0, most=2):
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


RESOURCES = st.builds(
    cap.Resource,
    resource_desc=TOLD,
    mime_type=TOKEN,
    size=st.none() | st.integers(0, 10**12),
    uri=TOKEN.map("https://example.org/{}".format),
    deref_uri=st.sampled_from(["", "YWJj"]),
    digest=st.sampled_from(["", "a9993e364706816aba3e25717850c26c9cd0d89d"]),
)
AREAS = st.builds(
    cap.Area,
    area_desc=TOLD,
    polygon=many(st.sampled_from(["1,2 3,4 5,7 1,2", "-1,2 3,-4 5,7.5 -1,2"])),
    circle=many(st.sampled_from(["1,2 3", "-1.5,2 0"])),
    geocode=PAIRS,
    altitude=HEIGHT,
)
INFOS = st.builds(
    cap.Info,
    language=st.sampled_from(["zh-CN", "en-US", "fr"]),
    category=many(st.sampled_from(cap.Category), least=1),
    event=TOLD,
    response_type=many(st.sampled_from(cap.ResponseType)),
    urgency=st.sampled_from(cap.Urgency),
    severity=st.sampled_from(cap.Severity),
    certainty=st.sampled_from(cap.Certainty),
    audience=LINE,
    event_code=PAIRS,
    onset=st.none() | TIMES,
    sender_name=LINE,
    headline=LINE,
    description=TEXT,
    instruction=TEXT,
    web=st.sampled_from(["", "https://example.org/"]),
    contact=LINE,
    parameter=PAIRS,
    resource=many(RESOURCES),
    area=many(AREAS),
)
ALERTS = st.builds(
    cap.Alert,
    identifier=TOKEN,
    sender=TOKEN,
    sent=TIMES,
    status=st.sampled_from(cap.Status),
    msg_type=st.sampled_from(cap.MsgType),
    source=LINE,
    scope=st.sampled_from([cap.Scope.PUBLIC, cap.Scope.PRIVATE]),
    addresses=TOLD,
    code=many(TOLD),
    note=TEXT.filter(bool),
    references=st.just("a,b,2026-06-16T12:50:00+08:00"),
    incidents=LINE,
    info=many(INFOS),
    extras=many(st.just('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">x</Signature>'), most=1),
)

VALID = (
    b'<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a.1</identifier>'
    b"<sender>b</sender><sent>2026-06-16T12:50:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>"
    b"<scope>Public</scope><info><category>Met</category><event>Rain</event><urgency>Past</urgency>"
    b"<severity>Minor</severity><certainty>Likely</certainty><parameter><valueName>a</valueName><value>b</value>"
    b"</parameter><resource><resourceDesc>a</resourceDesc><mimeType>b/c</mimeType><size>5</size></resource><area>"
    b"<areaDesc>here</areaDesc><polygon>1,2 3,4 5,7 1,2</polygon><circle>1,2 3</circle><altitude>5</altitude>"
    b"</area></info></alert>"
)


def answered(data: bytes) -> None:
    """Every door answers, with records or with a reason of the table, and what it lets in goes out again."""
    for one in cap.validate(data):
        assert one.code in RULES
    try:
        outcomes = cap.read_all(data)
        cap.links(data)
    except Malformed as fault:
        assert (fault.code in RULES, bool(fault.cure), "where" in fault.data) == (True, True, True)
        return
    for alert in outcomes:
        if isinstance(alert, cap.Alert):
            written = cap.write(alert, strict=False)
            assert cap.write(cap.read(written), strict=False) == written
            for info in alert.info:
                for area in info.area:
                    cap.to_geojson(area)


@given(ALERTS)
def test_what_is_said_reads_back_the_same(alert):
    written = cap.write(alert)
    assert (cap.read(written), cap.validate(written)) == (alert, ())
    assert cap.write(cap.read(written)) == written


@given(st.lists(ALERTS, max_size=3))
def test_every_feed_is_well_formed_and_links_each_message_once(alerts):
    feed = cap.atom(
        alerts,
        feed_id="urn:x",
        title="x",
        base_url="https://example.org",
        updated=datetime(2026, 6, 16, tzinfo=UTC),
    )
    assert cap.links(feed) == tuple(dict.fromkeys(cap.address(one, "https://example.org") for one in alerts))


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(data):
    answered(data)


@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=4))
def test_a_valid_file_with_changed_bytes_is_answered(changes):
    data = bytearray(VALID)
    for place, byte in changes:
        data[place] = byte
    answered(bytes(data))


@given(st.integers(0, 2**32))
def test_a_valid_file_with_elements_moved_doubled_or_dropped_is_answered(seed):
    chance = random.Random(seed)
    parts = VALID.replace(b"><", b">\0<").split(b"\0")
    for _ in range(chance.randint(1, 4)):
        place, other = chance.randrange(1, len(parts) - 1), chance.randrange(1, len(parts) - 1)
        match chance.randrange(4):
            case 0:
                parts[place], parts[other] = parts[other], parts[place]
            case 1:
                parts.insert(place, parts[other])
            case 2:
                del parts[place]
            case 3:
                parts.insert(
                    place, chance.choice([b"<x/>", b"<a xmlns='u'>t</a>", b"<note>\xc3\xa9</note>", b"text"])
                )
    answered(b"".join(parts))


LEAVES = st.sampled_from(
    ["sent", "status", "category", "size", "polygon", "altitude", "valueName", "certainty"]
)


@given(LEAVES, st.text(XML, max_size=20))
def test_any_text_in_any_element_is_answered(tag, text):
    before, _, rest = VALID.decode().partition(f"<{tag}>")
    _, _, after = rest.partition("</")
    spelled = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    answered(f"{before}<{tag}>{spelled}</{after}".encode())


def test_the_strategies_are_not_empty():
    assert Decimal(5) == cap.read(VALID).info[0].area[0].altitude
