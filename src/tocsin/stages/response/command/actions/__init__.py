"""Everything that can be done in the command of a response; each action is one transaction."""

from tocsin.stages.response.command.actions.activations import (
    activate,
    end_response,
    lower_level,
    raise_level,
)
from tocsin.stages.response.command.actions.decisions import record_decision
from tocsin.stages.response.command.actions.needs import meet_need, raise_need
from tocsin.stages.response.command.actions.orders import acknowledge, decline, give_order
from tocsin.stages.response.command.actions.tasks import (
    accept_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
)

__all__ = [
    "accept_task",
    "acknowledge",
    "activate",
    "assign_task",
    "cancel_task",
    "decline",
    "end_response",
    "finish_task",
    "give_order",
    "lower_level",
    "meet_need",
    "raise_level",
    "raise_need",
    "record_decision",
    "reopen_task",
]
