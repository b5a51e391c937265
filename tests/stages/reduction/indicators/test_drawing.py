"""The chart is well-formed, says what it shows, and marks what was found."""

from lxml import etree

from tocsin.stages.reduction.indicators.drawing import Spot, chart

NS = "{http://www.w3.org/2000/svg}"
STEPS = [
    Spot("2026-06-01", 4, None, None, None, "unjudged"),
    Spot("2026-06-02", 5, 4.0, 1.0, 9.0, "calm"),
    Spot("2026-06-03", 30, 4.0, 1.0, 9.0, "alarm"),
    Spot("2026-06-04", 80, 4.0, 1.0, 9.0, "break"),
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
