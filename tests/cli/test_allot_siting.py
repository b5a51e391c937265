"""Sites chosen from the shell."""

import pytest
from click.testing import CliRunner

from tocsin.cli.allot import allot

DEMAND = "demand,lon,lat,weight\nnorth,114.0,22.9,10\nmiddle,114.0,22.7,2\nsouth,114.0,22.5,20\n"
SITES = "site,lon,lat,status\nA,114.0,22.88,\nB,114.0,22.70,open\nC,114.0,22.51,free\nD,114.0,22.50,closed\n"


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "demand.csv").write_text(DEMAND)
    (tmp_path / "sites.csv").write_text(SITES)
    return ["--demand", tmp_path / "demand.csv", "--sites", tmp_path / "sites.csv"]


def run(*words, code=0):
    done = CliRunner().invoke(allot, ["site", *map(str, words)])
    assert done.exit_code == code, done.output
    return done


def test_the_least_travel_time_is_told_and_written(tables, tmp_path):
    lines = run(*tables, "--open", 2, "--out", tmp_path / "served.csv").stdout.splitlines()
    assert lines[0].startswith("B serves 2 places of weight 12.0.")
    assert lines[1].startswith("C serves 1 places of weight 20.0.")
    assert lines[2].startswith("One more site, at A, would shorten")
    assert lines[3].startswith("weight 32 of 32 reached, ")
    assert lines[3].endswith("no choice is better: proved")
    assert (tmp_path / "served.csv").read_text().splitlines() == [
        "demand,site,minutes",
        "north,B,43.37",
        "middle,B,0.00",
        "south,C,2.17",
    ]


def test_the_most_within_reach_is_told_with_what_is_not(tables, tmp_path):
    out = tmp_path / "served.csv"
    lines = run(*tables, "--open", 2, "--within", 10, "--out", out).stdout.splitlines()
    assert "out of reach: north" in lines
    assert lines[-2] == "weight 22 of 32 reached; no choice is better: proved"
    assert "north,," in out.read_text()


def test_out_of_time_the_gap_is_told(tmp_path, tables):
    rows = "".join(f"d{at},{114 + at % 7 / 10},{22 + at % 11 / 10},{at % 5 + 1}\n" for at in range(77))
    (tmp_path / "demand.csv").write_text("demand,lon,lat,weight\n" + rows)
    (tmp_path / "sites.csv").write_text("site,lon,lat,weight\n" + rows)
    last = run(*tables, "--open", 5, "--within", 40, "--limit", 0).stdout.splitlines()
    assert "of the best" in last[-1] or "proved" in last[-1]
    assert "… and " in "".join(run(*tables, "--open", 1, "--within", 10).stdout.splitlines())


def test_rows_that_can_not_be_meant_are_told(tables, tmp_path):
    (tmp_path / "sites.csv").write_text(SITES + "E,114.0,22.5,maybe\n")
    told = run(*tables, "--open", 2, code=1).stderr
    assert "sites.csv line 6: status can't be maybe: write free, open or closed" in told
