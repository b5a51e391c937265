"""Names of streets in an American address, so that two ways of writing one corner agree.

'W MAIN ST & RAMP RT422 WB TO RT29' names MAIN ST, RT422 and RT29: directions, bridges and ramps are how to
get there, not what the place is called. 'DEAD END' and 'RR CROSSING' name nothing.
"""

import re

AHEAD = re.compile(r"^(?:[NSEW]|NORTH|SOUTH|EAST|WEST)\s+(?=\S+\s+\S)")
BEHIND = re.compile(r"\s+(?:NB|SB|EB|WB|OVERPASS|UNDERPASS|BYP|EXPY|TPKE)$")
RAMP = re.compile(r"^RAMP\s+")
NOTHING = frozenset({"", "DEAD END", "RR", "RR CROSSING", "RAMP", "UNKNOWN"})


def streets(address: str) -> tuple[str, ...]:
    """The street names of an address whose parts are joined by `&`, in its order, each once."""
    parts = (part for half in address.upper().split("&") for part in _ends(half.strip()))
    return tuple(dict.fromkeys(name for name in map(_bare, parts) if name not in NOTHING))


def _ends(part: str) -> list[str]:
    return RAMP.sub("", part).split(" TO ") if RAMP.match(part) else [part]


def _bare(name: str) -> str:
    name = AHEAD.sub("", " ".join(name.split()))
    while (shorter := BEHIND.sub("", name)) != name:
        name = shorter
    return name
