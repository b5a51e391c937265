"""Bytes of strangers in, records or reasons out: the door of this engine.

`read` takes one message, `read_all` a file of any number of them (a feed with messages in it, a distribution
envelope, a list), `validate` tells everything that is wrong. Nothing but `Malformed` is ever raised.

A bare message in its plain spelling goes the short way (`plain`), anything else the long one; the records are
the same. `validate` always goes the long way, which is the one that tells.
"""

from collections.abc import Iterator

from lxml import etree

from tocsin.engine.cap.complaints import Complaint, complain, malformed
from tocsin.engine.cap.plain import plain
from tocsin.engine.cap.profiles import Profile, breaks
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.rules import breaches
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.shape import ill_shaped
from tocsin.engine.cap.structure import Structured, structured
from tocsin.kernel.errors import Malformed

CARRIERS = {
    "feed": "entry",
    "rss": "item",
    "EDXLDistribution": "contentObject",
    "edxlDistribution": "contentObject",
    "alerts": "",
}
"""Roots that hold messages, and the element in which each holds one."""


def read(data: bytes) -> Alert:
    """The message in a CAP 1.0, 1.1 or 1.2 file. Raises `Malformed` with the first fatal complaint."""
    return plain(data) or _kept(structured(tree(data)))


def read_all(data: bytes) -> list[Alert | Complaint]:
    """Every message in the file, in its order; in place of one that is refused, the first fatal complaint.

    A bare alert; an Atom or RSS feed, an EDXL-DE 1.0 or 2.0 envelope or an `alerts` list with alerts in it.
    A feed that only links to its messages holds none: see `feed.links`. Raises `Malformed` where the file as
    a whole can't be read or is nothing of these.
    """
    if (alert := plain(data)) is not None:
        return [alert]
    root = tree(data)
    name = etree.QName(root).localname
    if name == "alert":
        return [_either(structured(root))]
    if name not in CARRIERS:
        raise malformed(complain("cap.root", f"/{name}", name))
    return [*(_either(structured(alert, path)) for alert, path in _alerts(root, name)), *_strays(root, name)]


def validate(subject: Alert | bytes, profile: Profile | None = None) -> tuple[Complaint, ...]:
    """All complaints about one message, stage by stage: safety, structure, prose, and the profile if any.

    A stage that leaves nothing for the next to look at is the last. Raises nothing but `Malformed`
    (cap.profile) for a profile that is none.
    """
    if isinstance(subject, Alert):
        shape = tuple(ill_shaped(subject))
        return shape if any(one.fatal for one in shape) else (*shape, *_prose(subject, profile))
    try:
        root = tree(subject)
    except Malformed as fault:
        return (complain(fault.code, fault.data["where"], fault.data["found"], fault.data["expected"]),)
    alert, complaints = structured(root)
    return (*complaints, *(_prose(alert, profile) if alert is not None else ()))


def validate_all(data: bytes, profile: Profile | None = None) -> tuple[Complaint, ...]:
    """All complaints about every message in a file of any number of them; of a bare message, as `validate`.

    Raises as `validate` does.
    """
    try:
        root = tree(data)
    except Malformed:
        return validate(data, profile)
    name = etree.QName(root).localname
    if name not in CARRIERS:
        return validate(data, profile)
    told: list[Complaint] = []
    for element, path in _alerts(root, name):
        alert, complaints = structured(element, path)
        told += complaints
        prose = _prose(alert, profile) if alert is not None else ()
        told += (one._replace(path=path + one.path.removeprefix("/alert")) for one in prose)
    return (*told, *_strays(root, name))


def _prose(alert: Alert, profile: Profile | None) -> Iterator[Complaint]:
    yield from breaches(alert)
    if profile is not None:
        yield from breaks(alert, profile)


def _kept(found: Structured) -> Alert:
    if found.alert is None:
        raise malformed(_fatal(found))
    return found.alert


def _either(found: Structured) -> Alert | Complaint:
    return _fatal(found) if found.alert is None else found.alert


def _fatal(found: Structured) -> Complaint:
    return next(complaint for complaint in found.complaints if complaint.fatal)


def _alerts(root: etree._Element, name: str) -> Iterator[tuple[etree._Element, str]]:
    holder = CARRIERS[name]
    if not holder:
        for number, alert in enumerate(root.iterchildren("{*}alert"), start=1):
            yield alert, f"/{name}/alert[{number}]"
        return
    for number, entry in enumerate(_outermost(root, holder), start=1):
        for place, alert in enumerate(_outermost(entry, "alert"), start=1):
            yield alert, f"/{name}/{holder}[{number}]/alert[{place}]"


def _strays(root: etree._Element, name: str) -> Iterator[Complaint]:
    """Alerts beside the entries: foreign markup to a reader of feeds, but perhaps somebody's warning."""
    holder = CARRIERS[name]
    for number, alert in enumerate(_outermost(root, "alert") if holder else (), start=1):
        if all(etree.QName(node).localname != holder for node in alert.iterancestors()):
            yield complain("cap.stray", f"/{name}//alert[{number}]", expected=holder)


def _outermost(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of that local name below, but none that stands within another."""
    for child in element:
        if etree.QName(child).localname == name:
            yield child
        else:
            yield from _outermost(child, name)
