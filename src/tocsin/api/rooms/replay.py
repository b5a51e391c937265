"""The replay that a desk may live in."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Word
from tocsin.kernel.errors import NotFound
from tocsin.spine.clocks import actions, queries
from tocsin.spine.clocks.models import Timepiece
from tocsin.spine.people.enums import Power

room = Room("replay")


class ReplayOut(Schema):
    """A replay: `position` is the desk's present, `speed` replayed seconds to a real one."""

    archive: str
    begins: datetime
    ends: datetime
    position: datetime
    speed: float
    paused: bool


class SteerIn(Word):
    """What to change; what is left out stays."""

    speed: Annotated[float, Field(gt=0, le=100_000)] | None = None
    paused: bool | None = None


@room.look("/replay", ReplayOut)
def get(request: Asked) -> Any:
    """The replay of this desk; 404 where it lives in real time."""
    return _here(queries.replay())


@room.change("/replay", ReplayOut, Power.REPLAY_STEER)
def steer(request: Asked, body: SteerIn) -> Any:
    """Pauses the replay, lets it go on, or changes its speed."""
    return _here(actions.steer_replay(act=act_of(request, body.word), speed=body.speed, paused=body.paused))


def _here(row: Timepiece | None) -> Timepiece:
    if row is None:
        raise NotFound(
            "replay.none",
            "This desk lives in real time.",
            cure="Start one with `tocsin replay`.",
        )
    return row
