"""The dates that an approval brings: filing, the next review, drills. The law's stand in the pack.

Filing and review belong to the version and end with it; drills belong to the plan and go on, whatever
its version.
"""

from collections.abc import Iterator

from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant
from tocsin.packs.clocks import ClockRule, Event, due, started_by
from tocsin.packs.durations import Duration
from tocsin.spine.clocks.actions import cancel, meet, start
from tocsin.spine.people.enums import Role
from tocsin.spine.people.queries import first_post
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.models import PlanVersion

REVIEW = "plan.review"
"""The rule of the deadline by which a plan must be looked at again, where the plan asks for it sooner than
the law does."""


def begin(act: Act, version: PlanVersion) -> Instant:
    """Starts the dates of a version that comes into force. Returns when it is to be reviewed."""
    review, law = _own_review(act, version), None
    for rule in _rules(version):
        when = _due(act, rule)
        if rule.met is Event.PLAN_APPROVED and when <= review:
            review, law = when, rule
        elif rule.met is not Event.PLAN_APPROVED:
            _start(act, rule, _subject(rule, version), when)
    if law is not None:
        _start(act, law, version.subject, review)
    else:
        name = version.document.head.title
        start(act=act, subject=version.subject, rule=REVIEW, name=name, due=review, owner=_owner())
    return review


def end(act: Act, version: PlanVersion, *, reviewed: bool) -> None:
    """Ends the dates of a version that is no longer in force; `reviewed` where another took its place."""
    if reviewed:
        meet(act=act, subject=version.subject, rule=REVIEW)
        for rule in _rules(version):
            if rule.met is Event.PLAN_APPROVED:
                meet(act=act, subject=version.subject, rule=rule.id)
    cancel(act=act, subject=version.subject)


def met_by_filing(act: Act, version: PlanVersion) -> None:
    """Meets the duties of a version that no entry of the journal could show as done."""
    for rule in _rules(version):
        if rule.met is Event.BY_HAND:
            meet(act=act, subject=version.subject, rule=rule.id)


def _rules(version: PlanVersion) -> Iterator[ClockRule]:
    pack = active_pack()
    return started_by(pack.clocks, pack.kinds, Event.PLAN_APPROVED, version.document.head.incident)


def _own_review(act: Act, version: PlanVersion) -> Instant:
    years = Duration.parse(f"P{version.document.head.review_years}Y")
    return years.after(act.at, active_pack().zone)


def _due(act: Act, rule: ClockRule) -> Instant:
    pack = active_pack()
    return due(rule, act.at, pack.zone, pack.patience)


def _subject(rule: ClockRule, version: PlanVersion) -> str:
    return f"plan:{version.plan_id}" if rule.met is Event.PLAN_DRILLED else version.subject


def _start(act: Act, rule: ClockRule, subject: str, when: Instant) -> None:
    start(
        act=act,
        subject=subject,
        rule=rule.id,
        name=rule.name,
        due=when,
        owner=_owner(),
        source=rule.source,
        verified=rule.verified.value,
    )


def _owner() -> str:
    return first_post(Role.DUTY_OFFICER)
