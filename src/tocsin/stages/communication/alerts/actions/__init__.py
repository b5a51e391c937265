"""Everything that can be done with an alert."""

from tocsin.stages.communication.alerts.actions.deciding import approve, expire, return_, submit
from tocsin.stages.communication.alerts.actions.writing import cancel, discard, draft, revise, update

__all__ = ["approve", "cancel", "discard", "draft", "expire", "return_", "revise", "submit", "update"]
