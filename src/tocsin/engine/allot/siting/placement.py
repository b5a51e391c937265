"""What siting answers: what to open, how good that is at best and at least, and what one site changes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tocsin.engine.allot.dispatch.reasons import Reason
from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.allot.siting.interchange import Choice, choice_of, gain
from tocsin.engine.allot.siting.reach import FREE, Reach
from tocsin.engine.allot.siting.sites import Demand, Sites

TIMES = {
    "open": "{site} serves {demands} places of weight {weight}. Without it the weighted travel time would be "
    "{lost} minutes longer.",
    "more": "One more site, at {site}, would shorten the weighted travel time by {gained} minutes.",
}
WITHIN = {
    "open": "{site} is the first to reach {demands} places of weight {weight}. Without it a weight of {lost} "
    "would be out of reach.",
    "more": "One more site, at {site}, would bring a weight of {gained} within reach.",
}
NO_MORE = "No further site would change anything."
EXACT = 1e-6
"""A gap of this share is none: `branching` closes gaps of a tenth of it."""


@dataclass(frozen=True)
class Placement:
    """The best choice found, with its proof. Costs are weighted seconds, or weight out of reach."""

    demand: Demand
    sites: Sites
    seconds: Floats
    """(n, m) from sites to demands."""
    within: float | None
    reach: Reach
    open: Ints
    """(m,) 1 for the sites to be open."""
    cost: float
    bound: float
    """What every choice costs at least."""

    @property
    def gap(self) -> float:
        """How much better another choice could be at most, as a share of the cost; of the weight in reach
        where that is what counts."""
        best = self.demand.weight.sum() - self.cost if self.within is not None else self.cost
        return float((self.cost - self.bound) / best) if best > 0 else 0.0

    @property
    def proved(self) -> bool:
        """No choice is better, but for rounding."""
        return self.gap <= EXACT

    @property
    def covered(self) -> float:
        """The weight that an open site reaches (in time, where `within` is given)."""
        return float(self.demand.weight[self.served >= 0].sum())

    @cached_property
    def served(self) -> Ints:
        """(n,) the open site that is nearest to each demand; -1 where none reaches it."""
        limit = np.inf if self.within is None else self.within
        opened = np.flatnonzero(self.open)
        times = self.seconds[:, opened]
        nearest = opened[np.argmin(times, axis=1)]
        found = times.min(axis=1)
        return np.where(np.isfinite(found) & (found <= limit), nearest, -1)

    def reasons(self) -> tuple[Reason, ...]:
        """For each open site whom it serves and what closing it would cost; then what one more would gain."""
        words = TIMES if self.within is None else WITHIN
        lost = self._lost()
        told = [self._open(words["open"], int(site), float(lost[site])) for site in np.flatnonzero(self.open)]
        return (*told, self._more(words["more"]))

    @cached_property
    def _choice(self) -> Choice:
        return choice_of(self.reach, np.flatnonzero(self.open))

    def _lost(self) -> Floats:
        """(2) of `interchange`: others take over what they reach."""
        first, lost = self._choice.first, self._choice.d2 - self._choice.d1
        total = np.bincount(first[first >= 0], lost[first >= 0], minlength=len(self.open))
        return total.astype(np.float64)

    def _open(self, words: str, site: int, lost: float) -> Reason:
        own = self.served == site
        weight = float(self.demand.weight[own].sum())
        data = {"site": self.sites.ids[site], "demands": int(own.sum()), "weight": round(weight, 1)}
        return Reason(words, data | {"lost": self._said(lost)})

    def _more(self, words: str) -> Reason:
        closed = np.flatnonzero((self.open == 0) & (self.sites.status == FREE))
        gains = [gain(self.reach, self._choice, int(site)) for site in closed]
        if not any(gains):
            return Reason(NO_MORE, {})
        best = int(np.argmax(gains))
        return Reason(words, {"site": self.sites.ids[closed[best]], "gained": self._said(gains[best])})

    def _said(self, cost: float) -> float:
        return round(cost if self.within is not None else cost / 60, 1)
