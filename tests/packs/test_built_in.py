"""What the packs that come with the house must tell, whoever edits them."""

import re

import pytest

from tocsin.kernel.ladders import IncidentGrade
from tocsin.packs.reader import BUILT_IN, load
from tocsin.packs.rows import Verified

CN, AVALON = load("cn"), load("avalon")
CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def test_the_county_abroad_has_nothing_chinese_in_it():
    files = sorted((BUILT_IN / "avalon").rglob("*.*"))
    assert [file.name for file in files if CJK.search(file.read_text(encoding="utf-8"))] == []


def test_the_code_of_the_packs_has_nothing_chinese_in_it():
    files = sorted(BUILT_IN.glob("*.py"))
    assert [file.name for file in files if CJK.search(file.read_text(encoding="utf-8"))] == []


def test_both_have_rows_in_every_table_of_law():
    for pack in (CN, AVALON):
        law = [
            pack.ladders,
            pack.kinds,
            pack.facts,
            pack.gradings,
            pack.responses,
            pack.warnings,
            pack.clocks,
            pack.publishing,
            pack.disclosure,
            pack.groups,
        ]
        assert [rows.table for rows in law if not rows] == []


def test_china_has_four_classes_and_social_security_is_restricted_throughout():
    classes = [kind.id for kind in CN.kinds.values() if not kind.parent]
    assert classes == ["natural-disaster", "accident", "public-health", "social-security"]
    assert [kind.id for kind in CN.kinds.values() if kind.restricted] == [
        "social-security",
        "mass-incident",
        "terrorism",
        "market-shock",
    ]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("rainstorm", "11B03"),
        ("typhoon", "11B01"),
        ("thunderstorm-gale", "11B20"),
        ("lightning", "11B14"),
        ("heat", "11B09"),
        ("geological-risk", "11B37"),
        ("forest-fire", "11G01"),
        ("hazardous-chemical", ""),
    ],
)
def test_a_kind_has_the_code_of_the_standard_or_none_where_none_was_found(kind, code):
    assert CN.kinds[kind].code == code


def test_lightning_may_be_warned_of_without_a_colour():
    lightning = CN.warnings["lightning"]
    assert [*lightning.levels] == ["YELLOW", "ORANGE", "RED"]
    assert lightning.plain["zh"]


def test_the_red_rainstorm_signal_means_a_hundred_millimetres_in_three_hours():
    assert CN.warnings["rainstorm"].levels["RED"].text == {
        "zh": "3小时内降雨量100毫米以上",
        "en": "100 mm of rain or more within 3 hours",
    }


def test_what_was_read_in_the_legal_text_and_what_was_not_is_told_apart():
    assert CN.gradings["work-safety"].verified is Verified.TEXT
    assert CN.gradings["environmental"].verified is Verified.COPY
    assert CN.clocks["CN-MP-01"].verified is Verified.MEMORY
    relief = CN.responses["disaster-relief"].scales[0].bands
    assert [relief[step].verified for step in ("IV", "III", "II", "I")] == [
        Verified.MEMORY,
        None,
        None,
        None,
    ]


def test_each_grading_table_names_a_step_of_the_incident_ladder_alone():
    steps = {name for table in CN.gradings.values() for scale in table.scales for name in scale.bands}
    assert steps == set(IncidentGrade.__members__)
