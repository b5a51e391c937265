"""Bytes to records; nothing raises, nothing good is lost beside the bad, nobody's name comes through."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import START, item, message, snapshot, standing

from tocsin.packs.reader import load
from tocsin.spine.places.naming import Gazetteer
from tocsin.stages.reduction.signals.decoding import Decoded, RawSnapshot, decode, moment, polled, walk
from tocsin.stages.reduction.signals.enums import REASONS
from tocsin.stages.reduction.signals.reading import RecordReader

PACK = load("cn/shenzhen")
PLACES = Gazetteer(PACK.places.values())
FEEDS = PACK.feeds
READERS = {feed.id: RecordReader(feed, PACK, PLACES) for feed in FEEDS.values()}


def faults(feed, content):
    return [fault.reason for fault in decode(snapshot(feed, content), FEEDS[feed]).faults]


@pytest.mark.parametrize(
    ("feed", "content", "reasons"),
    [
        ("sz-messages", b"", ["file.empty"]),
        ("sz-messages", b"  \n", ["file.empty"]),
        ("sz-messages", b"\xff\xfe", ["file.encoding"]),
        ("sz-messages", b"[{]", ["file.unreadable"]),
        ("sz-messages", b"[" * 100_000, ["file.unreadable"]),
        ("sz-messages", b"[]", []),
        ("sz-messages", [message(), 3], ["record.shape"]),
        ("sz-standing", b"[]", ["file.shape", "file.shape"]),
        ("sz-standing", {"subAlarm": []}, ["file.shape"]),
        ("sz-standing", standing(item()), []),
    ],
)
def test_what_can_not_be_decoded_has_its_reason(feed, content, reasons):
    assert faults(feed, content) == reasons


def test_a_bad_record_takes_no_good_one_with_it():
    decoded = decode(snapshot("sz-messages", [3, message(), "x"]), FEEDS["sz-messages"])
    assert [record.where for record in decoded.records] == ["1"]
    assert [fault.where for fault in decoded.faults] == ["0", "2"]


def test_names_of_persons_are_blotted_out_of_records_and_of_what_is_no_tree():
    whole = decode(snapshot("sz-messages", [message()]), FEEDS["sz-messages"])
    assert (whole.records[0].raw["issuer"], whole.records[0].raw["tel"]) == ("***", "***")
    broken = json.dumps([message()], ensure_ascii=False).encode()[:-1]
    assert "某某某" not in decode(snapshot("sz-messages", broken), FEEDS["sz-messages"]).faults[0].raw


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("szWarn_all_20260614_080000.json", "sz-messages"),
        ("szAlarm_20260614_080000.json", "sz-standing"),
        ("szAlarm_20261314_080000.json", None),
        ("szAlarm_20260614_080000.json.bak", None),
        ("", None),
    ],
)
def test_a_file_is_claimed_by_its_name(name, feed):
    claimed = polled(name, FEEDS)
    assert (claimed and claimed[0]) == feed
    assert claimed is None or claimed[1] == START


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2026-06-14 08:00", START),
        ("2026-06-14 08:00:00", START),
        ("0001-01-01 00:00:00", None),
        ("14 June", None),
    ],
)
def test_times_are_read_in_all_their_formats(written, found):
    assert moment(written, FEEDS["sz-messages"]) == found


def test_a_path_goes_through_lists_and_objects():
    tree = {"a": [{"b": 1}, {"b": 2}], "c": {"d": {"b": 3}}}
    assert list(walk(tree, "a/*/b")) == [("a/0/b", 1), ("a/1/b", 2)]
    assert list(walk(tree, "*/d/b")) == [("c/d/b", 3)]
    assert list(walk(tree, "a/7")) == list(walk(tree, "a/b")) == []


@pytest.mark.parametrize(
    ("changes", "reasons", "kinds"),
    [
        ({}, [], ["rainstorm"]),
        ({"subCategory": "暴雨"}, [], ["rainstorm"]),
        ({"subCategory": "气象灾害.陨石"}, ["kind.unknown"], ["rainstorm"]),
        ({"wLevel": "紫色"}, ["level.unknown"], ["rainstorm"]),
        ({"wLevel": "紫色", "matter": "有雨。"}, ["level.unknown"], []),
        ({"area": "火星"}, ["area.unknown"], []),
        ({"area": "罗湖区、火星"}, ["area.unknown"], ["rainstorm"]),
        ({"startTime": "gestern"}, ["time.unreadable"], []),
        ({"matter": ""}, ["record.shape"], []),
        ({"startTime": "", "issueTime": ""}, [], ["rainstorm"]),
    ],
)
def test_a_record_is_read_as_far_as_it_goes(changes, reasons, kinds):
    feed = FEEDS["sz-messages"]
    decoded = decode(snapshot(feed.id, [message(**changes)]), feed)
    read = READERS[feed.id].read(decoded.records[0], START)
    assert [fault.reason for fault in read.faults] == reasons
    assert [said.kind for said in read.statements] == kinds


def test_lightning_has_no_level_whatever_its_field_says():
    record = decode(
        snapshot("sz-messages", [message(subCategory="雷电", matter="发布罗湖区雷电预警信号。")]),
        FEEDS["sz-messages"],
    ).records[0]
    assert [said.level for said in READERS["sz-messages"].read(record, START).statements] == [None]


def test_a_text_that_does_nothing_known_is_held():
    file = standing(info="某地有事。")
    decoded = decode(snapshot("sz-standing", file), FEEDS["sz-standing"])
    read = READERS["sz-standing"].read(decoded.records[0], START)
    assert ([f.reason for f in read.faults], read.statements) == (["prose.unread"], ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["subAlarm", "sshzqAlarm", "alarmInfo", "swt", "desc", "matter", "area", "str", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(sorted(FEEDS)), st.binary(max_size=60) | JSON.map(lambda tree: json.dumps(tree).encode())
)
def test_any_content_is_read_or_held(feed, content):
    decoded = decode(RawSnapshot(feed, "x", START, content), FEEDS[feed])
    assert isinstance(decoded, Decoded)
    reads = [READERS[feed].read(record, START) for record in decoded.records]
    held = [*decoded.faults, *(fault for read in reads for fault in read.faults)]
    assert {fault.reason for fault in held} <= set(REASONS)
