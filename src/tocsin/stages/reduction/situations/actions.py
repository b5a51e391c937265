"""Everything that writes situations.

A situation is opened by the first warning of its kind in force, follows it up and down, and is closed
when its end is evident: lifted, no longer listed by the standing account, or past its own validity. What
only vanished or was heard of no more stays watched, because nobody said that it is over. Below the
pack's disclosure level it is re-assessed on a clock: by new evidence, or by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.disclosure import Disclosure, Ladder, for_kind
from tocsin.packs.durations import Duration
from tocsin.packs.pack import Pack
from tocsin.spine.clocks import actions as clocks
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.queries import demand, first_post
from tocsin.spine.places.queries import active_pack, gazetteer_of
from tocsin.stages.reduction.signals import actions as signals
from tocsin.stages.reduction.signals.actions import Intake
from tocsin.stages.reduction.signals.decoding import RawSnapshot
from tocsin.stages.reduction.situations.cells import Cell, End, Key
from tocsin.stages.reduction.situations.enums import EVIDENT, SITUATION_LIFE, Basis, SituationState
from tocsin.stages.reduction.situations.models import Situation
from tocsin.stages.reduction.situations.queries import state_at
from tocsin.stages.reduction.situations.watching import State

EVIDENCE = 12
"""How many signals a situation names: the newest of those that its cells rest on."""


@dataclass(frozen=True)
class Taken:
    """What came of a snapshot: its signals, and the situations that it opened, changed or closed."""

    intake: Intake
    touched: list[Situation] = field(default_factory=list)


@transaction.atomic
def take_in(*, act: Act, snapshot: RawSnapshot) -> Taken:
    """Takes a snapshot in and lets it move the situations, in one transaction; the same one again does
    nothing. Never raises on its content."""
    intake = signals.take_snapshot(act=act, snapshot=snapshot)
    return Taken(intake, _follow(act) if intake.changed else [])


@transaction.atomic
def watch(*, act: Act) -> list[Situation]:
    """Looks again at the act's instant, though nothing came in: sources may have fallen silent and
    warnings may have expired. Returns the situations that this touched."""
    demand(act.by, Power.SITUATION_ASSESS)
    signals.sweep(act=act)
    return _follow(act)


@transaction.atomic
def assess(*, act: Act, situation: Situation) -> Situation:
    """A person has looked at it again: meets its clock and starts the next, with a word of what was seen."""
    demand(act.by, Power.SITUATION_ASSESS)
    require_word(act)
    row = Situation.objects.select_for_update().get(id=situation.id)
    SITUATION_LIFE.after(SituationState(row.state), "assess")
    row.assessed_at = act.at
    row.save(update_fields=["assessed_at"])
    _journal(act, "situation.assessed", row)
    _clock(act, active_pack(), row)
    return row


@transaction.atomic
def close(*, act: Act, situation: Situation) -> Situation:
    """Closes a situation on a person's word, whatever is in force."""
    demand(act.by, Power.SITUATION_CLOSE)
    require_word(act)
    row = Situation.objects.select_for_update().get(id=situation.id)
    _close(act, row, {"word": act.word})
    return row


def _follow(act: Act) -> list[Situation]:
    """Lets every situation follow the state at the act's instant."""
    now, pack = state_at(act.at), active_pack()
    watched = {
        row.kind: row for row in Situation.objects.select_for_update().filter(state=SituationState.WATCHED)
    }
    kinds = sorted({key.kind for key in now.cells} | watched.keys())
    touched = (_one(act, pack, now, kind, watched.get(kind)) for kind in kinds)
    return [row for row in touched if row is not None]


def _one(act: Act, pack: Pack, now: State, kind: str, row: Situation | None) -> Situation | None:
    cells = now.of_kind(kind)
    if row is None:
        return _open(act, pack, kind, cells)
    if cells:
        return _change(act, pack, row, cells)
    return _over(act, pack, row, now)


def _open(act: Act, pack: Pack, kind: str, cells: Mapping[str, Cell]) -> Situation:
    row = Situation(kind=kind, opened_at=act.at, changed_at=act.at)
    _fill(row, pack, cells)
    row.highest = row.level
    row.save(force_insert=True)
    _journal(act, "situation.opened", row, was=None)
    _clock(act, pack, row)
    return row


