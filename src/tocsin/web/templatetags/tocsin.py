"""What the templates can say: names in the reader's language, levels, deadlines, who acted."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum, IntEnum
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from tocsin.kernel.instants import parse
from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel
from tocsin.stages.reduction.signals.enums import ACTION_NAMES, Action
from tocsin.web import locality, spans
from tocsin.web.telling import sentence, tell
from tocsin.web.vocabulary import said

register = template.Library()
WARNING_COLOURS = {1: "blue", 2: "yellow", 3: "orange", 4: "red"}

register.filter("say", locality.say)
register.filter("kind", locality.kind_name)
register.filter("moment", spans.moment)
register.filter("whole_moment", spans.whole_moment)
register.filter("tell", tell)


@register.filter
def word(value: Any) -> str:
    """A name of the house (a state, a role, a power) in the reader's language."""
    if isinstance(value, Enum) and hasattr(value, "label"):
        return str(value.label)
    return said(value.value if isinstance(value, Enum) else value)


@register.filter
def span_of(length: Any) -> str:
    """A span of time in words."""
    return spans.span(length) if length is not None else ""


@register.filter
def get(table: Mapping[Any, Any], key: Any) -> Any:
    """A row of a table by its key."""
    return table.get(key) if table else None


@register.filter
def short(name: str) -> str:
    """A step's name without what stands in brackets."""
    return name.partition("（")[0].partition("(")[0].strip()


def _step(value: Any, ladder: type[IntEnum]) -> IntEnum | None:
    if value is None or value == "":
        return None
    try:
        return ladder[value] if isinstance(value, str) and value in ladder.__members__ else ladder(int(value))
    except (ValueError, TypeError):
        return None


@register.simple_tag
def level(value: Any, text: str = "") -> SafeString:
    """A warning level: its colour and, never colour alone, its name."""
    step = _step(value, WarningLevel)
    if step is None:
        return format_html('<span class="level level-none">{}</span>', text or gettext("no level"))
    name = text or short(locality.step_name(step))
    return format_html('<span class="level level-{}">{}</span>', WARNING_COLOURS[step], name)


@register.simple_tag
def grade(value: Any) -> SafeString:
    """An incident grade; it bears no colour, since colours are for warnings."""
    step = _step(value, IncidentGrade)
    name = locality.step_name(step) if step else gettext("not graded")
    return format_html('<span class="step">{}</span>', name)


@register.simple_tag
def response(value: Any) -> SafeString:
    """A response level."""
    step = _step(value, ResponseLevel)
    return format_html('<span class="step">{}</span>', locality.step_name(step) if step else "–")


@register.simple_tag(takes_context=True)
def post(context: Context, code: str) -> str:
    """The name of a post; the names are read once a page."""
    request = context["request"]
    if not hasattr(request, "post_names"):
        request.post_names = locality.post_names()
    return str(request.post_names.get(code, code))


@register.simple_tag(takes_context=True)
def posts(context: Context, codes: list[str], most: int = 99) -> str:
    """The names of posts, at most so many of them."""
    names = gettext(", ").join(post(context, code) for code in codes[:most])
    more = gettext(" and {count} other posts").format(count=len(codes) - most) if len(codes) > most else ""
    return names + more


@register.simple_tag
def places(codes: Iterable[str], most: int = 6) -> str:
    """The names of places, at most so many of them."""
    wanted = list(codes or ())
    names = gettext(", ").join(locality.place_names(wanted[:most]).values())
    more = gettext(" and {count} more").format(count=len(wanted) - most) if len(wanted) > most else ""
    return names + more


@register.filter
def place(code: str) -> str:
    """The name of one place."""
    return locality.place_names([code])[code]


@register.filter
def fact(name: str) -> str:
    """What a fact that grading asks for is called here."""
    here = locality.pack()
    return locality.say(here.facts[name].name) if here and name in here.facts else name


@register.filter
def trans_label(label: str) -> str:
    """A label from a table of the code, in the reader's language."""
    return gettext(label)


@register.simple_tag
def did(hands: Mapping[str, str], kind: str, thing: object, name: str) -> SafeString:
    """Who did something to a thing, marked where it was a script or the machine."""
    return who(name, hands.get(f"{kind}:{thing}", "person")) if name else SafeString("")


@register.simple_tag(takes_context=True)
def due(context: Context, at: datetime, state: str = "running", met_at: datetime | None = None) -> SafeString:
    """A deadline: how far away, how late, or when it was met."""
    if state in ("met", "met_late", "cancelled"):
        late = " late" if state == "met_late" else ""
        done = word(state) + (f" {spans.moment(met_at)}" if met_at else "")
        return format_html('<span class="due{}">{}</span>', late, done)
    now = context["request"].now
    return format_html(
        '<time class="due{}" datetime="{}" data-due title="{}">{}</time>',
        " late" if at < now else "",
        at.isoformat(),
        spans.whole_moment(at),
        spans.due(at, now),
    )


