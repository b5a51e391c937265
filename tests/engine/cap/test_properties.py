"""Whatever arrives, the answer is a message or `Malformed`; whatever is said, it reads back the same."""

import random
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cap.strategies import ALERTS, VALID, XML, strangers
from tocsin.engine import cap
from tocsin.engine.cap.complaints import RULES
from tocsin.engine.cap.plain import plain
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.structure import structured
from tocsin.kernel.errors import Malformed

FEW = 40
"""Whole messages take long to make."""


def answered(data: bytes) -> None:
    """Every door answers, with records or with a reason of the table, and what it lets in goes out again."""
    for one in cap.validate(data):
        assert one.code in RULES
    if (short := plain(data)) is not None:
        assert short == structured(tree(data)).alert
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
@settings(max_examples=FEW)
def test_what_is_said_reads_back_the_same(alert):
    written = cap.write(alert)
    assert (cap.read(written), cap.validate(written)) == (alert, ())
    assert cap.write(cap.read(written)) == written


@given(ALERTS)
@settings(max_examples=FEW)
def test_the_short_way_and_the_long_give_equal_records(alert):
    written = cap.write(alert)
    short = plain(written)
    long = structured(tree(written)).alert
    assert long == alert
    assert (short is None) == (bool(alert.extras) or b"&#13;" in written)
    assert short in (None, alert)


@given(strangers())
@settings(max_examples=FEW)
def test_what_strangers_add_is_passed_on(alert):
    written = cap.write(alert, strict=False)
    again = cap.read(written)
    assert again == alert
    assert cap.write(again, strict=False) == written


@given(st.lists(ALERTS, max_size=3))
@settings(max_examples=FEW)
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
