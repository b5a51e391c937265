"""From tree to record: what is taken, what is told, what is kept."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tocsin.engine.cap import Certainty, Valued, read, validate, write
from tocsin.engine.cap.tables import CAP_10, CAP_11, CAP_12
from tocsin.kernel.errors import Malformed


def told(source: str) -> list[tuple[str, str, bool]]:
    return [(one.code, one.path, one.fatal) for one in validate(source.encode())]


def test_a_right_message_has_no_complaint(source):
    assert told(source) == []


@pytest.mark.parametrize("space", [CAP_10, CAP_11])
def test_older_versions_are_read_as_the_same_record(source, space):
    assert read(source.replace(CAP_12, space).encode()) == read(source.encode())


@pytest.mark.parametrize("tag", ["identifier", "sender", "sent", "status", "msgType", "scope"])
def test_a_message_without_this_is_refused(source, tag):
    assert told(source.replace(f"<{tag}>", "<x>").replace(f"</{tag}>", "</x>"))[-1] == (
        "cap.missing",
        f"/alert/{tag}",
        True,
    )


@pytest.mark.parametrize("tag", ["event", "urgency", "severity", "certainty"])
def test_an_info_without_this_is_refused(source, tag):
    assert told(source.replace(f"<{tag}>", "<x>").replace(f"</{tag}>", "</x>"))[-1] == (
        "cap.missing",
        f"/alert/info[1]/{tag}",
        True,
    )


def test_less_than_that_is_told_and_read(source):
    without = source.replace("<category>Met</category>", "").replace("<areaDesc>Longgang</areaDesc>", "")
    without = without.replace("<area>", "<resource/><area>")
    assert told(without) == [
        ("cap.missing", "/alert/info[1]/resource[1]/resourceDesc", False),
        ("cap.missing", "/alert/info[1]/resource[1]/mimeType", False),
        ("cap.missing", "/alert/info[1]/area[1]/areaDesc", False),
        ("cap.missing", "/alert/info[1]/category", False),
    ]
    info = read(without.encode()).info[0]
    assert (info.category, info.area[0].area_desc, info.resource[0].mime_type) == ((), "", "")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (">Actual<", ">actual<", ("cap.value", "/alert/status", True)),
        (">Immediate<", ">Now<", ("cap.value", "/alert/info[1]/urgency", True)),
        (">Met<", ">Weather<", ("cap.value", "/alert/info[1]/category[1]", False)),
        ("12:50:00+08:00", "12:50:00", ("cap.time", "/alert/sent", True)),
        ("12:50:00+08:00", "12:50+08:00", ("cap.time", "/alert/sent", True)),
        ("12:50:00+08:00", "25:50:00+08:00", ("cap.time", "/alert/sent", True)),
        ("12:50:00+08:00", "12:50:00+99:00", ("cap.time", "/alert/sent", True)),
        ("2026-06-16T12", "0001-01-01T12", ("cap.time", "/alert/sent", True)),
        ("2026-06-16T12", "9999-12-31T12", ("cap.time", "/alert/sent", True)),
        ("18:50:00+08:00", "", ("cap.time", "/alert/info[1]/expires", True)),
        ("2026-06-16T18:50:00+08:00", " ", ("cap.blank", "/alert/info[1]/expires", False)),
        ("12:50:00+08:00", "04:50:00Z", ("cap.zulu", "/alert/sent", False)),
        ("12:50:00+08:00", "12:50:00.25+08:00", ("cap.fraction", "/alert/sent", False)),
        ("<status>", "<status>Actual</status><status>", ("cap.repeated", "/alert/status", True)),
        ("<info>", "<note>a</note><note>b</note><info>", ("cap.repeated", "/alert/note", False)),
        ("<info>", "<source>a</source><info>", ("cap.order", "/alert/source", False)),
        ("<info>", "<code>a</code><code><b/></code><info>", ("cap.nested", "/alert/code[2]", False)),
        (">Actual<", "><b/>Actual<", ("cap.nested", "/alert/status", True)),
        (">Longgang<", "><b>Longgang</b><", ("cap.nested", "/alert/info[1]/area[1]/areaDesc", False)),
        ("<info>", "<extra/><info>", ("cap.foreign", "/alert/extra", False)),
        ("</polygon>", "</polygon><geocode/>", ("cap.pair", "/alert/info[1]/area[1]/geocode[1]", False)),
        (
            "</polygon>",
            "</polygon><altitude>1e5</altitude>",
            ("cap.decimal", "/alert/info[1]/area[1]/altitude", False),
        ),
        (
            "<area>",
            "<resource><resourceDesc>a</resourceDesc><mimeType>b/c</mimeType><size>1.5</size></resource><area>",
            ("cap.integer", "/alert/info[1]/resource[1]/size", False),
        ),
        (
            "<area>",
            "<resource><resourceDesc>a</resourceDesc><mimeType>b/c</mimeType><size>-9</size></resource><area>",
            ("cap.integer", "/alert/info[1]/resource[1]/size", False),
        ),
    ],
)
def test_each_fault_is_told_at_its_place(source, old, new, complaint):
    broken = source.replace(old, new, 1)
    assert told(broken) == [complaint]
    if complaint[2]:
        with pytest.raises(Malformed) as caught:
            read(broken.encode())
        assert (caught.value.code, caught.value.data["where"]) == complaint[:2]
    else:
        alert = read(broken.encode())
        assert read(write(alert, strict=False)) == alert


@pytest.mark.parametrize(
    "pair",
    [
        "<valueName>a</valueName>",
        "<value>b</value><valueName>a</valueName>",
        "<valueName> </valueName><value>b</value>",
        "<valueName>a<x/></valueName><value>b</value>",
        "<valueName>a</valueName><value>b<x/></value>",
        "<valueName>a</valueName><value>b</value><valueName>c</valueName><value>d</value>",
        "no sign",
        "=b",
    ],
)
def test_a_pair_that_is_none_is_kept_as_it_is(source, pair):
    broken = source.replace("<area>", f"<parameter>{pair}</parameter><area>")
    assert told(broken) == [("cap.pair", "/alert/info[1]/parameter[1]", False)]
    alert = read(broken.encode())
    assert (alert.info[0].parameter, len(alert.info[0].extras)) == ((), 1)
    assert read(write(alert, strict=False)) == alert


def test_pairs_are_read_in_both_spellings(source):
    pairs = "<parameter> <valueName> a </valueName><value/></parameter><parameter>SAME=x=y</parameter>"
    info = read(source.replace("<area>", f"{pairs}<area>").encode()).info[0]
    assert info.parameter == (Valued("a", ""), Valued("SAME", "x=y"))


def test_white_space_around_values_is_nothing(source):
    spaced = source.replace("<status>Actual<", "<status>\n Actual\t<").replace(
        "T12:50:00+08:00", "T12:50:00+08:00 "
    )
    assert (told(spaced), read(spaced.encode())) == ([], read(source.encode()))


def test_very_likely_is_likely(source):
    assert read(source.replace("Observed", "Very Likely").encode()).info[0].certainty is Certainty.LIKELY


def test_comments_and_instructions_are_nothing(source):
    noisy = source.replace("Rain", "Ra<!-- x --><?y z?>in")
    assert (told(noisy), read(noisy.encode())) == ([], read(source.encode()))


def test_values_come_typed(source):
    typed = source.replace("</polygon>", "</polygon><altitude>-0.50</altitude><ceiling>+7</ceiling>").replace(
        "<area>",
        "<resource><resourceDesc>a</resourceDesc><mimeType>b/c</mimeType><size>12</size></resource><area>",
    )
    alert = read(typed.encode())
    (resource,), (area,) = alert.info[0].resource, alert.info[0].area
    assert alert.sent == datetime(2026, 6, 16, 4, 50, tzinfo=UTC)
    assert (resource.size, area.altitude, area.ceiling) == (12, Decimal("-0.50"), Decimal(7))


@pytest.mark.parametrize(
    "extra",
    [
        '<x:a xmlns:x="urn:x" b="c">d<x:e/>f</x:a>',
        '<a xmlns="urn:x"><b xmlns=""/></a>',
        '<x:a xmlns:x="urn:x"><b xmlns=""/></x:a>',
        '<a xmlns=""/>',
        "<unknown>1 &lt; 2</unknown>",
        '<a xmlns="relative"/>',
    ],
)
def test_foreign_elements_survive_the_round_trip(source, extra):
    alert = read(
        source.replace("</area>", f"{extra}</area>").replace("</alert>", f"{extra}</alert>").encode()
    )
    assert (len(alert.extras), len(alert.info[0].area[0].extras)) == (1, 1)
    assert read(write(alert, strict=False)) == alert


def test_an_element_without_namespace_does_not_become_caps_own(source):
    prefixed = (
        source.replace("</", "</c:")
        .replace("<", "<c:")
        .replace("<c:/c:", "</c:")
        .replace("xmlns=", "xmlns:c=")
        .replace("</c:alert>", '<note>x</note><x:a xmlns:x="urn:x"><b/></x:a></c:alert>')
    )
    alert = read(prefixed.encode())
    assert (alert.note, alert.extras) == (
        "",
        ('<note xmlns="">x</note>', '<x:a xmlns="" xmlns:x="urn:x"><b/></x:a>'),
    )
    assert read(write(alert, strict=False)) == alert


def test_no_more_than_fifty_complaints_and_the_fatal_one_among_them(source):
    crowd = source.replace("<info>", "<x/>" * 60 + "<info>").replace("Immediate", "Now")
    codes = [one.code for one in validate(crowd.encode())]
    assert codes == ["cap.foreign"] * 50 + ["cap.value"]


def test_more_than_a_thousand_foreign_elements_are_an_attack(source):
    assert validate(source.replace("<area>", "<x/>" * 1001 + "<area>").encode())[-1].code == "cap.crowd"
    assert len(read(source.replace("<area>", "<x/>" * 1000 + "<area>").encode()).info[0].extras) == 1000
