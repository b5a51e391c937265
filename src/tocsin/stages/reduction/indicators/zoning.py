"""Series that are looked at together: all of them, and each district with those around it. Pure.

A zone is told only where nothing inside it is plain: neither a series nor a smaller zone.
"""

from collections.abc import Collection, Iterable, Mapping

from tocsin.engine.detect.findings import Finding, Verdict

TOGETHER = ""
"""The series of all others together, if there are any: noise in each may be plain in the sum."""
JOINED = "+"
"""Between the codes of the districts that are looked at together."""

Zones = Mapping[str, Collection[str]]


def around(names: Collection[str], neighbours: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Zones of those series that are places, each with its neighbours; each set of places once, and none that
    is all of them."""
    places = [name for name in names if name in neighbours]
    zones: dict[str, list[str]] = {}
    for name in places:
        near = [one for one in places if one == name or one in neighbours[name]]
        if 1 < len(near) < len(places):
            zones[JOINED.join(near)] = near
    return zones


def members(name: str) -> list[str]:
    """The districts of a zone, or the series alone."""
    return name.split(JOINED) if name else []


def told(findings: Iterable[Finding], zones: Zones) -> list[Finding]:
    """What is to be told of one step. A break of zones is that of series inside them, and is said there."""
    said = [one for one in findings if one.name not in zones or one.verdict is Verdict.ALARM]
    inside = {one.name: frozenset(zones.get(one.name, (one.name,))) for one in said}
    return [one for one in said if not any(other < inside[one.name] for other in inside.values())]
