"""Indicators: counts that are watched, what was found in them, and what people made of it."""

import math
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from tocsin.engine.detect.findings import Finding as Found
from tocsin.engine.detect.series import Unjudged
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.drawing import chart, spots
from tocsin.stages.reduction.indicators.enums import (
    FINDING_LIFE,
    INDICATOR_LIFE,
    RHYTHM_NAMES,
    UNJUDGED_WHY,
    UNREAD_WHY,
    FindingState,
    IndicatorState,
    Rhythm,
)
from tocsin.stages.reduction.indicators.judging import Judged, Sight, sights
from tocsin.stages.reduction.indicators.models import Finding, Indicator
from tocsin.stages.reduction.indicators.reading import Fault, decoded, read_table
from tocsin.stages.reduction.indicators.steps import in_words
from tocsin.stages.reduction.signals.models import Source
from tocsin.stages.reduction.signals.queries import INDICATOR_SOURCE
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.counts import series_name, step_words
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import after, uuid, word
from tocsin.web.reading import Form

CHARTS = 12
"""Charts of one page; the other series are in the export."""
LARGEST_FILE = 20_000_000
LIST = ("name", "kind", "state", "judged_until", "count", "open", "confirmed", "dismissed", "precision")
POINTS = (
    *("series", "day", "count", "expected", "low", "high", "verdict"),
    *("exposure", "complete", "filled", "filled_low", "filled_high"),
)


@dataclass(frozen=True)
class Drawn:
    """One series of an indicator's page."""

    name: str
    day: str
    latest: Found
    chart: SafeString
    seen: str
    """What could be seen in it now."""


@page()
def indicators(request: Asked) -> HttpResponse:
    """Indicators, the last defined first, with what came of their findings."""
    rows = queries.standings(queries.indicators(before=uuid(request)), request.now)
    if word(request, "format") in FORMATS:
        return export(Sheet("indicators", LIST, [_line(row) for row in rows]), word(request, "format"))
    context = {
        "rows": rows,
        "next_page": after([row.indicator for row in rows]),
        "first_page": word(request, "before"),
    }
    return render(request, "indicators/indicators.html", context)


@page()
def indicator(request: Asked, key: UUID) -> HttpResponse:
    """One indicator: its charts, its findings, and who could not be judged."""
    row = queries.indicator(key)
    judged = queries.judged(row, request.now)
    if word(request, "format") in FORMATS:
        return export(Sheet("indicator", POINTS, _points(judged)), word(request, "format"))
    found = queries.findings(indicator=key, before=uuid(request))
    context = {
        "row": row,
        "standing": queries.standings([row], request.now)[0],
        "moves": INDICATOR_LIFE.open_to(IndicatorState(row.state)),
        "rhythm": RHYTHM_NAMES[Rhythm(row.rhythm)],
        "drawn": _drawn(judged),
        "more": max(len(judged.watch.shard.names) - CHARTS, 0),
        "open": len(judged.shares),
        "left": [(series_name(one.name), _why(one)) for one in judged.left],
        "findings": [(one, FINDING_LIFE.open_to(FindingState(one.state))) for one in found],
        "next_page": after(found),
        "first_page": word(request, "before"),
    }
    return render(request, "indicators/indicator.html", context)


@page()
def new(request: Asked) -> HttpResponse:
    """The form that defines one."""
    sources = Source.objects.exclude(id=INDICATOR_SOURCE).order_by("id")
    context = {
        "kinds": locality.known_kinds(),
        "areas": [("", gettext("The whole jurisdiction")), *locality.known_places()],
        "sources": [("", gettext("Every source")), *((s.id, say(s.name)) for s in sources)],
        "rhythms": [(rhythm.value, name) for rhythm, name in RHYTHM_NAMES.items()],
        "languages": locality.languages(),
    }
    return render(request, "indicators/new.html", context)


@deed(back=new)
def define(request: Asked) -> HttpResponse:
    """Defines it and fills it from history."""
    form = Form(request.POST)
    kind = form.text("kind", 60)
    made = actions.define(
        act=act(request),
        name=form.texts("name", locality.languages()),
        kind=kind,
        counted=[] if form.ticked("elsewhere") else list(form.many("counted")) or [kind],
        rhythm=form.choice("rhythm", Rhythm),
        alarms=form.number("alarms", 0.001, 10_000),
        area=form.text("area", 60),
        each=form.ticked("each"),
        source=form.text("source", 60),
        late=form.ticked("late"),
        neighbours=form.ticked("neighbours"),
    )
    _look_at_once(request)
    told(request, gettext_noop("The indicator is watched from now on."))
    return redirect("indicators-detail", key=made.id)


@deed(back=indicator)
def move(request: Asked, key: UUID, move: str) -> HttpResponse:
    """Pauses, resumes or retires it."""
    row = queries.indicator(key)
    moved = {
        "pause": lambda: actions.move(act=act(request), indicator=row, move="pause"),
        "resume": lambda: actions.move(act=act(request), indicator=row, move="resume"),
        "retire": lambda: actions.move(act=act(request), indicator=row, move="retire"),
    }.get(move)
    if moved is None:
        raise Http404
    moved()
    told(request, gettext_noop("Done; the journal has it."))
    return redirect("indicators-detail", key=key)


