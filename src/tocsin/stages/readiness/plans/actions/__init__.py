"""Everything that can be done with a plan. Who had a hand in a version can't approve it; nothing unapproved
is ever run.
"""

from tocsin.stages.readiness.plans.actions.adopting import Checked, adopt_from_pack, check_file
from tocsin.stages.readiness.plans.actions.deciding import approve, file_plan, return_, submit, withdraw
from tocsin.stages.readiness.plans.actions.writing import changed_line, draft, revise

__all__ = [
    "Checked",
    "adopt_from_pack",
    "approve",
    "changed_line",
    "check_file",
    "draft",
    "file_plan",
    "return_",
    "revise",
    "submit",
    "withdraw",
]
