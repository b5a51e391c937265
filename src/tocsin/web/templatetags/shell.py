"""The frame of every page: the bar with the desk's clock, the sections, what was refused."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from tocsin.spine.clocks.queries import replay, timepiece
from tocsin.spine.people.queries import posts_of
from tocsin.web.locality import pack, say
from tocsin.web.refusals import words
from tocsin.web.spans import span_words

register = template.Library()

SECTIONS = (
    (gettext_noop("Now"), (
        ("desk", gettext_noop("Desk")),
        ("signals", gettext_noop("Signals")),
        ("watch", gettext_noop("Watch list")),
        ("indicators", gettext_noop("Indicators")),
        ("incidents", gettext_noop("Incidents")),
    )),
    (gettext_noop("Public"), (
        ("alerts", gettext_noop("Alerts")),
        ("bulletins", gettext_noop("Bulletins")),
        ("public", gettext_noop("Public portal")),
    )),
    (gettext_noop("Before and after"), (
        ("plans", gettext_noop("Plans")),
        ("reviews", gettext_noop("Reviews")),
    )),
    (gettext_noop("The house"), (
        ("people", gettext_noop("People")),
        ("journal", gettext_noop("Journal")),
        ("settings", gettext_noop("Settings")),
    )),
)  # fmt: skip
"""The sections of the desk; the first part of a page's URL name says which section it belongs to."""

SPEEDS = (1, 60, 300, 600, 1200, 3600)


@register.simple_tag(takes_context=True)
def sections(context: Context) -> SafeString:
    """The list of sections, with the present one marked."""
    request = context["request"]
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "").partition("-")[0] if match else ""
    groups = [
        (gettext(title), [(reverse(name), gettext(label), name == here) for name, label in rows])
        for title, rows in SECTIONS
        if all(_known(name) for name, _ in rows)
    ]
    return render_to_string("parts/sections.html", {"groups": groups})


def _known(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


@register.simple_tag(takes_context=True)
def top(context: Context) -> SafeString:
    """The bar: whose desk, what time it lives in, who sits here, which language."""
    request = context["request"]
    here, person = pack(), getattr(request, "person", None)
    told: dict[str, Any] = {
        "jurisdiction": say(here.name) if here else "",
        "person": person,
        "seats": [say(post.name) for post in posts_of(person.id)] if person else [],
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "replay": replay(),
        "now": timepiece().now(),
        "speeds": SPEEDS,
    }
    return render_to_string("parts/top.html", told, request)


@register.simple_tag(takes_context=True)
def desk_data(context: Context) -> SafeString:
    """What the page's script has to know: up to where it has seen the journal, and how time runs here."""
    row, now = replay(), timepiece().now()
    return format_html(
        'data-seq="{}" data-now="{}" data-speed="{}" data-live="{}" data-lost="{}" data-late="{}" '
        'data-in="{}" data-spans="{}"{}',
        getattr(context["request"], "seq", 0),
        now.isoformat(),
        row.pace if row else 1,
        reverse("live"),
        gettext("Connection lost. Last update {time}."),
        gettext("late by {span}"),
        gettext("in {span}"),
        json.dumps(span_words()),
        SafeString(" data-replay" if row else ""),
    )


@register.simple_tag(takes_context=True)
def refusal_here(context: Context) -> SafeString:
    """What was refused, at the top of the page that shows the form again."""
    refusal = getattr(context["request"], "refusal", None)
    if refusal is None:
        return SafeString("")
    return render_to_string("parts/refusal.html", {"refusal": words(refusal)})
