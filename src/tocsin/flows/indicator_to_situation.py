"""From a count that is more than its past explains to a danger that is watched.

What an indicator finds becomes a signal of the desk's own, in the words that a duty officer needs: what was
counted, what was to be expected, and how often chance alone gives as much. It carries no warning level, so it
opens or joins a situation and never warns anybody. A break in the counting is told and opens nothing. What
people dismiss is called off.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import translation

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.spine.journal.models import Entry
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.reduction.indicators.enums import CENTURY, WHY, FindingState, Rhythm
from tocsin.stages.reduction.indicators.models import Finding
from tocsin.stages.reduction.indicators.queries import finding as finding_by_id
from tocsin.stages.reduction.indicators.queries import live_beside
from tocsin.stages.reduction.indicators.steps import STEPS, beginning, in_words, step_at
from tocsin.stages.reduction.indicators.zoning import members
from tocsin.stages.reduction.signals.actions import record_many
from tocsin.stages.reduction.signals.actions.keeping import digest
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.signals.queries import INDICATOR_SOURCE
from tocsin.stages.reduction.signals.reading import Statement
from tocsin.stages.reduction.situations.actions import watch

NAME = "Indicators of this desk"
TITLE = "{name}, {place}: {count} counted, {expected} expected"
WHOLE = "whole jurisdiction"
TEXT = (
    "{place}, {day}: {count} were counted where {expected} were expected; without an event nineteen in "
    "twenty such counts lie between {low} and {high}. {reasons}"
)
CHANCE = (
    "Chance alone gives a finding this strong about once in {every} weeks over all series of this "
    "indicator. It says that something is more than usual, not what."
)
SELDOM = (
    "Chance alone gives a finding this strong less than once in a hundred years. It says that something is "
    "more than usual, not what."
)
OVER = "A person dismissed the finding: {word}"
NAMES = "{names} and {last}"
"""Several districts that were looked at together."""
LATE = "Reports of this step are still coming in; it was judged by what should be in by now."
LASTS = 2
"""Steps for which a finding counts after its last, or after the one in which it came to light."""


@hears("indicator.found")
def tell(entry: Entry) -> None:
    """Makes a finding of the last step a signal; one that goes on prolongs it."""
    if not entry.facts["latest"]:
        return
    found = finding_by_id(UUID(entry.facts["finding"]))
    if found.state == FindingState.DISMISSED:
        return
    action = Action.ISSUE if entry.facts["begun"] else Action.EXTEND
    if found.verdict != "alarm":
        action = Action.INFORM
    act = Act(machine("indicators"), Instant(entry.at))
    _record(act, found, action, _text(found), digest(INDICATOR_SOURCE, str(found.id), entry.facts["day"]))


@hears("indicator.dismissed")
def call_off(entry: Entry) -> None:
    """Lifts what a dismissed finding put on the watch list, unless another finding says the same."""
    found = finding_by_id(UUID(entry.facts["finding"]))
    if found.verdict == "alarm" and not live_beside(found):
        act = Act(machine("indicators"), Instant(entry.at))
        words = in_languages(OVER, active_pack().languages)
        text = "\n".join(words[code].format(word=entry.word) for code in words)
        _record(act, found, Action.CANCEL, text, digest(INDICATOR_SOURCE, str(found.id), str(entry.seq)))


def _record(act: Act, found: Finding, action: Action, text: str, mark: str) -> None:
    row = found.indicator
    said = Statement(
        action=action,
        kind=row.kind,
        level=None,
        areas=gazetteer().spread(_areas(found)),
        title=_title(found, active_pack().languages[0])[:300],
        text=text,
        issued_at=act.at,
        valid_until=None if action is Action.CANCEL else _ends(found),
        issuer={},
        ref=str(found.id),
        listed=False,
    )
    names = in_languages(NAME, active_pack().languages)
    record_many(act=act, source=INDICATOR_SOURCE, name=names, file="", said={mark: said})
    watch(act=act)


def _areas(found: Finding) -> Sequence[str]:
    """The place of the series; where it is none, that of the indicator, or the whole jurisdiction."""
    places = gazetteer()
    named = [code for code in members(found.series) if code in places]
    area = [code for code in (found.indicator.area,) if code in places]
    return named or area or list(places.districts)


def _ends(found: Finding) -> Instant:
    rhythm = Rhythm(found.indicator.rhythm)
    known = found.indicator.judged_until or found.last_day
    step = step_at(max(found.last_day, known), rhythm, active_pack().zone)
    return beginning(step + STEPS[rhythm].span * (1 + LASTS), active_pack().zone)


def _title(found: Finding, language: str) -> str:
    return in_languages(TITLE, [language])[language].format(**_figures(found, language))


def _text(found: Finding) -> str:
    """A paragraph in each language of the pack."""
    languages = active_pack().languages
    sentences = [in_languages(sentence, languages) for sentence in (TEXT, *_late(found), *_chance(found))]
    said = []
    for code in languages:
        paragraph = " ".join(sentence[code] for sentence in sentences)
        said.append(paragraph.format(**_figures(found, code)))
    return "\n".join(said)


def _chance(found: Finding) -> tuple[str, ...]:
    """What its strength means; a break has none."""
    if found.every is None or found.verdict != "alarm":
        return ()
    return (CHANCE if found.every < CENTURY else SELDOM,)


def _late(found: Finding) -> tuple[str, ...]:
    """What is still to come, of the steps whose reports aren't all in."""
    row, rhythm, zone = found.indicator, Rhythm(found.indicator.rhythm), active_pack().zone
    if not (row.late and row.shares and row.judged_until):
        return ()
    open_since = step_at(row.judged_until, rhythm, zone) - (len(row.shares) - 1) * STEPS[rhythm].span
    return (LATE,) if step_at(found.last_day, rhythm, zone) >= open_since else ()


def _figures(found: Finding, language: str) -> Mapping[str, object]:
    return {
        "name": say(found.indicator.name, language),
        "place": _place(found, language),
        "day": _said(found, found.last_day),
        "count": found.count,
        "expected": _short(found.expected),
        "low": _short(found.low),
        "high": _short(found.high),
        "every": "–" if found.every is None else _short(found.every),
        "reasons": _reasons(found, language),
    }


def _place(found: Finding, language: str) -> str:
    rows = gazetteer().rows
    names = [say(rows[code].name, language) for code in members(found.series) if code in rows]
    if len(names) > 1:
        return in_languages(NAMES, [language])[language].format(
            names=in_languages(", ", [language])[language].join(names[:-1]), last=names[-1]
        )
    return next(iter(names), found.series) or in_languages(WHOLE, [language])[language]


def _reasons(found: Finding, language: str) -> str:
    sentences = (in_languages(_english(reason), [language])[language] for reason in found.reasons)
    return " ".join(sentence.format(since=_said(found, found.since)) for sentence in sentences)


def _said(found: Finding, moment: datetime) -> str:
    return in_words(step_at(moment, Rhythm(found.indicator.rhythm), active_pack().zone))


def _english(reason: str) -> str:
    with translation.override("en"):
        return str(WHY[reason])


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
