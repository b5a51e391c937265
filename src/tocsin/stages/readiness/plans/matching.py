"""Which triggers of a plan fire, on what is known now, and why: pure, so that it can be asked of any past
instant as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from tocsin.kernel.errors import fill
from tocsin.kernel.ladders import IncidentGrade, WarningLevel
from tocsin.packs.rows import Text, say
from tocsin.stages.readiness.plans.document import PlanDocument, Trigger


@dataclass(frozen=True)
class InForce:
    """A hazard as the watch list shows it: for each place its level (None: in force without one)."""

    hazard: str
    levels: dict[str, WarningLevel | None]
    """By place code, leaves only."""

    def at_least(self, level: WarningLevel) -> list[str]:
        """The places where it is in force at `level` or above, in their order."""
        return [code for code, here in self.levels.items() if here is not None and here >= level]


@dataclass(frozen=True)
class Fired:
    """A trigger that fires, and the places (or the grade) that made it."""

    trigger: Trigger
    places: tuple[str, ...] = ()


def by_warning(document: PlanDocument, watched: InForce) -> Fired | None:
    """The trigger for the gravest response level that the state of one hazard fires; None where none does."""
    fired = []
    for trigger in document.triggers:
        if trigger.warning is None or watched.hazard not in trigger.hazards:
            continue
        places = watched.at_least(WarningLevel[trigger.warning])
        if places and len(places) >= trigger.places:
            fired.append(Fired(trigger, tuple(places)))
    return _gravest(fired)


def answers(document: PlanDocument, watched: InForce) -> bool:
    """Whether the plan is still about what is in force: somewhere it is at least at the mildest warning that
    one of the plan's triggers waits for, over however few places. A response that such a trigger began does
    not end before.
    """
    mildest = min(
        (
            WarningLevel[trigger.warning]
            for trigger in document.triggers
            if trigger.warning is not None and watched.hazard in trigger.hazards
        ),
        default=None,
    )
    return mildest is not None and bool(watched.at_least(mildest))


def by_grade(document: PlanDocument, kind: str, grade: IncidentGrade) -> Fired | None:
    """The trigger that an incident of this kind and grade fires."""
    return _gravest(
        [
            Fired(trigger)
            for trigger in document.triggers
            if trigger.grade is not None and kind in trigger.hazards and grade >= IncidentGrade[trigger.grade]
        ]
    )


def _gravest(fired: Sequence[Fired]) -> Fired | None:
    return max(fired, key=lambda one: one.trigger.level.level, default=None)


def reason(fired: Fired, *, hazard: Text, level: Text, places: Sequence[Text]) -> Text:
    """The trigger's reason with its placeholders filled, in each of its languages."""
    return {
        language: fill(
            words,
            {
                "hazard": say(hazard, language),
                "level": say(level, language),
                "count": len(fired.places),
                "places": _listed([say(place, language) for place in places], language),
            },
        )
        for language, words in fired.trigger.reason.items()
    }


def _listed(names: Sequence[str], language: str, most: int = 6) -> str:
    """The first names as that language lists them, and dots for the rest."""
    listed = format_list(list(names[:most]), locale=_locale(language))
    return listed + "…" if len(names) > most else listed


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
