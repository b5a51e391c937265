"""What people make of a finding: kept, and shown as the indicator's measured precision."""

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.reduction.indicators.enums import FINDING_LIFE, FindingState
from tocsin.stages.reduction.indicators.models import Finding


@transaction.atomic
def confirm(*, act: Act, finding: Finding) -> Finding:
    """Something was going on."""
    demand(act.by, Power.INDICATOR_SETTLE)
    return _settle(act, finding, "confirm")


@transaction.atomic
def dismiss(*, act: Act, finding: Finding) -> Finding:
    """Nothing was going on; with a word of why."""
    demand(act.by, Power.INDICATOR_SETTLE)
    require_word(act)
    return _settle(act, finding, "dismiss")


def _settle(act: Act, finding: Finding, move: str) -> Finding:
    row = Finding.objects.select_for_update().get(id=finding.id)
    row.state = FINDING_LIFE.after(FindingState(row.state), move).value
    row.settled_at, row.settled_by, row.word = act.at, act.by.name, act.word
    row.save(update_fields=["state", "settled_at", "settled_by", "word"])
    body = {"indicator": str(row.indicator_id), "finding": str(row.id), "series": row.series}
    append(chain=DESK, kind=f"indicator.{row.state}", act=act, body=body)
    return row
