"""Sharing from the command line, over tables and maps that the tests make."""

import csv

import numpy as np
import osmium
import pytest
from click.testing import CliRunner
from osmium.osm.mutable import Node, Way

from tocsin.cli.allot_supply import supply
from tocsin.kernel.errors import Malformed

TABLES = {
    "stock": "depot,item,units,hours\nnorth,water,60,\nsouth,water,30,12\nsouth,tent,5,\n",
    "needs": "site,item,units,priority\nschool,water,70,1\nclinic,water,50,5\nschool,tent,2,\n",
    "depots": "depot,lon,lat,trucks,capacity,trips\nnorth,114.0,22.60,2,40,1\nsouth,114.0,22.50,,,\n",
    "sites": "site,lon,lat\nschool,114.0,22.58\nclinic,114.0,22.52\n",
    "items": "item,load\nwater,1\ntent,20\n",
}


@pytest.fixture
def tables(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def run(tables, *words, code=0, names=tuple(TABLES)):
    options = [word for name in names for word in (f"--{name}", str(tables / f"{name}.csv"))]
    done = CliRunner().invoke(supply, [*options, "--out", str(tables / "plan.csv"), *map(str, words)])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def planned(tables):
    with (tables / "plan.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_it_tells_who_gets_what_why_and_what_would_help(tables):
    told = run(tables)
    lines = told.stdout.splitlines()
    assert lines[0].startswith("north → school: 52 water, 0.1 h. north is the nearest depot")
    assert (
        "unmet school: 18 water (26% of its need). All water that reaches school in time is used up." in lines
    )
    assert any(
        line.startswith("largest unmet share: water 25.7%; weighed unmet 78; ") and "whole units" not in line
        for line in lines
    )
    helps = [line for line in lines if line.startswith("one more")]
    assert helps[0].startswith("one more unit of water at ")
    assert "largest unmet share of water -0.83%" in helps[0]
    rows = planned(tables)
    assert sum(float(row["units"]) for row in rows if row["item"] == "water") == 120
    assert {row["lots"] for row in rows if row["depot"] == "south" and row["item"] == "water"} == {"30@12h"}
    assert "travel: straight lines × 1.3 at 40 km/h" in told.stderr


def test_a_gate_that_is_full_is_told_in_truck_trips(tables):
    (tables / "stock.csv").write_text("depot,item,units\nnorth,water,100\nsouth,water,100\n")
    told = run(tables, "--trucks", 1, "--capacity", 10, "--exact", "--helps", 9)
    assert "north still has water, but no more load can leave it." in told.stdout
    assert "one more truck trip at south: largest unmet share of water" in told.stdout


def test_what_a_person_fixes_costs_what_it_costs(tables):
    told = run(tables, "--fix", "south,school,water,20", "--fix", "south,school,tent,0")
    assert "fixed south,school,water,20: weighed unmet +0, load-hours +" in told.stdout
    whys = {row["why"] for row in planned(tables) if (row["depot"], row["site"]) == ("south", "school")}
    assert whys == {"A person decided so."}


def test_without_places_every_way_counts_as_none(tables):
    told = run(tables, names=("stock", "needs"))
    assert "travel: no places of depots and sites" in told.stderr
    assert {row["hours"] for row in planned(tables) if row["depot"]} == {"0.000"}


def test_more_lines_than_are_shown_are_in_the_file(tables):
    rows = "".join(f"s{at},water,{at + 1},1\n" for at in range(30))
    (tables / "needs.csv").write_text(f"site,item,units,priority\n{rows}")
    told = run(tables, names=("stock", "needs"))
    assert "more in the file" in told.stdout
    assert {row["site"] for row in planned(tables)} == {f"s{at}" for at in range(30)}


def test_out_of_time_it_says_how_far_from_the_best(tables):
    told = run(tables, "--limit", 0, "--helps", 0)
    assert "of the best" in told.stdout
    assert "there was no time to find the best plan" in told.stdout


def test_rows_that_can_not_be_meant_are_told_and_the_rest_is_planned(tables):
    bad = {
        "stock": "north,water,-5,\n,water,5,\nnorth,water,x,\nnowhere,water,5,\n",
        "needs": "school,water,5,1\nclinic,tent,5,0\nlost,tent,1,1\n",
        "depots": "north,1,1,,,\nfar,181,0,,,\n",
        "sites": "school,114.0,22.5\nodd,x,1\n",
        "items": "water,3\nfood,0\n",
    }
    for table, text in bad.items():
        (tables / f"{table}.csv").write_text(TABLES[table] + text)
    told = run(tables, code=1)
    assert [line for line in told.stderr.splitlines() if line.startswith("✗")] == [
        "✗ stock.csv line 5: units can't be -5",
        "✗ stock.csv line 6: depot is empty",
        "✗ stock.csv line 7: units is no number: x",
        "✗ needs.csv line 5: school has a need of water already",
        "✗ needs.csv line 6: priority is 0; leave the row out if nobody needs it",
        "✗ depots.csv line 4: north stands twice",
        "✗ depots.csv line 5: longitude 181, latitude 0 is no place on Earth",
        "✗ sites.csv line 4: school stands twice",
        "✗ sites.csv line 5: lon, lat are no numbers: x, 1",
        "✗ items.csv line 4: water stands twice",
        "✗ items.csv line 5: load is 0",
        "✗ depot nowhere: no place on its list; water left out",
        "✗ site lost: no place on its list; tent left out",
    ]
    assert planned(tables)


def test_a_line_that_is_no_row_is_told(tables):
    (tables / "stock.csv").write_text(TABLES["stock"] + 'north,"water,5,\n')
    assert "stock.csv line 5: the line is no row of this table" in run(tables, code=1).stderr


def test_a_table_without_its_columns_is_refused(tables):
    (tables / "stock.csv").write_text("depot,units\nnorth,5\n")
    told = run(tables, code=1)
    assert isinstance(told.exception, Malformed)
    assert str(told.exception).startswith("stock.csv has no column item.")


@pytest.mark.parametrize(
    "words",
    [("--trucks", 2), ("--fix", "north,school"), ("--fix", "north,school,water,many"), ("--closed", 1)],
)
def test_wrong_calls(tables, words):
    run(tables, *words, code=2)


def draw(path):
    """One street from north over the clinic and the school to south: way 7 in the north, 8 in the south."""
    writer = osmium.SimpleWriter(str(path))
    for number in range(11):
        writer.add_node(Node(id=number + 1, location=(114.0, 22.60 - 0.01 * number)))
    for number, nodes in ((7, range(1, 7)), (8, range(6, 12))):
        writer.add_way(Way(id=number, nodes=list(nodes), tags={"highway": "primary"}))
    writer.close()


def test_roads_and_their_closures_decide_who_is_reached(tables):
    draw(tables / "map.osm.pbf")
    told = run(tables, "--roads", tables / "map.osm.pbf")
    assert (
        "roads: map.osm.pbf: 11 nodes, 20 pieces, 100% of nodes in the largest connected part" in told.stderr
    )
    shut = run(tables, "--roads", tables / "map.osm.pbf", "--closed", 7)
    assert "roads: 10 pieces closed" in shut.stderr
    assert (
        "unmet school: 2 tent (100% of its need). No road leads from any depot that has tent to school."
        in (shut.stdout)
    )
    (tables / "sites.csv").write_text(TABLES["sites"] + "island,114.1,22.58\n")
    off = run(tables, "--roads", tables / "map.osm.pbf")
    assert [line for line in off.stderr.splitlines() if "within" in line] == [
        "roads: site island has no road within 500 m"
    ]
    flood = tables / "flood.geojson"
    flood.write_text('{"type": "Point", "coordinates": [114.0, 22.555]}')
    both = run(tables, "--roads", tables / "map.osm.pbf", "--closed-area", flood)
    assert "roads: 2 pieces closed" in both.stderr
    flood.write_text("nothing")
    done = run(tables, "--roads", tables / "map.osm.pbf", "--closed-area", flood, code=1)
    assert "flood.geojson is no area that can be read" in str(done.exception)
    assert np.isfinite([float(row["units"]) for row in planned(tables)]).all()
