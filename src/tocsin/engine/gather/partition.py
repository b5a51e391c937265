"""Rows, one after another, into groups; and the last one out again, exactly.

    (1)  a row whose links (weights > 0) all lead to one group joins it, if no pair with a member is
         forbidden, the mean weight is > 0 and no more than `seconds` lie between it and the first member
    (2)  a row without links makes a group of its own
    (3)  else the row and all groups that its links lead to are grouped anew by `clusters`: a report that had
         joined the better of two poor choices may find where it belongs
    (4)  what a person ruled comes first: rows that are together lie in one group, if no more than twice
         `seconds` lie between its first and its last; rows that are apart never do
    (5)  if more than MOST rows would be grouped anew, the row joins one group alone: where a person put it,
         or the best that it may join by (1); if none, it makes its own

A chain of likely links does not join strangers: a report half-way between two crashes lies with one of them.
What a row changes lies no further back than three times `seconds`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np

from tocsin.engine.gather.clusters import VETO, cluster
from tocsin.engine.gather.evidence import Ints, Weights
from tocsin.engine.gather.window import Window

GIVEN = -1
"""The group of rows whose group was given out."""
MOST = 64


@dataclass(frozen=True, slots=True)
class Persons:
    """What persons said, of rows: whether two are apart, and the one id that stands for all that are together
    with a row."""

    split: Callable[[int, int], bool]
    root: Callable[[int], str]


class Partition:
    """Groups by their first row: `members` in rising order, and the group `of` each row."""

    def __init__(self, window: Window, weights: Weights) -> None:
        self.window, self.weights = window, weights
        self.of: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}
        self._undo: dict[int, tuple[dict[int, list[int]], list[int]]] = {}

    def enter(self, row: int, forced: Sequence[int] = (), said: Persons | None = None) -> None:
        """The newest row finds its group; `forced`: older rows that a person put it together with."""
        found, weights = self.window.search(row, self.weights)
        pairs = self._by_group(found.tolist(), weights.tolist())
        linked = {group for group, own in pairs.items() if max(own) > 0.0}
        told = self._told(row, forced)
        means = {g: sum(pairs[g]) / len(pairs[g]) for g in linked if self._may_join(row, g, pairs[g], said)}
        near = linked | told
        if not told and len(near) == len(means) <= 1:
            self._join(row, next(iter(means), row))
        elif sum(len(self.members[group]) for group in near) < MOST:
            self._anew(row, near, said)
        else:
            best = max(means, key=lambda group: (means[group], -group), default=row)
            self._join(row, max(told, default=best))

    def enter_given(self, row: int) -> None:
        """A row whose group was given out keeps out of all others."""
        self.of[row] = GIVEN
        self._undo[row] = ({}, [])

    def leave(self, row: int) -> None:
        """Takes the newest row out, as if it had never come."""
        before, after = self._undo.pop(row)
        for group in after:
            del self.members[group]
        del self.of[row]
        self._hold(before)

    def give(self, group: int) -> list[int]:
        """The members of a group, which is closed from now on."""
        rows = self.members.pop(group)
        for row in rows:
            self.enter_given(row)
        return rows

    def forget(self, row: int) -> None:
        """Drops what is remembered of a row that was given out."""
        del self.of[row], self._undo[row]

    def _by_group(self, found: list[int], weights: list[float]) -> dict[int, list[float]]:
        """The weights of a row with the members of each open group."""
        pairs: dict[int, list[float]] = {}
        for other, weight in zip(found, weights, strict=True):
            pairs.setdefault(self.of[other], []).append(weight)
        pairs.pop(GIVEN, None)
        return pairs

    def _told(self, row: int, forced: Sequence[int]) -> set[int]:
        """The groups in which a person put a row, as far as they are near enough in time."""
        at, span = self.window.at, 2.0 * self.window.seconds
        groups = {self.of[other] for other in forced} - {GIVEN}
        return {group for group in groups if at(row) - at(group) <= span}

    def _may_join(self, row: int, group: int, own: list[float], said: Persons | None) -> bool:
        """By (1), and never against (4)."""
        members = self.members[group]
        return (
            len(own) == len(members)
            and min(own) > VETO
            and sum(own) > 0.0
            and self.window.at(row) - self.window.at(group) <= self.window.seconds
            and not (said and any(said.split(row, member) for member in members))
        )

    def _join(self, row: int, group: int) -> None:
        before = self.members.get(group)
        self._undo[row] = ({} if before is None else {group: before}, [group])
        self.members[group] = [*(before or ()), row]
        self.of[row] = group

    def _anew(self, row: int, near: set[int], said: Persons | None) -> None:
        """Groups the row and the groups near it by `clusters`."""
        before = {group: self.members.pop(group) for group in near}
        rows = sorted(member for members in [[row], *before.values()] for member in members)
        at = np.array([self.window.at(member) for member in rows])
        label = self._together(rows, said)
        weights = self.window.matrix(rows, self.weights)
        if said:
            for one, other in combinations(range(len(rows)), 2):
                if said.split(rows[one], rows[other]):
                    weights[one, other] = weights[other, one] = -inf
        first = cluster(weights, at, label, self.window.seconds)
        groups: dict[int, list[int]] = {}
        for member, own in zip(rows, first.tolist(), strict=True):
            groups.setdefault(rows[own], []).append(member)
        self._undo[row] = (before, list(groups))
        self._hold(groups)

    def _together(self, rows: list[int], said: Persons | None) -> Ints:
        """What each row begins together with: the first row of the same root no more than twice `seconds`
        before it."""
        label = np.arange(len(rows))
        begun: dict[str, int] = {}
        for at, row in enumerate(rows if said else ()):
            root = said.root(row) if said else ""
            start = begun.setdefault(root, at)
            if self.window.at(row) - self.window.at(rows[start]) > 2.0 * self.window.seconds:
                start = begun[root] = at
            label[at] = start
        return label

    def _hold(self, groups: Mapping[int, list[int]]) -> None:
        for group, rows in groups.items():
            self.members[group] = rows
            for row in rows:
                self.of[row] = group
