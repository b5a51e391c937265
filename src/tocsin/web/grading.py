"""The grade of an incident with its reasons: what the tables of the pack say to the facts known now."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tocsin.engine.grade.facts import Known
from tocsin.engine.grade.grade import grade
from tocsin.engine.grade.verdict import Verdict
from tocsin.kernel.ladders import IncidentGrade
from tocsin.packs.facts import Fact, Unit
from tocsin.packs.gradings import Grading, for_kind
from tocsin.web import locality
from tocsin.web.reading import Form


def tables(kind: str) -> tuple[Grading, ...]:
    """The tables that grade this kind of event; none where it has no grade by law."""
    here = locality.pack()
    return for_kind(here.gradings, here.kinds, kind) if here else ()


def asked(kind: str) -> list[Fact]:
    """The facts that those tables ask for, in the pack's order."""
    here = locality.pack()
    if here is None:
        return []
    names = {name for table in tables(kind) for name in _counts(table)}
    return [fact for fact in here.facts.values() if fact.id in names]


def _counts(table: Grading) -> Iterator[str]:
    for scale in table.scales:
        yield from scale.counts
    for limb in table.limbs:
        for condition in limb.when:
            yield from condition.counts


def verdicts(kind: str, facts: Mapping[str, Any]) -> list[Verdict[IncidentGrade]]:
    """What each table says."""
    known = dict(_known(facts))
    return [grade(table, known) for table in tables(kind)]


def _known(facts: Mapping[str, Any]) -> Iterator[tuple[str, Known]]:
    for name, value in facts.items():
        if isinstance(value, bool | int):
            yield name, value
            continue
        try:
            yield name, Decimal(str(value))
        except InvalidOperation:
            continue


def read_facts(form: Form, kind: str) -> dict[str, Any]:
    """The facts of a form; what was left empty is not known, which is not zero."""
    found: dict[str, Any] = {}
    for fact in asked(kind):
        name = f"fact_{fact.id}"
        if not form.text(name, 40):
            continue
        if fact.unit is Unit.MEASURE:
            found[fact.id] = str(Decimal(str(form.number(name, 0, 1e15))))
        else:
            found[fact.id] = form.whole(name, 0, 1 if fact.unit is Unit.TRUTH else 10**9)
    return found


def reasons(found: list[Verdict[IncidentGrade]]) -> list[dict[str, Any]]:
    """Why, as the journal keeps it: which part of which table gives the step, and its source."""
    return [
        {"table": verdict.table, "part": reading.part, "step": reading.step.name, "source": reading.source}
        for verdict in found
        for reading in verdict.decisive
        if reading.step is not None
    ]
