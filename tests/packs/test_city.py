"""The tables of places, feeds and wordings keep their promises, on small ones and on the city's own."""

import json
from datetime import timedelta

import msgspec
import pytest

from tocsin.packs.feeds import Feed, Memory, Silence
from tocsin.packs.places import geometries
from tocsin.packs.reader import load
from tocsin.packs.tongues import Tongue

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def outline(code):
    return {"type": "Feature", "properties": {"code": code}, "geometry": {**SQUARE, "code": code}}


def test_outlines_are_found_nearest_first_and_may_be_missing(tmp_path):
    for name, codes in {"child": ["1"], "parent": ["1", "2"]}.items():
        (tmp_path / name).mkdir()
        features = [{**outline(code), "geometry": {**SQUARE, "by": name}} for code in codes]
        (tmp_path / name / "geometry.geojson").write_text(json.dumps({"features": features}), "utf-8")
    found = geometries(("child", "undrawn", "parent"), tmp_path)
    assert {code: geometry["by"] for code, geometry in found.items()} == {"1": "child", "2": "parent"}


def test_every_drawn_place_of_the_city_is_a_place():
    city = load("cn/shenzhen")
    assert set(geometries(city.lineage)) - set(city.places) == set()


def test_silence_keeps_only_the_rules_that_are_told():
    silence = Silence(unanswered="PT1H", ever="P1D")
    assert silence.spans == {"unanswered": timedelta(hours=1), "ever": timedelta(days=1)}


def test_a_message_counts_by_its_kind_or_by_default():
    memory = Memory(default="PT6H", kinds={"heat": "P3D"})
    assert (memory.span("heat"), memory.span("fog")) == (timedelta(days=3), timedelta(hours=6))
    assert Memory(default="").span("fog") == timedelta(0)


def test_a_feed_that_does_not_say_when_it_was_polled_is_refused():
    feed = msgspec.to_builtins(load("cn/shenzhen").feeds["sz-standing"])
    with pytest.raises(msgspec.ValidationError, match="a group named time"):
        msgspec.convert({**feed, "file": "x.json"}, Feed)


def test_a_wording_with_a_broken_pattern_is_refused():
    tongue = msgspec.to_builtins(load("cn/shenzhen").tongues["shenzhen-warnings"])
    with pytest.raises(msgspec.ValidationError, match="is no regular expression"):
        msgspec.convert({**tongue, "title": "("}, Tongue)
