"""`tocsin reach`: what it tells, what it refuses and what it writes."""

import csv
import io
import json
import tarfile

import numpy as np
import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from tocsin.cli.reach import reach
from tocsin.engine.reach import moved
from tocsin.kernel.errors import Malformed, NotFound
from tocsin.spine.places.points import PointWriter

POINTS = """id,name,kind,Longitude,lat
1,第一小学,school,114.0,22.5
2,corner,camera,113.5,22.0
3,far,school,116,22.5
4,swapped,school,22.5,114
5,none,,nope,22.5
6,=1+1,camera,114.2,22.6
7,too,many,cells,here,now
8,kindless,,114.1,22.7
"""


def square(west, south, east, north):
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def outline(west, south, east, north, **more):
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": square(west, south, east, north)},
        **more,
    }


def run(*words, code=0):
    done = CliRunner().invoke(reach, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def area(tmp_path):
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps(outline(113.5, 22.0, 115, 23)))
    return path


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(POINTS, "utf-8")
    return path


@pytest.fixture
def census(tmp_path):
    path = tmp_path / "population.csv"
    path.write_text(
        "CODE,NAME,POPU\n440301,a,1000\n440302,b,400\n440399,undrawn,77\n440304,bad,x\n440305,crossed,5\n,,\n",
        "utf-8-sig",
    )
    return path


@pytest.fixture
def outlines(tmp_path):
    folder = tmp_path / "outlines"
    folder.mkdir()
    crossed = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    drawn = {
        "440301000000": outline(113.5, 22, 114.5, 23),
        "440302": outline(114.5, 22, 116.5, 23),
        "440305": crossed,
        "440300": outline(113.5, 22, 116.5, 23),
    }
    for code, feature in drawn.items():
        (folder / f"{code}.geojson").write_text(json.dumps(feature))
    return folder


def test_it_counts_by_kind_and_tells_every_row_that_it_could_not_read(area, points):
    done = run(area, "--points", points)
    assert done.stdout.splitlines()[1:] == [
        "points: 4 of 5 inside",
        "  camera                            2",
        "  (none)                            1",
        "  school                            1",
    ]
    assert done.stderr.splitlines() == [
        "✗ line 5: no place on Earth (22.5, 114.0): longitude and latitude look swapped",
        "✗ line 6: no numbers: Longitude=nope, lat=22.5",
        "✗ line 8: it has 6 cells, the header 5",
    ]


def test_hits_are_written_as_csv_without_formulas(area, points, tmp_path):
    out = tmp_path / "hits.csv"
    assert run(area, "--points", points, "--out", out).stdout.endswith(f"→ {out}\n")
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"))))
    assert rows[0] == ["id", "name", "kind", "Longitude", "lat"]
    assert [row[:2] for row in rows[1:]] == [
        ["1", "第一小学"],
        ["2", "corner"],
        ["6", "'=1+1"],
        ["8", "kindless"],
    ]


def test_hits_are_written_as_geojson_and_as_a_workbook(area, points, tmp_path):
    run(area, "--points", points, "--out", tmp_path / "hits.geojson")
    features = json.loads((tmp_path / "hits.geojson").read_text("utf-8"))["features"]
    assert features[0]["geometry"]["coordinates"] == [114.0, 22.5]
    assert [one["properties"]["id"] for one in features] == ["1", "2", "6", "8"]
    run(area, "--points", points, "--out", tmp_path / "hits.xlsx")
    rows = list(load_workbook(tmp_path / "hits.xlsx").active.values)
    assert [row[0] for row in rows] == ["id", "1", "2", "6", "8"]


def test_points_may_come_in_a_workbook_with_columns_called_otherwise(area, tmp_path):
    book = Workbook()
    for row in (["编号", "经度", "纬度", "类别"], [1, 114, 22.5, "学校"], [2, -73.5, 40, "学校"]):
        book.active.append(row)
    book.save(tmp_path / "points.xlsx")
    words = (area, "--points", tmp_path / "points.xlsx", "--lon", "经度", "--lat", "纬度", "--kind", "类别")
    assert run(*words).stdout.splitlines()[1:] == ["points: 1 of 2 inside", f"  {'学校':<24} {1:>10}"]
    out = tmp_path / "hits.csv"
    run("--circle", "-73.5,40,1", *words[1:], "--out", out)
    assert out.read_text("utf-8-sig").splitlines()[1] == "2,-73.5,40,学校"


@pytest.mark.parametrize(
    "words, told",
    [
        ((), "Name an area"),
        (("--circle", "114,22"), "is not LON,LAT,KM"),
        (("--code", "440300"), "need --outlines"),
        (("--circle", "114,22,5", "--out", "hits.doc"), "must end in one of .csv, .geojson, .xlsx"),
    ],
)
def test_a_wrong_call_is_told(words, told):
    assert told in run(*words, code=2).stderr


