"""Reports in, candidate incidents out, as they come.

Every report belongs to exactly one group, maybe alone, by the rules of `partition`, in one pass over the
reports in the order (instant, id).

The order in which they arrive does not matter. What comes late is put in its place: the rows after it are
taken back, which is exact since each step is remembered, and pushed again. So the groups are those of the
sorted reports as long as none comes later than `patience` behind the newest; one that does is given out
alone, marked as late.

Memory is bounded by what is reported within `patience` and thrice `seconds`: a group whose first report is
older than that can gain nothing more. It is given out, once, and forgotten.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from tocsin.engine.gather.comparing import marks, numbers
from tocsin.engine.gather.evidence import Weights
from tocsin.engine.gather.kinds import DEFAULT as KINDS
from tocsin.engine.gather.kinds import Kinds
from tocsin.engine.gather.links import Group, Link, Said
from tocsin.engine.gather.partition import GIVEN, Partition, Persons
from tocsin.engine.gather.reasoning import link
from tocsin.engine.gather.reports import Report
from tocsin.engine.gather.rulings import Ruling, Rulings
from tocsin.engine.gather.weights import CALLS
from tocsin.engine.gather.window import Window
from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Reach:
    """How far a link reaches: `seconds` between two reports, `metres` beyond what their positions leave
    open, and `patience`, the seconds by which a report may come behind the newest."""

    seconds: float = 3600.0
    metres: float = 2500.0
    patience: float = 3600.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0.0 < value < 1e9:
                raise Malformed(
                    "gather.reach",
                    "{where} of {value} can't be worked with",
                    cure="Give a positive number of seconds or metres.",
                    where=name,
                    value=value,
                )


class Gathering:
    """A stream of reports being gathered. Not safe for threads: one owner a stream."""

    def __init__(
        self,
        weights: Weights = CALLS,
        reach: Reach | None = None,
        kinds: Kinds = KINDS,
        rulings: Iterable[Ruling] = (),
    ) -> None:
        """Rulings may name reports that are yet to come."""
        self.weights, self.reach, self.kinds = weights, reach or Reach(), kinds
        self._ruled(Rulings(rulings))
        self.window = Window(self.reach.metres, self.reach.seconds, kinds.persons)
        self.newest = 0.0
        self.partition = Partition(self.window, self.weights)
        self._reports: dict[int, Report] = {}
        self._keys: dict[int, tuple[float, str]] = {}
        self._row: dict[str, int] = {}
        self._given: set[str] = set()

    def __len__(self) -> int:
        """Reports in memory."""
        return len(self._reports)

    def add(self, report: Report) -> tuple[Group, ...]:
        """Takes a report in; gives the groups that are thereby finished, and this one alone if it is late.

        The same report twice changes nothing; another with an id in use is refused (`Malformed`).
        """
        if report.id in self._row:
            if self._reports[self._row[report.id]] == report:
                return ()
            raise Malformed(
                "gather.twice",
                "id {id} names two different reports",
                cure="Give each report an id of its own; a corrected report gets a new one.",
                where="id",
                id=report.id,
            )
        at = report.seconds
        if at < self.newest - self.reach.patience:
            return (Group((report,), late=True),)
        later = self._take_back((at, report.id))
        self._push(report, at)
        for one in later:
            self._push(one, one.seconds)
        self.newest = max(self.newest, at)
        return tuple(self._finished())

    def groups(self) -> tuple[Group, ...]:
        """The open groups as they stand, the oldest first."""
        return tuple(self._as_group(rows) for rows in sorted(self.partition.members.values()))

    def close(self) -> tuple[Group, ...]:
        """Gives out all open groups and forgets everything but the rulings."""
        rest = self.groups()
        self.__init__(self.weights, self.reach, self.kinds, self.rulings)  # type: ignore[misc]
        return rest

    def rule(self, ruling: Ruling) -> None:
        """A person's word from now on, which replaces an older one on the pair. Raises `Malformed` if it
        contradicts the others. A group that was given out stays as it was: see `unmet`."""
        self._rule(self.rulings.with_(ruling))

    def unrule(self, a: str, b: str) -> None:
        """Takes back what was said of a pair; the machine decides again."""
        self._rule(self.rulings.without(a, b))

    def unmet(self) -> tuple[Ruling, ...]:
        """Rulings "together" whose reports do not lie in one open group: not yet come, given out before, or
        more than twice `seconds` apart."""
        return tuple(ruling for ruling in self.rulings if ruling.same and not self._met(ruling))

    def _met(self, ruling: Ruling) -> bool:
        rows = [self._row.get(name) for name in (ruling.a, ruling.b)]
        a, b = (GIVEN if row is None else self.partition.of[row] for row in rows)
        return a == b != GIVEN

    def _rule(self, rulings: Rulings) -> None:
        rows = self._take_back((0.0, ""))
        self._ruled(rulings)
        for report in rows:
            self._push(report, report.seconds)

    def _take_back(self, since: tuple[float, str]) -> list[Report]:
        """Takes all rows after `since` out, the newest first; gives them the oldest first."""
        taken = []
        while self._keys and self._keys[self.window.high - 1] > since:
            row = self.window.high - 1
            self.partition.leave(row)
            self.window.pop()
            del self._keys[row]
            taken.append(self._reports.pop(row))
        return taken[::-1]

    def _push(self, report: Report, at: float) -> None:
        name = report.id
        row = self.window.push(numbers(report), marks(report, self.kinds))
        self._reports[row], self._keys[row], self._row[name] = report, (at, name), row
        if name in self._given:
            self.partition.enter_given(row)
        else:
            forced = [
                self._row[other] for other in self.rulings.others(name) if self._row.get(other, row) < row
            ]
            self.partition.enter(row, forced, self._said)

    def _ruled(self, rulings: Rulings) -> None:
        """Lets these rulings hold for rows that are yet to enter."""
        self.rulings = rulings
        self._said = Persons(self._split, self._root) if any(True for _ in rulings) else None

    def _split(self, row: int, other: int) -> bool:
        return self.rulings.split(self._keys[row][1], self._keys[other][1])

    def _root(self, row: int) -> str:
        return self.rulings.root(self._keys[row][1])

    def _finished(self) -> Iterator[Group]:
        """Gives out the groups that can gain nothing more, and forgets the rows before them."""
        horizon = self.newest - self.reach.patience - 3.0 * self.reach.seconds
        while (row := self.window.low) < self.window.high and self._keys[row][0] < horizon:
            if self.partition.of[row] != GIVEN:
                rows = self.partition.give(self.partition.of[row])
                self._given.update(self._reports[member].id for member in rows)
                yield self._as_group(rows)
            self._forget(row)

    def _forget(self, row: int) -> None:
        name = self._reports.pop(row).id
        self._given.discard(name)
        del self._row[name], self._keys[row]
        self.partition.forget(row)
        self.window.low += 1

    def _as_group(self, rows: list[int]) -> Group:
        if len(rows) == 1:
            return Group((self._reports[rows[0]],))
        links = (self._link(a, b) for a, b in combinations(rows, 2))
        return Group(tuple(self._reports[row] for row in rows), tuple(one for one in links if one))

    def _link(self, row: int, other: int) -> Link | None:
        """The link between two rows; None where nothing speaks for it."""
        ours, theirs = self._reports[row], self._reports[other]
        found = link(
            ours, theirs, self.window.levels(row, other), self.window.apart(row, other), self.weights
        )
        if not self.rulings.same(ours.id, theirs.id):
            return found if found.confidence > 0.5 else None
        ruling = self.rulings.between(ours.id, theirs.id)
        said = Said(ruling.by, ruling.why) if ruling else Said("", "by way of others")
        return replace(found, confidence=1.0, reasons=(said, *found.reasons))


def key(report: Report) -> tuple[float, str]:
    """What reports are sorted by."""
    return report.seconds, report.id


def gathered(
    reports: Iterable[Report],
    weights: Weights = CALLS,
    reach: Reach | None = None,
    kinds: Kinds = KINDS,
    rulings: Iterable[Ruling] = (),
) -> tuple[Group, ...]:
    """The groups of all reports at once, whatever order they come in, the oldest first."""
    gathering = Gathering(weights, reach, kinds, rulings)
    done = [group for report in sorted(reports, key=key) for group in gathering.add(report)]
    return tuple(sorted([*done, *gathering.close()], key=lambda group: key(group.reports[0])))
