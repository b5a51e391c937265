"""Alerts at the desk: drafted from the record, approved by a second person, updated and cancelled."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.kernel.instants import after as later
from tocsin.kernel.ladders import WarningLevel
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.alerts import actions, queries, record
from tocsin.stages.communication.alerts.content import Content
from tocsin.stages.communication.alerts.enums import ALERT_LIFE, AlertState
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.delivery import actions as delivery_actions
from tocsin.stages.communication.delivery.queries import deliveries
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import PAGE, after, choice, uuid, word
from tocsin.web.reading import Form
from tocsin.web.telling import hands

DAY = timedelta(days=1)
HANDS = ("alert.drafted", "alert.submitted", "alert.published", "alert.cancelled", "alert.returned")
COLUMNS = (
    "identifier",
    "type",
    "level",
    "hazard",
    "headline",
    "areas",
    "state",
    "sent",
    "starts",
    "expires",
    "sender",
)


@page()
def alerts(request: Asked) -> HttpResponse:
    """Alerts, the newest first, drafts too."""
    state, form = choice(request, "state", AlertState), word(request, "format")
    rows = queries.alerts(state=state, before=uuid(request), limit=5000 if form in FORMATS else PAGE)
    if form in FORMATS:
        return export(_sheet(rows), form)
    return render(
        request,
        "alerts/alerts.html",
        {
            "alerts": rows,
            "state": state,
            "states": AlertState.choices,
            "waiting": queries.waiting() if state is None else [],
            "next_page": after(rows),
            "first_page": word(request, "before"),
        },
    )


@page()
def alert(request: Asked, key: UUID) -> HttpResponse:
    """One alert: its text, its chain, who had a hand in it, and where it went."""
    row = queries.alert(key)
    chain = str(row.incident_id) if row.incident_id else DESK
    return render(
        request,
        "alerts/alert.html",
        {
            "alert": row,
            "chain": queries.chain(key),
            "moves": ALERT_LIFE.open_to(AlertState(row.state)),
            "mine": request.actor.id in row.hands,
            "hands": hands(entries(chain=chain, kinds=HANDS, limit=2000, newest_first=True)),
            "deliveries": deliveries(subject=key),
            **_choices(),
        },
    )


@page()
def new(request: Asked) -> HttpResponse:
    """The form of a new alert."""
    key = uuid(request, "incident")
    incident = incident_by_id(key) if key else None
    ends = later(request.now, DAY)
    return render(request, "alerts/new.html", {"incident": incident, "ends": ends, **_choices()})


def _choices() -> dict[str, Any]:
    return {
        "kinds": locality.known_kinds(),
        "levels": locality.known_steps(WarningLevel),
        "areas": locality.known_places(),
    }


@deed(back=new)
def draft(request: Asked) -> HttpResponse:
    """Drafts an alert; texts that were left empty are written from the record."""
    form = Form(request.POST)
    hazard = form.need("hazard", 60)
    made = actions.draft(
        act=act(request),
        hazard=hazard,
        content=_content(form, hazard),
        incident=form.uuid_or_none("incident"),
    )
    told(request, gettext_noop("The alert was drafted. Read it, then submit it to a second person."))
    return redirect("alerts-detail", key=made.id)


def _content(form: Form, hazard: str) -> Content:
    level = form.choice_or_none("level", WarningLevel)
    areas, starts, expires = form.many("areas"), form.when("starts"), form.when("expires")
    said = _written(form)
    if not all(said.values()):
        said = {name: text or said_by_record for (name, text), said_by_record in zip(
            said.items(), _from_record(hazard, level, areas, starts, expires), strict=True
        )}  # fmt: skip
    return Content(level=level, areas=areas, starts=starts, expires=expires, **said)


def _written(form: Form) -> dict[str, Any]:
    names = ("headline", "description", "instruction")
    return {name: form.texts(name, locality.languages(), needed=False) for name in names}


def _from_record(
    hazard: str, level: WarningLevel | None, areas: tuple[str, ...], starts: Instant, expires: Instant
) -> tuple[Any, Any, Any]:
    here = locality.pack()
    if here is None or hazard not in here.kinds:
        raise Malformed("form.field", gettext_noop("Choose one of the list."), where="hazard")
    facts = record.facts(hazard=hazard, level=level, areas=areas, starts=starts, expires=expires)
    written = record.write(facts)
    return written.headline, written.description, written.instruction


@deed(back=alert)
def move(request: Asked, key: UUID, move: str) -> HttpResponse:
    """Changes, submits, approves, returns, discards, updates or cancels an alert."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "revise": lambda: actions.revise(
            act=by, alert=key, content=_content(form, queries.alert(key).hazard)
        ),
        "submit": lambda: actions.submit(act=by, alert=key),
        "approve": lambda: actions.approve(act=by, alert=key),
        "return": lambda: actions.return_(act=by, alert=key),
        "discard": lambda: actions.discard(act=by, alert=key),
        "update": lambda: actions.update(act=by, alert=key),
        "cancel": lambda: actions.cancel(act=by, alert=key),
    }
    if move not in moves:
        raise Http404
    made = moves[move]()
    told(request, gettext_noop("Done."))
    return redirect("alerts-detail", key=made.id)


@deed(back=alert)
def settle(request: Asked, key: UUID, delivery: UUID, move: str) -> HttpResponse:
    """Decides about a delivery that is uncertain or was given up."""
    moves = {"resend": delivery_actions.resend, "settle": delivery_actions.settle}
    if move not in moves:
        raise Http404
    moves[move](act=act(request), delivery=delivery)
    told(request, gettext_noop("Done."))
    return redirect("alerts-detail", key=key)


@page()
def cap(request: Asked, key: UUID) -> HttpResponse:
    """The CAP document as it was published."""
    row = queries.alert(key)
    if not row.cap_xml:
        raise Http404
    return HttpResponse(row.cap_xml.encode(), content_type="application/xml; charset=utf-8")


def _sheet(rows: list[Alert]) -> Sheet:
    return Sheet("alerts", COLUMNS, [_row(row) for row in rows])


def _row(row: Alert) -> tuple[object, ...]:
    areas = list(locality.place_names(row.areas).values())
    head = (row.identifier, row.msg_type, row.level, locality.kind_name(row.hazard), say(row.headline), areas)
    return (*head, row.state, row.sent_at, row.starts_at, row.expires_at, say(row.sender_name))
