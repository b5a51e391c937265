"""An alert as a CAP 1.2 message: how the house's words map to the standard's.

Severity follows the warning level as the feeds of the agencies do it (red is Extreme, blue is Minor);
urgency follows the start: now, within the hour, later. Certainty is Likely until the event has begun.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shapely.geometry import mapping, shape

from tocsin.engine.cap import Alert as CapAlert
from tocsin.engine.cap import (
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    Valued,
    cancel_of,
    to_cap,
    update_of,
)
from tocsin.kernel.areas import Geometry
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.pack import Pack
from tocsin.packs.rows import say
from tocsin.spine.places.models import Place
from tocsin.stages.communication.alerts.enums import AlertKind, CapStatus
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.wording import in_languages, in_order

SEVERITY = {
    None: Severity.UNKNOWN,
    WarningLevel.BLUE: Severity.MINOR,
    WarningLevel.YELLOW: Severity.MODERATE,
    WarningLevel.ORANGE: Severity.SEVERE,
    WarningLevel.RED: Severity.EXTREME,
}
RELAYED = "Passed on as issued by {issuer}."
EXERCISE = "Exercise or replay. This is not a warning."
SOON = timedelta(hours=1)
COARSENESS = 0.0005
"""Degrees by which an outline may be simplified: about 50 m, far less than a warning's own blur."""


def document(
    alert: Alert, *, pack: Pack, places: Sequence[Place], previous: CapAlert | None, incident: str, web: str
) -> CapAlert:
    """The message, with one info block for each language that the headline is written in. Times in the
    pack's zone. `previous` is what an update or a cancellation follows; `incident` the incident's number,
    or empty. Raises `Malformed` or `Illegal` where it can't follow it.
    """
    sent, note = _local(alert.sent, pack), _note(alert, pack)
    languages = in_order(alert.headline, pack.languages)
    info = tuple(_info(alert, language, pack, places, web) for language in languages)
    if previous is not None:
        follow = cancel_of if alert.msg_type == MsgType.CANCEL else update_of
        return follow(previous, identifier=str(alert.id), sent=sent, info=info, note=note)
    return CapAlert(
        identifier=str(alert.id),
        sender=alert.sender,
        sent=sent,
        status=Status(alert.status),
        msg_type=MsgType.ALERT,
        scope=Scope.PUBLIC,
        note=note,
        incidents=incident,
        info=info,
    )


def _local(moment: datetime, pack: Pack) -> datetime:
    return moment.astimezone(pack.zone).replace(microsecond=0)


def _note(alert: Alert, pack: Pack) -> str:
    first = pack.languages[:1]
    notes = []
    if alert.kind == AlertKind.RELAY:
        notes += [
            text.replace("{issuer}", say(alert.sender_name, language))
            for language, text in in_languages(RELAYED, first).items()
        ]
    if alert.status == CapStatus.EXERCISE:
        notes += in_languages(EXERCISE, first).values()
    return " ".join(notes)


def _info(alert: Alert, language: str, pack: Pack, places: Sequence[Place], web: str) -> Info:
    kind = pack.kinds[alert.hazard]
    cancelled = alert.msg_type == MsgType.CANCEL
    started = alert.starts_at <= alert.sent
    return Info(
        language=language,
        category=(Category(kind.cap),),
        event=say(kind.name, language),
        response_type=(ResponseType.ALL_CLEAR,) if cancelled else (),
        urgency=Urgency.PAST if cancelled else _urgency(alert.starts_at, alert.sent),
        severity=SEVERITY[_level(alert)],
        certainty=Certainty.OBSERVED if started else Certainty.LIKELY,
        event_code=_coded(pack, kind=alert.hazard, code=kind.code),
        effective=_local(alert.sent, pack),
        onset=_local(alert.starts_at, pack),
        expires=None if cancelled else _local(alert.expires_at, pack),
        sender_name=say(alert.sender_name, language),
        headline=alert.headline[language],
        description=alert.description.get(language, ""),
        instruction=alert.instruction.get(language, ""),
        web=web,
        parameter=_coded(pack, level=WarningLevel(alert.level).name if alert.level else None),
        area=tuple(_area(place, language, pack) for place in places),
    )


def _level(alert: Alert) -> WarningLevel | None:
    return WarningLevel(alert.level) if alert.level else None


def _urgency(starts: datetime, sent: datetime) -> Urgency:
    if starts <= sent:
        return Urgency.IMMEDIATE
    return Urgency.EXPECTED if starts - sent <= SOON else Urgency.FUTURE


def _coded(pack: Pack, **values: str | None) -> tuple[Valued, ...]:
    return tuple(Valued(f"{pack.id}:{name}", value) for name, value in values.items() if value)


def _area(place: Place, language: str, pack: Pack) -> Area:
    return Area(
        area_desc=say(place.name, language),
        polygon=outlines(place.geometry),
        geocode=_coded(pack, place=place.code),
    )


def outlines(geometry: Geometry | None) -> tuple[str, ...]:
    """A drawn place as CAP polygons; empty where nobody has drawn it, or it is no area."""
    if not geometry or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return ()
    return to_cap(mapping(shape(geometry).simplify(COARSENESS))).polygon
