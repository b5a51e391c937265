"""How fast a road is driven: its posted limit where the map has one, else what its class allows by custom.

The speeds are those at which a loaded lorry gets on, stops and junctions counted in: below the limits. They
are assumptions; a jurisdiction that has measured its own gives its own table. Classes and tags:
OpenStreetMap wiki, Key:highway and Key:maxspeed.
"""

import re
from collections.abc import Mapping

KMH: Mapping[str, float] = {
    "motorway": 80.0,
    "motorway_link": 45.0,
    "trunk": 65.0,
    "trunk_link": 40.0,
    "primary": 50.0,
    "primary_link": 35.0,
    "secondary": 45.0,
    "secondary_link": 30.0,
    "tertiary": 35.0,
    "tertiary_link": 25.0,
    "unclassified": 30.0,
    "residential": 25.0,
    "living_street": 10.0,
    "service": 15.0,
    "road": 20.0,
    "track": 10.0,
}
"""By value of `highway`; a class that is not here is no road for a lorry."""
FERRY_KMH = 12.0
PART_OF_LIMIT = 0.85
"""Of a posted limit that is reached on average."""
_MILES = 1.609344
_LIMIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mph|km/h|kmh)?\s*$")


def speed(tags: Mapping[str, str], table: Mapping[str, float] = KMH) -> float | None:
    """km/h, or None where no lorry drives."""
    if tags.get("route") == "ferry":
        return FERRY_KMH
    custom = table.get(tags.get("highway", ""))
    if custom is None:
        return None
    posted = limit(tags.get("maxspeed", ""))
    return custom if posted is None else posted * PART_OF_LIMIT


def limit(text: str) -> float | None:
    """A posted limit in km/h; None for what is no number above 0, as `signals` or `none`."""
    read = _LIMIT.match(text)
    if read is None or float(read[1]) == 0:
        return None
    return float(read[1]) * (_MILES if read[2] == "mph" else 1.0)
