"""Messages that hypothesis makes: right in every rule, and with what strangers add."""

import string
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from tocsin.engine import cap

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

STRANGE = st.sampled_from(
    [
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">x</Signature>',
        '<x xmlns="urn:x" a="1 &lt; 2">t<y/>u</x>',
        '<x:x xmlns="" xmlns:x="urn:x"><y xmlns="">&amp;</y></x:x>',
        '<x xmlns="">云<x>雨</x></x>',
        '<polygon xmlns="urn:oasis:names:tc:emergency:cap:1.2"><a/>no text</polygon>',
    ]
)
"""Elements that the standard does not know, and one that it knows otherwise."""


@st.composite
def strangers(draw):
    """A message with unknown elements in any of its blocks, and parameters of any name."""
    kept = many(STRANGE, most=3)

    def area(one):
        return cap.Area(**{**fields(one), "extras": draw(kept)})

    def resource(one):
        return cap.Resource(**{**fields(one), "extras": draw(kept)})

    def info(one):
        parts = {
            "area": tuple(map(area, one.area)),
            "resource": tuple(map(resource, one.resource)),
            "parameter": draw(PAIRS),
            "extras": draw(kept),
        }
        return cap.Info(**{**fields(one), **parts})

    alert = draw(ALERTS)
    sent = alert.sent.replace(microsecond=draw(st.integers(0, 999_999)))
    return cap.Alert(
        **{**fields(alert), "sent": sent, "info": tuple(map(info, alert.info)), "extras": draw(kept)}
    )


def fields(record):
    return {name: getattr(record, name) for name in record.__struct_fields__}
