"""A second, plain reading of the standing account, written apart from the product: names to leaves by a
table made straight from the pack's YAML, levels by colour, nothing else. What the product computes is
compared with this.
"""

import json
import re
import tarfile
from datetime import datetime
from zoneinfo import ZoneInfo

import yaml

from tocsin.packs.reader import BUILT_IN

CITY = BUILT_IN / "cn/shenzhen"
ARCHIVE = CITY / "archive/warnings-2026-05-06.tar.xz"
ZONE = ZoneInfo("Asia/Shanghai")
COLOURS = {"": None, "蓝色": 1, "黄色": 2, "橙色": 3, "红色": 4}
KINDS = {
    "暴雨": "rainstorm",
    "雷电": "lightning",
    "雷雨大风": "thunderstorm-gale",
    "高温": "heat",
    "地质灾害": "geological-risk",
    "强季风": "strong-monsoon",
}
DISTRICTS = [
    "罗湖区",
    "福田区",
    "南山区",
    "宝安区",
    "龙岗区",
    "盐田区",
    "龙华区",
    "坪山区",
    "光明区",
    "大鹏新区",
]
SEAS = ["珠江口", "深圳湾", "大鹏湾", "大亚湾"]


def _leaves() -> dict[str, list[str]]:
    """Every word for a place that the archive uses, to the names of its leaves."""
    rows = yaml.safe_load((CITY / "places.yaml").read_text("utf-8"))
    districts = {row["code"]: row["name"]["zh"] for row in rows if row["kind"] == "district"}
    inner: dict[str, list[str]] = {name: [] for name in districts.values()}
    for row in rows:
        if row["kind"] in {"street", "town"} and row.get("parent") in districts:
            inner[districts[row["parent"]]].append(re.sub("(街道|镇)$", "", row["name"]["zh"]))
    words = {leaf: [leaf] for leaves in inner.values() for leaf in leaves}
    words |= {sea: [sea] for sea in [*SEAS, "深汕海域"]}
    words |= dict(inner.items())
    words["全市陆地"] = [leaf for district in DISTRICTS for leaf in inner[district]]
    words["赤石镇"] = ["赤石"]
    return words


LEAVES = _leaves()
ALL = sorted({leaf for leaves in LEAVES.values() for leaf in leaves})


def cells(words: str, kind: str, level: int | None) -> dict[tuple[str, str], int | None]:
    """The cells of one warning."""
    return {(leaf, kind): level for word in words.split("、") for leaf in LEAVES[word]}


def account(content: bytes) -> dict[tuple[str, str], int | None]:
    """The cells in force by one szAlarm file: where several warnings meet, the strongest."""
    told = json.loads(content)
    lists = [told["subAlarm"], told["sshzqAlarm"]]
    for more in ("subAlarmMores", "sshzqAlarmMores"):
        lists += list((told.get(more) or {}).values())
    found: dict[tuple[str, str], int | None] = {}
    for item in (item for items in lists for item in items):
        for key, level in cells(
            item["alarmArea"], KINDS[item["alarmType"]], COLOURS[item["alarmColor"]]
        ).items():
            found[key] = max(found.get(key) or 0, level or 0) or None
    return found


def accounts() -> dict[datetime, dict[tuple[str, str], int | None]]:
    """Every szAlarm file of the archive by the time of its poll."""
    found = {}
    with tarfile.open(ARCHIVE) as tar:
        for member in tar:
            polled = re.search(r"szAlarm_(\d{8}_\d{6})\.json$", member.name)
            if polled:
                at = datetime.strptime(polled[1], "%Y%m%d_%H%M%S").replace(tzinfo=ZONE)
                found[at] = account(tar.extractfile(member).read())
    return found
