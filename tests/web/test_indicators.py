"""The pages of indicators: hours, exposures, neighbours and late reports are said in words."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from tests.conftest import NOON

from tocsin.kernel.instants import after
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.indicators.models import Finding, Indicator, Point
from tocsin.web.counts import series_name, step_words

FORM = {"name_zh": "x", "kind": "rainstorm", "alarms": "0.5"}
HERE = datetime(2026, 6, 16, 12)
"""Noon by the clock of the place."""


@pytest.fixture
def duty(as_role):
    return as_role("duty_officer")


def defined(browser, **form):
    answer = browser.post(reverse("indicators-define"), FORM | form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Indicator.objects.get(id=answer.url.split("/")[-2])


def put(browser, row, text):
    return browser.post(reverse("indicators-counts", args=[row.id]), {"table": text})


def shown(browser, row, **query):
    return browser.get(reverse("indicators-detail", args=[row.id]), query)


def hours(number=24 * 20, last=60):
    begin = HERE - timedelta(hours=number)
    rows = [
        (begin + timedelta(hours=at), 4 + (at * 7) % 5 if at < number - 1 else last) for at in range(number)
    ]
    return "hour,count\n" + "\n".join(f"{hour:%Y-%m-%d %H:%M},{count}" for hour, count in rows)


def test_hours_are_put_in_judged_and_told_with_their_time(duty):
    row = defined(duty, elsewhere="1", rhythm="hour")
    assert put(duty, row, hours()).status_code == 302
    page = shown(duty, row).content.decode()
    assert "2026-06-16 11:00: 60" in page
    assert "<strong>All together</strong> 2026-06-16 11:00" in page
    assert "CSV: a local time, and a column for each series" in page
    listed = duty.get(reverse("indicators")).content.decode()
    assert "2026-06-16 11:00" in listed
    line = next(
        csv.DictReader(
            io.StringIO(duty.get(reverse("indicators"), {"format": "csv"}).content.decode("utf-8-sig"))
        )
    )
    assert line["judged_until"] == "2026-06-16 11:00"


def test_a_table_of_days_is_no_table_of_hours(duty):
    row = defined(duty, elsewhere="1", rhythm="hour")
    answer = put(duty, row, "day,count\n2026-06-15,3\n")
    assert (
        "line 2, day: there is no hour of the local clock that can be read: 2026-06-15"
        in answer.content.decode()
    )
    assert Point.objects.filter(indicator=row).count() == 0


def test_an_exposure_is_read_refused_by_line_and_exported(duty):
    row = defined(duty, elsewhere="1", rhythm="day")
    head = "series,date,count,exposure\n"
    bad = put(duty, row, head + "a,2026-06-14,3,100\na,2026-06-15,3,0\n").content.decode()
    assert "line 3, exposure: this is no exposure, a number above zero: 0" in bad
    lines = [f"a,{HERE.date() - timedelta(at)},{3 + at % 4},{100 + at}" for at in range(1, 91)]
    assert put(duty, row, head + "\n".join(lines)).status_code == 302
    rows = list(csv.DictReader(io.StringIO(shown(duty, row, format="csv").content.decode("utf-8-sig"))))
    assert (rows[-1]["day"], rows[-1]["exposure"], rows[-1]["complete"]) == ("2026-06-15", "101.0", "1.0")
    assert rows[-1]["filled"] == ""
    mixed = put(duty, row, "series,date,count\na,2026-06-15,3\n").content.decode()
    assert "“a 2026-06-15” has no exposure, where others have one." in mixed


def test_late_reports_that_are_too_few_are_said(duty):
    row = defined(duty, rhythm="day", late="1", each="1", neighbours="1")
    page = shown(duty, row).content.decode()
    assert "reports come late" in page
    assert "neighbouring districts together too" in page
    assert "Too few reports have come in to tell how late they are" in page


def test_an_unfinished_step_is_explained(duty, world):
    row = defined(duty, rhythm="day", late="1")
    row.shares = [0.5, 0.9]
    row.save()
    begin = after(NOON, -timedelta(days=91, hours=12))
    Point.objects.filter(indicator=row).delete()
    Point.objects.bulk_create(
        Point(indicator=row, day=begin + timedelta(days=at), count=20 + at % 5) for at in range(91)
    )
    page = shown(duty, row).content.decode()
    assert "Open ring: what a step will have come to" in page
    rows = list(csv.DictReader(io.StringIO(shown(duty, row, format="csv").content.decode("utf-8-sig"))))
    assert [line["complete"] for line in rows[-3:]] == ["1.0", "0.9", "0.5"]
    assert float(rows[-1]["filled"]) == pytest.approx(2 * float(rows[-1]["count"]), abs=1)
    assert rows[-1]["exposure"] == ""


def test_what_can_not_be_is_refused_with_its_field(duty):
    for wrong, said in (
        ({"late": "1", "elsewhere": "1"}, "Only where signals are counted is it known how late they came."),
        ({"neighbours": "1"}, "Districts are looked at together only where each is a series of its own."),
    ):
        answer = duty.post(reverse("indicators-define"), FORM | {"rhythm": "day"} | wrong)
        assert said in answer.content.decode().replace("&#x27;", "'")


def test_several_districts_are_named_by_all_of_theirs(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    from django.utils.translation import override

    with override("en"):
        assert series_name("440304+440305+440306") == "Futian District, Nanshan District and Bao'an District"
        assert series_name("440304") == "Futian District"
        assert (series_name(""), series_name("a+b")) == ("All together", "a+b")
    with override("zh-hans"):
        assert series_name("440304+440305+440306") == "福田区、南山区和宝安区"
    assert step_words(None, "day") == ""


def test_findings_of_before_keep_their_page(duty, world):
    finding = Finding.objects.get(id=world.things["finding"])
    page = shown(duty, finding.indicator).content.decode()
    assert "2026-06-15" in page
    assert "2026-06-15 00:00" not in page
