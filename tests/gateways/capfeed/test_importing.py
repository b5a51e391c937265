"""Others' CAP becomes signals: kind, level and places in our words, updates and cancellations followed."""

from pathlib import Path

import pytest

from tocsin.gateways.capfeed.importing import Imported, files, import_cap
from tocsin.spine.journal.queries import verify
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.signals.models import Quarantine, Signal
from tocsin.stages.reduction.situations.actions import watch
from tocsin.stages.reduction.situations.queries import state_at

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "engine/cap/fixtures"
CODED = "<eventCode><valueName>GB/T 35561</valueName><value>11B03</value></eventCode>"
FUTIAN = "22.50,114.00 22.50,114.10 22.60,114.10 22.60,114.00 22.50,114.00"


@pytest.fixture
def settled(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk


def area(**parts):
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in parts.items())
    return f"<area><areaDesc>somewhere</areaDesc>{inner}</area>"


def info(event="Rainstorm", severity="Severe", where=None, more="", language="en"):
    return (
        f"<info><language>{language}</language><category>Met</category><event>{event}</event>"
        f"<urgency>Immediate</urgency><severity>{severity}</severity><certainty>Likely</certainty>{more}"
        f"{where if where is not None else area(polygon=FUTIAN)}</info>"
    )


def alert(identifier="1", minute=0, kind="Alert", status="Actual", references="", infos=None):
    told = f"<references>{references}</references>" if references else ""
    return (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"<identifier>{identifier}</identifier><sender>met.example</sender>"
        f"<sent>2026-06-16T12:{minute:02}:00+08:00</sent><status>{status}</status><msgType>{kind}</msgType>"
        f"<scope>Public</scope>{told}{info() if infos is None else infos}</alert>"
    ).encode()


def name(identifier, minute=0):
    return f"met.example,{identifier},2026-06-16T12:{minute:02}:00+08:00"


def take(desk, content, file="x.cap", role="duty_officer"):
    return import_cap(
        act=desk.act(role), content=content, file=file, source="neighbour", name={"en": "Neighbour"}
    )


def told():
    rows = Signal.objects.order_by("issued_at")
    return [(row.action, row.kind, row.level, row.areas) for row in rows]


def test_a_warning(settled):
    assert take(settled, alert()) == Imported(new=1)
    row = Signal.objects.get()
    assert (row.action, row.kind, row.level, row.title, row.ref) == (
        "issue", "rainstorm", 3, "Rainstorm", "met.example,1",
    )  # fmt: skip
    assert "440304" in row.areas
    assert row.issuer == {"en": "met.example"}
    assert take(settled, alert()) == Imported(repeated=1)
    assert verify().ok


def test_what_was_imported_moves_the_watch_list(settled):
    """A neighbour's warning counts like one that the desk's own people took down."""
    assert state_at(settled.act("machine").at).cells == {}
    take(settled, alert(infos=info(where=area(geocode="<valueName>code</valueName><value>440304</value>"))))
    watch(act=settled.act("machine"))
    cells = state_at(settled.act("machine").at).cells
    assert {(key.kind, cell.level) for key, cell in cells.items()} == {("rainstorm", 3)}
    assert len(cells) >= 10


@pytest.mark.parametrize(
    ("severity", "level"), [("Extreme", 4), ("Severe", 3), ("Moderate", 2), ("Minor", 1), ("Unknown", None)]
)
def test_levels(settled, severity, level):
    take(settled, alert(infos=info(severity=severity)))
    assert Signal.objects.get().level == level


@pytest.mark.parametrize(
    ("event", "more", "kind", "action"),
    [
        ("Red Rainstorm Warning", "", "rainstorm", "issue"),
        ("暴雨红色预警", "", "rainstorm", "issue"),
        ("?", CODED, "rainstorm", "issue"),
        ("Alien invasion", "", "", "inform"),
    ],
)
def test_kinds(settled, event, more, kind, action):
    take(settled, alert(infos=info(event=event, more=more)))
    row = Signal.objects.get()
    assert (row.kind, row.action) == (kind, action)


