"""What warnings say, read from their prose. The sentences are of the shapes that the city's issuer writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.reader import load
from tocsin.packs.tongues import Tongue, Verbs
from tocsin.spine.places.naming import Gazetteer
from tocsin.stages.reduction.signals.prose import Prose, ProseReader

PACK = load("cn/shenzhen")
PLACES = Gazetteer(PACK.places.values())
READER = ProseReader(PACK.tongues["shenzhen-warnings"], PLACES)


def told(text):
    return [
        (
            str(one.action),
            one.kind,
            one.level.name if one.level else None,
            "、".join(PLACES.rows[code].name["zh"].removesuffix("街道") for code in one.areas),
        )
        for one in READER.read(text).told
    ]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "深圳市气象台12时25分发布珠江口和龙岗区（坂田街道）雷雨大风橙色预警信号，预计有强雷电。",
            [("issue", "thunderstorm-gale", "ORANGE", "坂田、珠江口")],
        ),
        (
            "预计罗湖区、盐田区将出现降水，深圳市气象台在上述区域发布暴雨黄色预警信号，全市进入暴雨戒备状态。",
            [("issue", "rainstorm", "YELLOW", "罗湖区、盐田区")],
        ),
        (
            "将大鹏新区（葵涌、大鹏街道）升级为暴雨红色预警信号，龙岗区（园山街道）升级为暴雨橙色预警信号。",
            [("upgrade", "rainstorm", "RED", "葵涌、大鹏"), ("upgrade", "rainstorm", "ORANGE", "园山")],
        ),
        (
            "将深汕特别合作区、深汕海域暴雨橙色预警信号降级为黄色，仍需注意。",
            [("downgrade", "rainstorm", "YELLOW", "深汕特别合作区、深汕海域")],
        ),
        (
            "将分区雷雨大风黄色、暴雨黄色预警信号扩展至光明区，预计有雷电。",
            [
                ("extend", "thunderstorm-gale", "YELLOW", "光明区"),
                ("extend", "rainstorm", "YELLOW", "光明区"),
            ],
        ),
        (
            "发布福田区暴雨和雷雨大风黄色预警信号。",
            [
                ("issue", "rainstorm", "YELLOW", "福田区"),
                ("issue", "thunderstorm-gale", "YELLOW", "福田区"),
            ],
        ),
        (
            "解除罗湖区和龙岗区暴雨橙色和红色预警信号，东部海区暴雨黄色预警信号继续生效。",
            [
                ("cancel", "rainstorm", "ORANGE", "罗湖区、龙岗区"),
                ("cancel", "rainstorm", "RED", "罗湖区、龙岗区"),
            ],
        ),
        (
            "解除深汕特别合作区、深汕海域雷电预警和赤石、鹅埠街道暴雨黄色预警信号。",
            [
                ("cancel", "lightning", None, "深汕特别合作区、深汕海域"),
                ("cancel", "rainstorm", "YELLOW", "鹅埠镇、赤石镇"),
            ],
        ),
        (
            "【深汕特别合作区解除所有暴雨预警信号】解除所有暴雨预警信号。",
            [("cancel", "rainstorm", None, "深汕特别合作区、深汕海域")],
        ),
        ("发布福田区台风白色预警信号。", [("issue", "typhoon", None, "福田区")]),
        (
            "【深圳市分区暴雨黄色预警信号升级为橙色】在福田区发布暴雨橙色预警信号。",
            [("upgrade", "rainstorm", "ORANGE", "福田区")],
        ),
        ("目前罗湖区暴雨橙色预警信号生效中。", []),
        ("预计全市有暴雨，并伴有雷电和大风。", []),
    ],
)
def test_a_text_does_what_it_says(text, acts):
    assert told(text) == acts
    assert READER.read(text).gaps == ()


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("解除西部地区暴雨黄色预警信号。", "西部地区"),
        ("发布暴雨黄色预警信号。", "issue rainstorm YELLOW"),
        ("发布罗湖区暴雨预警信号。", "issue rainstorm"),
        ("【深圳市解除雷电预警信号】发布罗湖区暴雨黄色预警信号。", "cancel lightning"),
    ],
)
def test_what_can_not_be_placed_is_told_and_never_guessed(text, gap):
    found = READER.read(text)
    assert found.gaps == (gap,)
    assert [one for one in found.told if not one.areas] == []


def test_validity_is_read_and_an_impossible_date_is_none():
    text = "发布罗湖区地质灾害气象风险黄色预警，有效期至2026年{}月17日21时。"
    assert str(READER.read(text.format("05")).until) == "2026-05-17 21:00:00"
    assert READER.read(text.format("13")).until is None


def test_a_feed_without_a_tongue_keeps_its_texts_unread():
    silent = ProseReader(Tongue(id="", name={}, hazards={}, levels={}, verbs=Verbs(), signal=()), PLACES)
    assert silent.read("解除罗湖区暴雨黄色预警信号。") == Prose("")


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    assert isinstance(READER.read(text), Prose)


WORDS = [
    *PACK.tongues["shenzhen-warnings"].hazards,
    *("发布", "解除", "升级为", "扩展至", "降级为", "预警信号", "黄色", "橙色", "，", "。", "（", "）", "、"),
    *("罗湖区", "龙岗区", "坂田街道", "全市", "上述区域", "所有", "将", "【", "】", "深汕"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_sentence_of_its_words_yields_only_what_has_a_place(words):
    found = READER.read("".join(words))
    assert [one for one in found.told if not one.areas or one.level not in (None, *WarningLevel)] == []
