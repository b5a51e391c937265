"""Looking round: what the desk does by itself at regular times, in real time and in a replay alike."""

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.clock import Clock
from tocsin.spine.clocks.actions import sweep
from tocsin.stages.communication.alerts.actions import expire
from tocsin.stages.reduction.indicators.actions import look
from tocsin.stages.reduction.situations.actions import watch


def look_round(*, clock: Clock) -> None:
    """Listens for silence, looks at every situation and indicator again, ends what has expired, lets the late
    climb."""
    watch(act=Act(machine("watch"), clock.now()))
    look(act=Act(machine("indicators"), clock.now()))
    expire(clock=clock)
    sweep(clock=clock)
