"""What persons said of pairs of reports: together or apart. It wins over the machine and is kept.

(1)  "together" is an equivalence: a with b and b with c is a with c
(2)  "apart" holds between all that is together with the one and all that is together with the other
(3)  a set of rulings is refused if (1) and (2) contradict each other
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tocsin.kernel.errors import Malformed


@dataclass(frozen=True, slots=True)
class Ruling:
    """Reports `a` and `b` are one event (`same`) or are not, said by whom and why."""

    a: str
    b: str
    same: bool
    by: str = ""
    why: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Both ids."""
        return frozenset((self.a, self.b))


def together(a: str, b: str, by: str = "", why: str = "") -> Ruling:
    """Both are one event."""
    return Ruling(a, b, True, by, why)


def apart(a: str, b: str, by: str = "", why: str = "") -> Ruling:
    """They are not one event."""
    return Ruling(a, b, False, by, why)


class Rulings:
    """All rulings that hold, the last one for each pair. Never changed: a change is a new set."""

    def __init__(self, given: Iterable[Ruling] = ()) -> None:
        """Raises `Malformed` for a ruling on one report, and by (3)."""
        self.held = {ruling.pair: ruling for ruling in given}
        self._root: dict[str, str] = {}
        for ruling in self.held.values():
            if ruling.a == ruling.b:
                raise Malformed(
                    "gather.ruling",
                    "a ruling on report {id} and itself",
                    cure="Name two reports.",
                    where="rulings",
                    id=ruling.a,
                )
            if ruling.same:
                self._root[self.root(ruling.a)] = self._root.setdefault(
                    self.root(ruling.b), self.root(ruling.b)
                )
        self._whole: dict[str, set[str]] = {}
        for ruling in self.held.values():
            if ruling.same:
                self._whole.setdefault(self.root(ruling.a), set()).update(ruling.pair)
        self._apart = {
            frozenset((self.root(r.a), self.root(r.b))): r for r in self.held.values() if not r.same
        }
        for roots, ruling in self._apart.items():
            if len(roots) == 1:
                raise Malformed(
                    "gather.contradiction",
                    "reports {a} and {b} can't be both together and apart",
                    cure="Take one of the rulings back, or one of those that join them by way of others.",
                    where="rulings",
                    a=ruling.a,
                    b=ruling.b,
                )

    def __iter__(self) -> Iterator[Ruling]:
        return iter(self.held.values())

    def with_(self, ruling: Ruling) -> "Rulings":
        """These and one more, which replaces an older one on the same pair."""
        return Rulings([*(r for r in self if r.pair != ruling.pair), ruling])

    def without(self, a: str, b: str) -> "Rulings":
        """These without any on that pair."""
        return Rulings(r for r in self if r.pair != frozenset((a, b)))

    def others(self, report: str) -> set[str]:
        """All that are together with `report` by (1), without itself."""
        return self._whole[self.root(report)] - {report} if report in self._root else set()

    def root(self, report: str) -> str:
        """The one report that stands for all that are together with this one."""
        while (parent := self._root.get(report, report)) != report:
            report = parent
        return report

    def between(self, a: str, b: str) -> Ruling | None:
        """The ruling on exactly this pair."""
        return self.held.get(frozenset((a, b)))

    def same(self, a: str, b: str) -> bool:
        """By (1)."""
        return self.root(a) == self.root(b)

    def split(self, a: str, b: str) -> bool:
        """By (2)."""
        return frozenset((self.root(a), self.root(b))) in self._apart
