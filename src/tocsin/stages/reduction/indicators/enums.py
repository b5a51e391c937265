"""The life of an indicator, and of what it finds."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tocsin.kernel.moves import Life


class IndicatorState(StrEnum):
    """Whether an indicator is looked at."""

    WATCHED = "watched"
    PAUSED = "paused"
    RETIRED = "retired"


INDICATOR_LIFE: Life[IndicatorState] = Life(
    "indicator",
    {
        "pause": (frozenset({IndicatorState.WATCHED}), IndicatorState.PAUSED),
        "resume": (frozenset({IndicatorState.PAUSED}), IndicatorState.WATCHED),
        "retire": (frozenset({IndicatorState.WATCHED, IndicatorState.PAUSED}), IndicatorState.RETIRED),
    },
)


class FindingState(StrEnum):
    """What people made of a finding."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


FINDING_LIFE: Life[FindingState] = Life(
    "finding",
    {
        "confirm": (frozenset({FindingState.OPEN, FindingState.DISMISSED}), FindingState.CONFIRMED),
        "dismiss": (frozenset({FindingState.OPEN, FindingState.CONFIRMED}), FindingState.DISMISSED),
    },
)


class Rhythm(StrEnum):
    """How long a step of an indicator is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


RHYTHM_NAMES = {Rhythm.HOUR: _("an hour"), Rhythm.DAY: _("a day"), Rhythm.WEEK: _("a week")}
INDICATOR_STATE_NAMES = {
    IndicatorState.WATCHED: _("Watched"),
    IndicatorState.PAUSED: _("Paused"),
    IndicatorState.RETIRED: _("Retired"),
}
FINDING_STATE_NAMES = {
    FindingState.OPEN: _("Nobody has judged it yet"),
    FindingState.CONFIRMED: _("Confirmed"),
    FindingState.DISMISSED: _("Dismissed"),
}
VERDICT_NAMES = {"alarm": _("More than expected"), "break": _("The counting has probably changed")}
WHY = {
    "above": _("The count of this step alone lies above the band."),
    "sustained": _("Several steps together say it, since {since}."),
    "common_jump": _(
        "Many series rose in the same step faster than anything spreads: ask whether the counting changed."
    ),
    "common_fall": _("Many series fell away in the same step: ask whether a report is missing."),
    "lone_jump": _(
        "It alone rose faster than anything spreads: a single source, or a change in its counting."
    ),
}
UNJUDGED_WHY = {
    "empty": _("There is no count yet."),
    "short": _(
        "The history is too short: eight steps at least; to judge, a year of weeks, eight weeks of days or "
        "two weeks of hours."
    ),
    "negative": _("A count is negative."),
    "not_whole": _("A count is not a whole number."),
    "too_large": _("A count is too large to be one."),
    "missing": _("A step has no count."),
    "twice": _("A step was counted twice."),
    "off_step": _("A count does not lie on the steps of the others."),
    "future": _("A count lies in the future."),
    "all_zero": _("Nothing has ever been counted."),
    "exposure": _(
        "A step has no exposure above zero, or only some series have one: a count has nothing to be in "
        "proportion to."
    ),
}
UNREAD_WHY = {
    "date": "there is no date that can be read: {value}",
    "hour": "there is no hour of the local clock that can be read: {value}",
    "count": "this is no count: {value}",
    "exposure": "this is no exposure, a number above zero: {value}",
    "columns": "the row has {value} cells, not as many as the headings",
    "empty": "the table has no rows",
    "long": "the table is longer than can be read at once; the rest was left",
}
"""Why a place of a table can't be read; texts to be translated."""
CENTURY = 5200.0
"""Weeks. That chance gives a finding less often than once in so many is all that the calibration can say."""

ANNOUNCES = {
    "indicator.defined": "An indicator was defined and filled from history.",
    "indicator.counted": "Counts from elsewhere were put into an indicator.",
    "indicator.moved": "An indicator was paused, resumed or retired.",
    "indicator.found": "An indicator found more than its past explains, or a break in the counting.",
    "indicator.confirmed": "A person confirmed a finding.",
    "indicator.dismissed": "A person dismissed a finding, with a word of why.",
}
