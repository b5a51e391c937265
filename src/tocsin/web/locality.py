"""What the pages ask of the jurisdiction: its languages, its zone, and what things are called there."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel
from tocsin.packs.pack import Pack
from tocsin.packs.rows import say as say_in
from tocsin.spine.people.models import Post
from tocsin.spine.places.queries import active_pack

LADDERS: Mapping[type[IntEnum], str] = {
    IncidentGrade: "incident",
    WarningLevel: "warning",
    ResponseLevel: "response",
}


_remembered: ContextVar[list[Pack | None] | None] = ContextVar("pack", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within it the pack is looked up once: a page asks for dozens of names."""
    token = _remembered.set([])
    try:
        yield
    finally:
        _remembered.reset(token)


def pack() -> Pack | None:
    """The pack of this desk; None before there is a jurisdiction."""
    box = _remembered.get()
    if box is None:
        return _read()
    if not box:
        box.append(_read())
    return box[0]


def _read() -> Pack | None:
    try:
        return active_pack()
    except NotFound:
        return None


def zone() -> ZoneInfo:
    """The zone in which times are shown."""
    here = pack()
    return here.zone if here else ZoneInfo(timezone.get_default_timezone_name())


def languages() -> tuple[str, ...]:
    """The languages that public texts are written in, the jurisdiction's own first."""
    here = pack()
    return here.languages if here else ("en",)


def say(text: Mapping[str, str] | str | None) -> str:
    """A text in the reader's language, or in the first one it has."""
    if isinstance(text, Mapping):
        return say_in(text, get_language() or "en")
    return str(text or "")


def step_name(step: IntEnum) -> str:
    """What a step of one of the three ladders is called here."""
    here, ladder = pack(), LADDERS[type(step)]
    if here is None or ladder not in here.ladders:
        return step.name
    return say(here.ladders[ladder].steps[step.name].name)


def kind_name(kind: str) -> str:
    """What a kind of event is called here."""
    here = pack()
    return say(here.kinds[kind].name) if here and kind in here.kinds else kind


def place_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of some places by their codes; an unknown code names itself."""
    here = pack()
    rows = here.places if here else {}
    return {code: say(rows[code].name) if code in rows else code for code in codes}


def known_places(
    kinds: Iterable[str] = ("city", "district", "street", "town", "sea"),
) -> list[tuple[str, str]]:
    """Codes and names of the places that can be chosen, in the pack's order, inner ones indented."""
    here = pack()
    rows = here.places.values() if here else ()
    inner = {"street": "　", "town": "　"}
    return [
        (row.code, inner.get(row.kind.value, "") + say(row.name)) for row in rows if row.kind.value in kinds
    ]


def known_kinds() -> list[tuple[str, str]]:
    """Ids and names of the kinds of event that belong to a class."""
    here = pack()
    return [(row.id, say(row.name)) for row in here.kinds.values() if row.parent] if here else []


def known_steps(ladder: type[IntEnum]) -> list[tuple[str, str]]:
    """Names of the steps of a ladder with what they are called here, the gravest first."""
    return [(step.name, step_name(step)) for step in reversed(ladder)]


def post_names() -> dict[str, str]:
    """The names of all posts by their codes, with the organisation where posts of one name are many."""
    rows = list(Post.objects.select_related("organisation"))
    names = [say(row.name) for row in rows]
    return {
        row.code: f"{say(row.organisation.name)} {name}" if names.count(name) > 1 else name
        for row, name in zip(rows, names, strict=True)
    }


def rule_source(rule: str) -> Mapping[str, str]:
    """Source and trust of a rule of the pack, wherever it stands; empty where the pack has no such rule."""
    here = pack()
    if here is None:
        return {}
    for table in (
        here.responses,
        here.gradings,
        here.clocks,
        here.disclosure,
        here.publishing,
        here.warnings,
    ):
        if rule in table:
            return {"source": table[rule].source, "verified": table[rule].verified.value}
    return {}