@pytest.mark.parametrize("more", [("--lon", "nobody"), ("--lat", "nobody"), ("--kind", "nobody")])
def test_a_column_that_is_not_there_is_told(area, points, more):
    assert (
        "There is no column nobody; there are: id, name"
        in run(area, "--points", points, *more, code=1).stderr
    )


def test_a_table_without_a_longitude_is_told(area, tmp_path):
    (tmp_path / "points.csv").write_text("id,lat\n1,22\n")
    assert (
        "No column for lon among: id, lat. Name it with --lon"
        in run(area, "--points", tmp_path / "points.csv", code=1).stderr
    )


def test_a_table_without_one_good_row_is_refused(area, tmp_path):
    (tmp_path / "points.csv").write_text("lon,lat\n" + "x,y\n" * 30)
    done = run(area, "--points", tmp_path / "points.csv", code=1)
    assert done.stderr.splitlines()[-2:] == ["✗ … and 10 more", "✗ no row of the points can be read"]


def test_an_area_that_is_wrong_is_refused(tmp_path):
    path = tmp_path / "area.geojson"
    path.write_text("{")
    assert "is no JSON in UTF-8" in run(path, code=1).stderr
    path.write_text(
        json.dumps({"type": "Polygon", "coordinates": [[[y, x] for x, y in square(113, 22, 114, 23)[0]]]})
    )
    with pytest.raises(Malformed, match="look swapped"):
        CliRunner().invoke(reach, [str(path)], catch_exceptions=False)


def test_people_are_told_with_their_bounds(area, census, outlines):
    done = run(area, "--census", census, "--outlines", outlines)
    assert done.stdout.splitlines()[1:] == [
        "people: about 1,100 (at least 1,000, at most 1,400 by the census)",
        "  1 counties wholly inside, 1 cut; 9% of the estimate comes from cut ones, "
        "as if people were spread evenly there",
    ]
    for line in ("5: no code and whole number: 440304, x", "7: no code and whole number: , "):
        assert f"✗ census, line {line}" in done.stderr.splitlines()
    assert "outline 440305: The polygon, outline crosses" in done.stderr
    assert "✗ 2 counties (82 people) have no usable outline: 440399, 440305" in done.stderr


def test_an_area_may_be_codes_circles_and_a_drawing_together(area, census, outlines):
    done = run(area, "--code", "440302", "--circle", "113,20,10", "--census", census, "--outlines", outlines)
    assert "people: about 1,400 (at least 1,400, at most 1,400 by the census)" in done.stdout
    assert "of the area lies in no county that was counted" in done.stdout
    with pytest.raises(NotFound, match="no outline of 999999"):
        CliRunner().invoke(reach, ["--code", "999999", "--outlines", str(outlines)], catch_exceptions=False)


def test_outlines_may_be_packed_or_collected(tmp_path, outlines):
    packed = tmp_path / "outlines.tar.xz"
    with tarfile.open(packed, "w:xz") as tar:
        tar.add(outlines, "outlines")
    collected = tmp_path / "outlines.geojson"
    features = [
        outline(113.5, 22, 116.5, 23, properties={"adcode": 440300}),
        outline(1, 2, 3, 4, id="440305", properties=None),
    ]
    collected.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    told = {run("--code", "440300", "--outlines", place).stdout for place in (packed, collected, outlines)}
    assert len(told) == 1
    assert run("--code", "440305", "--outlines", collected).stdout.startswith("area: 49,")
    (tmp_path / "neither.zip").write_text("?")
    assert (
        "is no folder, GeoJSON file or tar"
        in run("--code", "1", "--outlines", tmp_path / "neither.zip", code=1).stderr
    )


def test_an_area_across_the_180th_meridian_is_told_to_be_so(tmp_path):
    path = tmp_path / "area.geojson"
    ring = [[170, 0], [-170, 0], [-170, 5], [170, 5], [170, 0]]
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    assert "across the 180th meridian" in run(path).stdout


def test_a_store_of_points_is_asked(area, tmp_path):
    store, out = tmp_path / "store", tmp_path / "hits.csv"
    with PointWriter(store) as writer:
        writer.append(
            moved(np.array([5, 6, 7]), np.array([114.0, 10.0, 114.5]), np.array([22.5, 10.0, 22.5]))
        )
    assert "points: 2 inside" in run(area, "--points", store, "--out", out).stdout
    assert out.read_text("utf-8-sig").split() == ["id", "5", "7"]
    assert (
        "A store holds ids" in run(area, "--points", store, "--out", tmp_path / "hits.geojson", code=2).stderr
    )
