"""A settled desk, and snapshots as they are polled."""

import json
from datetime import timedelta

from tocsin.kernel.instants import parse
from tocsin.stages.reduction.signals.decoding import RawSnapshot

START = parse("2026-06-14T08:00+08:00")


def minutes(count):
    return START + timedelta(minutes=count)


def snapshot(feed, content, at=START):
    """A file of a feed; `content` is bytes, or data to be written as JSON."""
    name = {"sz-messages": "szWarn_all", "sz-standing": "szAlarm"}.get(feed, "other")
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return RawSnapshot(feed, f"{name}_{at:%Y%m%d_%H%M%S}.json", at, raw)


def message(**changes):
    """One record of the list of messages."""
    return {
        "keyId": 1,
        "issued": "深圳市气象台",
        "issuer": "某某某",
        "tel": "12345",
        "startTime": "2026-06-14 07:50:00",
        "subCategory": "气象灾害.暴雨",
        "wLevel": "黄色",
        "area": "罗湖区、珠江口",
        "matter": "【深圳市分区暴雨黄色预警信号】深圳市气象台发布罗湖区和珠江口暴雨黄色预警信号，请注意。",
        **changes,
    }


def item(**changes):
    """One record of the standing list."""
    return {
        "date": "2026-06-14 07:50:00",
        "alarmArea": "罗湖区、珠江口",
        "alarmType": "暴雨",
        "alarmColor": "黄色",
        "str": "【深圳市分区暴雨黄色预警信号】发布罗湖区和珠江口暴雨黄色预警信号。",
        "recID": 7,
        **changes,
    }


def standing(*items, info="", at="2026-06-14 07:50:00"):
    """A file of the standing account."""
    return {
        "subAlarm": list(items),
        "sshzqAlarm": [],
        "alarmInfo": info,
        "alarmDate": at,
        "alarmSSInfo": "",
        "alarmSSDate": at,
    }
