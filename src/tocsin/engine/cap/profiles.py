"""Stage 4, where it is asked for: what a jurisdiction demands beyond the standard, as a table.

A profile is a list of demands. Each looks at one kind of element in every block that may hold it, counts
those that fit, and complains where they are too few, too many, or not the same in every info. None is fatal:
the message is CAP all the same, but the country's systems may drop it.

Shipped are the demands of three public profiles that a table can say, not the profiles whole: nothing here
knows their lists of events and places.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

from msgspec import Struct

from tocsin.engine.cap.complaints import Complaint, complain, malformed
from tocsin.engine.cap.enums import MsgType
from tocsin.engine.cap.records import Alert, Valued
from tocsin.engine.cap.tables import ALERT, Level, Slot


class Demand(Struct, frozen=True, kw_only=True):
    """One thing asked of a message. `name` and `pattern` are regular expressions that must fit entirely."""

    code: str
    element: str
    """Below alert, as CAP spells it: code, info/expires, info/area/geocode."""
    clause: str
    text: str
    cure: str
    name: str = ""
    """Of pairs, the valueName of those that count; empty: all."""
    pattern: str = ""
    """What the value is to be; empty: anything."""
    least: int = 1
    """How many must fit in each block that may hold the element."""
    most: int | None = None
    same: bool = False
    """Instead of counting: whether every info must hold the same."""
    types: tuple[MsgType, ...] = ()
    """The message types of which it is asked; empty: all."""


class Profile(Struct, frozen=True, kw_only=True):
    """What a jurisdiction asks."""

    name: str
    source: str
    """The document, with its date."""
    demands: tuple[Demand, ...]


def breaks(alert: Alert, profile: Profile) -> Iterator[Complaint]:
    """Every breach of the profile in a well-shaped record.

    Raises `Malformed` (cap.profile) for a profile that names no element of CAP, or no regular expression.
    """
    for demand in profile.demands:
        slots, name, pattern = _compiled(demand)
        if demand.types and alert.msg_type not in demand.types:
            continue
        parents = list(_parents(alert, slots[:-1], "/alert"))
        fitting = [(path, _fitting(parent, slots[-1], name, pattern)) for parent, path in parents]
        for path, values in fitting:
            if _broken(demand, values, fitting[0][1]):
                yield Complaint(
                    demand.code,
                    f"{path}/{slots[-1].tag}",
                    f"{demand.clause}: {demand.text}",
                    demand.cure,
                    fatal=False,
                    found=str(len(values)),
                )


def _broken(demand: Demand, values: Sequence[str], first: Sequence[str]) -> bool:
    if demand.same:
        return set(values) != set(first)
    return len(values) < demand.least or (demand.most is not None and len(values) > demand.most)


def _compiled(demand: Demand) -> tuple[list[Slot], re.Pattern[str], re.Pattern[str]]:
    """The slots from alert down to the element, and the expressions."""
    slots: list[Slot] = []
    level: Level | None = ALERT
    for tag in demand.element.split("/"):
        slot = next((one for one in level.slots if one.tag == tag), None) if level else None
        if slot is None:
            raise malformed(complain("cap.profile", demand.code, demand.element))
        slots.append(slot)
        level = slot.level
    try:
        return (
            slots,
            re.compile(demand.name or ".*", re.DOTALL),
            re.compile(demand.pattern or ".*", re.DOTALL),
        )
    except re.error as fault:
        raise malformed(complain("cap.profile", demand.code, str(fault))) from fault


def _parents(block: Any, slots: Sequence[Slot], path: str) -> Iterator[tuple[Any, str]]:
    if not slots:
        yield block, path
        return
    for number, inner in enumerate(getattr(block, slots[0].field), start=1):
        yield from _parents(inner, slots[1:], f"{path}/{slots[0].tag}[{number}]")


def _fitting(block: Any, slot: Slot, name: re.Pattern[str], pattern: re.Pattern[str]) -> list[str]:
    """The values of the element that count, spelled."""
    held = getattr(block, slot.field)
    values = held if slot.many else () if held in (None, "") else (held,)
    if slot.level is not None:
        return [str(number) for number, _ in enumerate(values)]
    if slot.pair:
        pairs = [cast(Valued, one) for one in values if name.fullmatch(one.value_name)]
        return [f"{one.value_name}={one.value}" for one in pairs if pattern.fullmatch(one.value)]
    spelled = [slot.leaf.spell(one) for one in values]
    return [one for one in spelled if pattern.fullmatch(one)]


_STATEFUL = (MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL)

IPAWS = Profile(
    name="ipaws",
    source="CAP v1.2 USA Integrated Public Alert and Warning System Profile 1.0 (OASIS, 13 October 2009)",
    demands=(
        Demand(
            code="ipaws.code",
            element="code",
            clause="IPAWS 1.0, code",
            text="A message says by its code that it follows this profile.",
            cure="Add <code>IPAWSv1.0</code>.",
            pattern=r"IPAWSv1\.0",
        ),
        Demand(
            code="ipaws.event",
            element="info/eventCode",
            clause="IPAWS 1.0, eventCode",
            text="Every info has one event code of SAME, three letters; here are {found}.",
            cure="Add an eventCode with valueName SAME, such as TOR.",
            name="SAME",
            pattern="[A-Z0-9]{3}",
            most=1,
        ),
        Demand(
            code="ipaws.event.same",
            element="info/eventCode",
            clause="IPAWS 1.0, info",
            text="All infos of a message have the same event codes.",
            cure="Send different events as different messages.",
            same=True,
        ),
        Demand(
            code="ipaws.category.same",
            element="info/category",
            clause="IPAWS 1.0, info",
            text="All infos of a message have the same categories.",
            cure="Send different events as different messages.",
            same=True,
        ),
        Demand(
            code="ipaws.expires",
            element="info/expires",
            clause="IPAWS 1.0, expires",
            text="Every info says when it expires.",
            cure="Add expires, with the offset of the place.",
        ),
        Demand(
            code="ipaws.area",
            element="info/area",
            clause="IPAWS 1.0, area",
            text="Every info has an area.",
            cure="Add an area.",
        ),
        Demand(
            code="ipaws.place",
            element="info/area/geocode",
            clause="IPAWS 1.0, geocode",
            text="An area has a geocode of SAME, six digits.",
            cure="Add a geocode with valueName SAME, such as 006037.",
            name="SAME",
            pattern="[0-9]{6}",
        ),
    ),
)

CAP_AU = Profile(
    name="cap-au",
    source="CAP v1.2 Australia Profile 1.0 (OASIS Committee Specification 02, 5 September 2013)",
    demands=(
        Demand(
            code="cap-au.code",
            element="code",
            clause="CAP-AU 1.0, code",
            text="A message says by its code that it follows this profile.",
            cure="Add <code>urn:oasis:names:tc:emergency:cap:1.2:profile:CAP-AU:1.0</code>.",
            pattern=r"urn:oasis:names:tc:emergency:cap:1\.2:profile:CAP-AU:1\.0",
        ),
        Demand(
            code="cap-au.info",
            element="info",
            clause="CAP-AU 1.0, info",
            text="An Alert, an Update and a Cancel have an info.",
            cure="Add an info.",
            types=_STATEFUL,
        ),
        Demand(
            code="cap-au.event.same",
            element="info/eventCode",
            clause="CAP-AU 1.0, info",
            text="All infos of a message have the same event codes.",
            cure="Send different events as different messages.",
            same=True,
        ),
        Demand(
            code="cap-au.category.same",
            element="info/category",
            clause="CAP-AU 1.0, info",
            text="All infos of a message have the same categories.",
            cure="Send different events as different messages.",
            same=True,
        ),
        Demand(
            code="cap-au.area",
            element="info/area",
            clause="CAP-AU 1.0, area",
            text="Every info has an area.",
            cure="Add an area.",
        ),
    ),
)

CAP_CP = Profile(
    name="cap-cp",
    source="Canadian Profile of the Common Alerting Protocol, Beta 0.4 (Public Safety Canada, 2012)",
    demands=(
        Demand(
            code="cap-cp.code",
            element="code",
            clause="CAP-CP 0.4, code",
            text="A message says by its code that it follows this profile.",
            cure="Add <code>profile:CAP-CP:0.4</code>.",
            pattern=r"profile:CAP-CP:0\.[0-9]+",
        ),
        Demand(
            code="cap-cp.event",
            element="info/eventCode",
            clause="CAP-CP 0.4, eventCode",
            text="Every info has an event code of the profile's list.",
            cure="Add an eventCode with valueName profile:CAP-CP:Event:0.4.",
            name=r"profile:CAP-CP:Event:0\.[0-9]+",
        ),
        Demand(
            code="cap-cp.place",
            element="info/area/geocode",
            clause="CAP-CP 0.4, geocode",
            text="An area has a geocode of the profile's list of places.",
            cure="Add a geocode with valueName profile:CAP-CP:Location:0.3.",
            name=r"profile:CAP-CP:Location:0\.[0-9]+",
        ),
    ),
)

SHIPPED = {profile.name: profile for profile in (IPAWS, CAP_AU, CAP_CP)}