@register.simple_tag
def who(name: str, kind: str = "person") -> SafeString:
    """Who acted. A script in a person's seat and the machine are marked as such, everywhere."""
    if kind == "script":
        return format_html('{} <span class="mark mark-script">{}</span>', name, gettext("scripted"))
    if kind == "machine":
        return format_html('<span class="mark" title="{}">{}</span>', name, gettext("machine"))
    return format_html("{}", name)


@register.simple_tag
def trust(verified: str) -> SafeString:
    """Says aloud where the text of a rule was not read."""
    doubt = {
        "copy": gettext_noop("unverified: read in a copy"),
        "memory": gettext_noop("unverified: from memory"),
    }.get(str(verified))
    return format_html('<span class="mark mark-doubt">{}</span>', gettext(doubt)) if doubt else SafeString("")


@register.simple_tag
def rule(rule_id: str, source: str = "") -> SafeString:
    """A rule with its source, and how far it may be trusted."""
    row = locality.rule_source(rule_id)
    text = source or row.get("source", "")
    parts = [format_html("<code>{}</code>", rule_id)] if rule_id else []
    parts += [format_html("<cite>{}</cite>", text)] if text else []
    parts += [trust(row["verified"])] if row else []
    return format_html_join(" ", "{}", ((part,) for part in parts))


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present query string with some values changed; an empty value takes its name out."""
    sent = context["request"].GET.copy()
    for name, value in changes.items():
        sent.pop(name, None)
        if value not in (None, ""):
            sent[name] = str(value)
    return f"?{sent.urlencode()}"


@register.filter
def action(value: str) -> str:
    """What a signal does with a warning, in the reader's language."""
    return str(ACTION_NAMES.get(Action(value), value)) if value in set(Action) else value


@register.simple_tag
def level_key(value: Any) -> str:
    """The name of a warning level, as forms send it."""
    step = _step(value, WarningLevel)
    return step.name if step else ""


@register.filter
def diff_class(line: str) -> str:
    """How a line of a unified diff is shown."""
    heads = ("+++", "---")
    if line.startswith(heads):
        return "at"
    return {"+": "plus", "-": "minus", "@": "at"}.get(line[:1], "same")


@register.filter
def plain(value: Any) -> str:
    """A value of a plan's row for the eye."""
    if isinstance(value, Mapping):
        return locality.say(value)
    if isinstance(value, list | tuple):
        return gettext("; ").join(plain(one) for one in value)
    return "" if value is None else str(value)


@register.filter
def seconds(count: int) -> str:
    """So many seconds in words."""
    return spans.span(timedelta(seconds=count)) if count >= 0 else "−" + spans.span(timedelta(seconds=-count))


@register.filter
def read_time(text: str) -> Any:
    """An instant of a record that keeps them as text."""
    return parse(text) if text else None


@register.inclusion_tag("reviews/timeline.html")
def drawn_timeline(moments: list[dict[str, Any]]) -> dict[str, Any]:
    """The timeline that a review drew: each line with its sentence."""
    return {"moments": [(m, parse(m["at"]), sentence(m["kind"])) for m in moments]}


@register.simple_tag
def clocks_chart(clocks: list[dict[str, Any]]) -> SafeString:
    """Deadlines by hour, kept against late and missed: a chart of the table on the same page."""
    hours = sorted({clock["due"][:13] for clock in clocks})[-72:]
    if len(hours) < 2:
        return SafeString("")
    late = {"late", "missed"}
    kept: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for clock in clocks:
        (bad if clock["outcome"] in late else kept)[clock["due"][:13]] += 1
    series = [
        {"name": gettext("kept or called off"), "colour": "ink", "values": [kept[hour] for hour in hours]},
        {"name": gettext("late or missed"), "colour": "late", "values": [bad[hour] for hour in hours]},
    ]
    labels = [spans.moment(parse(f"{hour}:00:00Z")) for hour in hours]
    return format_html(
        '<div class="chart" data-chart="{}" data-label="{}" data-keep id="clocks-chart"></div>',
        json.dumps({"labels": labels, "series": series}, ensure_ascii=False),
        gettext("Deadlines by hour; the table on this page says the same"),
    )


@register.simple_tag
def level_class(value: Any) -> str:
    """The mark of a level beside an alert of the portal."""
    step = _step(value, WarningLevel)
    return f"alert-{WARNING_COLOURS[step]}" if step else ""


@register.filter
def listed(value: Any) -> list[Any]:
    """One thing as a list of one."""
    return [value]
