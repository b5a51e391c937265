"""Roles and powers. A role is what a post is for; a power is one thing that can be done."""

from enum import StrEnum


class Role(StrEnum):
    """What a post is for; a person has the roles of the posts held."""

    DUTY_OFFICER = "duty_officer"
    COMMANDER = "commander"
    LIAISON = "liaison"
    INFORMATION_OFFICER = "information_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """Everything that changes something, and every look that is not for all."""

    DESK_READ = "desk.read"
    SIGNAL_RECORD = "signal.record"
    SIGNAL_MEND = "signal.mend"
    INDICATOR_DEFINE = "indicator.define"
    INDICATOR_SETTLE = "indicator.settle"
    INDICATOR_WATCH = "indicator.watch"
    SITUATION_ASSESS = "situation.assess"
    SITUATION_CLOSE = "situation.close"
    PROPOSAL_MAKE = "proposal.make"
    PROPOSAL_DECIDE = "proposal.decide"
    INCIDENT_OPEN = "incident.open"
    INCIDENT_GRADE = "incident.grade"
    INCIDENT_CLOSE = "incident.close"
    PLAN_DRAFT = "plan.draft"
    PLAN_APPROVE = "plan.approve"
    RESPONSE_ACTIVATE = "response.activate"
    RESPONSE_LEVEL = "response.level"
    TASK_ASSIGN = "task.assign"
    TASK_WORK = "task.work"
    ORDER_GIVE = "order.give"
    ORDER_ACKNOWLEDGE = "order.acknowledge"
    DECISION_RECORD = "decision.record"
    REPORT_DRAFT = "report.draft"
    REPORT_SEND = "report.send"
    ALERT_DRAFT = "alert.draft"
    ALERT_APPROVE = "alert.approve"
    BULLETIN_DRAFT = "bulletin.draft"
    BULLETIN_APPROVE = "bulletin.approve"
    REVIEW_WRITE = "review.write"
    REVIEW_CLOSE = "review.close"
    LESSON_ASSIGN = "lesson.assign"
    CLOCK_SET = "clock.set"
    REPLAY_STEER = "replay.steer"
    PEOPLE_MANAGE = "people.manage"
    SETTINGS_CHANGE = "settings.change"
    JOURNAL_READ = "journal.read"
    EVIDENCE_EXPORT = "evidence.export"


ANNOUNCES = {
    "organisation.added": "An organisation was added.",
    "post.added": "A post was added.",
    "person.added": "A person was added.",
    "post.held": "A person took a post.",
    "post.left": "A person left a post.",
    "shift.planned": "A duty shift was planned.",
    "seat.taken": "A visitor took over a scripted seat.",
}
