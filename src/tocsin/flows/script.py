"""In a replay, a script sits in the seats (docs/decisions/0005).

Hearing and doing are two steps: an entry that a line waits for is noted with the time at which its
deed is due; the replay carries due deeds out in their order. Each deed is one action that a person
has too, under the rights of the post, by an actor marked as scripted. A refusal is kept as the
deed's outcome and stops nothing.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from tocsin.flows.deeds import DEEDS
from tocsin.flows.hearing import hears
from tocsin.flows.models import ScriptedAct, Seat
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import NotFound, TocsinError
from tocsin.kernel.instants import Instant
from tocsin.packs.durations import Duration
from tocsin.packs.scripts import Line
from tocsin.spine.clocks.queries import replay
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.models import Entry
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import actor_of, demand, on_duty
from tocsin.spine.places.queries import active_pack

HEARD = (
    "clock.started",
    "proposal.made",
    "order.given",
    "task.assigned",
    "report.drafted",
    "report.sent",
    "alert.drafted",
    "alert.submitted",
    "bulletin.drafted",
    "bulletin.submitted",
    "incident.opened",
    "incident.ended",
    "response.activated",
    "response.ended",
    "plan.submitted",
    "plan.approved",
    "review.opened",
    "action.assigned",
    "action.done",
    "action.verified",
)
"""What lines may wait for."""

EACH = "each"
APART = timedelta(seconds=40)
"""People do not all answer in the same second."""

ANNOUNCES = {"script.refused": "The script tried something that its seat may not do."}


@hears(*HEARD)
def note(entry: Entry) -> None:
    """Notes the deeds of all lines that wait for this entry; in real time there is no script."""
    row = replay()
    if row is None or not row.scripted:
        return
    for line in active_pack().script.values():
        if line.hears == entry.kind and line.waits_for(entry.facts):
            due = Duration.parse(line.after).after(Instant(entry.at), active_pack().zone)
            for number, post in enumerate(_seats(line, entry)):
                ScriptedAct.objects.get_or_create(
                    line=line.id, heard=entry.seq, post=post, defaults={"due_at": due + number * APART}
                )


def _seats(line: Line, entry: Entry) -> list[str]:
    """The line's seat; `each` is every post that the entry speaks to, but those it skips."""
    if line.seat != EACH:
        return [line.seat]
    to = entry.facts.get("to") or [entry.facts["owner"]]
    return [post for post in to if post not in line.skip]


def next_due() -> Instant | None:
    """When the script acts next."""
    due = ScriptedAct.objects.filter(done_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    return Instant(due) if due else None


def carry_out(*, until: Instant) -> int:
    """Does what is due, in the order of its time. Returns how many deeds were done or refused."""
    done = 0
    while (due := next_due()) is not None and due <= until:
        with transaction.atomic():
            deed = (
                ScriptedAct.objects.select_for_update()
                .filter(done_at=None, due_at__lte=until)
                .order_by("due_at", "heard", "id")
                .first()
            )
            if deed is None:
                break
            deed.outcome = _do(deed)
            deed.done_at = deed.due_at
            deed.save(update_fields=["done_at", "outcome"])
        done += 1
    return done


def _do(deed: ScriptedAct) -> str:
    if Seat.objects.filter(post=deed.post).exists():
        return "left to the visitor in the seat"
    line = active_pack().script.of(deed.line)
    heard = Entry.objects.get(seq=deed.heard)
    try:
        with transaction.atomic():
            act = _act(deed, line)
            DEEDS[line.does](act, deed.post, heard.facts | {"chain": heard.chain}, dict(line.given))
    except TocsinError as refusal:
        _refused(deed, line, refusal)
        return str(refusal)[:200]
    return "done"


def _act(deed: ScriptedAct, line: Line) -> Act:
    person = on_duty(deed.post, Instant(deed.due_at))
    if person is None:
        raise NotFound(
            "script.empty_seat",
            "Nobody sits in the post “{post}”.",
            cure="Put somebody there, or take the line out of the script.",
            post=deed.post,
        )
    return Act(actor_of(person, scripted=True), Instant(deed.due_at), line.word)


def _refused(deed: ScriptedAct, line: Line, refusal: TocsinError) -> None:
    body: dict[str, Any] = {"line": line.id, "post": deed.post, "code": refusal.code, "text": str(refusal)}
    append(chain=DESK, kind="script.refused", act=Act(machine("script"), Instant(deed.due_at)), body=body)


@transaction.atomic
def take_seat(*, act: Act, post: str) -> Seat:
    """A visitor takes a seat over; the script no longer acts in it."""
    demand(act.by, Power.REPLAY_STEER)
    seat, made = Seat.objects.get_or_create(post=post, defaults={"person": act.by.name, "taken_at": act.at})
    if made:
        append(chain=DESK, kind="seat.taken", act=act, body={"post": post})
    return seat
