"""What leaves is CAP 1.2, in its order, escaped, and reads back as what was meant."""

import pytest
from lxml import etree
from msgspec.structs import replace

from tocsin.engine.cap import Info, read, validate, write
from tocsin.engine.cap.tables import ALERT, AREA, CAP_12, INFO, RESOURCE
from tocsin.kernel.errors import Malformed


def test_the_whole_message_reads_back(alert):
    assert read(write(alert)) == alert
    assert validate(write(alert)) == ()


def test_elements_stand_in_the_order_of_the_schema(alert):
    root = etree.fromstring(write(alert))
    for path, level in (
        (".", ALERT),
        ("{*}info", INFO),
        ("{*}info/{*}area", AREA),
        ("{*}info/{*}resource", RESOURCE),
    ):
        tags = dict.fromkeys(child.tag for child in root.find(path))
        assert list(tags) == [f"{{{CAP_12}}}{slot.tag}" for slot in level.slots]


def test_the_file_is_spelled_as_the_standard_asks(source):
    assert write(read(source.replace("18:50:00+08:00", "10:50:00Z").encode())).decode() == (
        """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>a.1</identifier>
  <sender>desk@example.org</sender>
  <sent>2026-06-16T12:50:00+08:00</sent>
  <status>Actual</status>
  <msgType>Alert</msgType>
  <scope>Public</scope>
  <info>
    <language>zh-CN</language>
    <category>Met</category>
    <event>Rainstorm</event>
    <urgency>Immediate</urgency>
    <severity>Extreme</severity>
    <certainty>Observed</certainty>
    <expires>2026-06-16T10:50:00-00:00</expires>
    <area>
      <areaDesc>Longgang</areaDesc>
      <polygon>22.6,114.1 22.6,114.4 22.8,114.4 22.6,114.1</polygon>
    </area>
  </info>
</alert>
"""
    )


def test_what_one_says_oneself_breaks_no_rule(alert):
    with pytest.raises(Malformed) as caught:
        write(replace(alert, references=""))
    assert (caught.value.code, caught.value.data["where"]) == ("cap.references.needed", "/alert/references")


def test_what_others_said_is_passed_on_with_their_faults(alert):
    faulty = replace(alert, references="", identifier="a b")
    assert read(write(faulty, strict=False)) == faulty


def test_what_cannot_be_written_is_refused_all_the_same(alert):
    with pytest.raises(Malformed) as caught:
        write(replace(alert, identifier=""), strict=False)
    assert caught.value.code == "cap.missing"


def test_a_silent_language_is_the_standards_default(source):
    info = read(source.replace("<language>zh-CN</language>", "").encode()).info[0]
    assert (info.language, Info.__struct_defaults__[0]) == ("en-US", "en-US")
