"""Messages about the same problem at the same place."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tocsin.engine.gather.topics import Message, topics
from tocsin.kernel.errors import Malformed

SAMPLE = Path(__file__).parent / "topics/messages.csv"
NEAREST = Path(__file__).parent / "topics/nearest.csv"
WHOLE = Path(__file__).parents[3].parent / "shared/data/citizen_messages/附件2.xlsx"
NOISE = [
    Message("1", "中海小区旁边的工地夜间施工，噪音太大，居民无法休息。", "A3区中海小区夜间施工噪音扰民"),
    Message("2", "工地夜间施工到凌晨，噪音影响中海小区居民休息。", "A3区中海小区工地夜间施工噪音"),
    Message("3", "中海小区的电梯坏了三天，物业不修。", "A3区中海小区电梯故障无人维修"),
    Message("4", "万科广场的工地夜间施工，噪音太大，居民无法休息。", "B7县万科广场夜间施工噪音扰民"),
    Message("5", "请问退休工资今年什么时候调整？", "咨询退休工资何时调整"),
]


def groups(found):
    return [topic.messages for topic in found]


def test_the_same_problem_elsewhere_and_another_problem_there_are_other_topics():
    found = topics(NOISE)
    assert groups(found) == [("1", "2"), ("3",), ("4",), ("5",)]
    (link,) = found[0].links
    assert (link.a, link.b) == ("1", "2")
    assert set(link.terms) == set(found[0].terms)
    assert {"中海", "噪音"} & set(link.terms)
    assert found[1].links == found[1].terms == ()


def test_one_text_sent_twice_is_one_topic_even_without_a_place():
    twice = [Message("a", "井盖丢失很久了"), Message("b", "井盖丢失很久了"), Message("c", "路灯不亮")]
    assert groups(topics(twice)) == [("a", "b"), ("c",)]
    assert topics(twice)[0].links[0].score == pytest.approx(1.0)


def test_messages_without_a_word_stay_alone():
    assert groups(topics([Message("a", ""), Message("b", "？？"), Message("c", "")])) == [
        ("a",),
        ("b",),
        ("c",),
    ]
    assert topics([]) == ()


def sample():
    with SAMPLE.open(encoding="utf-8") as file:
        return [Message(f"{n:03d}", row["text"], row["title"]) for n, row in enumerate(csv.DictReader(file))]


def test_real_messages():
    messages = sample()
    titles = {message.id: message.title for message in messages}
    found = topics(messages)
    assert sorted(one for topic in found for one in topic.messages) == sorted(titles)
    pairs = {tuple(titles[one] for one in pair) for t in found for pair in combinations(t.messages, 2)}
    assert ("L5县沙溪炼油厂环评合格吗？", "L5县沙溪村废旧轮胎炼油厂污染环境") in pairs
    assert ("望B市职工医疗保险费能在网上查询", "望B市职工医疗保险费能在网上查询") in pairs
    assert len(pairs) <= 4


@pytest.mark.skipif(not WHOLE.is_file(), reason="the messages are not here")
@pytest.mark.parametrize("reader", ["one", "other"])
def test_readers_find_the_groups_right(reader):
    head, *rows = CalamineWorkbook.from_path(str(WHOLE)).get_sheet_by_index(0).to_python()
    text, title = head.index("留言详情"), head.index("留言主题")
    found = topics(
        Message(f"{line:05d}", str(row[text]), str(row[title])) for line, row in enumerate(rows, 2)
    )
    together = {pair for topic in found for pair in combinations(topic.messages, 2)}
    read = list(csv.DictReader(NEAREST.read_text("utf-8").splitlines()))
    right = [((f"{int(r['a']):05d}", f"{int(r['b']):05d}") in together) == (r[reader] == "1") for r in read]
    assert len(right) == 100
    assert sum(right) >= 98


@settings(max_examples=10, deadline=None)
@given(st.permutations(sample()[:40]))
def test_the_order_of_the_messages_does_not_matter(messages):
    assert topics(messages, 0.1) == topics(sorted(messages, key=lambda m: m.id), 0.1)


def test_two_pairs_with_a_weak_link_between_stay_two_topics():
    texts = ["A1区停电噪音", "A1区停电噪音C1区污水", "C1区污水D1区路灯", "D1区路灯", "A1区停电", "退休"]
    found = topics([Message(str(n), text) for n, text in enumerate(texts)], 0.3)
    assert groups(found) == [("0", "1", "4"), ("2", "3"), ("5",)]


def test_a_chain_of_likenesses_is_not_one_topic():
    chain = [
        "深圳龙岗道路积水",
        "深圳龙岗积水路灯",
        "深圳龙岗路灯故障",
        "深圳龙岗故障电梯",
        "深圳龙岗电梯停运",
    ]
    found = topics([Message(str(n), text) for n, text in enumerate(chain)], 0.05)
    assert all(len(topic.messages) < len(chain) for topic in found)


@pytest.mark.parametrize(
    "messages, least, code",
    [
        ([Message("a", "x"), Message("a", "y")], 0.3, "gather.message_twice"),
        ([], 0.0, "gather.least"),
        ([], 1.5, "gather.least"),
        ([], float("nan"), "gather.least"),
    ],
)
def test_what_can_not_be_is_refused(messages, least, code):
    with pytest.raises(Malformed) as caught:
        topics(messages, least)
    assert caught.value.code == code
    assert caught.value.cure
