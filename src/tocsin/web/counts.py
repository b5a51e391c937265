"""How the pages name the series and the steps of indicators."""

from datetime import datetime

from django.utils.translation import gettext

from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.steps import in_words, step_at
from tocsin.stages.reduction.indicators.zoning import members
from tocsin.web import locality


def series_name(name: str) -> str:
    """A series by its place, or by the name that a table gave it; several districts by all of theirs."""
    if not name:
        return gettext("All together")
    parts = members(name)
    names = locality.place_names(parts)
    if len(parts) < 2 or any(part == said for part, said in names.items()):
        return next(iter(locality.place_names([name]).values()))
    joined = gettext(", ").join([names[part] for part in parts[:-1]])
    return gettext("{names} and {last}").format(names=joined, last=names[parts[-1]])


def step_words(begins: datetime | None, rhythm: str) -> str:
    """A step by its beginning, as the rhythm of its indicator has it."""
    return in_words(step_at(begins, Rhythm(rhythm), locality.zone())) if begins else ""
