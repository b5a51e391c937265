"""How indicators and their findings are said."""

from typing import Any

from django import template
from django.utils.translation import gettext

from tocsin.stages.reduction.indicators.enums import (
    CENTURY,
    FINDING_STATE_NAMES,
    INDICATOR_STATE_NAMES,
    VERDICT_NAMES,
    WHY,
    FindingState,
    IndicatorState,
)
from tocsin.stages.reduction.indicators.models import Finding
from tocsin.web.counts import series_name, step_words

register = template.Library()
register.filter("series", series_name)
register.filter("step", step_words)


@register.filter
def indicator_state(value: str) -> str:
    """Whether it is watched."""
    return str(INDICATOR_STATE_NAMES[IndicatorState(value)])


@register.filter
def indicator_move(value: str) -> str:
    """What a move is called on its button."""
    return {"pause": gettext("Pause"), "resume": gettext("Resume"), "retire": gettext("Retire")}[value]


@register.filter
def finding_state(value: str) -> str:
    """What people made of it."""
    return str(FINDING_STATE_NAMES[FindingState(value)])


@register.filter
def verdict(value: str) -> str:
    """What a finding is."""
    return str(VERDICT_NAMES[str(value)])


@register.simple_tag
def reason_words(reason: str, since: str) -> str:
    """A reason as a sentence; `since` in words."""
    return str(WHY[reason]).format(since=since)


@register.simple_tag
def by_chance(found: Finding) -> str:
    """What the strength of an alarm means."""
    if found.every is None or found.verdict != "alarm":
        return ""
    if found.every >= CENTURY:
        return gettext("By chance less than once in a hundred years.")
    return gettext("By chance about once in {weeks} weeks.").format(weeks=f"{found.every:.0f}")


@register.simple_tag
def precision(share: Any) -> str:
    """The share of judged findings that were confirmed."""
    return "–" if share is None else f"{share:.0%}"
