"""What a country asks beyond the standard."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tocsin.engine.cap import Area, Category, Demand, MsgType, Profile, Valued, read, validate
from tocsin.engine.cap.profiles import CAP_AU, CAP_CP, IPAWS, SHIPPED, breaks
from tocsin.kernel.errors import Malformed


@pytest.fixture
def american(source):
    """A message that IPAWS takes."""
    alert = read(source.encode())
    area = replace(alert.info[0].area[0], geocode=(Valued("UGC", "x"), Valued("SAME", "006037")))
    info = replace(alert.info[0], event_code=(Valued("SAME", "FFW"), Valued("other", "long")), area=(area,))
    return replace(alert, code=("x", "IPAWSv1.0"), info=(info, info))


def told(alert, profile):
    return [(one.code, one.path, one.found) for one in breaks(alert, profile)]


def test_a_message_that_fits_is_in_order(american):
    assert told(american, IPAWS) == []
    assert validate(american, IPAWS) == ()


def test_every_demand_of_ipaws_is_told_once_for_each_block(american):
    bare = replace(
        american.info[0],
        event_code=(Valued("SAME", "long"),),
        expires=None,
        area=(),
        category=(Category.GEO,),
    )
    broken = replace(american, code=("IPAWSv1x0",), info=(american.info[0], bare))
    assert told(broken, IPAWS) == [
        ("ipaws.code", "/alert/code", "0"),
        ("ipaws.event", "/alert/info[2]/eventCode", "0"),
        ("ipaws.event.same", "/alert/info[2]/eventCode", "1"),
        ("ipaws.category.same", "/alert/info[2]/category", "1"),
        ("ipaws.expires", "/alert/info[2]/expires", "0"),
        ("ipaws.area", "/alert/info[2]/area", "0"),
    ]


def test_more_than_asked_is_told_too(american):
    twice = replace(american.info[0], event_code=(Valued("SAME", "FFW"), Valued("SAME", "TOR")))
    assert told(replace(american, info=(twice,)), IPAWS) == [("ipaws.event", "/alert/info[1]/eventCode", "2")]
    placeless = replace(american.info[0], area=(Area(area_desc="x"),))
    assert told(replace(american, info=(placeless,)), IPAWS) == [
        ("ipaws.place", "/alert/info[1]/area[1]/geocode", "0")
    ]


def test_an_australian_warning_has_an_info_and_an_answer_needs_none(source):
    alert = replace(read(source.encode()), code=("urn:oasis:names:tc:emergency:cap:1.2:profile:CAP-AU:1.0",))
    assert told(alert, CAP_AU) == []
    assert told(replace(alert, info=()), CAP_AU) == [("cap-au.info", "/alert/info", "0")]
    assert told(replace(alert, info=(), msg_type=MsgType.ACK), CAP_AU) == []


def test_a_real_canadian_message_follows_its_profile(folder):
    assert told(read((folder / "canada_signed.cap").read_bytes()), CAP_CP) == []
    assert [code for code, _, _ in told(read((folder / "canada_errors.cap").read_bytes()), CAP_CP)] == [
        "cap-cp.code",
        "cap-cp.event",
    ]


def test_a_breach_is_told_with_its_clause_and_its_cure_and_is_not_fatal(source):
    found = validate(source.encode(), CAP_CP)[0]
    assert (found.code, found.fatal) == ("cap-cp.code", False)
    assert str(found) == (
        "/alert/code: CAP-CP 0.4, code: A message says by its code that it follows this profile. "
        "Add <code>profile:CAP-CP:0.4</code>."
    )


def test_a_file_without_a_record_is_not_asked(source):
    assert [one.code for one in validate(source.replace("Actual", "x").encode(), IPAWS)] == ["cap.value"]


def test_times_and_numbers_are_asked_as_they_are_spelled(american):
    profile = Profile(
        name="x",
        source="x",
        demands=(
            Demand(code="x", element="sent", clause="x", text="x", cure="x", pattern=".*-00:00"),
            Demand(code="y", element="note", clause="x", text="x", cure="x", least=0, most=0),
        ),
    )
    assert told(american, profile) == [("x", "/alert/sent", "0")]
    assert told(replace(american, sent=datetime(2026, 1, 1, tzinfo=UTC), note="n"), profile) == [
        ("y", "/alert/note", "1")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"element": "info/nothing"},
        {"element": "sent/x"},
        {"element": ""},
        {"pattern": "("},
        {"name": "["},
    ],
)
def test_a_profile_that_is_none_is_refused(american, change):
    demand = replace(IPAWS.demands[0], **change)
    with pytest.raises(Malformed) as caught:
        validate(american, Profile(name="x", source="x", demands=(demand,)))
    assert (caught.value.code, caught.value.data["where"]) == ("cap.profile", "ipaws.code")


def test_the_shipped_profiles_name_their_source():
    assert [(name, profile.name, bool(profile.source)) for name, profile in SHIPPED.items()] == [
        ("ipaws", "ipaws", True),
        ("cap-au", "cap-au", True),
        ("cap-cp", "cap-cp", True),
    ]