@deed(back=indicator)
def count_in(request: Asked, key: UUID) -> HttpResponse:
    """Puts a table of counts in; a table with a row that can't be read is refused whole, with its rows."""
    row = queries.indicator(key)
    table = read_table(_sent(request), hours=row.rhythm == Rhythm.HOUR)
    if table.faults:
        raise Malformed(
            "table.rows",
            gettext_noop("{count} places in the table can't be read: {list}"),
            cure=gettext_noop("Mend them and send the table again; nothing was kept."),
            where="file",
            count=len(table.faults),
            list="; ".join(map(_fault_words, table.faults[:10])),
        )
    actions.count_in(act=act(request), indicator=row, counts=table.rows)
    _look_at_once(request)
    told(request, gettext_noop("The counts are in and judged."))
    return redirect("indicators-detail", key=key)


def _look_at_once(request: Asked) -> None:
    """Nobody who has just put counts in should wait for the next round."""
    actions.look(act=Act(machine("indicators"), request.now))


def _sent(request: Asked) -> str:
    """The text of the file, or what was pasted."""
    file, pasted = request.FILES.get("file"), Form(request.POST).text("table", 1_000_000)
    if pasted and file is None:
        return pasted
    if file is None or (file.size or 0) > LARGEST_FILE:
        raise Malformed(
            "table.file",
            gettext_noop("A table of at most 20 MB is needed."),
            cure=gettext_noop("Choose a CSV file with a date and counts, or paste the table."),
            where="file",
        )
    return decoded(file.read())


@page()
def finding(request: Asked, key: UUID) -> HttpResponse:
    """One finding leads to the page of its indicator."""
    return redirect("indicators-detail", key=queries.finding(key).indicator_id)


@deed(back=finding)
def confirm(request: Asked, key: UUID) -> HttpResponse:
    """Something was going on."""
    made = actions.confirm(act=act(request), finding=queries.finding(key))
    told(request, gettext_noop("Confirmed; it counts as a true alarm."))
    return redirect("indicators-detail", key=made.indicator_id)


@deed(back=finding)
def dismiss(request: Asked, key: UUID) -> HttpResponse:
    """Nothing was going on."""
    made = actions.dismiss(act=act(request), finding=queries.finding(key))
    told(request, gettext_noop("Dismissed; it counts as a false alarm."))
    return redirect("indicators-detail", key=made.indicator_id)


def _fault_words(fault: Fault) -> str:
    """What can't be read and where."""
    where = gettext("line {line}, {column}") if fault.column else gettext("line {line}")
    said = gettext(UNREAD_WHY[fault.reason]).format(value=fault.value)
    return f"{where.format(line=fault.line, column=fault.column)}: {said}"


def _drawn(judged: Judged) -> list[Drawn]:
    """The charts, the most remarkable series first."""
    watch = judged.watch
    order = sorted(enumerate(watch.latest()), key=lambda pair: _calmness(pair[1]))
    sight = sights(judged, [row for row, _ in order[:CHARTS]])
    return [
        Drawn(series_name(one.name), in_words(one.day), one, _chart(judged, row, one), _seen(sight.get(row)))
        for row, one in order[:CHARTS]
    ]


def _seen(sight: Sight | None) -> str:
    if sight is None:
        return ""
    said = gettext("Seen within the budget: {once} more at once, or {lasting} more in each of three steps.")
    return said.format(once=math.ceil(sight.once), lasting=math.ceil(sight.lasting))


def chart_of(found: Finding, now: Instant) -> SafeString:
    """The chart of the series in which something was found, as it is judged now; empty if it can't be."""
    judged = queries.judged(found.indicator, now)
    names = judged.watch.shard.names
    if found.series not in names:
        return SafeString("")
    row = names.index(found.series)
    return _chart(judged, row, judged.watch.finding(row, judged.watch.shard.times - 1))


def _calmness(found: Found) -> float:
    return found.p if found.p == found.p else 2.0  # NaN alone is not itself


def _chart(judged: Judged, row: int, latest: Found) -> SafeString:
    steps = spots(judged, row)
    alarms = sum(step.verdict == "alarm" for step in steps)
    said = gettext("{steps} steps until {day}; the last count is {count}; {alarms} alarms.").format(
        steps=len(steps), day=in_words(latest.day), count=latest.count, alarms=alarms
    )
    name = series_name(latest.name)
    return mark_safe(chart(steps, name, said, f"c{row}"))  # noqa: S308 (escaped where it is drawn)


def _why(one: Unjudged) -> str:
    said = gettext(str(UNJUDGED_WHY[one.reason]))
    return said if one.day is None else f"{said} ({in_words(one.day)})"


def _points(judged: Judged) -> list[tuple[Any, ...]]:
    return [
        (name, in_words(step.day), *figures[1:])
        for row, name in enumerate(judged.watch.shard.names)
        for step, figures in ((step, astuple(step)) for step in spots(judged, row))
    ]


def _line(row: queries.Standing) -> tuple[Any, ...]:
    one: Indicator = row.indicator
    day = step_words(row.day, one.rhythm)
    head = (say(one.name), locality.kind_name(one.kind), one.state, day, row.count)
    return (*head, row.open, row.confirmed, row.dismissed, row.precision)
