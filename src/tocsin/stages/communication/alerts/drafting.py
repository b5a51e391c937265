"""The text of an alert from the facts of the record, in each language. Pure: template and facts in, text out.

A template comes from a plan, or from the house's own texts; its names in braces are the fields of `Facts`.
A name that no fact has is refused: a brace must never reach the public.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.stages.communication.alerts.content import Text

_NAME = re.compile(r"\{(\w+)\}", re.ASCII)


@dataclass(frozen=True)
class Facts:
    """What is known. `measures` and `cautions` are sentences; each stands on its own line."""

    hazard: Text
    level: Text
    areas: tuple[Text, ...]
    issuer: Text
    starts: Instant
    expires: Instant
    measures: tuple[Text, ...] = ()
    cautions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Template:
    """Texts by language, with the names of facts in braces."""

    headline: Text
    description: Text
    instruction: Text


@dataclass(frozen=True)
class Wording:
    """The written texts by language."""

    headline: Text
    description: Text
    instruction: Text


def draft(facts: Facts, template: Template, *, languages: Sequence[str], zone: tzinfo) -> Wording:
    """Fills the template in. A language that the template lacks is left out, not borrowed from another.

    Raises `Malformed` for a name in braces that is no fact.
    """
    said = {language: _words(facts, language, zone) for language in languages}
    return Wording(*(_fill(text, said) for text in _texts(template)))


def _texts(template: Template) -> tuple[Text, Text, Text]:
    return template.headline, template.description, template.instruction


def _words(facts: Facts, language: str, zone: tzinfo) -> dict[str, str]:
    locale = _locale(language)
    return {
        "hazard": say(facts.hazard, language),
        "level": say(facts.level, language),
        "areas": format_list([say(area, language) for area in facts.areas], locale=locale),
        "issuer": say(facts.issuer, language),
        "starts": _time(facts.starts, zone, locale),
        "expires": _time(facts.expires, zone, locale),
        "measures": "\n".join(say(measure, language) for measure in facts.measures),
        "cautions": "\n".join(say(caution, language) for caution in facts.cautions),
    }


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _time(moment: Instant, zone: tzinfo, locale: Locale) -> str:
    local = moment.astimezone(zone)
    return f"{format_date(local, 'long', locale=locale)} {local:%H:%M}"


def _fill(text: Text, said: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {language: _filled(text[language], words) for language, words in said.items() if language in text}


def _filled(template: str, words: Mapping[str, str]) -> str:
    strange = sorted(set(_NAME.findall(template)) - set(words))
    if strange or set("{}") & set(_NAME.sub("", template)):
        raise Malformed(
            "alert.placeholder",
            "The template names what no record has: {names}.",
            cure="Use only these names, each in braces: {known}.",
            names=", ".join(strange) or "{ }",
            known=", ".join(words),
            where="template",
        )
    lines = _NAME.sub(lambda name: words[name[1]], template).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
