"""From a good choice and a bound to the proof: one site is opened in one branch and closed in the other, and
each branch is bounded anew from the prices of its parent, until no branch can hold anything better.

Land and Doig, Econometrica 28 (1960) 497, with the bound of `lagrangian`.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.allot.siting.interchange import Choice, add_greedily, choice_of, interchange, shaken
from tocsin.engine.allot.siting.lagrangian import SMALL, Climb, ascend, climb_from, settle
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN, Reach, narrowed

ROOT, CHUNK, NODE = 3000, 50, 120
"""Steps at the root, between two looks at what they found, and in a branch."""
NEAR = 1.02
"""A choice that comes so near to the best is improved."""
BRANCH = 0.3
"""Theta at the start of a branch."""
SHAKES, WIDE = 5, 1e-3
"""Random exchanges after each stretch at the root, while the gap is a larger share of the cost."""
CLOSE = 1e-7
"""A gap of this share of the cost is none."""


class Node(NamedTuple):
    """A branch that may hold something better."""

    bound: float
    status: Ints
    price: Floats


class Branching:
    """The search: the best choice so far, and the branches left."""

    def __init__(
        self,
        reach: Reach,
        status: Ints,
        count: int,
        stop: Callable[[], bool],
        chance: np.random.Generator,
    ) -> None:
        self.reach, self.count, self.stop, self.chance = reach, count, stop, chance
        whole = bool((reach.cost == np.rint(reach.cost)).all() and (reach.lost == np.rint(reach.lost)).all())
        self.step = 1.0 if whole else 0.0
        self.chosen = np.zeros(len(status), dtype=np.int64)
        self.cost = np.inf
        self.proved = -np.inf
        self.nodes: list[Node] = []
        self.branches = 0
        self._offer(self._filled(np.flatnonzero(status == OPEN), status), status)
        self._root(status)

    @property
    def goal(self) -> float:
        """A bound that reaches this shows that nothing better is left: costs are whole numbers, or the gap
        is rounding."""
        return self.cost - max(self.step * (1 - 1e-6), CLOSE * abs(self.cost))

    def run(self) -> None:
        """Branches until all is proved or `stop` says so."""
        while self.nodes and not self.stop():
            node = self.nodes.pop()
            if node.bound < self.goal:
                self._branch(node)

    @property
    def bound(self) -> float:
        """What every choice costs at least."""
        left = [node.bound for node in self.nodes if node.bound < self.goal]
        return min([*left, self.cost])

    def _filled(self, chosen: Ints, status: Ints) -> Choice:
        choice = choice_of(self.reach, chosen)
        add_greedily(self.reach, choice, status, self.count - len(chosen))
        return choice

    def _offer(self, choice: Choice, status: Ints) -> None:
        """Improves a choice and keeps it if it is the best."""
        interchange(self.reach, choice, status)
        self._keep(choice)

    def _keep(self, choice: Choice) -> None:
        cost = float(choice.d1.sum())
        if cost < self.cost:
            self.cost, self.chosen = cost, choice.open.copy()

    def _root(self, status: Ints) -> None:
        best = choice_of(self.reach, np.flatnonzero(self.chosen))
        climb = climb_from((best.d1 + best.d2) / 2, len(status))
        status = status.copy()
        self._climb(self.reach, status, climb, ROOT, 1.0, SHAKES)
        self.reach = narrowed(self.reach, status != CLOSED)
        self.nodes.append(Node(float(climb.bound[0]), status, climb.best.copy()))

    def _climb(
        self, reach: Reach, status: Ints, climb: Climb, steps: int, theta: float, shakes: int = 0
    ) -> None:
        seen: set[bytes] = set()
        for _ in range(0, steps, CHUNK):
            free = self.count - int((status == OPEN).sum())
            theta = ascend(reach, status, free, climb, self.cost, self.goal, CHUNK, theta)
            self._try(status, climb, seen)
            self._shake(status, climb, shakes)
            settle(status, climb, self.goal)
            if climb.bound[0] >= self.goal or theta < SMALL or self.stop():
                break

    def _try(self, status: Ints, climb: Climb, seen: set[bytes]) -> None:
        """The sites of the best bound as a choice."""
        if climb.chosen.tobytes() in seen:
            return
        seen.add(climb.chosen.tobytes())
        choice = choice_of(self.reach, np.flatnonzero(climb.chosen))
        if choice.d1.sum() < NEAR * self.cost:
            self._offer(choice, status)

    def _shake(self, status: Ints, climb: Climb, times: int) -> None:
        """Looks for a better choice near the best one, while the gap is wide."""
        for _ in range(times):
            if self.cost - climb.bound[0] < WIDE * self.cost or self.stop():
                return
            best = choice_of(self.reach, np.flatnonzero(self.chosen))
            self._keep(shaken(self.reach, best, status, self.chance))

    def _branch(self, node: Node) -> None:
        """Climbs from where the parent ended; then two branches, the likelier first. Where nothing is left to
        decide, `_try` has seen the only choice."""
        self.branches += 1
        status, climb = node.status, climb_from(node.price, len(node.status))
        self._climb(narrowed(self.reach, status != CLOSED), status, climb, NODE, BRANCH)
        free, left = np.flatnonzero(status == FREE), self.count - int((status == OPEN).sum())
        if climb.bound[0] >= self.goal or not 0 < left < len(free):
            return
        bound = max(float(climb.bound[0]), node.bound)
        site = free[np.argmin(np.abs(climb.often[free] - 0.5))]
        likely = OPEN if climb.often[site] >= 0.5 else CLOSED
        for state in (OPEN + CLOSED - likely, likely):
            child = status.copy()
            child[site] = state
            self.nodes.append(Node(bound, child, climb.best.copy()))
