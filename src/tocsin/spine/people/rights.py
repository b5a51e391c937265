"""Who may do what: one table, read by every action and walked by a test.

Reading the desk is for everybody who can sign in. An auditor sees all and changes nothing. The machine
may do what keeps watch and clocks going, and propose; it never signs, approves, opens or closes.
"""

from collections.abc import Mapping

from tocsin.spine.people.enums import Power, Role

MACHINE = "machine"

_D, _C, _L, _I, _A, _X = (
    Role.DUTY_OFFICER,
    Role.COMMANDER,
    Role.LIAISON,
    Role.INFORMATION_OFFICER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)

_TABLE: Mapping[Power, set[str]] = {
    Power.DESK_READ: {_D, _C, _L, _I, _A, _X, MACHINE},
    Power.SIGNAL_RECORD: {_D, _C, _L, MACHINE},
    Power.SIGNAL_MEND: {_D, _C, _X},
    Power.INDICATOR_DEFINE: {_D, _C},
    Power.INDICATOR_SETTLE: {_D, _C, _L},
    Power.INDICATOR_WATCH: {MACHINE},
    Power.SITUATION_ASSESS: {_D, _C, MACHINE},
    Power.SITUATION_CLOSE: {_D, _C, MACHINE},
    Power.PROPOSAL_MAKE: {_D, _C, MACHINE},
    Power.PROPOSAL_DECIDE: {_D, _C},
    Power.INCIDENT_OPEN: {_D, _C},
    Power.INCIDENT_GRADE: {_D, _C},
    Power.INCIDENT_CLOSE: {_C},
    Power.PLAN_DRAFT: {_D, _C, _L, _X},
    Power.PLAN_APPROVE: {_C},
    Power.RESPONSE_ACTIVATE: {_D, _C},
    Power.RESPONSE_LEVEL: {_C},
    Power.TASK_ASSIGN: {_D, _C},
    Power.TASK_WORK: {_D, _C, _L, _I},
    Power.ORDER_GIVE: {_D, _C},
    Power.ORDER_ACKNOWLEDGE: {_D, _C, _L, _I},
    Power.DECISION_RECORD: {_D, _C},
    Power.REPORT_DRAFT: {_D, _C, _L, MACHINE},
    Power.REPORT_SEND: {_D, _C},
    Power.ALERT_DRAFT: {_D, _C, _I, MACHINE},
    Power.ALERT_APPROVE: {_C, _I},
    Power.BULLETIN_DRAFT: {_D, _C, _I, MACHINE},
    Power.BULLETIN_APPROVE: {_C, _I},
    Power.REVIEW_WRITE: {_D, _C, _L, _I, MACHINE},
    Power.REVIEW_CLOSE: {_C},
    Power.LESSON_ASSIGN: {_D, _C},
    Power.CLOCK_SET: {_D, _C, MACHINE},
    Power.REPLAY_STEER: {_D, _C, _X},
    Power.PEOPLE_MANAGE: {_X},
    Power.SETTINGS_CHANGE: {_X},
    Power.JOURNAL_READ: {_D, _C, _A, _X},
    Power.EVIDENCE_EXPORT: {_C, _A, _X},
}
RIGHTS: Mapping[Power, frozenset[str]] = {power: frozenset(holders) for power, holders in _TABLE.items()}
