"""Why this depot serves that site, and why a need stays unmet, as typed reasons with an English template.

A reason is read off the plan itself (what is left where), not guessed from prices: a depot that has run out
is empty, one whose trucks are full is full. The prices only say which of the open ways is the cheaper one.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from tocsin.engine.allot.supply.answer import NOTHING, Plan, Shipment, Unmet, rows_of
from tocsin.engine.allot.supply.asked import Asked
from tocsin.engine.allot.supply.planning import Solution
from tocsin.engine.allot.supply.programme import Flags, Floats
from tocsin.kernel.errors import fill


class Why(Enum):
    """The kinds of reasons, each with its template."""

    FIXED = "A person decided so."
    NEAREST = "{depot} is the nearest depot that has {item} in time."
    NEARER_EMPTY = "{nearer} is nearer ({nearer_hours:.1f} h), but its {item} is used up."
    NEARER_FULL = "{nearer} is nearer ({nearer_hours:.1f} h), but no more load can leave it."
    NEARER_SPARED = (
        "{nearer} is nearer ({nearer_hours:.1f} h), but what it has left saves more way elsewhere."
    )
    NOBODY_HAS = "No depot has any {item}."
    NO_WAY = "No road leads from any depot that has {item} to {site}."
    EXPIRED = "The {item} that could reach {site} expires before it arrives."
    USED_UP = "All {item} that reaches {site} in time is used up."
    FULL = "{depot} still has {item}, but no more load can leave it."
    TOO_FAR = "{depot} still has {item}, but by the policy the way costs more than the need weighs."
    UNFINISHED = "{depot} still has {item}; there was no time to find the best plan."


@dataclass(frozen=True)
class Reason:
    """A kind and the names and numbers that fill its template."""

    why: Why
    facts: dict[str, Any]

    def __str__(self) -> str:
        """In English."""
        return fill(self.why.value, self.facts)


class Reasons:
    """Explains the shipments and the unmet needs of one plan."""

    def __init__(self, asked: Asked, solution: Solution) -> None:
        self.asked, self.solution = asked, solution
        p = solution.layout.programme
        flow = solution.flow
        sent = np.zeros_like(p.stock)
        np.add.at(sent, (p.item[p.row], p.source), flow)
        self._spare: Flags = p.stock - sent > NOTHING
        out = np.bincount(p.depot[p.source], flow * p.load[p.item[p.row]], len(p.throughput))
        self._room: Floats = p.throughput - out
        self._rows = rows_of(solution, asked)
        self._depots = {depot.name: at for at, depot in enumerate(asked.depots)}

    def of_shipment(self, one: Shipment) -> Reason:
        """Why it comes from there: because it is the nearest, or what keeps each nearer depot from it."""
        facts: dict[str, Any] = {"depot": one.depot, "site": one.site, "item": one.item}
        if one.fixed:
            return Reason(Why.FIXED, facts)
        p, layout = self.solution.layout.programme, self.solution.layout
        row = self._rows[one.site, one.item]
        pairs = np.arange(p.start[row], p.start[row + 1])
        stocked = pairs[p.stock[p.item[row], p.source[pairs]] > NOTHING]
        nearest = min(stocked, key=lambda pair: layout.hours[pair], default=None)
        if nearest is None or layout.hours[nearest] >= one.hours:
            return Reason(Why.NEAREST, facts)
        depot = int(p.depot[p.source[nearest]])
        facts |= {"nearer": self.asked.depots[depot].name, "nearer_hours": float(layout.hours[nearest])}
        return Reason(self._kept(row, depot), facts)

    def _kept(self, row: int, depot: int) -> Why:
        spare, full = self._at(row, depot)
        return Why.NEARER_EMPTY if not spare else Why.NEARER_FULL if full else Why.NEARER_SPARED

    def _at(self, row: int, depot: int) -> tuple[bool, bool]:
        """Whether the depot has more for the row in time, and whether it is full."""
        p = self.solution.layout.programme
        pairs = np.arange(p.start[row], p.start[row + 1])
        own = pairs[p.depot[p.source[pairs]] == depot]
        spare = bool(self._spare[p.item[row], p.source[own]].any())
        return spare, bool(self._room[depot] <= NOTHING * p.load[p.item[row]])

    def of_unmet(self, one: Unmet) -> Reason:
        """Why it stays unmet."""
        p = self.solution.layout.programme
        row = self._rows[one.site, one.item]
        k = p.item[row]
        facts = {"site": one.site, "item": one.item}
        depots = sorted({int(d) for d in p.depot[p.source[p.start[row] : p.start[row + 1]]]})
        if not depots:
            return Reason(self._unreached(int(k), int(p.site[row])), facts)
        ends = [(depot, *self._at(row, depot)) for depot in depots]
        return self._reached(facts, ends)

    def _unreached(self, item: int, site: int) -> Why:
        layout = self.solution.layout
        has = np.isfinite(self.asked.seconds[layout.programme.depot, site])
        stocked = self._held(item)
        if not stocked.any():
            return Why.NOBODY_HAS
        return Why.EXPIRED if (has & stocked).any() else Why.NO_WAY

    def _held(self, item: int) -> Flags:
        """The sources that had some of it before anything was fixed."""
        layout = self.solution.layout
        fixed = np.zeros_like(layout.programme.stock)
        np.add.at(fixed, (layout.programme.item[layout.programme.row], layout.programme.source), layout.fixed)
        held: Flags = (layout.programme.stock + fixed)[item] > NOTHING
        return held

    def _reached(self, facts: dict[str, Any], ends: list[tuple[int, bool, bool]]) -> Reason:
        spare = [(depot, full) for depot, has, full in ends if has]
        if not spare:
            return Reason(Why.USED_UP, facts)
        blocked = [depot for depot, full in spare if full]
        free = [depot for depot, full in spare if not full]
        why = Why.FULL if not free else Why.TOO_FAR if self.solution.proof.holds() else Why.UNFINISHED
        return Reason(why, {**facts, "depot": self.asked.depots[(free or blocked)[0]].name})


def explained(asked: Asked, solution: Solution, plan: Plan) -> tuple[list[Reason], list[Reason]]:
    """The reasons of all shipments and of all unmet needs, in the plan's order."""
    reasons = Reasons(asked, solution)
    return [reasons.of_shipment(one) for one in plan.shipments], [reasons.of_unmet(one) for one in plan.unmet]
