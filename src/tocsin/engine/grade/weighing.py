"""A rung's conditions against what is known."""

from collections.abc import Mapping

from tocsin.engine.grade.facts import Interval, total
from tocsin.engine.grade.parts import Rung
from tocsin.engine.grade.verdict import S, Weighed


def weigh(rung: Rung[S], known: Mapping[str, Interval]) -> tuple[Weighed, ...]:
    """Each condition of `rung` with the sum that is known for it."""
    return tuple(
        Weighed(condition.counts, condition.start, known_sum.low, known_sum.high)
        for condition in rung.when
        for known_sum in (total(known, condition.counts),)
    )
