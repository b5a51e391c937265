"""What dispatch answers: who goes where, what stays unmet and why, and the proof."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tocsin.engine.allot.dispatch.certificate import Certificate, certify
from tocsin.engine.allot.dispatch.flow import Flow
from tocsin.engine.allot.dispatch.instance import Instance
from tocsin.engine.allot.dispatch.lists import Lists
from tocsin.engine.allot.dispatch.reasons import UNMET, Reason
from tocsin.engine.allot.dispatch.search import Search
from tocsin.engine.allot.dispatch.selecting import Floats, Ints


@dataclass(frozen=True)
class Order:
    """One unit to one request."""

    request: str
    unit: str
    seconds: float
    row: int
    """Which need of `requests`."""


@dataclass(frozen=True)
class Unmet:
    """A need that gets fewer units than it asks for."""

    request: str
    missing: int
    why: Reason
    row: int


@dataclass(frozen=True)
class Assignment:
    """The best plan for an instance. `flow` and `lists` are the solver's state, for re-planning; they are
    never written to."""

    instance: Instance
    flow: Flow
    lists: Lists
    scratch: list[Search] = field(default_factory=list, repr=False, compare=False)
    """Searches that nobody uses now; they carry nothing from one use to the next."""

    @cached_property
    def plan(self) -> tuple[Order, ...]:
        """In the order of the requests."""
        flow, requests = self.flow, self.instance.requests
        met = np.flatnonzero(flow.held >= 0)
        rows = flow.row[met]
        seconds = flow.paid[met] / requests.weight[rows]
        names, units = requests.ids, self.instance.units.ids
        return tuple(
            Order(names[row], units[unit], time, row)
            for row, unit, time in zip(rows.tolist(), flow.held[met].tolist(), seconds.tolist(), strict=True)
        )

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Named, the heaviest first."""
        missing = self.missing
        rows = np.flatnonzero(missing)
        order = rows[np.argsort(-self.instance.requests.weight[rows], kind="stable")]
        return tuple(
            Unmet(self.instance.requests.ids[row], int(missing[row]), self._why_unmet(row), row)
            for row in order.tolist()
        )

    @property
    def missing(self) -> Ints:
        """(n,) places of each row that stay unmet."""
        flow = self.flow
        return np.bincount(flow.row[flow.held < 0], minlength=len(flow.u))

    @property
    def cost(self) -> float:
        """Weighted seconds, those of unmet places included."""
        met = self.flow.held >= 0
        return float(self.flow.paid[met].sum() + self.flow.unmet[self.flow.row[~met]].sum())

    def held(self, row: int) -> Ints:
        """The units of a row, -1 where a place is unmet."""
        return self.flow.held[self.flow.begin[row] : self.flow.begin[row + 1]]

    def seconds(self, row: int) -> Floats:
        """(m,) from every unit to a row; from the table, where there is one."""
        table, at = self.lists.near.seconds, int(self.lists.request[row])
        times: Floats = table[at] if len(table) else self.instance.seconds(slice(row, row + 1))[0]
        return times

    def verify(self) -> Certificate:
        """Looks at every pair anew; the solver isn't asked."""
        rows = range(len(self.flow.u))
        return certify(self.instance, [self.held(row) for row in rows], self.flow.u, self.flow.v)

    def _why_unmet(self, row: int) -> Reason:
        instance = self.instance
        mask = instance.requests.mask[row]
        capable = (instance.units.mask & mask) == mask
        able = instance.able[instance.kind[row]]
        data = {"request": instance.requests.ids[row], "capable": int(capable.sum()), "able": int(able.sum())}
        if not capable.any():
            return Reason(UNMET["nobody"], data)
        if not able.any():
            return Reason(UNMET["closed"], data)
        times = self.seconds(row)[able]
        within = int((times < instance.patience).sum())
        if not np.isfinite(times).any():
            return Reason(UNMET["no_way"], data)
        if within == 0:
            return Reason(UNMET["too_far"], data | {"minutes": round(float(times.min()) / 60, 1)})
        if within < instance.requests.count[row]:
            return Reason(UNMET["too_few"], data | {"within": within})
        return Reason(UNMET["needed"], data | {"within": within})