@pytest.mark.parametrize(
    ("where", "areas", "unread"),
    [
        (area(geocode="<valueName>x</valueName><value>440307</value>"), ["440307"], []),
        (area(geocode="<valueName>x</valueName><value>440307000000</value>"), ["440307"], []),
        (area(circle="22.541,114.055 1"), ["440304"], []),
        ("<area><areaDesc>龙岗区及附近</areaDesc></area>", ["440307"], []),
        ("<area><areaDesc>Atlantis</areaDesc></area>", [], ["Atlantis"]),
        (area(polygon="10,10 10,11 11,11 10,10"), [], ["somewhere"]),
        ("", [], []),
    ],
)
def test_places(settled, where, areas, unread):
    take(settled, alert(infos=info(where=where)))
    row = Signal.objects.get()
    assert (row.areas, row.unread) == (areas, unread)


def test_two_languages_are_one_warning(settled):
    take(settled, alert(infos=info() + info(event="暴雨", language="zh-CN")))
    assert sorted(Signal.objects.get().issuer) == ["en", "zh-CN"]


def test_two_events_are_two_warnings(settled):
    assert take(settled, alert(infos=info() + info(event="Gale", severity="Minor"))).new == 2


@pytest.mark.parametrize(
    ("severity", "action"), [("Extreme", "upgrade"), ("Severe", "extend"), ("Minor", "downgrade")]
)
def test_an_update_follows_what_it_names(settled, severity, action):
    take(settled, alert())
    take(settled, alert("2", 5, "Update", references=name(1), infos=info(severity=severity)))
    assert [row[0] for row in told()] == ["issue", action]


def test_an_update_of_what_never_came_is_the_first_word(settled):
    take(settled, alert("2", 5, "Update", references=name(1)))
    assert [row[0] for row in told()] == ["issue"]


def test_a_cancellation_without_a_text_lifts_what_it_names_where_it_was(settled):
    take(settled, alert())
    take(settled, alert("2", 5, "Cancel", references=name(1), infos=""))
    issued, lifted = told()
    assert (lifted[0], lifted[1], lifted[3]) == ("cancel", "rainstorm", issued[3])


def test_a_chain_in_one_feed_in_any_order(settled):
    chain = [alert("3", 9, "Cancel", references=f"{name(1)} {name(2, 5)}", infos=""), alert(),
             alert("2", 5, "Update", references=name(1), infos=info(severity="Extreme"))]  # fmt: skip
    entries = "".join(f"<entry><content>{one.decode()}</content></entry>" for one in chain)
    take(settled, f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode())
    assert [row[0] for row in told()] == ["issue", "upgrade", "cancel", "cancel"]


@pytest.mark.parametrize("status", ["Exercise", "Test", "System", "Draft"])
def test_what_is_no_warning_raises_none(settled, status):
    done = take(settled, alert(status=status))
    assert (done.new, [(fault.reason, fault.detail) for fault in done.faults]) == (
        0,
        [("cap.unactual", status)],
    )
    assert Signal.objects.count() == 0


def test_a_receipt_is_no_warning(settled):
    assert take(settled, alert(kind="Ack", references=name(1))).faults[0].reason == "cap.unactual"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"<alert>",
        b"<alert/>",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY b "b">]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">&b;</alert>',
        alert().replace(b"cap:1.2", b"cap:9"),
        alert().replace(b"Severe", b"Dreadful"),
        alert().replace(b"Rainstorm", b"\xe9"),
    ],
)
def test_what_can_not_be_read_is_held_with_the_reason(settled, content):
    done = take(settled, content)
    assert (done.new, [fault.reason for fault in done.faults]) == (0, ["cap.unread"])
    held = Quarantine.objects.get()
    assert (held.file, held.reason, held.detail) == ("x.cap", "cap.unread", done.faults[0].detail)
    take(settled, content)
    assert Quarantine.objects.count() == 1


def test_a_bad_message_takes_no_good_one_with_it(settled):
    bad = alert("2").replace(b"Severe", b"Dreadful")
    wrapped = b"<alerts>" + alert() + bad + alert("3", 3) + b"</alerts>"
    done = take(settled, wrapped)
    assert (done.new, [fault.where for fault in done.faults]) == (2, ["/alerts/alert[2]/info[1]/severity"])


@pytest.mark.parametrize("path", sorted(files(FIXTURES)), ids=lambda path: path.name)
def test_the_messages_of_the_world(settled, path):
    """Each real file is taken in or held, wholly, and once."""
    first = take(settled, path.read_bytes(), path.name)
    again = take(settled, path.read_bytes(), path.name)
    assert (again.new, again.repeated) == (0, first.new + first.repeated)
    assert Signal.objects.count() == first.new
