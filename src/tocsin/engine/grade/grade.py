"""Grading from partial facts, by the highest criterion.

For facts x that are only known to lie in [l, h], a part of the table (a scale or a limb) gives

    step(x)  = max { s : the conditions of rung s hold at x }          (nothing where the set is empty)

and the table gives the highest step of its parts, as Chinese grading rules say with “or” between their
columns. Every condition is “a sum of facts is at least n”, and facts are never negative, so step is
monotone in each fact. Hence step(l) is what is sure, step(h) is the ceiling, and the true grade lies
between the two, whatever the facts turn out to be.

A scale that begins at 0 gives its mildest step once anything is known of its sum, not before: of an
event of which nothing is known, nothing is sure.

“N and above” includes N (>=), “below N” excludes it (<): Decree 493 Art. 3, Forest Fire Regulations
Art. 40.
"""

from collections.abc import Iterable, Mapping

from tocsin.engine.grade.facts import Facts, Interval, intervals
from tocsin.engine.grade.openings import openings
from tocsin.engine.grade.parts import Part, parts
from tocsin.engine.grade.verdict import Reading, S, Verdict
from tocsin.engine.grade.weighing import weigh
from tocsin.kernel.ladders import IncidentGrade, ResponseLevel
from tocsin.packs.gradings import Grading
from tocsin.packs.measures import Measured
from tocsin.packs.responses import Trigger


def grade(table: Grading, facts: Facts) -> Verdict[IncidentGrade]:
    """How grave an event is by this table. Raises `Malformed` for facts that can't be."""
    return _verdict(table, IncidentGrade, facts)


def respond(table: Trigger, facts: Facts) -> Verdict[ResponseLevel]:
    """Which response level these facts call for. Raises `Malformed` for facts that can't be."""
    return _verdict(table, ResponseLevel, facts)


def _verdict(table: Measured, ladder: type[S], facts: Facts) -> Verdict[S]:
    known = intervals(facts)
    flights = tuple(parts(table, ladder))
    readings = tuple(_read(part, known) for part in flights)
    step = _highest(reading.step for reading in readings)
    asked = {name for p in flights for rung in p.rungs for c in rung.when for name in c.counts}
    return Verdict(
        table=table.id,
        step=step,
        ceiling=_highest(reading.ceiling for reading in readings),
        readings=readings,
        openings=openings(flights, known, step),
        unused=tuple(sorted(set(known) - asked)),
    )


def _read(part: Part[S], known: Mapping[str, Interval]) -> Reading[S]:
    """The highest rung that surely holds, or the lowest one while none does."""
    weighed = [(rung, weigh(rung, known)) for rung in part.rungs]
    sure = [(r, ws) for r, ws in weighed if all(w.met for w in ws)]
    could = [r.step for r, ws in weighed if all(w.possible for w in ws)]
    rung, conditions = sure[-1] if sure else weighed[0]
    return Reading(
        part=part.id,
        step=rung.step if sure else None,
        ceiling=_highest(could),
        conditions=conditions,
        source=part.source,
        verified=rung.verified,
        text=part.text,
        note=part.note,
    )


def _highest(steps: Iterable[S | None]) -> S | None:
    return max((step for step in steps if step is not None), default=None)
