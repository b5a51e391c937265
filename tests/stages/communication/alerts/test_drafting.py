"""From facts to a text, in each language, with nothing made up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, after
from tocsin.stages.communication.alerts.drafting import Facts, Template, draft

NOON = Instant(datetime(2026, 6, 16, 4, 5, tzinfo=UTC))
FACTS = Facts(
    hazard={"zh": "暴雨", "en": "Rainstorm"},
    level={"zh": "红色", "en": "Red"},
    areas=({"zh": "福田区", "en": "Futian"}, {"zh": "罗湖区", "en": "Luohu"}),
    issuer={"zh": "深圳市", "en": "Shenzhen"},
    starts=NOON,
    expires=after(NOON, timedelta(hours=3)),
    measures=({"zh": "停课。", "en": "Schools close."}, {"zh": "停工。", "en": "Work stops."}),
)


def written(headline, languages=("zh", "en"), facts=FACTS):
    template = Template(headline, {}, {})
    return draft(facts, template, languages=languages, zone=ZoneInfo("Asia/Shanghai")).headline


def test_each_language_in_its_own_way():
    assert written(
        {"zh": "{issuer}：{areas}{hazard}{level}", "en": "{issuer}: {level} {hazard} in {areas}"}
    ) == {
        "zh": "深圳市：福田区和罗湖区暴雨红色",
        "en": "Shenzhen: Red Rainstorm in Futian and Luohu",
    }


def test_times_in_the_zone_and_manner_of_the_place():
    assert written({"zh": "{starts}至{expires}", "en": "from {starts}"}) == {
        "zh": "2026年6月16日 12:05至2026年6月16日 15:05",
        "en": "from June 16, 2026 12:05",
    }


def test_measures_stand_on_their_own_lines_and_empty_lines_go():
    assert written({"en": "{cautions}\n{measures}\n"}) == {"en": "Schools close.\nWork stops."}


def test_a_language_without_a_template_is_left_out():
    assert written({"en": "{hazard}"}, languages=("zh", "en", "fr")) == {"en": "Rainstorm"}


@pytest.mark.parametrize("language", ["xx", "no language"])
def test_a_language_that_nobody_knows_is_written_like_english(language):
    assert written({language: "{areas}"}, languages=(language,)) == {language: "福田区 and 罗湖区"}


@pytest.mark.parametrize("template", ["{casualties}", "{areas", "areas}", "{}", "{areas.name}", "{{areas}}"])
def test_a_brace_never_reaches_the_public(template):
    with pytest.raises(Malformed) as refusal:
        written({"en": template})
    assert refusal.value.code == "alert.placeholder"


def test_a_brace_in_a_fact_is_only_text():
    facts = Facts({"en": "{level}"}, {"en": "Red"}, (), {"en": ""}, NOON, NOON)
    assert written({"en": "{hazard}"}, facts=facts) == {"en": "{level}"}


@given(st.text())
def test_whatever_the_template_it_is_written_or_refused(template):
    try:
        assert set(written({"en": template})) == {"en"}
    except Malformed as refusal:
        assert refusal.code == "alert.placeholder"
