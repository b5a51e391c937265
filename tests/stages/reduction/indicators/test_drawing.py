"""The chart is well-formed, says what it shows, and marks what was found."""

from datetime import date, datetime, timedelta

from lxml import etree

from tocsin.stages.reduction.indicators.drawing import LONGEST, Spot, chart

NS = "{http://www.w3.org/2000/svg}"
STEPS = [
    Spot(date(2026, 6, 1), 4, None, None, None, "unjudged"),
    Spot(date(2026, 6, 2), 5, 4.0, 1.0, 9.0, "calm"),
    Spot(date(2026, 6, 3), 30, 4.0, 1.0, 9.0, "alarm"),
    Spot(date(2026, 6, 4), 80, 4.0, 1.0, 9.0, "break"),
]


def drawn(steps):
    return etree.fromstring(chart(steps, "a < b", "c & d", "s1").encode())


def test_it_says_what_it_shows():
    svg = drawn(STEPS)
    assert svg.get("aria-labelledby") == "s1-t s1-d"
    assert [svg.find(f"{NS}title").text, svg.find(f"{NS}desc").text] == ["a < b", "c & d"]
    assert [text.text for text in svg.iter(f"{NS}text")] == ["80", "0", "2026-06-01", "2026-06-04"]


def test_marks_lie_on_the_counts_that_were_found():
    svg = drawn(STEPS)
    counts = svg.findall(f"{NS}polyline")[-1].get("points").split()
    circle, box = svg.find(f"{NS}circle"), svg.find(f"{NS}rect")
    assert f"{circle.get('cx')},{circle.get('cy')}" == counts[2]
    assert float(box.get("y")) + 5 == float(counts[3].split(",")[1])
    assert len(svg.find(f"{NS}polygon").get("points").split()) == 6


def test_without_a_forecast_there_is_no_band():
    svg = drawn(STEPS[:1])
    assert svg.find(f"{NS}polygon") is None
    assert len(svg.findall(f"{NS}polyline")) == 1


def test_nothing_is_an_empty_frame():
    assert [text.text for text in drawn([]).iter(f"{NS}text")] == ["1", "0"]


def hours(number):
    begin = datetime(2026, 6, 1, 5)
    return [Spot(begin + timedelta(hours=at), at % 7, 3.0, 0.0, 8.0, "calm") for at in range(number)]


def test_a_month_of_hours_is_broken_into_weeks_that_can_be_read():
    svg = drawn(hours(700))
    lines = svg.findall(f"{NS}g")
    assert len(lines) + 1 == -(-700 // LONGEST)
    assert svg.get("viewBox") == "0 0 720 950"
    shown = svg.findall(f"{NS}polyline")[-1].get("points").split()
    assert len(shown) == 140
    step = float(shown[1].split(",")[0]) - float(shown[0].split(",")[0])
    assert step > 4.0
    ends = [text.text for text in svg.iter(f"{NS}text") if text.text.startswith("2026")]
    assert ends[:3] == ["2026-06-01 05:00", "2026-06-07 00:00", "2026-06-07 01:00"]


def test_the_days_of_hours_are_told_apart():
    paths = drawn(hours(72)).findall(f"{NS}path")
    assert paths[0].get("d").count("M") == 3


def test_a_step_that_is_not_whole_has_a_ring_at_what_it_will_have_come_to():
    spot = Spot(date(2026, 6, 5), 4, 5.0, 1.0, 9.0, "calm", None, 0.4, 10.0, 7.0, 15.0)
    svg = drawn([*STEPS[:2], spot])
    (ring,) = svg.findall(f"{NS}circle")
    whisker = svg.findall(f"{NS}path")[-1].get("d")
    low, high = (float(part) for part in whisker.partition(",")[2].split("V"))
    assert high < float(ring.get("cy")) < low
    assert ring.get("fill") == "#fff"
    assert next(iter(svg.iter(f"{NS}text"))).text == "15"
