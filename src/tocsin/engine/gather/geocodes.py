"""How far a geocoder's point can be trusted.

A corner has one point. A street alone is as long as streets are, and its point lies somewhere on it. And what
a geocoder doesn't find (a ramp, a motorway, an empty address) it puts on one default point of the town or
county, so that strangers seem to stand on one spot. Such points are known by what they stand for: more places
than any corner has names.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tocsin.engine.gather.reports import Report

LONG = 3000.0
"""Metres by which a point may miss if it stands for a street or a whole town."""
MOST = 3
"""A point that stands for more places than this is a default point."""
Point = tuple[float, float]


def default_points(reports: Iterable[Report], most: int = MOST) -> frozenset[Point]:
    """Points (longitude, latitude) of a history that stand for more than `most` different sets of names."""
    places: dict[Point, set[frozenset[str]]] = defaultdict(set)
    for report in reports:
        if report.position is not None:
            places[report.position.lon, report.position.lat].add(frozenset(report.names))
    return frozenset(point for point, names in places.items() if len(names) > most)


def placed(report: Report, defaults: frozenset[Point] = frozenset()) -> Report:
    """The report with the inaccuracy of its position: that of a long street if it names fewer than two
    streets or lies on a default point; otherwise what it says itself."""
    position = report.position
    if position is None or (len(report.names) > 1 and (position.lon, position.lat) not in defaults):
        return report
    return replace(report, position=replace(position, within=max(position.within, LONG)))