def _change(act: Act, pack: Pack, row: Situation, cells: Mapping[str, Cell]) -> Situation | None:
    before = (row.in_force, row.level, row.basis, list(row.areas), list(row.evidence))
    was = row.level
    _fill(row, pack, cells)
    if (row.in_force, row.level, row.basis, row.areas, row.evidence) == before:
        return None
    row.highest = max(row.highest or 0, row.level or 0) or None
    row.changed_at = act.at
    row.save()
    _journal(act, "situation.changed", row, was=was)
    _clock(act, pack, row)
    return row


def _fill(row: Situation, pack: Pack, cells: Mapping[str, Cell]) -> None:
    newest = sorted(cells.values(), key=lambda cell: (cell.level or 0, cell.heard_at), reverse=True)
    row.in_force = True
    row.level = max(cell.level or 0 for cell in newest) or None
    row.basis = max((cell.basis for cell in newest), key=lambda basis: basis is Basis.MESSAGES).value
    row.areas = list(gazetteer_of(pack).gather(cells))
    cited = dict.fromkeys(id_ for cell in newest for id_ in cell.evidence)
    row.evidence = list(cited)[:EVIDENCE]


def _over(act: Act, pack: Pack, row: Situation, now: State) -> Situation | None:
    """Nothing of it is in force: it is closed if that is evident, else it stays watched."""
    ends = _ends(row, pack, now)
    if all(end is not None and end.why in EVIDENT for end in ends.values()):
        _close(act, row, _evidence([end for end in ends.values() if end]))
        return row
    if not row.in_force:
        return None
    was, row.in_force, row.level, row.changed_at = row.level, False, None, act.at
    row.save()
    _journal(act, "situation.changed", row, was=was)
    _clock(act, pack, row)
    return row


def _ends(row: Situation, pack: Pack, now: State) -> dict[str, End | None]:
    """How each place that it last had in force came to its end."""
    leaves = gazetteer_of(pack).leaves_of(row.areas)
    return {leaf: now.ends.get(Key(leaf, row.kind)) for leaf in sorted(leaves)}


def _evidence(ends: list[End]) -> dict[str, Any]:
    """The reasons of an ending and the signals that say so."""
    return {
        "why": sorted({end.why.value for end in ends}),
        "signals": sorted({end.signal for end in ends if end.signal})[:EVIDENCE],
    }


def _close(act: Act, row: Situation, closing: dict[str, Any]) -> None:
    row.state = SITUATION_LIFE.after(SituationState(row.state), "close").value
    row.in_force, row.level = False, None
    row.closed_at, row.closing = act.at, closing
    row.save()
    clocks.cancel(act=act, subject=subject(row.id))
    _journal(act, "situation.closed", row, **closing)


def subject(situation: UUID) -> str:
    """What a deadline of a situation names as its subject."""
    return f"situation:{situation}"


def _clock(act: Act, pack: Pack, row: Situation) -> None:
    """What is known now was looked at now; the next look is due after the pack's interval, unless the
    level is one at which the public is told at once."""
    rule = for_kind(pack.disclosure, pack.kinds, Ladder.WARNING, row.kind)
    if rule is None:
        return
    clocks.meet(act=act, subject=subject(row.id), rule=rule.id)
    span = rule.interval(WarningLevel(row.level).name if row.level else None)
    if span is not None:
        _start(act, pack, row, rule, span)


def _start(act: Act, pack: Pack, row: Situation, rule: Disclosure, span: Duration) -> None:
    clocks.start(
        act=act,
        subject=subject(row.id),
        rule=rule.id,
        name=rule.name,
        due=span.after(Instant(act.at), pack.zone),
        owner=first_post(Role.DUTY_OFFICER),
        source=rule.source,
        verified=rule.verified.value,
    )


def _journal(act: Act, kind: str, row: Situation, **more: Any) -> None:
    if "was" in more:
        more["was"] = WarningLevel(more["was"]).name if more["was"] else None
    body = {
        "situation": str(row.id),
        "kind": row.kind,
        "level": WarningLevel(row.level).name if row.level else None,
        "in_force": row.in_force,
        "areas": row.areas,
        "evidence": row.evidence,
        "basis": row.basis,
    }
    append(chain=DESK, kind=kind, act=act, body={**body, **more})
