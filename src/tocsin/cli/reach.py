"""`tocsin reach`: which points and how many people are in an area?

No desk is needed and nothing is kept. A row that can't be read is told with its line and leaves others be.
"""

import csv
import json
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import numpy as np
from openpyxl import Workbook

from tocsin.engine.reach import Census, County, Region, census, circle, from_codes, from_geojson, people
from tocsin.engine.reach.shapes import shape_of, spherical_area
from tocsin.gateways.tables.delimited import read_delimited
from tocsin.gateways.tables.rows import Broken, Cell, Row, spelled
from tocsin.gateways.tables.sheet import read_sheet
from tocsin.kernel.errors import TocsinError
from tocsin.spine.places.points import PointReader
from tocsin.web.exports import RUNS

SHOWN = 20
"""Faults that are told one by one."""
STEP = 250_000
"""Rows after which a sign of life is given."""
NAMES = {
    "lon": ("lon", "lng", "long", "longitude", "x", "wgs84_lon", "wgs84_lng"),
    "lat": ("lat", "latitude", "y", "wgs84_lat"),
    "kind": ("kind", "type", "category"),
    "code": ("code", "adcode", "id"),
    "population": ("population", "popu", "pop"),
}
"""What columns are called, in small letters; the first that a table has is taken."""

existing = click.Path(exists=True, path_type=Path)
a_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass
class Points:
    """Points of a table that lie somewhere: their rows, and the lines that do not."""

    columns: tuple[str, ...] = ()
    kind: str = ""
    rows: list[Mapping[str, Cell]] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@click.command()
@click.argument("area", required=False, type=a_file)
@click.option("--circle", "circles", multiple=True, metavar="LON,LAT,KM", help="Around a place; repeatable.")
@click.option("--code", "codes", multiple=True, help="Of an admin area in --outlines; repeatable.")
@click.option("--points", type=existing, help="CSV or xlsx with lon and lat, or the folder of a store.")
@click.option("--lon", default="", help="The column of the longitude, if it is not called so.")
@click.option("--lat", default="", help="The column of the latitude, if it is not called so.")
@click.option("--kind", default="", help="Count by this column (else: kind, type, category).")
@click.option("--census", "counted", type=a_file, help="CSV or xlsx: code, population.")
@click.option("--outlines", type=existing, help="GeoJSON by code: a folder, a tar of it, or one collection.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Hits: .csv, .geojson or .xlsx.")
def reach(
    area: Path | None,
    circles: tuple[str, ...],
    codes: tuple[str, ...],
    points: Path | None,
    lon: str,
    lat: str,
    kind: str,
    counted: Path | None,
    outlines: Path | None,
    out: Path | None,
) -> None:
    """Tells who is inside AREA (GeoJSON, WGS 84), circles and admin codes, together where several are named.

    With --points: how many of them, by kind. With --census and --outlines: how many people, with bounds.
    """
    _check_call(area, circles, codes, counted, outlines, out)
    drawn = _outlines(outlines) if outlines else {}
    region = _region(area, circles, codes, drawn)
    click.echo(f"area: {spherical_area(shape_of(region)):,.1f} km²{_across(region)}")
    if points is not None and points.is_dir():
        _ask_store(points, region, out)
    elif points is not None:
        _ask_table(_points(points, lon, lat, kind), region, out)
    if counted is not None:
        _tell_people(region, _census(counted, drawn))


def _check_call(
    area: Path | None,
    circles: Sequence[str],
    codes: Sequence[str],
    counted: Path | None,
    outlines: Path | None,
    out: Path | None,
) -> None:
    if not (area or circles or codes):
        raise click.UsageError("Name an area: a GeoJSON file, --circle or --code.")
    if (codes or counted) and not outlines:
        raise click.UsageError("--code and --census need --outlines: where the admin areas are drawn.")
    if out and out.suffix not in WRITERS:
        raise click.UsageError(f"--out must end in one of {', '.join(WRITERS)}.")


def _region(
    area: Path | None, circles: Iterable[str], codes: Iterable[str], drawn: Mapping[str, Any]
) -> Region:
    region = from_geojson(_json(area.read_bytes(), area.name)) if area else Region()
    for text in circles:
        region |= circle(*_circle(text))
    return region | from_codes(codes, drawn)


def _across(region: Region) -> str:
    return ", across the 180th meridian" if region.crosses else ""


