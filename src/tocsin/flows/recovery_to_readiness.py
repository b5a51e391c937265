"""From a corrective action to a new version of the plan it changes.

Whoever assigned the action is the author of the draft, so somebody else has to approve it. The action
itself is finished by its owner, once the version is in force.
"""

from uuid import UUID

from tocsin.flows.acting import act_of
from tocsin.flows.hearing import hears
from tocsin.spine.journal.models import Entry
from tocsin.stages.readiness.plans import actions as plans
from tocsin.stages.readiness.plans.queries import current


@hears("action.assigned")
def draft_change(entry: Entry) -> None:
    """Drafts and submits the version that the action asks for."""
    asked = entry.facts
    if not asked["plan"]:
        return
    act = act_of(entry)
    text = plans.changed_line(asked["plan"], asked["find"], asked["replace"])
    standing = current(asked["plan"])
    if standing is not None and standing.text == text:
        return  # an earlier lesson has changed this line already
    drafted = plans.draft(act=act, text=text, reason=asked["text"], basis=UUID(asked["action"]))
    plans.submit(act=act, version=drafted.id)
