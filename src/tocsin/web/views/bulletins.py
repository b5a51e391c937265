"""Bulletins at the desk: what is known and from whom, what is not, what is done, what to do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop

from tocsin.packs.publishing import Product
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.bulletins import actions, queries
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement, read
from tocsin.stages.communication.bulletins.enums import BULLETIN_LIFE, BulletinState
from tocsin.stages.communication.bulletins.models import Bulletin
from tocsin.stages.communication.delivery.queries import deliveries
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import PAGE, after, choice, uuid, word
from tocsin.web.reading import Form
from tocsin.web.telling import hands

STATEMENTS = 4
PRODUCTS = (
    (Product.FACTS, gettext_noop("What has happened")),
    (Product.RESPONSE, gettext_noop("That a response started, changed or ended")),
    (Product.FORECAST, gettext_noop("What will happen")),
)
HANDS = ("bulletin.drafted", "bulletin.submitted", "bulletin.published", "bulletin.returned")


@page()
def bulletins(request: Asked) -> HttpResponse:
    """Bulletins, the newest first, drafts too."""
    state, form = choice(request, "state", BulletinState), word(request, "format")
    rows = queries.bulletins(state=state, before=uuid(request), limit=5000 if form in FORMATS else PAGE)
    if form in FORMATS:
        return export(_sheet(rows), form)
    return render(
        request,
        "bulletins/bulletins.html",
        {
            "bulletins": rows,
            "state": state,
            "states": BulletinState.choices,
            "waiting": queries.waiting() if state is None else [],
            "next_page": after(rows),
            "first_page": word(request, "before"),
        },
    )


@page()
def bulletin(request: Asked, key: UUID) -> HttpResponse:
    """One bulletin."""
    row = queries.bulletin(key)
    chain = str(row.incident_id) if row.incident_id else DESK
    content = read(row.content)
    return render(
        request,
        "bulletins/bulletin.html",
        {
            "bulletin": row,
            "content": content,
            "slots": _slots(content),
            "moves": BULLETIN_LIFE.open_to(BulletinState(row.state)),
            "mine": request.actor.id in row.hands,
            "hands": hands(entries(chain=chain, kinds=HANDS, limit=2000, newest_first=True)),
            "deliveries": deliveries(subject=key),
        },
    )


@page()
def new(request: Asked) -> HttpResponse:
    """The form of a new bulletin."""
    key = uuid(request, "incident")
    return render(
        request,
        "bulletins/new.html",
        {
            "incident": incident_by_id(key) if key else None,
            "kinds": locality.known_kinds(),
            "products": [(product.value, gettext(name)) for product, name in PRODUCTS],
            "slots": _slots(None),
        },
    )


def _slots(content: BulletinContent | None) -> list[tuple[int, Statement | None]]:
    """Numbered places for statements, as many as there are and some to spare."""
    known = list(content.known) if content else []
    return [(n, known[n] if n < len(known) else None) for n in range(max(STATEMENTS, len(known) + 1))]


@deed(back=new)
def draft(request: Asked) -> HttpResponse:
    """Drafts a bulletin."""
    form = Form(request.POST)
    made = actions.draft(
        act=act(request),
        hazard=form.need("hazard", 60),
        content=_content(form),
        product=form.choice("product", Product),
        incident=form.uuid_or_none("incident"),
    )
    told(request, gettext_noop("The bulletin was drafted. Read it, then submit it to a second person."))
    return redirect("bulletins-detail", key=made.id)


def _content(form: Form) -> BulletinContent:
    codes = locality.languages()
    known = []
    for n in range(50):
        text = form.texts(f"known{n}", codes, needed=False)
        if text:
            known.append(Statement(text, form.text(f"source{n}", 300), form.ticked(f"verified{n}")))
    rest = {name: form.texts(name, codes, needed=False) for name in ("unknown", "done", "advice")}
    return BulletinContent(title=form.texts("title", codes), known=tuple(known), **rest)


@deed(back=bulletin)
def move(request: Asked, key: UUID, move: str) -> HttpResponse:
    """Changes, submits, approves, returns, discards or corrects a bulletin."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "revise": lambda: actions.revise(act=by, bulletin=key, content=_content(form)),
        "submit": lambda: actions.submit(act=by, bulletin=key),
        "approve": lambda: actions.approve(act=by, bulletin=key),
        "return": lambda: actions.return_(act=by, bulletin=key),
        "discard": lambda: actions.discard(act=by, bulletin=key),
        "correct": lambda: actions.correct(act=by, bulletin=key),
    }
    if move not in moves:
        raise Http404
    made = moves[move]()
    told(request, gettext_noop("Done."))
    return redirect("bulletins-detail", key=made.id)


def _sheet(rows: list[Bulletin]) -> Sheet:
    columns = ("number", "title", "hazard", "state", "published", "drafted")
    cells = [
        (
            row.number,
            say(row.title),
            locality.kind_name(row.hazard),
            row.state,
            row.published_at,
            row.drafted_at,
        )
        for row in rows
    ]
    return Sheet("bulletins", columns, cells)