def _circle(text: str) -> tuple[float, float, float]:
    try:
        lon, lat, radius = map(float, text.split(","))
    except ValueError as wrong:
        raise click.BadParameter(f"{text} is not LON,LAT,KM, such as 113.93,22.53,5") from wrong
    return lon, lat, radius


def _json(content: bytes, name: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError as wrong:
        raise click.ClickException(f"{name} is no JSON in UTF-8: {wrong}") from wrong


# Points


def _points(file: Path, lon: str, lat: str, kind: str) -> Points:
    found = Points()
    names: tuple[str, str] | None = None
    for number, row in enumerate(_rows(file), 1):
        if number % STEP == 0:
            click.echo(f"… {number:,} rows", err=True)
        if isinstance(row, Broken):
            found.faults.append(f"line {row.line}: {row.reason}")
            continue
        if names is None:
            names = _column(row, "lon", lon), _column(row, "lat", lat)
            found.columns = tuple(row.cells)
            found.kind = kind or _named(row.cells, "kind")
            _demand(kind, row.cells)
        _take(found, row, *names)
    return found


def _rows(file: Path) -> Iterator[Row | Broken]:
    return read_sheet(file) if file.suffix.lower() == ".xlsx" else read_delimited(file)


def _column(row: Row, what: str, asked: str = "") -> str:
    """The column that was asked for, or the one that is called so."""
    _demand(asked, row.cells)
    name = asked or _named(row.cells, what)
    if not name:
        cure = f" Name it with --{what}." if what in ("lon", "lat") else ""
        raise click.ClickException(f"No column for {what} among: {', '.join(row.cells)}.{cure}")
    return name


def _demand(name: str, cells: Mapping[str, Cell]) -> None:
    if name and name not in cells:
        raise click.ClickException(f"There is no column {name}; there are: {', '.join(cells)}.")


def _named(cells: Iterable[str], what: str) -> str:
    small = {name.lower(): name for name in cells}
    return next((small[name] for name in NAMES[what] if name in small), "")


def _take(found: Points, row: Row, lon_name: str, lat_name: str) -> None:
    try:
        lon, lat = float(row.text(lon_name)), float(row.text(lat_name))
    except ValueError:
        found.faults.append(
            f"line {row.line}: no numbers: {lon_name}={row.text(lon_name)}, {lat_name}={row.text(lat_name)}"
        )
        return
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        swapped = ": longitude and latitude look swapped" if abs(lon) <= 90 < abs(lat) <= 180 else ""
        found.faults.append(f"line {row.line}: no place on Earth ({lon}, {lat}){swapped}")
        return
    found.rows.append(row.cells)
    found.lon.append(lon)
    found.lat.append(lat)


def _ask_table(points: Points, region: Region, out: Path | None) -> None:
    _tell_faults(points.faults)
    if not points.rows:
        click.echo("✗ no row of the points can be read", err=True)
        sys.exit(1)
    inside = np.flatnonzero(region.covers(np.array(points.lon), np.array(points.lat)))
    click.echo(f"points: {len(inside):,} of {len(points.rows):,} inside")
    if points.kind:
        kinds = Counter(spelled(points.rows[at][points.kind]) for at in inside)
        for name, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])):
            click.echo(f"  {name or '(none)':<24} {count:>10,}")
    if out is not None:
        WRITERS[out.suffix](out, points, [int(at) for at in inside])
        click.echo(f"→ {out}")


def _ask_store(folder: Path, region: Region, out: Path | None) -> None:
    reader = PointReader(folder)
    reached = reader.reach(region)
    click.echo(f"points: {reached.count:,} inside")
    if out is not None:
        found = Points(columns=("id",), rows=[{"id": int(one)} for one in np.sort(reached.ids)])
        if out.suffix == ".geojson":
            raise click.UsageError("A store holds ids: write them to .csv or .xlsx.")
        WRITERS[out.suffix](out, found, list(range(len(found.rows))))
        click.echo(f"→ {out}")


def _tell_faults(faults: Sequence[str]) -> None:
    for fault in faults[:SHOWN]:
        click.echo(f"✗ {fault}", err=True)
    if len(faults) > SHOWN:
        click.echo(f"✗ … and {len(faults) - SHOWN} more", err=True)


# Hits


def _write_csv(out: Path, points: Points, inside: list[int]) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(points.columns)
        writer.writerows(_cells(points, at) for at in inside)


