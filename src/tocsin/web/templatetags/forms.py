"""Forms: `{% deed %}` is a form that calls one action, `{% field %}` one of its fields.

A deed is shown only to those who may do it. Where it was refused it is shown again with what was
written, and with the reason beside the field that it concerns.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel
from tocsin.packs.facts import Fact, Unit
from tocsin.spine.incidents.models import Proposal
from tocsin.web.locality import known_places, known_steps, languages, say
from tocsin.web.refusals import words

register = template.Library()


class DeedNode(Node):
    """One form."""

    def __init__(
        self,
        name: FilterExpression,
        args: list[FilterExpression],
        options: dict[str, FilterExpression],
        body: NodeList,
    ) -> None:
        self.name, self.args, self.options, self.nodelist = name, args, options, body

    def render(self, context: Context) -> SafeString:
        options = {name: value.resolve(context) for name, value in self.options.items()}
        request = context["request"]
        power = options.get("power")
        if power and str(getattr(power, "value", power)) not in request.powers:
            return SafeString("")
        action = reverse(self.name.resolve(context), args=[arg.resolve(context) for arg in self.args])
        with context.push(form_action=action, form_id=action.strip("/").replace("/", "-")):
            told = {
                **options,
                "action": action,
                "id": context["form_id"],
                "body": self.nodelist.render(context),
                "refused": _refused_here(context),
            }
            return render_to_string("parts/deed.html", told, request)


@register.tag
def deed(parser: Parser, token: Token) -> DeedNode:
    """`{% deed 'url-name' arg… power=… label=… [look=…] [fold=…] [files=…] %}fields{% enddeed %}`"""
    bits = token.split_contents()[1:]
    name = parser.compile_filter(bits.pop(0))
    args = []
    while bits and "=" not in bits[0]:
        args.append(parser.compile_filter(bits.pop(0)))
    options = token_kwargs(bits, parser)
    body = parser.parse(("enddeed",))
    parser.delete_first_token()
    return DeedNode(name, args, options, body)


@register.simple_tag(takes_context=True)
def field(context: Context, name: str, label: str, kind: str = "text", **more: Any) -> SafeString:
    """One field. `kind`: text, area, number, when, select, many, check, file, password, hidden.

    More: `value`, `options` (pairs of value and label), `hint`, `rows`, `needed`, `min`, `max`, `step`.
    """
    refused = _refused_here(context)
    value = more.pop("value", "")
    if refused:
        sent = context["request"].POST
        value = sent.getlist(name) if kind == "many" else sent.get(name, "")
    options = _options(more.pop("options", ()), value)
    told = {"name": name, "label": label, "kind": kind, "value": value, "options": options, **more}
    told["id"] = f"{context.get('form_id', 'f')}-{name}"
    told["wrong"] = refused["text"] if refused and refused["where"] in (name, name.rpartition("_")[0]) else ""
    return render_to_string("parts/field.html", told)


@register.simple_tag(takes_context=True)
def texts(context: Context, name: str, label: str, kind: str = "text", **more: Any) -> SafeString:
    """A field for each language of the jurisdiction."""
    value = more.pop("value", None) or {}
    parts = [
        field(
            context, f"{name}_{code}", f"{label} ({code})", kind, value=value.get(code, ""), lang=code, **more
        )
        for code in languages()
    ]
    return SafeString("".join(parts))


def _refused_here(context: Context) -> dict[str, str] | None:
    """The refusal, where it is this form that was refused."""
    request = context["request"]
    refusal = getattr(request, "refusal", None)
    if refusal is None or request.path != context.get("form_action"):
        return None
    return words(refusal)


def _options(options: Iterable[Any], value: Any) -> list[tuple[str, str, bool]]:
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    return [(str(key), label, str(key) in chosen) for key, label in options]


@register.simple_tag(takes_context=True)
def translated_field(context: Context, name: str, label: str, kind: str = "text", **more: Any) -> SafeString:
    """A field whose label comes from a table of the code."""
    return field(context, name, gettext(label), kind, **more)


@register.simple_tag(takes_context=True)
def fact_field(context: Context, fact: Fact, value: Any) -> SafeString:
    """A fact that grading asks for; left empty it is not known."""
    label = say(fact.name) + (f" ({say(fact.of)})" if fact.of else "")
    if fact.unit is Unit.TRUTH:
        options = [("", gettext("not known")), ("1", gettext("yes")), ("0", gettext("no"))]
        return field(context, f"fact_{fact.id}", label, "select", options=options, value=value)
    step = "any" if fact.unit is Unit.MEASURE else 1
    return field(context, f"fact_{fact.id}", label, "number", value=value, min=0, step=step)


@register.simple_tag(takes_context=True)
def offer_fields(context: Context, proposal: Proposal) -> SafeString:
    """What signing a proposal would do, to be changed: a level, a grade, areas; else as it stands."""
    return SafeString("".join(_offer_field(context, name, value) for name, value in proposal.offer.items()))


def _offer_field(context: Context, name: str, value: Any) -> str:
    ladder = {"grade": IncidentGrade, "warning": WarningLevel}.get(name, ResponseLevel)
    if isinstance(value, str) and value in ladder.__members__:
        label = gettext("Grade") if name == "grade" else gettext("Level")
        return field(context, f"offer_{name}", label, "select", options=known_steps(ladder), value=value)
    if name == "areas" and isinstance(value, list):
        return field(context, "offer_areas", gettext("Where"), "many", options=known_places(), value=value)
    return ""


@register.simple_tag(takes_context=True)
def numbered_field(
    context: Context, name: str, number: int, label: str, kind: str = "text", **more: Any
) -> SafeString:
    """One field of a row of fields that are told apart by number."""
    return field(context, f"{name}{number}", f"{label} {number + 1}", kind, **more)


@register.simple_tag(takes_context=True)
def numbered_texts(context: Context, name: str, number: int, label: str, **more: Any) -> SafeString:
    """The same, in every language."""
    return texts(context, f"{name}{number}", f"{label} {number + 1}", **more)
