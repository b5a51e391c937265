"""Names come from the pack and the gazetteer, sentences from the house or the plan."""

import pytest

from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.communication.alerts import record
from tocsin.stages.communication.alerts.content import Content
from tocsin.stages.communication.alerts.document import outlines
from tocsin.stages.communication.alerts.drafting import Template

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(press, words):
    return record.facts(
        hazard="rainstorm",
        level=WarningLevel.RED,
        areas=("440303", "440304"),
        starts=words().starts,
        expires=words().expires,
        measures=({"zh": "停课。", "en": "Schools close."},),
    )


def test_names(facts):
    assert (facts.hazard["en"], facts.level["zh"], facts.issuer["en"]) == (
        "Rainstorm",
        "红色（一级）",
        "Shenzhen City",
    )
    assert [area["zh"] for area in facts.areas] == ["罗湖区", "福田区"]


def test_the_houses_own_words(facts):
    written = record.write(facts)
    assert written.headline["en"] == (
        "Shenzhen City: Red (level 1) alert for Rainstorm in Luohu District and Futian District"
    )
    assert written.instruction == {"zh": "停课。", "en": "Schools close."}
    assert set(written.description) == {"zh", "en"}


def test_the_plans_words(facts):
    template = Template({"zh": "{hazard}！"}, {"zh": "{areas}"}, {"zh": "{measures}"})
    assert record.write(facts, template).headline == {"zh": "暴雨！"}


def test_what_is_written_can_be_published(press, facts, words):
    written = record.write(facts)
    content = Content(
        WarningLevel.RED,
        ("440303",),
        words().starts,
        words().expires,
        written.headline,
        written.description,
        written.instruction,
    )
    assert press.publish(press.draft(content)).state == "published"


def test_a_signal_without_a_level(press, words):
    plain = record.facts(
        hazard="rainstorm",
        level=None,
        areas=(),
        starts=words().starts,
        expires=words().expires,
        issuer={"en": "Weather Office"},
    )
    assert (plain.level, plain.issuer, plain.areas) == ({}, {"en": "Weather Office"}, ())


def test_a_place_that_nobody_knows(press):
    with pytest.raises(Malformed):
        record.places(["440304", "1"])


def test_what_is_no_area_has_no_outline():
    assert outlines(None) == ()
    assert outlines({"type": "Point", "coordinates": [114, 22]}) == ()


def test_an_outline_is_closed_and_latitude_comes_first():
    ring = [[114.0, 22.5], [114.2, 22.5], [114.2, 22.7], [114.0, 22.5]]
    (outline,) = outlines({"type": "Polygon", "coordinates": [ring]})
    assert set(outline.split()) == {"22.5,114", "22.5,114.2", "22.7,114.2"}
    assert outline.split()[0] == outline.split()[-1]
