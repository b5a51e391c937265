"""What must be true of everything that is published: the pack lets this desk publish it, and two saw it.

The pack's silence is no permission. Whoever drafted, edited or submitted a text can't be the one who
approves it, whatever the rank: a commander in a hurry is who this rule is for.
"""

from collections.abc import Iterable, Mapping

from tocsin.kernel.actors import Act, Actor, ActorKind
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.packs.pack import Pack
from tocsin.packs.publishing import Mode, Product, Publication, for_kind


def permit(pack: Pack, product: Product, hazard: str, mode: Mode) -> Publication:
    """The rule that lets this desk publish the product in this mode.

    Raises `Malformed` for a kind of event that the pack doesn't know, `Forbidden` with the rule and its
    source where the pack gives the product to somebody else, or to nobody.
    """
    _require_kind(pack, hazard)
    rule = for_kind(pack.publishing, pack.kinds, product, hazard)
    if rule is None:
        raise Forbidden(
            "publishing.silent",
            "No rule lets this desk publish this ({product}, {hazard}), and silence is no permission.",
            cure="Ask whoever is competent, or add the rule with its source to the pack.",
            product=product.value,
            hazard=hazard,
        )
    if rule.mode is not mode:
        raise _not_ours(rule, mode)
    return rule


def _require_kind(pack: Pack, hazard: str) -> None:
    if hazard not in pack.kinds:
        raise Malformed(
            "publishing.kind",
            "The pack knows no kind of event “{hazard}”.",
            cure="Choose one of the pack's kinds.",
            where="hazard",
            hazard=hazard,
        )


def _not_ours(rule: Publication, mode: Mode) -> Forbidden:
    texts = {
        Mode.OWN: "This is published by this desk itself; there is nobody to pass it on from.",
        Mode.RELAY: "This can't be published in this desk's own name: it belongs to somebody else.",
        Mode.WITHHOLD: "This is not for this desk to publish in any form.",
    }
    cures = {
        Mode.OWN: "Publish it as the desk's own.",
        Mode.RELAY: "Pass it on in its issuer's name, once the issuer has published it.",
        Mode.WITHHOLD: "Report it to whoever is competent.",
    }
    return Forbidden(
        f"publishing.{rule.mode.value}",
        texts[rule.mode] + " Rule “{rule}”, {source}.",
        cure=cures[rule.mode],
        rule=rule.id,
        source=rule.source,
        verified=rule.verified.value,
        publisher=dict(rule.publisher),
        asked=mode.value,
    )


def demand_second(act: Act, hands: Iterable[str]) -> None:
    """Raises `Forbidden` where whoever approves has had a hand in the text."""
    if act.by.kind is ActorKind.MACHINE or act.by.id in set(hands):
        raise Forbidden(
            "second.person",
            "{name} can't approve this: whoever drafts, edits or submits a text never approves it.",
            cure="Ask a second person to approve it.",
            name=act.by.name,
        )


def joined(hands: list[str], actor: Actor) -> list[str]:
    """The hands that a text went through, with the actor's among them."""
    return hands if actor.id in hands else [*hands, actor.id]


def require_stated(stated: Mapping[str, bool], fields: Iterable[str], source: str) -> None:
    """Raises `Malformed` with the names of all fields that a rule asks for and the text lacks."""
    missing = [field for field in fields if not stated.get(field, False)]
    if missing:
        raise Malformed(
            "publishing.unstated",
            "Something that must be stated is missing: {missing} ({source}).",
            cure="Fill it in and submit again.",
            missing=", ".join(missing),
            fields=missing,
            source=source,
            where=missing[0],
        )
