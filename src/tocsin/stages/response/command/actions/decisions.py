"""The decision log: what was decided, on which ground, and what else could have been."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.spine.journal.queries import newest
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.response.command.actions.ground import journal, lock_open, next_number
from tocsin.stages.response.command.models import Decision


@transaction.atomic
def record_decision(
    *,
    act: Act,
    incident: UUID,
    matter: str,
    chosen: str,
    reasons: str,
    options: Sequence[str] = (),
    known: str = "",
) -> Decision:
    """Records a decision, signed by whoever acts. The journal's newest entry marks what could be known.

    Raises `Malformed` where the matter, the choice or the reasons are missing.
    """
    demand(act.by, Power.DECISION_RECORD)
    _check(matter=matter, chosen=chosen, reasons=reasons)
    lock_open(incident)
    made = Decision.objects.create(
        incident_id=incident,
        number=next_number(Decision, incident),
        matter=matter,
        known_seq=newest(),
        known=known,
        options=list(options),
        chosen=chosen,
        reasons=reasons,
        signer=act.by.name,
        signer_id=act.by.id,
        decided_at=act.at,
    )
    _journal(act, made)
    return made


def _check(**said: str) -> None:
    for name, text in said.items():
        if not text.strip():
            raise Malformed(
                "decision.incomplete",
                "The decision lacks: {where}.",
                cure="Say what was to be decided, what was chosen and why.",
                where=name,
            )


def _journal(act: Act, made: Decision) -> None:
    body = {"decision": str(made.id), "number": made.number, "matter": made.matter, "chosen": made.chosen}
    more = {
        "options": made.options,
        "reasons": made.reasons,
        "known": made.known,
        "known_seq": made.known_seq,
    }
    journal(act, "decision.recorded", made.incident_id, **body, **more)
