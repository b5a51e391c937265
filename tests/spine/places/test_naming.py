"""Places as people name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.packs.places import PlaceKind, PlaceRow
from tocsin.packs.reader import load
from tocsin.spine.places.naming import Brackets, Gazetteer, Mention

CITY = Gazetteer(load("cn/shenzhen").places.values())
BRACKETS = Brackets(absent=("除", "不含"), besides=("含",))


def names(codes):
    return [CITY.rows[code].name["zh"] for code in codes]


def read(text):
    found = CITY.read(text, "、，,", BRACKETS)
    return names(found.codes), found.unknown


@pytest.mark.parametrize(
    ("text", "codes", "unknown"),
    [
        ("龙岗区（平湖、南湾街道）、坪山区", ["平湖街道", "南湾街道", "坪山区"], ()),
        ("大鹏新区（大鹏、南澳街道）", ["大鹏街道", "南澳街道"], ()),
        ("大鹏新区、大鹏、大鹏湾", ["大鹏新区", "大鹏街道", "大鹏湾"], ()),
        ("龙岗、龙岗区", ["龙岗街道", "龙岗区"], ()),
        ("赤石镇、赤石", ["赤石镇"], ()),
        ("坪山区（不含坪山街道）", ["马峦街道", "碧岭街道", "石井街道", "坑梓街道", "龙田街道"], ()),
        ("罗湖区（含东湖街道）", ["罗湖区", "东湖街道"], ()),
        ("福田区、火星、梅林", ["福田区", "梅林街道"], ("火星",)),
        ("", [], ()),
    ],
)
def test_a_list_of_places_is_read(text, codes, unknown):
    assert read(text) == (codes, unknown)


def test_a_place_is_found_in_free_text_with_its_bracket():
    text = "过去3小时，罗湖区（东湖街道）已出现强降雨"
    assert CITY.find(text) == [Mention(6, 15, ("440303007",))]


def test_a_word_for_all_means_land_and_bays_but_not_the_far_zone():
    everything = CITY.leaves_of(["4403all"])
    assert len(everything) == 78
    assert everything & CITY.within("440390") == set()
    assert CITY.gather(everything) == (*CITY.districts[:-1], *CITY.spread(["4403sea-all"]))


def test_a_shared_word_means_the_place_inside_the_one_before_the_bracket():
    rows = [
        PlaceRow(code="1", name={"en": "North"}, kind=PlaceKind.DISTRICT),
        PlaceRow(code="11", name={"en": "Mill Lane"}, kind=PlaceKind.STREET, parent="1"),
        PlaceRow(code="2", name={"en": "South"}, kind=PlaceKind.DISTRICT),
        PlaceRow(code="21", name={"en": "Mill Lane"}, kind=PlaceKind.STREET, parent="2"),
    ]
    places = Gazetteer(rows)
    assert [m.codes for m in places.find("South (mill lane), Mill Lane, north (x")] == [
        ("21",),
        ("11",),
        ("1",),
    ]


def test_what_lies_in_itself_ends():
    rows = [PlaceRow(code="a", name={"en": "A"}, kind=PlaceKind.GROUP, members=("a", "nowhere"))]
    assert Gazetteer(rows).within("a") == frozenset()


def test_a_gazetteer_without_places_finds_none():
    assert Gazetteer([]).find("anything") == []


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    found = CITY.read(text, "、，,", BRACKETS)
    assert set(found.codes) <= set(CITY.rows)


@given(st.lists(st.sampled_from(CITY.leaves), unique=True))
def test_leaves_gathered_are_the_same_leaves(leaves):
    assert CITY.leaves_of(CITY.gather(leaves)) == frozenset(leaves)


@given(st.lists(st.sampled_from([row.code for row in CITY if row.kind is not PlaceKind.CITY]), min_size=1))
def test_a_list_written_from_names_reads_back(codes):
    text = "、".join(CITY.rows[code].name["zh"] for code in codes)
    assert CITY.read(text, "、").codes == tuple(dict.fromkeys(codes))
