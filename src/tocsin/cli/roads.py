"""Travel times for the commands: a road network with its closures, or straight lines; each is told."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import numpy as np
import shapely

from tocsin.engine.allot.roads import RoadTimes
from tocsin.engine.allot.travel import StraightLine, TravelTimes
from tocsin.gateways.roads.reading import Roads, read_roads
from tocsin.kernel.errors import Malformed

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OPTIONS = (
    click.option("--roads", type=FILE, help="OpenStreetMap extract (.osm.pbf); else straight lines."),
    click.option("--speed", default=40.0, show_default=True, help="km/h along straight lines."),
    click.option(
        "--detour", default=1.3, show_default=True, help="How much longer roads are than straight lines."
    ),
    click.option(
        "--closed", multiple=True, type=int, help="Number of a closed way of the map; may be repeated."
    ),
    click.option("--closed-area", type=FILE, help="GeoJSON in which every road is closed."),
    click.option(
        "--farthest", default=500.0, show_default=True, help="Metres from a place to its road at most."
    ),
)
Command = TypeVar("Command", bound=Callable[..., None])


def travel_options(command: Command) -> Command:
    """Gives a command the options that `travel` reads."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def travel(given: Mapping[str, Any]) -> TravelTimes:
    """By road if there is a map, else as the crow flies. Tells on standard error what was read."""
    roads, ways, area = given["roads"], given["closed"], given["closed_area"]
    if roads is None:
        if ways or area is not None:
            raise click.UsageError("A closure needs a map: give --roads.")
        speed, detour = given["speed"], given["detour"]
        click.echo(f"travel: straight lines × {detour:g} at {speed:g} km/h", err=True)
        return StraightLine(speed, detour)
    read = read_roads(roads)
    graph = read.graph
    click.echo(_told(roads, read), err=True)
    if ways or area is not None:
        graph = graph.closed(ways, None if area is None else _area(area))
        shut = int((graph.seconds == float("inf")).sum())
        click.echo(f"roads: {shut} pieces closed, {graph.connected:.0%} of nodes still connected", err=True)
    return RoadTimes(graph, given["farthest"])


def tell_off_road(times: TravelTimes, kind: str, places: Mapping[str, tuple[float, float]]) -> None:
    """Names the places that are too far from any road to be reached or left."""
    if isinstance(times, RoadTimes) and places:
        nodes, _ = times.nearest(np.array([*places.values()]))
        for name, node in zip(places, nodes, strict=True):
            if node < 0:
                click.echo(f"roads: {kind} {name} has no road within {times.farthest:g} m", err=True)


def _told(path: Path, read: Roads) -> str:
    graph = read.graph
    return (
        f"roads: {path.name}: {len(graph.points)} nodes, {len(graph.tail)} pieces, "
        f"{graph.connected:.0%} of nodes in the largest connected part; "
        f"{read.turns} forbidden turns honoured, {read.turns_ignored} restrictions not, "
        f"{read.ferries} ferries, {read.missing} pieces cut off"
    )


def _area(path: Path) -> shapely.Geometry:
    try:
        return shapely.from_geojson(path.read_text("utf-8"))
    except (shapely.GEOSException, UnicodeDecodeError) as wrong:
        raise Malformed(
            "roads.area",
            "{where} is no area that can be read: {reason}",
            cure="Give a GeoJSON geometry or feature collection in longitude and latitude.",
            where=path.name,
            reason=str(wrong),
        ) from wrong
