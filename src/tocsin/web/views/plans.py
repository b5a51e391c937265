"""Plans: read, compared, drafted, approved by a second person. What people read is what the machine runs."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries
from tocsin.stages.readiness.plans import actions, queries
from tocsin.stages.readiness.plans.difference import difference
from tocsin.stages.readiness.plans.enums import VERSION_LIFE, VersionState
from tocsin.stages.readiness.plans.lint import lint
from tocsin.stages.readiness.plans.models import Plan, PlanVersion
from tocsin.web import locality, prose
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import word
from tocsin.web.reading import Form
from tocsin.web.telling import hands

HANDS = ("plan.drafted", "plan.revised", "plan.submitted", "plan.approved", "plan.withdrawn")
LONGEST = 400_000
OPEN = (VersionState.DRAFT, VersionState.SUBMITTED)


@page()
def plans(request: Asked) -> HttpResponse:
    """All plans with the version in force and what is under way."""
    rows = queries.plans()
    in_force = {version.plan_id: version for version in queries.in_force()}
    if word(request, "format") in FORMATS:
        return export(_sheet(rows, in_force), word(request, "format"))
    under_way = defaultdict(list)
    for version in PlanVersion.objects.filter(state__in=OPEN).defer("text").order_by("plan", "-number")[:200]:
        under_way[version.plan_id].append(version)
    listed = [(plan, in_force.get(plan.code), under_way[plan.code]) for plan in rows]
    return render(request, "plans/plans.html", {"plans": listed, "waiting": queries.waiting()})


@page()
def plan(request: Asked, code: str) -> HttpResponse:
    """A plan as it is in force, or its newest version where none is."""
    newest = queries.versions(queries.plan(code).code, limit=1)
    return _shown(request, queries.current(code) or newest[0])


@page()
def version(request: Asked, code: str, number: int) -> HttpResponse:
    """One version of a plan."""
    return _shown(request, queries.numbered(code, number))


def _shown(request: Asked, row: PlanVersion) -> HttpResponse:
    here = locality.pack()
    return render(
        request,
        "plans/plan.html",
        {
            "plan": row.plan,
            "version": row,
            "head": row.document.head,
            "page": prose.page(row.text),
            "versions": queries.versions(row.plan_id),
            "findings": lint(row.document, here) if here else [],
            "mine": request.actor.id in row.hands,
            "moves": VERSION_LIFE.open_to(VersionState(row.state)),
            "hands": hands(entries(chain=DESK, kinds=HANDS, limit=2000, newest_first=True)),
        },
    )


@page()
def compare(request: Asked, code: str, number: int, older: int) -> HttpResponse:
    """What one version says differently from another."""
    before, now = queries.numbered(code, older), queries.numbered(code, number)
    told_apart = difference(before.document, now.document)
    context = {"plan": now.plan, "older": before, "newer": now, "difference": told_apart}
    return render(request, "plans/compare.html", context)


@page()
def text(request: Asked, code: str, number: int) -> HttpResponse:
    """The document itself, as a file."""
    row = queries.numbered(code, number)
    answer = HttpResponse(row.text, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.plan_id}-{row.number}.md"'
    return answer


@page()
def edit(request: Asked, code: str, number: int) -> HttpResponse:
    """The document in a form."""
    return render(request, "plans/edit.html", {"version": queries.numbered(code, number)})


@deed(back=edit)
def revise(request: Asked, code: str, number: int) -> HttpResponse:
    """Keeps a change: in the draft, or as a new draft beside the version in force."""
    form, row = Form(request.POST), queries.numbered(code, number)
    written = form.text("text", LONGEST) + "\n"
    if row.state == VersionState.DRAFT:
        seen = form.text("seen", 64)
        made = actions.revise(act=act(request), version=row.id, text=written, seen=seen)
    else:
        made = actions.draft(act=act(request), text=written, reason=form.need("reason", 2000))
    return _kept(request, made)


@page()
def new(request: Asked) -> HttpResponse:
    """The form of a new plan."""
    return render(request, "plans/new.html")


@deed(back=new)
def draft(request: Asked) -> HttpResponse:
    """Drafts a new plan."""
    form = Form(request.POST)
    written, reason = form.need("text", LONGEST) + "\n", form.text("reason", 2000)
    return _kept(request, actions.draft(act=act(request), text=written, reason=reason))


def _kept(request: Asked, made: PlanVersion) -> HttpResponse:
    told(request, gettext_noop("The draft was kept."))
    return redirect("plans-version", code=made.plan_id, number=made.number)


@deed(back=plans)
def adopt(request: Asked) -> HttpResponse:
    """Takes in the plans that the pack brings."""
    actions.adopt_from_pack(act=act(request))
    told(request, gettext_noop("The plans of the pack were taken in; they wait for approval."))
    return redirect("plans")


@deed(back=version)
def move(request: Asked, code: str, number: int, move: str) -> HttpResponse:
    """Submits, returns, approves, files or withdraws a version."""
    form, by, key = Form(request.POST), act(request), queries.numbered(code, number).id
    moves: dict[str, Callable[[], Any]] = {
        "submit": lambda: actions.submit(act=by, version=key),
        "approve": lambda: actions.approve(act=by, version=key),
        "return": lambda: actions.return_(act=by, version=key),
        "withdraw": lambda: actions.withdraw(act=by, version=key),
        "file": lambda: actions.file_plan(act=by, version=key, to=form.need("to", 300)),
    }
    if move not in moves:
        raise Http404
    moves[move]()
    told(request, gettext_noop("Done."))
    return redirect("plans-version", code=code, number=number)


def _sheet(rows: list[Plan], in_force: dict[str, PlanVersion]) -> Sheet:
    cells = []
    for row in rows:
        current = in_force.get(row.code)
        said = (current.number, current.approved_at, current.review_due) if current else ("", "", "")
        cells.append((row.code, say(row.title), *said))
    return Sheet("plans", ("code", "title", "version", "approved", "review_due"), cells)
