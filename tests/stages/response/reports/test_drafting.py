"""A draft is what the record supports, and nothing more."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tocsin.kernel.instants import Instant
from tocsin.stages.response.reports.body import Body, Casualties
from tocsin.stages.response.reports.drafting import Known, draft

SHENZHEN = ZoneInfo("Asia/Shanghai")
KIND = {"zh": "暴雨", "en": "Rainstorm"}
TITLE = {"zh": "龙岗暴雨", "en": "Rainstorm in Longgang"}


def test_an_empty_record_gives_kind_and_title():
    body = draft(Known(KIND, TITLE), language="en", zone=SHENZHEN)
    assert body == Body(nature="Rainstorm", course="Rainstorm in Longgang")


def test_everything_known_has_its_place():
    known = Known(
        kind_name=KIND,
        title=TITLE,
        occurred_at=Instant(datetime(2026, 6, 16, 4, 50, tzinfo=UTC)),
        places=({"zh": "平湖", "en": "Pinghu"}, {"zh": "南湾", "en": "Nanwan"}),
        source={"en": "the watch list"},
        facts={"deaths": 0, "missing": 2, "serious_injuries": 3, "poisoned": 1, "direct_loss": 1250000},
        evidence=("12:50 red", "13:10 red", "12:50 red"),
        done=({"en": "Underpasses closed"},),
        measures=({"en": "Classes suspended"}, {"en": "Underpasses closed"}),
        trend="more rain until 18:00",
        unit="Longgang district",
    )
    assert draft(known, language="en", zone=SHENZHEN) == Body(
        unit="Longgang district",
        time="2026-06-16 12:50+08:00",
        place="Pinghu · Nanwan",
        source="the watch list",
        nature="Rainstorm",
        extent="Pinghu · Nanwan",
        course="Rainstorm in Longgang\n12:50 red\n13:10 red",
        casualties=Casualties(deaths=0, missing=2, injured=4),
        loss="1,250,000",
        measures="Classes suspended\nUnderpasses closed",
        trend="more rain until 18:00",
    )


def test_in_the_language_of_the_desk():
    assert draft(Known(KIND, TITLE), language="zh-hans", zone=SHENZHEN).nature == "暴雨"


def test_an_area_that_was_measured_is_the_extent():
    known = Known(KIND, TITLE, places=({"en": "Pinghu"},), facts={"stricken_area": 12.5})
    assert draft(known, language="en", zone=SHENZHEN).extent == "12.5 km²"


def test_a_loss_told_in_words_stays_as_it_was_told():
    known = Known(KIND, TITLE, facts={"direct_loss": "about a million"})
    assert draft(known, language="en", zone=SHENZHEN).loss == "about a million"
