"""What is not known and would change the result, and how: “10 deaths or more would make it major”."""

from collections.abc import Iterable, Mapping, Sequence

from tocsin.engine.grade.facts import UNKNOWN, Interval
from tocsin.engine.grade.parts import Part, Rung
from tocsin.engine.grade.verdict import Need, Opening, S, Weighed
from tocsin.engine.grade.weighing import weigh


def openings(
    parts: Iterable[Part[S]], known: Mapping[str, Interval], step: S | None
) -> tuple[Opening[S], ...]:
    """All ways above `step` that are still open, the nearest step first, each way told once."""
    found = [
        opening
        for part in parts
        for rung in part.rungs
        if step is None or rung.step > step
        for opening in _opening(part, rung, known)
    ]
    found.sort(key=lambda opening: opening.step)
    return tuple(o for at, o in enumerate(found) if not _told(o, found[:at], found[at + 1 :]))


def _opening(part: Part[S], rung: Rung[S], known: Mapping[str, Interval]) -> Iterable[Opening[S]]:
    """The way to `rung`, if it can still be gone."""
    weighed = weigh(rung, known)
    if all(condition.possible for condition in weighed):
        needs = tuple(_need(condition, known) for condition in weighed if not condition.met)
        yield Opening(rung.step, part.id, needs, part.source, rung.verified)


def _need(condition: Weighed, known: Mapping[str, Interval]) -> Need:
    facts = {name: known.get(name, UNKNOWN) for name in condition.counts}
    short = condition.threshold - condition.low
    alone = {
        name: fact.low + short
        for name, fact in facts.items()
        if fact.open and fact.admits(fact.low + short) and (short or _bounded(facts, name))
    }
    return Need(tuple(name for name, fact in facts.items() if fact.open), condition.threshold, alone)


def _bounded(facts: Mapping[str, Interval], but: str) -> bool:
    """Whether every fact `but` one has an upper bound: only then does a 0 of that one say something."""
    return all(fact.high is not None for name, fact in facts.items() if name != but)


def _told(opening: Opening[S], before: Sequence[Opening[S]], after: Sequence[Opening[S]]) -> bool:
    """Whether another opening already says all that this one says: the same step from the same facts, or
    from these and more, at numbers no higher. Of two that say the same, the first stays.
    """
    return any(_says(other, opening) for other in before) or any(
        _says(other, opening) and not _says(opening, other) for other in after
    )


def _says(one: Opening[S], other: Opening[S]) -> bool:
    if one.step != other.step or len(one.needs) != 1 or len(other.needs) != 1:
        return False
    [wide], [narrow] = one.needs, other.needs
    return bool(narrow.alone) and all(
        name in wide.alone and wide.alone[name] <= number for name, number in narrow.alone.items()
    )
