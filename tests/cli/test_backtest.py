"""A history that somebody knows, judged as if it were new."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from click.testing import CliRunner
from lxml import html

from tocsin.cli.backtest import backtest

LAST = date(2026, 6, 8)
DAYS = [LAST - timedelta(7 * at) for at in range(199, -1, -1)]


@pytest.fixture
def history(tmp_path):
    chance = np.random.default_rng(3)
    north, south = chance.poisson(8, 200), chance.poisson(20, 200)
    north[150:154] += [6, 14, 12, 5]
    rows = [f"{day},{a},{b},0" for day, a, b in zip(DAYS, north, south, strict=True)]
    path = tmp_path / "history.csv"
    path.write_text("\n".join(["week,north,south,nothing", *rows]))
    return path


def run(*words, code=0):
    done = CliRunner().invoke(backtest, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


def test_it_tells_alarms_of_each_series_and_who_could_not_be_judged(history):
    lines = run(history, "--alarms", "0.02").stdout.splitlines()
    north = next(line for line in lines if line.startswith("north")).split()
    assert int(north[1]) == 200 - 52 - 8
    assert 1 <= int(north[2]) <= 8
    assert {str(day) for day in DAYS[150:152]} & set(north)
    assert "nothing                  can't be judged: all_zero" in lines


def test_it_measures_how_early_events_were_seen(history, tmp_path):
    events = tmp_path / "events.csv"
    events.write_text(f"series,begin,end\nnorth,{DAYS[150]},{DAYS[153]}\nsouth,{DAYS[100]},{DAYS[101]}\n")
    lines = run(history, "--alarms", "0.02", "--events", events).stdout.splitlines()
    told = [line for line in lines if "event" in line]
    assert told[0].startswith(f"event north {DAYS[150]} – {DAYS[153]}: first alarm ")
    assert told[0].endswith("days into it")
    assert told[1].endswith("not seen")
    assert told[2] == "1 of 2 events seen"


def test_it_draws_every_series(history, tmp_path):
    picture = tmp_path / "charts.html"
    for language, alarms, whole in (("en", "Alarms", "All together"), ("zh-hans", "报警", "合计")):
        run(history, "--since", DAYS[150], "--picture", picture, "--language", language)
        page = html.fromstring(picture.read_text("utf-8"))
        assert [head.text for head in page.iter("h2")] == ["north", "south", whole]
        assert alarms in [head.text for head in page.iter("th")]
        assert len(list(page.iter("svg"))) == 3


def test_bad_rows_are_told_and_the_others_judged(history):
    history.write_text(history.read_text().replace(f"{DAYS[3]},", "noon,", 1))
    done = run(history)
    assert "✗ line 5, week: there is no date that can be read: noon" in done.stderr
    assert "can't be judged: missing" in done.stdout


def test_a_table_without_counts_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert "there is no date" in run(tmp_path / "x.csv", code=1).stderr
    rows = "".join(f"2026-06-01,x{at}\n" for at in range(30))
    (tmp_path / "x.csv").write_text(f"day,count\n{rows}")
    assert "… and 10 more" in run(tmp_path / "x.csv", code=1).stderr


def test_events_that_can_not_be_read_are_told(history, tmp_path):
    (tmp_path / "e.csv").write_text("series,begin,end\nnorth,yesterday\n")
    assert "each line must be series,begin,end" in run(history, "--events", tmp_path / "e.csv", code=1).output


HOURS = [datetime(2026, 6, 8) + timedelta(hours=at) for at in range(24 * 20)]


def hourly(tmp_path, more=0):
    chance = np.random.default_rng(5)
    counts = chance.poisson(5, (2, len(HOURS)))
    counts[0, -30:-28] += 25
    path = tmp_path / "hours.csv"
    rows = [f"{hour:%Y-%m-%d %H:%M},{a},{b}" for hour, (a, b) in zip(HOURS, counts.T, strict=True)]
    path.write_text("\n".join(["hour,north,south", *rows]))
    return path


def test_hours_are_judged_and_told_with_their_time(tmp_path):
    path, events, picture = hourly(tmp_path), tmp_path / "events.csv", tmp_path / "charts.html"
    events.write_text(f"series,begin,end\nnorth,{HOURS[-31]},{HOURS[-28]}\n")
    words = ("--step", "hour", "--alarms", "0.1", "--since", f"{HOURS[-100]:%Y-%m-%d %H:%M}")
    done = run(path, *words, "--events", events, "--picture", picture)
    north = next(line for line in done.stdout.splitlines() if line.startswith("north")).split()
    assert north[1] == "100"
    assert f"{HOURS[-30]:%Y-%m-%d %H:%M}" in done.stdout
    begin, end = (f"{HOURS[at]:%Y-%m-%d %H:%M}" for at in (-31, -28))
    assert (
        f"event north {begin} – {end}: first alarm {HOURS[-30]:%Y-%m-%d %H:%M}, 1 hours into it"
        in done.stdout
    )
    page = html.fromstring(picture.read_text("utf-8"))
    assert [svg.get("viewbox") for svg in page.iter("svg")] == ["0 0 720 190"] * 3


def test_a_date_is_no_hour(history):
    done = run(history, "--step", "hour", code=1)
    assert "there is no hour of the local clock that can be read" in done.stderr


def test_zones_are_looked_at_beside_their_series(history, tmp_path):
    zones = tmp_path / "zones.csv"
    zones.write_text("zone,series\nriver,north\nriver,south\n")
    names = [line.split()[0] for line in run(history, "--zones", zones).stdout.splitlines()]
    assert names[1:5] == ["north", "south", "river", "(all"]
    zones.write_text("zone,series\nriver,east\n")
    assert (
        "there is no series 'east' to put into a zone 'river'"
        in run(history, "--zones", zones, code=1).output
    )
    zones.write_text("zone,series\nriver\n")
    assert "each line must be zone,series (river)" in run(history, "--zones", zones, code=1).output


def test_an_exposure_is_taken_into_account(tmp_path):
    chance = np.random.default_rng(3)
    clinics = np.r_[np.full(190, 10), np.full(10, 30)]
    counts = chance.poisson(0.8 * clinics)
    path, alarms = tmp_path / "exposed.csv", []
    for columns in (4, 3):
        rows = [
            ("series", "week", "count", "exposure"),
            *zip(["a"] * 200, DAYS, counts, clinics, strict=True),
        ]
        path.write_text("\n".join(",".join(map(str, row[:columns])) for row in rows))
        line = run(path, "--alarms", "0.02", "--since", DAYS[190]).stdout.splitlines()[1].split()
        assert line[:2] == ["a", "10"]
        alarms.append(int(line[2]))
    seeing, blind = alarms
    assert blind >= 3 > 0 == seeing
