"""Stage 3: what the standard demands in prose, where no schema reaches (§3.2, §3.3).

None of these is fatal: a message that breaks them can still be understood, and whoever issues one can still
be told. `write` refuses them all, because what we say ourselves is to be right.
"""

import binascii
import re
from collections.abc import Iterator

from tocsin.engine.cap import geometry
from tocsin.engine.cap.complaints import Complaint, complain
from tocsin.engine.cap.enums import MsgType, Scope, Status
from tocsin.engine.cap.leaves import stamp
from tocsin.engine.cap.records import Alert, Area, Info, Resource
from tocsin.engine.cap.references import parse
from tocsin.kernel.errors import Malformed

_RESTRICTED = re.compile(r"[\s,<&]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_RELATIVE = re.compile(r"\S+")
_SHA1 = re.compile(r"[0-9A-Fa-f]{40}")


def breaches(alert: Alert) -> Iterator[Complaint]:
    """Every breach of the prose rules in a well-shaped record."""
    for tag, name in (("identifier", alert.identifier), ("sender", alert.sender)):
        if _RESTRICTED.search(name):
            yield complain("cap.identifier", f"/alert/{tag}", name)
    if alert.sent.microsecond:
        yield complain("cap.fraction", "/alert/sent")
    yield from _handling(alert)
    yield from _references(alert)
    for number, info in enumerate(alert.info, start=1):
        yield from _info(info, alert, f"/alert/info[{number}]")


def _handling(alert: Alert) -> Iterator[Complaint]:
    restricted = alert.scope == Scope.RESTRICTED
    if restricted and not alert.restriction:
        yield complain("cap.restriction.needed", "/alert/restriction")
    if alert.restriction and not restricted:
        yield complain("cap.restriction.idle", "/alert/restriction")
    if alert.scope == Scope.PRIVATE and not alert.addresses:
        yield complain("cap.addresses", "/alert/addresses")
    if alert.msg_type == MsgType.ERROR and not alert.note:
        yield complain("cap.note.error", "/alert/note")
    if alert.status == Status.EXERCISE and not alert.note:
        yield complain("cap.note.exercise", "/alert/note")


def _references(alert: Alert) -> Iterator[Complaint]:
    if not alert.references:
        if alert.msg_type != MsgType.ALERT:
            yield complain("cap.references.needed", "/alert/references", alert.msg_type)
        return
    try:
        parse(alert.references)
    except Malformed as fault:
        yield complain("cap.references", "/alert/references", fault.data["found"])


def _info(info: Info, alert: Alert, path: str) -> Iterator[Complaint]:
    if not _LANGUAGE.fullmatch(info.language):
        yield complain("cap.language", f"{path}/language", info.language)
    if info.web and not _ABSOLUTE.fullmatch(info.web):
        yield complain("cap.uri", f"{path}/web", info.web)
    yield from _times(info, alert, path)
    for number, resource in enumerate(info.resource, start=1):
        yield from _resource(resource, f"{path}/resource[{number}]")
    for number, area in enumerate(info.area, start=1):
        yield from _area(area, f"{path}/area[{number}]")


def _times(info: Info, alert: Alert, path: str) -> Iterator[Complaint]:
    for tag, moment in (("effective", info.effective), ("onset", info.onset), ("expires", info.expires)):
        if moment is not None and moment.microsecond:
            yield complain("cap.fraction", f"{path}/{tag}")
    ends = alert.msg_type == MsgType.CANCEL  # what it repeats of the ended message may have expired
    if info.expires is not None and not ends and info.expires <= (info.effective or alert.sent):
        yield complain("cap.expires", f"{path}/expires", stamp(info.expires))


def _resource(resource: Resource, path: str) -> Iterator[Complaint]:
    # beside derefUri the uri may be relative, a mere name of the file within the message (§3.2.3)
    wanted = _RELATIVE if resource.deref_uri else _ABSOLUTE
    if resource.uri and not wanted.fullmatch(resource.uri):
        yield complain("cap.uri", f"{path}/uri", resource.uri)
    if resource.deref_uri and not _base64(resource.deref_uri):
        yield complain("cap.base64", f"{path}/derefUri")
    if resource.digest and not _SHA1.fullmatch(resource.digest):
        yield complain("cap.digest", f"{path}/digest", resource.digest)


def _area(area: Area, path: str) -> Iterator[Complaint]:
    for number, text in enumerate(area.polygon, start=1):
        yield from _polygon(text, f"{path}/polygon[{number}]")
    for number, text in enumerate(area.circle, start=1):
        yield from _circle(text, f"{path}/circle[{number}]")
    if area.ceiling is not None and (area.altitude is None or area.ceiling < area.altitude):
        yield complain("cap.ceiling", f"{path}/ceiling")


def _polygon(text: str, path: str) -> Iterator[Complaint]:
    try:
        points = geometry.points(text)
    except Malformed as fault:
        yield complain("cap.polygon", path, fault.data["found"])
        return
    if len(points) < 4:
        yield complain("cap.polygon.few", path, len(points))
    if points[0] != points[-1]:
        yield complain("cap.polygon.open", path)
    for point in points:
        if not geometry.within(point):
            yield complain("cap.range", path, f"{point.lat},{point.lon}")
            return


def _circle(text: str, path: str) -> Iterator[Complaint]:
    try:
        centre = geometry.circle(text).centre
    except Malformed as fault:
        yield complain("cap.circle", path, fault.data["found"])
        return
    if not geometry.within(centre):
        yield complain("cap.range", path, f"{centre.lat},{centre.lon}")


def _base64(text: str) -> bool:
    try:
        binascii.a2b_base64("".join(text.split()).encode("ascii"), strict_mode=True)
    except ValueError:  # binascii.Error and UnicodeEncodeError are both
        return False
    return True
