"""A history that somebody knows, judged as if it were new."""

from datetime import date, timedelta

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
    assert str(DAYS[151]) in north
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
