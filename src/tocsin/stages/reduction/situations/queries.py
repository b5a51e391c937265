"""Reading situations and the state of places, now and at any past instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant, iso
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.pack import Pack
from tocsin.spine.clocks.models import Deadline
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.places.naming import Gazetteer
from tocsin.spine.places.queries import active_pack, gazetteer_of
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import signals_of, sources
from tocsin.stages.reduction.situations.cells import Cell, Dispute, Key, Word
from tocsin.stages.reduction.situations.enums import SituationState
from tocsin.stages.reduction.situations.loading import accounts
from tocsin.stages.reduction.situations.models import Situation
from tocsin.stages.reduction.situations.watching import Row, State, rows, weigh


@dataclass(frozen=True)
class SituationDetail:
    """A situation with what its page shows: its rows in the watch list, its evidence, its clocks."""

    situation: Situation
    rows: list[Row]
    leaves: Mapping[str, Cell]
    evidence: list[Signal]
    deadlines: list[Deadline]


def state_at(at: Instant) -> State:
    """Every (place, kind) that was in force at `at`, by what had come in by then."""
    pack = active_pack()
    return weigh(accounts(pack, gazetteer_of(pack), at), at)


def watch_rows(at: Instant) -> list[Row]:
    """The watch list at an instant: district × hazard."""
    return rows(state_at(at), gazetteer_of(active_pack()))


def situation(id: UUID) -> Situation:  # noqa: A002 (the word of the model)
    """One situation. Raises `NotFound`."""
    found = Situation.objects.filter(id=id).first()
    if found is None:
        raise NotFound("situation.unknown", "There is no such situation.", cure="See the list.", id=str(id))
    return found


def situations(
    *, state: SituationState | None = None, before: UUID | None = None, limit: int = 50
) -> list[Situation]:
    """A page of situations, the last opened first."""
    found = Situation.objects.all()
    if state is not None:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[:limit])


def detail(id: UUID, at: Instant) -> SituationDetail:  # noqa: A002 (the word of the model)
    """What the page of a situation shows at an instant. Raises `NotFound`."""
    found = situation(id)
    now = state_at(at)
    places = gazetteer_of(active_pack())
    return SituationDetail(
        situation=found,
        rows=[row for row in rows(now, places) if row.kind == found.kind],
        leaves=now.of_kind(found.kind),
        evidence=signals_of(found.evidence),
        deadlines=deadlines(subject=f"situation:{found.id}"),
    )


def watch_state(at: Instant) -> dict[str, Any]:
    """The state at an instant, ready for JSON: for each district and sea area, and each leaf in it, every
    hazard in force with its level, since when, the messages that it rests on, its ground and any dispute.

    `messages` holds each message once, by id. `level` is null for a warning that has none.
    """
    pack = active_pack()
    places, now = gazetteer_of(pack), state_at(at)
    told = _Telling(pack, places, now)
    areas = [told.area(code) for code in places.ordered([*places.districts, *_seas(places)])]
    return {
        "at": iso(at),
        "jurisdiction": dict(pack.name),
        "sources": [
            {
                "source": view.source.id,
                "account": view.source.account,
                "state": view.state.value,
                "last": iso(view.last_at) if view.last_at else None,
                "silent_since": iso(view.silent_since) if view.silent_since else None,
                "reason": view.reason,
            }
            for view in sources(at, pack)
        ],
        "areas": areas,
        "messages": told.messages(),
    }


def _seas(places: Gazetteer) -> list[str]:
    districts = set(places.districts)
    return [leaf for leaf in places.leaves if not districts & set(places.parents(leaf))]


class _Telling:
    """One state in words."""

    def __init__(self, pack: Pack, places: Gazetteer, now: State) -> None:
        self.pack, self.places, self.now = pack, places, now
        self.rows: dict[str, list[Row]] = {}
        for row in rows(now, places):
            self.rows.setdefault(row.area, []).append(row)
        self.cells: dict[str, list[Key]] = {}
        for key in sorted(now.cells.keys() | now.disputes.keys()):
            self.cells.setdefault(key.area, []).append(key)
        self.cited: dict[str, None] = {}

    def area(self, code: str) -> dict[str, Any]:
        """A district with its leaves, or a sea area."""
        inner = self.places.within(code)
        told = self._head(code)
        told["hazards"] = [self._row(row) for row in self.rows.get(code, [])]
        told["disputes"] = sum(1 for key in self.now.disputes if key.area in inner)
        told["leaves"] = [self._leaf(leaf) for leaf in self.places.ordered(inner)]
        return told

    def messages(self) -> dict[str, Any]:
        """Every message that was cited, by id."""
        return {
            str(one.id): {
                "title": one.title,
                "action": one.action,
                "level": WarningLevel(one.level).name if one.level else None,
                "issued_at": iso(Instant(one.issued_at)),
                "source": one.source_id,
                "file": one.file,
            }
            for one in signals_of(self.cited)
        }

    def _head(self, code: str) -> dict[str, Any]:
        row = self.places.rows[code]
        return {"code": code, "name": dict(row.name), "kind": row.kind.value}

    def _leaf(self, code: str) -> dict[str, Any]:
        return {**self._head(code), "hazards": [self._cell(key) for key in self.cells.get(code, [])]}

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            **self._warning(row.kind, row.level, row.evidence),
            "since": iso(row.since),
            "leaves": row.leaves,
            "of": row.of,
            "basis": row.basis.value,
            "dispute": _dispute(row.dispute),
        }

    def _cell(self, key: Key) -> dict[str, Any]:
        cell = self.now.cells.get(key)
        level, evidence = (cell.level, cell.evidence) if cell else (None, ())
        return {
            **self._warning(key.kind, level, evidence),
            "in_force": cell is not None,
            "since": iso(cell.since) if cell else None,
            "basis": cell.basis.value if cell else None,
            "dispute": _dispute(self.now.disputes.get(key)),
        }

    def _warning(self, kind: str, level: int | None, evidence: tuple[str, ...]) -> dict[str, Any]:
        self.cited.update(dict.fromkeys(evidence))
        row = self.pack.kinds.get(kind)
        return {
            "kind": kind,
            "name": dict(row.name) if row else {},
            "level": WarningLevel(level).name if level else None,
            "messages": list(evidence),
        }


def _dispute(found: Dispute | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "since": iso(found.since),
        "standing": _word(found.standing),
        "messages": _word(found.messages),
    }


def _word(said: Word) -> dict[str, Any]:
    return {"in_force": said.in_force, "level": WarningLevel(said.level).name if said.level else None}
