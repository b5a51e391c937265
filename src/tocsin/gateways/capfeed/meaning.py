"""What a CAP message of somebody else means on this desk: kind, level, places, validity.

The kind is found by the event code (the packs' kinds bear the codes of their standard), else by the name of
a kind or of a warning signal in the event's own words; else it is left empty and a person sees it as such.
The level follows the severity by the same table by which our own alerts are written, read backwards. The
places are the geocodes that the gazetteer knows, else what the polygons touch, else names in the words of
the area; what means nothing here is kept as unread, never dropped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.engine.cap import Alert, Area, Info, Severity, to_geojson
from tocsin.gateways.locating import Locator
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.pack import Pack
from tocsin.spine.places.naming import Gazetteer
from tocsin.stages.communication.alerts.document import SEVERITY

LEVEL: dict[Severity, WarningLevel | None] = {severity: level for level, severity in SEVERITY.items()}


@dataclass(frozen=True)
class Meaning:
    """One event of a message. `infos` are its texts, one for each language."""

    kind: str
    level: WarningLevel | None
    areas: tuple[str, ...]
    unread: tuple[str, ...]
    infos: tuple[Info, ...]


@dataclass(frozen=True)
class Reader:
    """Reads messages by a pack and its places."""

    pack: Pack
    gazetteer: Gazetteer
    locator: Locator

    def meanings(self, alert: Alert) -> Iterator[Meaning]:
        """The events of a message: info blocks that differ only in their language are one event."""
        for infos in _events(alert.info):
            areas, unread = self._areas(infos)
            yield Meaning(self._kind(infos), LEVEL[infos[0].severity], areas, unread, infos)

    def _kind(self, infos: Sequence[Info]) -> str:
        codes = {code.value.strip() for info in infos for code in info.event_code} - {""}
        coded = next((kind.id for kind in self.pack.kinds.values() if kind.code and kind.code in codes), "")
        return coded or _named(self.pack, [info.event for info in infos])

    def _areas(self, infos: Sequence[Info]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: list[str] = []
        unread: list[str] = []
        for area in infos[0].area:
            codes = self._coded(area) or self._drawn(area) or self._named(area)
            found.extend(codes)
            unread.extend(() if codes else (area.area_desc.strip(),))
        return self.gazetteer.ordered(found), tuple(dict.fromkeys(text for text in unread if text))

    def _coded(self, area: Area) -> list[str]:
        written = [code for geocode in area.geocode for code in _spellings(geocode.value)]
        return [code for code in written if code in self.gazetteer]

    def _drawn(self, area: Area) -> Sequence[str]:
        geometry = to_geojson(area)
        return self.locator.within(geometry) if geometry else ()

    def _named(self, area: Area) -> list[str]:
        return [code for mention in self.gazetteer.find(area.area_desc) for code in mention.codes]


def _events(infos: Iterable[Info]) -> list[tuple[Info, ...]]:
    groups: dict[object, list[Info]] = {}
    for info in infos:
        codes = tuple((code.value_name, code.value) for code in info.event_code)
        where = tuple((area.polygon, area.circle) if _outlined(area) else area.geocode for area in info.area)
        key = (info.category, codes, info.severity, info.onset, info.expires, where)
        groups.setdefault(key, []).append(info)
    return [tuple(group) for group in groups.values()]


def _outlined(area: Area) -> bool:
    """Outlines are the same in each language; the codes beside them are, in some countries, words."""
    return bool(area.polygon or area.circle)


def _named(pack: Pack, events: Sequence[str]) -> str:
    """The kind whose name, or whose signal's name, is the longest that stands in one of the texts."""
    words = [(name, kind.id) for kind in pack.kinds.values() for name in kind.name.values()]
    words += [(name, signal.kind) for signal in pack.warnings.values() for name in signal.name.values()]
    folded = [event.casefold() for event in events]
    hits = [(len(name), kind) for name, kind in words if any(name.casefold() in event for event in folded)]
    return max(hits, key=lambda hit: hit[0])[1] if hits else ""


def _spellings(code: str) -> Iterator[str]:
    """A code as it stands, then without the zeros that pad it to twelve digits."""
    code = code.strip()
    yield code
    if code.isdecimal() and len(code) == 12:
        yield from (code[:length] for length in (9, 6) if not code[length:].strip("0"))
