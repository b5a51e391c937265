"""Reads from the database what was known of each family of feeds by an instant."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from tocsin.kernel.instants import Instant, after
from tocsin.packs.feeds import Account as AccountKind
from tocsin.packs.feeds import Feed
from tocsin.packs.pack import Pack
from tocsin.spine.places.naming import Gazetteer
from tocsin.stages.reduction.signals.enums import SETTING, Action
from tocsin.stages.reduction.signals.models import Signal, Snapshot, Source
from tocsin.stages.reduction.signals.queries import (
    DESK_SOURCE,
    INDICATOR_SOURCE,
    last_snapshot,
    silence_at,
)
from tocsin.stages.reduction.situations.cells import DAY, Account, Listing, Said

LOOKBACK = timedelta(days=30)
"""How far back an account is read. What is older shows in a standing list or was long forgotten."""

_COLUMNS = (
    "id",
    "source_id",
    "source__account",
    "action",
    "kind",
    "level",
    "areas",
    "issued_at",
    "received_at",
    "valid_until",
    "issuer",
)


def accounts(pack: Pack, places: Gazetteer, at: Instant) -> dict[str, Account]:
    """What each family had said by `at`, and what the desk's own people and indicators put in."""
    families: dict[str, list[Feed]] = {}
    for feed in pack.feeds.values():
        if feed.account is not AccountKind.NOTICES:
            families.setdefault(feed.family, []).append(feed)
    found = {family: _account(feeds, places, at) for family, feeds in families.items()}
    return found | {family: _own(family, places, at) for family in (DESK_SOURCE, INDICATOR_SOURCE)}


def _own(family: str, places: Gazetteer, at: Instant) -> Account:
    sources = Source.objects.filter(family=family).values_list("id", flat=True)
    return Account(messages=tuple(said for _, said in _said(sources, places, at)))


def _account(feeds: list[Feed], places: Gazetteer, at: Instant) -> Account:
    said = list(_said([feed.id for feed in feeds], places, at))
    messages = [feed for feed in feeds if feed.account is AccountKind.MESSAGES]
    standing = [feed for feed in feeds if feed.account is AccountKind.STANDING]
    last = last_snapshot(standing[0].id, at) if standing else None
    return Account(
        messages=tuple(one for source, one in said if source == AccountKind.MESSAGES),
        listings=_listings([feed.id for feed in messages], at),
        standing=_listings([feed.id for feed in standing], at),
        statements={one.id: one for _, one in said if one.action is Action.IN_FORCE},
        last=Instant(last.taken_at) if last else None,
        silent=bool(last and silence_at(standing[0], at, last)),
        memory=messages[0].memory if messages else DAY,
    )


def _said(sources: Iterable[str], places: Gazetteer, at: Instant) -> Iterator[tuple[str, Said]]:
    rows = Signal.objects.filter(
        source_id__in=list(sources),
        received_at__lte=at,
        last_seen_at__gte=after(at, -LOOKBACK),
        action__in=[*SETTING, Action.CANCEL, Action.IN_FORCE],
    )
    said = (_one(row, places) for row in rows.values_list(*_COLUMNS))
    yield from sorted(said, key=lambda one: _order(one[1]))


def _order(said: Said) -> tuple[Any, ...]:
    """By issue; of one instant, what lifts before what sets, and the mild before the grave."""
    sets = said.action is not Action.CANCEL
    return said.issued_at, sets, said.level or 0, said.received_at, said.id


def _one(row: tuple[Any, ...], places: Gazetteer) -> tuple[str, Said]:
    id_, _, account, action, kind, level, areas, issued, received, until, issuer = row
    return account, Said(
        id=str(id_),
        action=Action(action),
        kind=kind,
        level=level,
        leaves=places.leaves_of(areas),
        issued_at=Instant(issued),
        received_at=Instant(received),
        until=Instant(until) if until else None,
        issuer=next(iter(issuer.values()), ""),
    )


def _listings(sources: list[str], at: Instant) -> tuple[Listing, ...]:
    """The lists of a source where they changed, the one that held at the beginning first."""
    if not sources:
        return ()
    rows = Snapshot.objects.filter(source_id__in=sources, readable=True, taken_at__lte=at)
    recent = rows.filter(taken_at__gte=after(at, -LOOKBACK)).order_by("taken_at", "id")
    heard: dict[UUID, Instant] = {}
    start, before = None, ""
    for id_, digest, taken in recent.values_list("id", "said_digest", "taken_at"):
        if start is None or digest != before:
            start = id_
        before, heard[start] = digest, Instant(taken)
    if not heard:
        newest = rows.order_by("-taken_at", "-id").first()
        heard = {newest.id: Instant(newest.taken_at)} if newest else {}
    kept = Snapshot.objects.filter(id__in=list(heard)).order_by("taken_at", "id")
    return tuple(
        Listing(Instant(taken), frozenset(said), heard[id_])
        for id_, taken, said in kept.values_list("id", "taken_at", "said")
    )
