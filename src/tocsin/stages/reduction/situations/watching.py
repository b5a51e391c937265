"""The whole picture at an instant: all families of feeds weighed together, by leaf and by district. Pure.

Where two families name the same cell the higher level counts, and the evidence of both is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tocsin.kernel.instants import Instant
from tocsin.spine.places.naming import Gazetteer
from tocsin.stages.reduction.situations.cells import Account, Cell, Dispute, End, Key
from tocsin.stages.reduction.situations.enums import Basis
from tocsin.stages.reduction.situations.playing import EVIDENCE
from tocsin.stages.reduction.situations.state import state


@dataclass(frozen=True)
class State:
    """Every cell in force at `at`; how others ended; where accounts differ; which families are silent."""

    at: Instant
    cells: Mapping[Key, Cell]
    ends: Mapping[Key, End]
    disputes: Mapping[Key, Dispute]
    silent: tuple[str, ...]

    def of_kind(self, kind: str) -> dict[str, Cell]:
        """The cells of one kind of event, by place."""
        return {key.area: cell for key, cell in self.cells.items() if key.kind == kind}


@dataclass(frozen=True)
class Row:
    """A district (or a sea area) and a kind of event: the highest of its leaves. `leaves` of `of` are in
    force; `evidence` is that of the highest."""

    area: str
    kind: str
    level: int | None
    since: Instant
    leaves: int
    of: int
    evidence: tuple[str, ...]
    basis: Basis
    dispute: Dispute | None


def weigh(accounts: Mapping[str, Account], at: Instant) -> State:
    """The state by all accounts together."""
    cells: dict[Key, Cell] = {}
    ends: dict[Key, End] = {}
    disputes: dict[Key, Dispute] = {}
    for account in accounts.values():
        board = state(account, at)
        for key, cell in board.cells.items():
            cells[key] = _higher(cells[key], cell) if key in cells else cell
        ends |= board.ends
        disputes |= board.disputes
    silent = tuple(sorted(name for name, account in accounts.items() if account.silent))
    left = {key: end for key, end in ends.items() if key not in cells}
    return State(at, cells, left, disputes, silent)


def _higher(one: Cell, other: Cell) -> Cell:
    high, low = (other, one) if (other.level or 0) > (one.level or 0) else (one, other)
    return replace(high, evidence=tuple(dict.fromkeys((*high.evidence, *low.evidence)))[:EVIDENCE])


def rows(state_: State, places: Gazetteer) -> list[Row]:
    """The watch list: districts and sea areas, in the pack's order, the highest level first in each."""
    found = []
    districts = set(places.districts)
    for area in places.ordered([*places.districts, *_outside(places, districts)]):
        inner = places.within(area)
        kinds = {key.kind for key in state_.cells if key.area in inner}
        listed = [_row(state_, area, kind, inner) for kind in kinds]
        found += sorted(listed, key=lambda row: (-(row.level or 0), row.kind))
    return found


def _outside(places: Gazetteer, districts: set[str]) -> Iterable[str]:
    """Leaves that lie in no district: sea areas."""
    return (leaf for leaf in places.leaves if not districts & set(places.parents(leaf)))


def _row(state_: State, area: str, kind: str, inner: frozenset[str]) -> Row:
    held = {leaf: cell for leaf, cell in state_.of_kind(kind).items() if leaf in inner}
    top = max(held.values(), key=lambda cell: (cell.level or 0, cell.heard_at))
    disputes = [d for leaf in inner if (d := state_.disputes.get(Key(leaf, kind)))]
    return Row(
        area=area,
        kind=kind,
        level=top.level,
        since=min(cell.since for cell in held.values() if cell.level == top.level),
        leaves=len(held),
        of=len(inner),
        evidence=top.evidence,
        basis=top.basis,
        dispute=min(disputes, key=lambda dispute: dispute.since) if disputes else None,
    )
