"""What is known of an event, as intervals: an exact number, a bound (“at least 3”), or nothing.

Nothing known of a fact is not the same as zero of it: an unknown fact may be anything from 0 on.
Truths are 1 and 0. Every fact is a harm, so none is negative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tocsin.kernel.errors import Malformed

Number = int | Decimal


@dataclass(frozen=True)
class Bound:
    """Known only to lie between two numbers, both included; `at_most` None: no upper bound is known."""

    at_least: Number = 0
    at_most: Number | None = None


Known = Number | bool | Bound
Facts = Mapping[str, Known]
"""By the fact ids of the pack; what is not in it is not known."""


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included; `high` None: without end."""

    low: Decimal
    high: Decimal | None

    @property
    def open(self) -> bool:
        """Whether more may be learned about it."""
        return self.low != self.high

    def admits(self, value: Decimal) -> bool:
        """Whether it may still turn out to be as much as `value`."""
        return self.high is None or value <= self.high


UNKNOWN = Interval(Decimal(0), None)


def intervals(facts: Facts) -> dict[str, Interval]:
    """Each fact as an interval. Raises `Malformed` for NaN, infinity, negatives, floats, texts."""
    return {name: _interval(name, known) for name, known in facts.items()}


def total(known: Mapping[str, Interval], names: Iterable[str]) -> Interval:
    """The sum of the facts `names`."""
    parts = [known.get(name, UNKNOWN) for name in names]
    highs = [part.high for part in parts if part.high is not None]
    low = sum((part.low for part in parts), Decimal(0))
    return Interval(low, sum(highs, Decimal(0)) if len(highs) == len(parts) else None)


def _interval(name: str, known: Known) -> Interval:
    if not isinstance(known, Bound):
        value = _number(name, known)
        return Interval(value, value)
    low = _number(name, known.at_least)
    high = None if known.at_most is None else _number(name, known.at_most)
    if high is not None and high < low:
        raise Malformed(
            "facts.bounds-crossed",
            "“{fact}” can't be at least {low} and at most {high}.",
            cure="Mend one of the two numbers.",
            fact=name,
            low=str(low),
            high=str(high),
        )
    return Interval(low, high)


def _number(name: str, value: object) -> Decimal:
    number = Decimal(value) if isinstance(value, (int, Decimal)) else None
    if number is None or not number.is_finite() or number < 0:
        raise Malformed(
            "facts.not-a-count",
            "“{fact}” can't be {value}.",
            cure="Give a whole number or an exact decimal, zero or more; leave out what is not known.",
            fact=name,
            value=repr(value),
        )
    return number
