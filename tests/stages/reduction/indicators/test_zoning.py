"""What is looked at together, and what of it is told."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.detect.findings import Verdict
from tocsin.stages.reduction.indicators.zoning import around, members, told

LINE = {"a": {"b"}, "b": {"a", "c"}, "c": {"b", "d"}, "d": {"c", "e"}, "e": {"d"}}
ZONES = {"a+b": ["a", "b"], "a+b+c": ["a", "b", "c"], "": ["a", "b", "c", "d"]}


def found(*names, verdict=Verdict.ALARM):
    return [SimpleNamespace(name=name, verdict=verdict, day=date(2026, 6, 15)) for name in names]


def names(findings):
    return [one.name for one in findings]


def test_each_place_with_those_around_it_and_each_set_once():
    assert around("abcde", LINE) == {
        "a+b": ["a", "b"],
        "a+b+c": ["a", "b", "c"],
        "b+c+d": ["b", "c", "d"],
        "c+d+e": ["c", "d", "e"],
        "d+e": ["d", "e"],
    }
    assert list(around("ac", LINE)) == []
    assert list(around("abc", LINE)) == ["a+b", "b+c"]
    assert around(["a", "b", "School"], LINE) == {}


def test_a_zone_is_told_only_where_nothing_inside_it_is_plain():
    assert names(told(found("a+b", "a+b+c", ""), ZONES)) == ["a+b"]
    assert names(told(found("c", "a+b+c", "a+b", ""), ZONES)) == ["c", "a+b"]
    assert names(told(found("d", "a+b+c"), ZONES)) == ["d", "a+b+c"]
    assert names(told(found(""), ZONES)) == [""]


def test_a_break_of_a_zone_is_that_of_its_series():
    broken = found("a", "b", "a+b", "a+b+c", "", verdict=Verdict.BREAK)
    assert names(told(broken, ZONES)) == ["a", "b"]


@given(st.sets(st.sampled_from(["a", "b", "c", "d", *ZONES])))
def test_series_are_always_told_and_of_anything_found_something_is(said):
    kept = names(told(found(*sorted(said)), ZONES))
    assert [name for name in kept if name not in ZONES] == sorted(
        name for name in said if name in "abcd" and name
    )
    assert bool(kept) == bool(said)


def test_a_zone_names_its_districts():
    assert (members("a+b"), members("a"), members("")) == (["a", "b"], ["a"], [])
