"""A copy of an assignment on which the plan is changed, way by way."""

from tocsin.engine.allot.dispatch.assignment import Assignment
from tocsin.engine.allot.dispatch.flow import Flow, lower_tops
from tocsin.engine.allot.dispatch.instance import Instance
from tocsin.engine.allot.dispatch.lists import Lists, grow, larger, whole
from tocsin.engine.allot.dispatch.residual import reprice, shortest, take
from tocsin.engine.allot.dispatch.search import ASKED, Search, fits, search_for

SHARED = {"unmet", "kind", "begin", "row", "room"}
"""What no change writes to."""


class Workbench:
    """Nodes: rows, units, the sink."""

    def __init__(self, instance: Instance, flow: Flow, lists: Lists, scratch: list[Search]) -> None:
        self.instance, self.flow, self.lists, self.scratch = instance, flow, lists, scratch
        self.high, self.was = lists.high, int(lists.high[0])
        size = (len(flow.u), len(flow.v), len(flow.top))
        self.search = scratch.pop() if scratch else search_for(*size)
        if not fits(self.search, *size):
            self.search = search_for(*size)
        self.sink = len(flow.u) + len(flow.v)

    @classmethod
    def of(cls, found: Assignment) -> "Workbench":
        """Everything that will be written to is a copy; the pool of the lists is only added to."""
        own = {name: part.copy() for name, part in found.flow._asdict().items() if name not in SHARED}
        lists = found.lists
        lists = lists._replace(begin=lists.begin.copy(), size=lists.size.copy(), used=lists.used.copy())
        return cls(found.instance, found.flow._replace(**own), lists, found.scratch)

    def list_row(self, row: int) -> None:
        """The first list of a row, and the highest u that it surely allows."""
        flow = self.flow
        flow.u[row] = flow.unmet[row]
        if not whole(self.lists, row):
            self._grow(row)
            flow.u[row] = min(flow.u[row], self.lists.cost[self.lists.begin[row]])

    def distance(self, source: int, target: int, slot: int = -1) -> float:
        """Of the shortest way, which is then known."""
        while not shortest(self.flow, self.lists, self.instance.able, self.search, source, target, slot):
            self.lists = larger(self.lists)
        return float(self.search.dist[target])

    def push(self, source: int, target: int, slot: int) -> int:
        """Changes the plan along the shortest way; the slot that its target hands on."""
        self.distance(source, target, slot)
        take(self.flow, self.lists, self.search, target)
        reprice(self.flow, self.search, target)
        if source == self.sink:
            self.flow.top[:] = 0.0
        if source == self.sink or self.search.tally[ASKED]:
            lower_tops(self.flow, self.instance.able)
        return int(self.search.via[target])

    def assignment(self) -> Assignment:
        """What has become of it."""
        self.rest()
        return Assignment(self.instance, self.flow, self.lists, self.scratch)

    def rest(self) -> None:
        """Nothing more is to be changed; the search may be used by others."""
        self.scratch.append(self.search)

    def forget(self) -> None:
        """Nothing was changed: what was added to the pool of the lists is free again."""
        self.high[0] = self.was
        self.rest()

    def _grow(self, row: int) -> None:
        while not grow(self.lists, row):
            self.lists = larger(self.lists)
