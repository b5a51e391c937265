"""Everything that writes indicators: defining, counting, judging, and what people make of findings."""

from tocsin.stages.reduction.indicators.actions.defining import count_in, define, move
from tocsin.stages.reduction.indicators.actions.looking import look
from tocsin.stages.reduction.indicators.actions.settling import confirm, dismiss

__all__ = ["confirm", "count_in", "define", "dismiss", "look", "move"]
