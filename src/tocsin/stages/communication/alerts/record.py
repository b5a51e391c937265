"""From the record to words: the names of kinds, levels and places, and the house's own templates."""

from collections.abc import Sequence

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.rows import Text
from tocsin.spine.places.models import Place
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.alerts.drafting import Facts, Template, Wording, draft
from tocsin.stages.communication.wording import in_languages

HEADLINE = "{issuer}: {level} alert for {hazard} in {areas}"
DESCRIPTION = "{hazard}, {level}, in {areas}, from {starts} to {expires}.\n{cautions}"
INSTRUCTION = "{measures}"
LIFTED_HEADLINE = "Lifted: {headline}"
LIFTED_DESCRIPTION = "The alert “{headline}” is lifted."


def facts(
    *,
    hazard: str,
    level: WarningLevel | None,
    areas: Sequence[str],
    starts: Instant,
    expires: Instant,
    measures: Sequence[Text] = (),
    cautions: Sequence[Text] = (),
    issuer: Text | None = None,
) -> Facts:
    """The facts with the names that the pack and the gazetteer give them; the issuer is this jurisdiction
    where none is named.
    """
    pack = active_pack()
    return Facts(
        hazard=pack.kinds[hazard].name,
        level={} if level is None else pack.ladders["warning"].step(level).name,
        areas=tuple(place.name for place in places(areas)),
        issuer=pack.name if issuer is None else issuer,
        starts=starts,
        expires=expires,
        measures=tuple(measures),
        cautions=tuple(cautions),
    )


def places(codes: Sequence[str]) -> list[Place]:
    """The places with these codes, in their order. Raises `Malformed` for one that the gazetteer lacks."""
    known = Place.objects.in_bulk(codes)
    missing = [code for code in codes if code not in known]
    if missing:
        raise Malformed(
            "alert.area",
            "The gazetteer knows no place {codes}.",
            cure="Choose places of this jurisdiction.",
            codes=", ".join(missing),
            where="areas",
        )
    return [known[code] for code in codes]


def default_template() -> Template:
    """The house's own template, for a plan that brings none."""
    languages = active_pack().languages
    return Template(*(in_languages(text, languages) for text in (HEADLINE, DESCRIPTION, INSTRUCTION)))


def write(facts: Facts, template: Template | None = None) -> Wording:
    """The texts in the pack's languages, times in its zone."""
    pack = active_pack()
    return draft(facts, template or default_template(), languages=pack.languages, zone=pack.zone)


def lifted(headline: Text) -> tuple[Text, Text]:
    """Headline and description of a cancellation, in the languages that the alert itself has."""
    languages = list(headline)
    return (
        _quoting(in_languages(LIFTED_HEADLINE, languages), headline),
        _quoting(in_languages(LIFTED_DESCRIPTION, languages), headline),
    )


def _quoting(sentence: Text, headline: Text) -> Text:
    return {language: text.replace("{headline}", headline[language]) for language, text in sentence.items()}
