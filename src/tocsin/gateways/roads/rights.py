"""Who may drive where, and in which direction, by the tags of OpenStreetMap.

An emergency may use more than this; what it may use is for the operator to say, not for the map. Of several
tags the narrowest counts: motor_vehicle before vehicle before access.
"""

from collections.abc import Mapping

CLOSED = frozenset({"no", "private", "agricultural", "forestry", "military", "emergency"})
BARS = frozenset(
    {"bollard", "block", "jersey_barrier", "debris", "cycle_barrier", "log", "chain", "fence", "wall"}
)
"""Barriers that no lorry passes; a gate or a toll booth is opened."""
ONE_WAY = frozenset({"yes", "true", "1"})
BACKWARD = frozenset({"-1", "reverse"})


def allowed(tags: Mapping[str, str]) -> bool:
    """Whether motor vehicles may enter."""
    for key in ("motor_vehicle", "vehicle", "access"):
        if key in tags:
            return tags[key] not in CLOSED
    return tags.get("area") != "yes"


def barred(tags: Mapping[str, str]) -> bool:
    """Whether a node stops the way."""
    return tags.get("barrier") in BARS and tags.get("motor_vehicle", tags.get("access")) not in {
        "yes",
        "permissive",
    }


def directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a way may be driven as it is drawn, and against it."""
    oneway = tags.get("oneway", "")
    if oneway in ONE_WAY:
        return True, False
    if oneway in BACKWARD:
        return False, True
    rounding = tags.get("junction") in {"roundabout", "circular"} or tags.get("highway") == "motorway"
    return True, not rounding or oneway == "no"
