"""Pre-filling a report from the record, so that whoever reports corrects rather than types.

Pure: what is known goes in as data, a body comes out; the same record gives the same draft. Nothing is
guessed: what the record does not know stays empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.stages.response.reports.body import Body, Casualties

Text = Mapping[str, str]

INJURED = ("serious_injuries", "poisoned")
"""The pack's facts that count as injured; the law counts acute poisoning among serious injuries."""


@dataclass(frozen=True)
class Known:
    """The record so far. `facts` are the pack's fact ids with numbers; `done` are titles of tasks that
    are done, `measures` what the running plan announced; `evidence` are lines of the situation.
    """

    kind_name: Text
    title: Text
    occurred_at: Instant | None = None
    places: tuple[Text, ...] = ()
    source: Text = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    done: tuple[Text, ...] = ()
    measures: tuple[Text, ...] = ()
    trend: str = ""
    unit: str = ""


def draft(known: Known, *, language: str, zone: tzinfo) -> Body:
    """The body that the record supports, in one language; times in `zone` with their offset."""
    places = _spoken(known.places, language)
    return Body(
        unit=known.unit,
        time=_local(known.occurred_at, zone),
        place=" · ".join(places),
        source=say(known.source, language),
        nature=say(known.kind_name, language),
        extent=_extent(places, known.facts),
        course="\n".join([say(known.title, language), *dict.fromkeys(known.evidence)]).strip(),
        casualties=_casualties(known.facts),
        loss=_number(known.facts.get("direct_loss")),
        measures="\n".join(dict.fromkeys(_spoken((*known.measures, *known.done), language))),
        trend=known.trend,
    )


def _spoken(texts: Sequence[Text], language: str) -> list[str]:
    return [spoken for text in texts if (spoken := say(text, language))]


def _local(moment: Instant | None, zone: tzinfo) -> str:
    return "" if moment is None else moment.astimezone(zone).isoformat(" ", "minutes")


def _extent(places: Sequence[str], facts: Mapping[str, Any]) -> str:
    area = _number(facts.get("stricken_area"))
    return f"{area} km²" if area else " · ".join(places)


def _casualties(facts: Mapping[str, Any]) -> Casualties:
    injured = [int(facts[name]) for name in INJURED if facts.get(name) is not None]
    return Casualties(
        deaths=_count(facts.get("deaths")),
        missing=_count(facts.get("missing")),
        injured=sum(injured) if injured else None,
    )


def _count(value: Any) -> int | None:
    return None if value is None else int(value)


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)
