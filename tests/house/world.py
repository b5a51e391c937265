"""One of every thing of the house, each in a state from which the moves of the walk can be made.

The names are those of the parameters in addresses; where an operation needs its thing in another state,
`walk.STATES` says which of these to hand it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password
from tests.conftest import NOON, Desk

from tocsin.api.actions import issue
from tocsin.flows.runner import advance
from tocsin.kernel.instants import after
from tocsin.kernel.ladders import ResponseLevel, WarningLevel
from tocsin.spine.clocks.actions import begin_replay
from tocsin.spine.incidents import actions as incidents
from tocsin.spine.incidents.enums import ProposalKind
from tocsin.spine.people.actions import add_post
from tocsin.spine.people.enums import Role
from tocsin.spine.people.models import Holding, Person
from tocsin.spine.places.actions import settle
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.communication.alerts.content import Content
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.bulletins import actions as bulletins
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement
from tocsin.stages.communication.delivery.enums import DeliveryState
from tocsin.stages.communication.delivery.models import Delivery, Outgoing
from tocsin.stages.readiness.plans import actions as plans
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.recovery.reviews import actions as reviews
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.reduction.indicators import actions as indicators
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.signals import actions as signals
from tocsin.stages.reduction.signals.decoding import RawSnapshot
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.situations.actions import watch
from tocsin.stages.reduction.situations.models import Situation
from tocsin.stages.response.command import actions as command
from tocsin.stages.response.command.planned import PlanOrders
from tocsin.stages.response.reports import actions as reports
from tocsin.stages.response.reports.enums import ReportKind

ROLES = (
    "duty_officer",
    "commander",
    "liaison",
    "other_liaison",
    "information_officer",
    "auditor",
    "administrator",
)
"""`other_liaison` sits in another department than the one whose task, order and action the world holds."""

OWNER = "water-liaison"
POSTS_OF_PLAN = ("market-liaison", "police-liaison")
SAID = {"zh": "x", "en": "x"}
LATER = after(NOON, timedelta(hours=6))


@dataclass
class World:
    """The things by name, and a token for each role."""

    desk: Desk
    things: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def user(self, role: str) -> Any:
        """The account of the person with this role."""
        return Person.objects.select_related("user").get(id=self.desk.actors[role].id).user


def build(desk: Desk) -> World:
    """A desk with one of everything."""
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    world = World(desk)
    for part in (
        _people,
        _signals,
        _indicators,
        _plans,
        _incident,
        _response,
        _reports,
        _alerts,
        _bulletins,
        _delivery,
        _review,
    ):
        part(world)
    advance()  # so that no request of the walk has to hear all of this again
    return world


def _people(world: World) -> None:
    admin = world.desk.act("administrator")
    people = {str(person.id): person for person in Person.objects.all()}
    password = make_password("a password")
    for role in ROLES:
        person = people[world.desk.actors[role].id]
        person.user.password = password
        person.user.save()
        token, world.tokens[role] = issue(act=admin, person=person, name=role)
    world.things |= {
        "token": token.id,
        "person": person.id,
        "post": OWNER,
        "holding": Holding.objects.get(post=OWNER).id,
        "place": "440307",
        "nothing": "nothing",
    }
    begin_replay(act=admin, archive="x", begins=NOON, ends=LATER, speed=60)


def _signals(world: World) -> None:
    """A warning that is watched, and a message of a feed that nobody could read."""
    act = world.desk.act("duty_officer")
    signal = signals.record(
        act=act,
        kind="rainstorm",
        action=Action.ISSUE,
        areas=["440307"],
        title="x",
        level=WarningLevel.YELLOW,
        issued_at=NOON,
    )
    watch(act=world.desk.act("machine"))
    unread = RawSnapshot("sz-messages", "szWarn_all_20260616_120000.json", NOON, b"")
    held = signals.take_snapshot(act=world.desk.act("machine"), snapshot=unread).quarantined[0]
    world.things |= {
        "signal": signal.id,
        "situation": Situation.objects.get().id,
        "item": held.id,
    }


def _indicators(world: World) -> None:
    """A count that jumped, found by the machine, and an indicator that is paused."""
    act = world.desk.act("duty_officer")
    made = {
        "act": act,
        "name": SAID,
        "kind": "rainstorm",
        "counted": [],
        "rhythm": Rhythm.DAY,
        "alarms": 0.01,
    }
    row, paused = (indicators.define(**made) for _ in range(2))
    days = [NOON.date() - timedelta(at) for at in range(1, 121)]
    counts = [("", day, 60 if at == 0 else 9 + at % 5) for at, day in enumerate(days)]
    indicators.count_in(act=act, indicator=row, counts=counts)
    (finding,) = indicators.look(act=world.desk.act("machine"))
    indicators.move(act=act, indicator=paused, move="pause")
    world.things |= {"indicator": row.id, "paused_indicator": paused.id, "finding": finding.id}


def _plans(world: World) -> None:
    """The pack's plans, and a version that the commander wrote and submitted and one that is a draft."""
    plans.adopt_from_pack(act=world.desk.act("administrator"))
    text = PlanVersion.objects.order_by("plan", "number").first().text
    commander = world.desk.act("commander")
    submitted, draft = (plans.draft(act=commander, text=text, reason="x") for _ in range(2))
    plans.submit(act=commander, version=submitted.id)
    shipped, other = PlanVersion.objects.filter(shipped=True).order_by("plan")[:2]
    plans.approve(act=commander, version=other.id)
    for post in POSTS_OF_PLAN:
        add_post(
            act=world.desk.act("administrator"),
            code=post,
            name={"en": post},
            organisation="city",
            role=Role.LIAISON,
            above="duty-officer",
        )
    world.things |= {
        "plan": shipped.plan_id,
        "number": shipped.number,
        "plan_text": text,
        "version": draft.id,
        "draft_number": draft.number,
        "own_version": submitted.id,
        "submitted_version": shipped.id,
        "version_in_force": other.id,
        "plan_in_force": other.plan_id,
        "number_in_force": other.number,
    }


