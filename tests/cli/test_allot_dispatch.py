"""Units sent from the shell."""

import csv

import pytest
from click.testing import CliRunner

from tocsin.cli.allot import allot
from tocsin.kernel.errors import Malformed

REQUESTS = "request,lon,lat,weight,needs,count\nfire,114.00,22.50,3,pump,2\ncrash,114.10,22.50,1,medic,1\n"
UNITS = (
    "unit,lon,lat,capabilities,capacity,available\nE1,114.01,22.50,pump;medic,1,yes\nE2,114.20,22.50,pump,1,\n"
    "A1,114.12,22.50,medic,1,yes\nA2,114.10,22.50,medic,1,no\n"
)


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "requests.csv").write_text(REQUESTS)
    (tmp_path / "units.csv").write_text(UNITS)
    return ["--requests", tmp_path / "requests.csv", "--units", tmp_path / "units.csv"]


def run(*words, code=0):
    done = CliRunner().invoke(allot, ["dispatch", *map(str, words)])
    assert done.exit_code == code, done.output
    return done


def test_orders_are_told_with_their_reasons_and_written(tables, tmp_path):
    lines = run(*tables, "--override", "crash,E1", "--out", tmp_path / "plan.csv").stdout.splitlines()
    assert {line.split(":")[0] for line in lines[:3]} == {"E1 → fire", "E2 → fire", "A1 → crash"}
    assert "A1 is the nearest capable unit to crash: 4.0 min. The next, E1" in "".join(lines)
    assert "3 orders, 0 needs unmet" in lines[3]
    assert lines[3].endswith("no plan is better: proved over all pairs")
    assert lines[4].startswith("With E1 sent to crash the best plan is ")
    with (tmp_path / "plan.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(row["request"], row["unit"]) for row in rows} == {
        ("fire", "E1"),
        ("fire", "E2"),
        ("crash", "A1"),
    }


def test_what_stays_unmet_is_named_with_what_one_more_would_change(tables, tmp_path):
    (tmp_path / "requests.csv").write_text(REQUESTS.replace("pump,2", "pump,3"))
    lines = run(*tables, "--out", tmp_path / "plan.csv").stdout.splitlines()
    assert "unmet fire: 1. fire asks for more than the 2 capable units that could come in time." in lines
    assert lines[-2].startswith("at fire: One more such unit there would make the plan ")
    assert (tmp_path / "plan.csv").read_text().splitlines()[-1].startswith("fire,,,1,")


def test_long_plans_are_cut_on_the_screen_and_not_explained_one_by_one(tables, tmp_path, monkeypatch):
    monkeypatch.setattr("tocsin.cli.allot_dispatch.EXPLAINED", 30)
    rows = "".join(f"r{at},114.0,22.5\n" for at in range(40))
    (tmp_path / "requests.csv").write_text("request,lon,lat\n" + rows)
    (tmp_path / "units.csv").write_text("unit,lon,lat,capacity\nbus,114.0,22.5,35\n")
    out = run(*tables).stdout
    assert "bus → r0: 0.0 min.\n" in out
    assert "… and 15 more" in out
    assert "35 orders, 5 needs unmet" in out


def test_rows_that_can_not_be_meant_are_told_and_left_out(tables, tmp_path):
    bad = "r1,999,22.5,1,,1\nr2,114,22.5,0,,1\nr3,114,22.5,1,,1.5\n,114,22.5,1,,1\nr4,114,22.5,1,,1,9,9\n"
    (tmp_path / "requests.csv").write_text(REQUESTS + bad)
    (tmp_path / "units.csv").write_text(UNITS + "E9,114,22.5,,1.5,yes\n")
    told = run(*tables, code=1).stderr
    for words in (
        "requests.csv line 4: longitude 999",
        "line 5: weight is 0",
        "line 6: count can't be 1.5",
        "line 7: request is empty",
        "units.csv line 6: capacity can't be 1.5",
    ):
        assert words in told


def test_a_wrong_call_is_told(tables, tmp_path):
    assert "write request,unit" in run(*tables, "--override", "crash", code=2).stderr
    many = ";".join(f"c{at}" for at in range(63))
    (tmp_path / "units.csv").write_text(f"unit,lon,lat,capabilities\nE1,114,22.5,{many}\n")
    assert "more than 62" in run(*tables, code=2).stderr


def test_empty_tables_are_plans_too(tables, tmp_path):
    for name, head in (("requests", "request,lon,lat\n"), ("units", "unit,lon,lat\n")):
        (tmp_path / f"{name}.csv").write_text(head)
    assert "0 orders, 0 needs unmet, 0.0 weighted minutes" in run(*tables).stdout


def test_a_request_twice_is_refused(tables, tmp_path):
    (tmp_path / "requests.csv").write_text(REQUESTS + "crash,114.10,22.50,1,medic,1\n")
    done = CliRunner().invoke(allot, ["dispatch", *map(str, tables)])
    assert isinstance(done.exception, Malformed)
