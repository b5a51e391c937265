"""A replay's staff decisions as lines of a script: what is heard, in whose seat, after how long, what
is done. A line is only ever carried out under a replayed clock, by an actor marked as scripted.
"""

from enum import StrEnum

from tocsin.packs.rows import Row
from tocsin.packs.tables import Table


class Deed(StrEnum):
    """What a line can do: each is one action that a person has too."""

    ASSESS_SITUATION = "assess-situation"
    SIGN_PROPOSAL = "sign-proposal"
    REFUSE_PROPOSAL = "refuse-proposal"
    ACKNOWLEDGE_ORDER = "acknowledge-order"
    FINISH_TASK = "finish-task"
    SEND_REPORT = "send-report"
    REPORT = "report"
    SUBMIT_ALERT = "submit-alert"
    APPROVE_ALERT = "approve-alert"
    SUBMIT_BULLETIN = "submit-bulletin"
    APPROVE_BULLETIN = "approve-bulletin"
    APPROVE_PLAN = "approve-plan"
    WRITE_REVIEW = "write-review"
    FINISH_ACTION = "finish-action"
    VERIFY_ACTION = "verify-action"
    CLOSE_REVIEW = "close-review"


ANYTHING = "*"
"""In `where`: the fact must be there, whatever it is."""


class Line(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line. `hears` is a kind of journal entry, `where` facts that it must hold (equal, or one of a
    list); `seat` the post that acts, or `each`: every post that the entry
    speaks to; `after` an ISO 8601 duration; `given` what the deed needs besides;
    `word` the word of why, in the jurisdiction's own language.
    """

    hears: str
    where: dict[str, str | int | list[str | int]] = {}
    seat: str
    skip: tuple[str, ...] = ()
    """Where `seat` is `each`: posts that leave it unanswered."""
    after: str
    does: Deed
    given: dict[str, str | int] = {}
    word: str = ""

    def waits_for(self, facts: dict[str, object]) -> bool:
        """Whether an entry with these facts is what the line waits for."""
        return all(_fits(facts.get(name), wanted) for name, wanted in self.where.items())


def _fits(value: object, wanted: object) -> bool:
    if wanted == ANYTHING:
        return bool(value)
    return value in wanted if isinstance(wanted, list) else value == wanted


TABLE = Table("script", Line)