def _opened(world: World) -> Any:
    return incidents.open_incident(
        act=world.desk.act("commander"), kind="rainstorm", title=SAID, areas=["440307"]
    )


def _incident(world: World) -> None:
    ended, over = _opened(world), _opened(world)
    for incident in (ended, over):
        incidents.end(act=world.desk.act("commander"), incident=incident.id)
    proposal = incidents.propose(
        act=world.desk.act("machine"),
        kind=ProposalKind.GRADE,
        subject="incident:x",
        title=SAID,
        reasons=[SAID],
        rule="x",
        source="x",
        offer={"grade": "MAJOR"},
    )
    incident = _opened(world).id
    world.things |= {
        "incident": incident,
        "ended_incident": ended.id,
        "reviewed_incident": over.id,
        "proposal": proposal.id,
        "chain": incident,
    }


def _response(world: World) -> None:
    act, incident = world.desk.act("commander"), world.things["incident"]
    plan = PlanOrders(
        code="flood-typhoon",
        version=world.things["version_in_force"],
        number=1,
        matter=SAID,
        expected=timedelta(hours=6),
        measures=(SAID,),
        basis="x",
    )
    command.activate(act=act, incident=incident, plan=plan, level=ResponseLevel.III)
    task = command.assign_task(act=act, incident=incident, title=SAID, owner=OWNER)
    done = command.assign_task(act=act, incident=incident, title=SAID, owner=OWNER)
    command.finish_task(act=world.desk.act("liaison"), task=done.id, note="x")
    order = command.give_order(
        act=act, incident=incident, text=SAID, to=[OWNER], acknowledge_within=timedelta(hours=1)
    )
    need = command.raise_need(
        act=act, incident=incident, what=SAID, quantity=Decimal(5), unit=SAID, owner=OWNER
    )
    world.things |= {
        "task": task.id,
        "done_task": done.id,
        "receipt": order.receipts.get().id,
        "need": need.id,
    }


def _reports(world: World) -> None:
    act, incident = world.desk.act("duty_officer"), world.things["incident"]
    first, second = (
        reports.draft_report(act=act, incident=incident, kind=ReportKind.FIRST, to="x", body={})
        for _ in range(2)
    )
    reports.send_report(act=act, report=second.id)
    world.things |= {"report": first.id, "sent_report": second.id}


CONTENT = Content(
    level=WarningLevel.RED,
    areas=("440307",),
    starts=NOON,
    expires=LATER,
    headline=SAID,
    description=SAID,
    instruction=SAID,
)


def _alerts(world: World) -> None:
    """The information officer drafts and submits each of them."""
    act = world.desk.act("information_officer")
    draft, waiting, out = (alerts.draft(act=act, hazard="rainstorm", content=CONTENT).id for _ in range(3))
    for alert in (waiting, out):
        alerts.submit(act=act, alert=alert)
    alerts.approve(act=world.desk.act("second_information_officer"), alert=out)
    world.things |= {
        "alert": draft,
        "submitted_alert": waiting,
        "published_alert": out,
        "identifier": Alert.objects.get(id=out).identifier,
    }


def _bulletins(world: World) -> None:
    """The information officer drafts and submits each of them."""
    act = world.desk.act("information_officer")
    content = BulletinContent(title=SAID, known=(Statement(SAID, "x", verified=True),))
    draft, waiting, out = (bulletins.draft(act=act, hazard="rainstorm", content=content).id for _ in range(3))
    for bulletin in (waiting, out):
        bulletins.submit(act=act, bulletin=bulletin)
    bulletins.approve(act=world.desk.act("second_information_officer"), bulletin=out)
    world.things |= {"bulletin": draft, "submitted_bulletin": waiting, "published_bulletin": out}


def _delivery(world: World) -> None:
    """One that a channel may or may not have."""
    message = Outgoing.objects.order_by("id").first()
    doubtful = Delivery.objects.create(
        message=message, channel="x", key="x", state=DeliveryState.UNCERTAIN, next_try_at=NOON
    )
    world.things["delivery"] = doubtful.id


def _review(world: World) -> None:
    """The liaison's department has to do the open action, and has done the other."""
    commander = world.desk.act("commander")
    drawn = draw(entries=[], clocks=[])
    review = reviews.open_review(
        act=world.desk.act("machine"), incident=world.things["reviewed_incident"], drawn=drawn
    )
    reviews.write_summary(act=commander, review=review.id, text="x")
    lesson = reviews.add_lesson(act=commander, review=review.id, text="x")
    action, done = (
        reviews.assign_action(act=commander, lesson=lesson.id, text="x", owner=OWNER, due=LATER)
        for _ in range(2)
    )
    reviews.finish_action(act=world.desk.act("liaison"), action=done.id, result="x")
    world.things |= {
        "review": review.id,
        "lesson": lesson.id,
        "action": action.id,
        "done_action": done.id,
    }
