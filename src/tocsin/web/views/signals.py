"""Signals as they came, with their source text whole; what could not be read; a form for a call-taker."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.reduction.indicators.queries import finding as finding_of
from tocsin.stages.reduction.signals import actions, queries
from tocsin.stages.reduction.signals.enums import ACTION_NAMES, REASONS, Action, QuarantineState
from tocsin.stages.reduction.signals.models import Signal, Source
from tocsin.stages.reduction.situations.actions import watch
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import PAGE, after, choice, moment, uuid, word
from tocsin.web.reading import Form
from tocsin.web.views.indicators import chart_of

COLUMNS = (
    "received",
    "issued",
    "source",
    "kind",
    "level",
    "action",
    "areas",
    "title",
    "text",
    "issuer",
    "until",
)


@page()
def signals(request: Asked) -> HttpResponse:
    """Signals, the newest first."""
    form = word(request, "format")
    rows = _rows(request, 5000 if form in FORMATS else PAGE)
    if form in FORMATS:
        return export(_sheet(rows), form)
    return render(
        request,
        "signals/signals.html",
        {
            "signals": rows,
            "kinds": [("", "–"), *locality.known_kinds()],
            "actions": [("", "–"), *((action.value, name) for action, name in ACTION_NAMES.items())],
            "areas": [("", "–"), *locality.known_places()],
            "sources": [("", "–"), *((s.id, say(s.name)) for s in Source.objects.order_by("id"))],
            "counts": queries.counts(),
            "next_page": after(rows),
            "first_page": word(request, "before"),
        },
    )


def _rows(request: Asked, limit: int) -> list[Signal]:
    return queries.signals(
        before=uuid(request),
        limit=limit,
        kind=word(request, "kind") or None,
        source=word(request, "source") or None,
        actions=[action.value] if (action := choice(request, "action", Action)) else None,
        area=word(request, "area") or None,
        since=moment(request, "since"),
        until=moment(request, "until"),
    )


@page()
def signal(request: Asked, key: UUID) -> HttpResponse:
    """One signal, whole."""
    row = queries.signal(key)
    found = finding_of(UUID(row.ref)) if row.source_id == queries.INDICATOR_SOURCE else None
    context = {"signal": row, "finding": found, "chart": chart_of(found, request.now) if found else ""}
    return render(request, "signals/signal.html", context)


@page()
def quarantine(request: Asked) -> HttpResponse:
    """What could not be read."""
    state = choice(request, "state", QuarantineState) or QuarantineState.WAITING
    rows = queries.quarantined(state=state, before=uuid(request))
    context = {
        "items": [(row, REASONS.get(row.reason, row.reason)) for row in rows],
        "state": state,
        "states": list(QuarantineState),
        "next_page": after(rows),
        "first_page": word(request, "before"),
    }
    return render(request, "signals/quarantine.html", context)


@page()
def held(request: Asked, key: UUID) -> HttpResponse:
    """One thing in quarantine."""
    item = queries.quarantine(key)
    return render(
        request, "signals/held.html", {"item": item, "reason": REASONS.get(item.reason, item.reason)}
    )


@deed(back=held)
def mend(request: Asked, key: UUID) -> HttpResponse:
    """Reads it again as it was mended."""
    made = actions.mend(
        act=act(request), item=queries.quarantine(key), raw=Form(request.POST).text("raw", 500_000)
    )
    told(request, gettext_noop("Mended and read."))
    return redirect("signals-detail", key=made[0].id) if made else redirect("signals-quarantine")


@deed(back=held)
def dismiss(request: Asked, key: UUID) -> HttpResponse:
    """Lays it aside for good, with a word of why."""
    actions.dismiss(act=act(request), item=queries.quarantine(key))
    told(request, gettext_noop("Dismissed."))
    return redirect("signals-quarantine")


@page()
def new(request: Asked) -> HttpResponse:
    """The form of the call-taker."""
    return render(
        request,
        "signals/new.html",
        {
            "kinds": locality.known_kinds(),
            "levels": [("", "–"), *locality.known_steps(WarningLevel)],
            "actions": [
                (action.value, ACTION_NAMES[action])
                for action in (Action.INFORM, Action.ISSUE, Action.CANCEL)
            ],
            "areas": locality.known_places(),
        },
    )


@deed(back=new)
def record(request: Asked) -> HttpResponse:
    """Writes down what somebody told."""
    form = Form(request.POST)
    made = actions.record(
        act=act(request),
        kind=form.text("kind", 60),
        level=form.choice_or_none("level", WarningLevel),
        action=form.choice("action", Action),
        areas=list(form.many("areas")),
        title=form.need("title", 300),
        text=form.need("text", 20_000),
        issued_at=form.when_or_none("issued") or request.now,
        valid_until=form.when_or_none("until"),
        issuer=form.text("issuer", 200),
    )
    _look_again(request)
    told(request, gettext_noop("The signal was recorded."))
    return redirect("signals-detail", key=made.id)


def _look_again(request: Asked) -> None:
    """The watch list looks at what was recorded at once, by itself: whoever may record need not be one who
    assesses situations."""
    watch(act=Act(machine("watch"), request.now))


def _sheet(rows: list[Signal]) -> Sheet:
    return Sheet("signals", COLUMNS, [_row(row) for row in rows])


def _row(row: Signal) -> tuple[object, ...]:
    areas = list(locality.place_names(row.areas).values())
    head = (
        row.received_at,
        row.issued_at,
        row.source_id,
        locality.kind_name(row.kind),
        row.level,
        row.action,
    )
    return (*head, areas, row.title, row.text, say(row.issuer), row.valid_until)
