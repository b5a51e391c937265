"""Reading signals, sources and quarantine: pages by key, never a whole table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant
from tocsin.packs.feeds import Account, Feed
from tocsin.packs.pack import Pack
from tocsin.spine.places.queries import gazetteer, gazetteer_of
from tocsin.stages.reduction.signals.enums import SETTING, Action, QuarantineState, SourceState
from tocsin.stages.reduction.signals.models import Quarantine, Signal, Snapshot, Source
from tocsin.stages.reduction.signals.reading import RecordReader
from tocsin.stages.reduction.signals.silence import Silent, silent

DESK_SOURCE = "desk"
"""The source of what the desk's own people record."""
INDICATOR_SOURCE = "indicators"
"""The source of what the desk's own indicators find; a family of its own, so that calling a finding off
lifts nothing that a person recorded."""


@dataclass(frozen=True)
class SourceView:
    """How a source stood at an instant."""

    source: Source
    state: SourceState
    last_at: Instant | None
    silent_since: Instant | None
    reason: str


@cache
def readers_of(pack: Pack) -> Mapping[str, RecordReader]:
    """A reader for each feed of a pack; made once in a process."""
    places = gazetteer_of(pack)
    return {feed.id: RecordReader(feed, pack, places) for feed in pack.feeds.values()}


def signals(
    *,
    before: UUID | None = None,
    limit: int = 50,
    kind: str | None = None,
    source: str | None = None,
    actions: Iterable[str] | None = None,
    area: str | None = None,
    since: Instant | None = None,
    until: Instant | None = None,
) -> list[Signal]:
    """A page of signals, the last received first; `before` is the last one of the page before. `area` is
    the code of a place: what speaks of it, of a place within it, or of one that it lies in."""
    rows = Signal.objects.select_related("source")
    if area is not None:
        rows = _speaking_of(rows, area)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if source is not None:
        rows = rows.filter(source_id=source)
    if actions is not None:
        rows = rows.filter(action__in=list(actions))
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    if until is not None:
        rows = rows.filter(received_at__lte=until)
    if before is not None:
        mark = signal(before)
        rows = rows.filter(
            Q(received_at__lt=mark.received_at) | Q(received_at=mark.received_at, id__lt=mark.id)
        )
    return list(rows.order_by("-received_at", "-id")[:limit])


def _speaking_of(rows: QuerySet[Signal], area: str) -> QuerySet[Signal]:
    """Both databases keep a list of codes as text, in which each code stands between quotation marks."""
    places = gazetteer()
    leaves = places.within(area)
    around = {code for place in (area, *leaves) for code in places.parents(place)}
    said = Q()
    for code in {area, *leaves, *around}:
        said |= Q(codes__contains=f'"{code}"')
    return rows.annotate(codes=Cast("areas", TextField())).filter(said)


def signal(id: UUID) -> Signal:  # noqa: A002 (the word of the model)
    """One signal. Raises `NotFound`."""
    found = Signal.objects.select_related("source").filter(id=id).first()
    if found is None:
        raise NotFound(
            "signal.unknown", "There is no such signal.", cure="See the list of signals.", id=str(id)
        )
    return found


def signals_of(ids: Iterable[UUID | str]) -> list[Signal]:
    """The signals with these ids, the last issued first."""
    rows = Signal.objects.select_related("source").filter(id__in=list(ids))
    return list(rows.order_by("-issued_at", "-id"))


def signals_named(source: str, refs: Iterable[str]) -> list[Signal]:
    """The signals of a source by its own names for them, the last issued first."""
    rows = Signal.objects.filter(source_id=source, ref__in=list(refs))
    return list(rows.order_by("-issued_at", "-id"))


def quarantined(
    *, state: str | None = QuarantineState.WAITING, before: UUID | None = None, limit: int = 50
) -> list[Quarantine]:
    """A page of what could not be read, the last first."""
    rows = Quarantine.objects.select_related("source")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def quarantine(id: UUID) -> Quarantine:  # noqa: A002 (the word of the model)
    """One thing in quarantine. Raises `NotFound`."""
    found = Quarantine.objects.select_related("source").filter(id=id).first()
    if found is None:
        raise NotFound(
            "quarantine.unknown",
            "There is nothing like that in quarantine.",
            cure="See the list.",
            id=str(id),
        )
    return found


def counts() -> dict[str, int]:
    """What a page shows beside its name: signals, what waits in quarantine, silent sources."""
    return {
        "signals": Signal.objects.count(),
        "quarantine": Quarantine.objects.filter(state=QuarantineState.WAITING).count(),
        "silent": Source.objects.filter(state=SourceState.SILENT).count(),
    }


def sources(at: Instant, pack: Pack) -> list[SourceView]:
    """All sources as they stood at an instant."""
    return [_view(source, at, pack.feeds.get(source.id)) for source in Source.objects.order_by("id")]


def _view(source: Source, at: Instant, feed: Feed | None) -> SourceView:
    last = last_snapshot(source.id, at)
    if feed is None or last is None:
        state = SourceState.FRESH if feed is None else SourceState.UNHEARD
        return SourceView(source, state, None, None, "")
    found = silence_at(feed, at, last)
    state = SourceState.SILENT if found else SourceState.FRESH
    last_at = Instant(last.taken_at)
    return SourceView(source, state, last_at, found.since if found else None, found.reason if found else "")


def last_snapshot(source: str, at: Instant) -> Snapshot | None:
    """The newest snapshot of a source that could be read, polled by `at`."""
    rows = Snapshot.objects.filter(source_id=source, readable=True, taken_at__lte=at)
    return rows.order_by("-taken_at", "-id").first()


def silence_at(feed: Feed, at: Instant, last: Snapshot) -> Silent | None:
    """Whether a feed that was last heard by `last` counts as silent at an instant."""
    newer: list[Instant] = []
    if feed.silence.unanswered:
        rows = Signal.objects.filter(
            source__family=feed.family,
            source__account=Account.MESSAGES,
            action__in=[*SETTING, Action.CANCEL],
            issued_at__gt=last.taken_at,
            received_at__gt=last.taken_at,
            received_at__lte=at,
        ).exclude(source_id=feed.id)
        newer = [Instant(moment) for moment in rows.values_list("received_at", flat=True)]
    return silent(feed.silence, now=at, last=Instant(last.taken_at), in_force=bool(last.said), newer=newer)