def _write_sheet(out: Path, points: Points, inside: list[int]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("hits")
    page.append(list(points.columns))
    for at in inside:
        page.append(_cells(points, at))
    book.save(out)


def _write_geojson(out: Path, points: Points, inside: list[int]) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [points.lon[at], points.lat[at]]},
            "properties": {name: _plain(cell) for name, cell in points.rows[at].items()},
        }
        for at in inside
    ]
    out.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8"
    )


WRITERS = {".csv": _write_csv, ".geojson": _write_geojson, ".xlsx": _write_sheet}


def _cells(points: Points, at: int) -> list[Any]:
    return [_plain(points.rows[at].get(name, "")) for name in points.columns]


def _plain(cell: Cell) -> Any:
    """The cell, but nothing that a spreadsheet would run."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, bool | int | float):
        return cell
    text = spelled(cell)
    return f"'{text}" if text.startswith(RUNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# People


def _outlines(place: Path) -> dict[str, Any]:
    """GeoJSON by code: the name of a file without its ending, or what a feature of a collection says."""
    if place.is_dir():
        files = _unpacked(place)
    elif place.suffix in (".geojson", ".json"):
        return _collected(_json(place.read_bytes(), place.name))
    else:
        files = _packed(place)
    return {_short(stem): _json(content, stem) for stem, content in files}


def _unpacked(place: Path) -> Iterator[tuple[str, bytes]]:
    return ((path.stem, path.read_bytes()) for path in sorted(place.glob("*.geojson")))


def _packed(place: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(place) as packed:
            for member in packed:
                content = packed.extractfile(member) if member.name.endswith(".geojson") else None
                if content is not None:
                    yield Path(member.name).stem, content.read()
    except tarfile.TarError as wrong:
        raise click.ClickException(f"{place.name} is no folder, GeoJSON file or tar of outlines") from wrong


def _collected(collection: Any) -> dict[str, Any]:
    found = {}
    for feature in collection.get("features", []):
        properties = {**(feature.get("properties") or {}), "id": feature.get("id", "")}
        code = str(properties.get(_named(properties, "code"), ""))
        found[_short(code)] = feature
    return found


def _short(code: str) -> str:
    """A code of twelve digits that ends in six zeros is the one of six."""
    return code[:6] if len(code) == 12 and code.endswith("000000") else code


def _census(file: Path, drawn: Mapping[str, Any]) -> Census:
    """The counties that have both people and an outline; of the others, how many people they have."""
    counties: dict[str, County] = {}
    faults: list[str] = []
    undrawn: dict[str, int] = {}
    for row in _rows(file):
        code, count = _counted(row, faults)
        if code in drawn:
            try:
                counties[code] = County(from_geojson(drawn[code]), count)
            except TocsinError as wrong:
                faults.append(f"outline {code}: {wrong}")
                undrawn[code] = count
        elif code:
            undrawn[code] = count
    _tell_faults(faults)
    if undrawn:
        some = ", ".join(list(undrawn)[:5]) + (" …" if len(undrawn) > 5 else "")
        total = sum(undrawn.values())
        click.echo(f"✗ {len(undrawn)} counties ({total:,} people) have no usable outline: {some}", err=True)
    return census(counties)


def _counted(row: Row | Broken, faults: list[str]) -> tuple[str, int]:
    """A county's code and population, or no code and a fault."""
    if isinstance(row, Broken):
        faults.append(f"census, line {row.line}: {row.reason}")
        return "", 0
    code = row.text(_column(row, "code"))
    text = row.text(_column(row, "population"))
    if not (code and text.isdecimal()):
        faults.append(f"census, line {row.line}: no code and whole number: {code}, {text}")
        return "", 0
    return _short(code), int(text)


def _tell_people(region: Region, counted: Census) -> None:
    found = people(region, counted)
    click.echo(
        f"people: about {found.expected:,.0f} (at least {found.least:,}, at most {found.most:,} "
        "by the census)"
    )
    click.echo(
        f"  {len(found.whole)} counties wholly inside, {len(found.cut)} cut; "
        f"{found.guessed:.0%} of the estimate comes from cut ones, as if people were spread evenly there"
    )
    if found.uncovered > 0.0005:
        click.echo(f"  {found.uncovered:.1%} of the area lies in no county that was counted")


COMMANDS = (reach,)
