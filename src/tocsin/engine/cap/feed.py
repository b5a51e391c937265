"""The Atom feed (RFC 4287) through which others learn that there are new CAP files, and the links in theirs.

An entry points to the file by its stable address; that address is also its id, so that a reader who has seen
it never takes it for new. The feed says what is published, never what is over: an alert that is missing from
it has not been cancelled.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from lxml import etree

from tocsin.engine.cap.complaints import complain, malformed
from tocsin.engine.cap.leaves import ILLEGAL, SPACE
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.writing import escaped

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/cap+xml"

_QUOTES = str.maketrans({'"': "&quot;"})


def atom(
    alerts: Sequence[Alert], *, feed_id: str, title: str, base_url: str, updated: datetime, self_url: str = ""
) -> bytes:
    """An Atom feed of the alerts in the order given (newest first is the custom), each at `address(…)`.

    `feed_id` is an absolute IRI that never changes, `base_url` the folder in which the CAP files lie, and the
    feed itself where no `self_url` says otherwise, `updated` an aware time. Raises `Malformed` for a naive
    time or for control characters.
    """
    here = _attribute(self_url or f"{base_url.rstrip('/')}/feed.atom")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="{ATOM}">',
        f"  <id>{escaped(feed_id)}</id>",
        f"  <title>{escaped(title)}</title>",
        f"  <updated>{_time(updated, '/feed/updated')}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{here}"/>',
    ]
    for number, alert in enumerate(alerts, start=1):
        lines.extend(_entry(alert, base_url, f"/feed/entry[{number}]"))
    text = "\n".join([*lines, "</feed>", ""])
    if ILLEGAL.search(text):
        raise malformed(complain("cap.characters", "/feed"))
    return text.encode()


def address(alert: Alert, base_url: str) -> str:
    """Where the CAP file of the alert is to lie."""
    return f"{base_url.rstrip('/')}/{quote(alert.identifier, safe='')}.xml"


def links(data: bytes) -> tuple[str, ...]:
    """Where the entries of a feed without messages in them say that their CAP files are, each address once.

    Of an Atom entry the link of CAP's media type, else the first; of an RSS item its link. Not resolved
    against any base. Raises `Malformed` where the feed can't be read.
    """
    root = tree(data)
    found = [*map(_atom_link, root.iter(f"{{{ATOM}}}entry")), *map(_rss_link, root.iter("item"))]
    return tuple(dict.fromkeys(link for link in found if link))


def _entry(alert: Alert, base_url: str, path: str) -> Iterator[str]:
    info = alert.info[0] if alert.info else None
    language = f' xml:lang="{_attribute(info.language)}"' if info else ""
    title = (info.headline or info.event) if info else alert.identifier
    where = _attribute(address(alert, base_url))
    yield f"  <entry{language}>"
    yield f"    <id>{where}</id>"
    yield f"    <title>{escaped(title)}</title>"
    yield f"    <updated>{_time(alert.sent, f'{path}/updated')}</updated>"
    yield f"    <author><name>{escaped((info and info.sender_name) or alert.sender)}</name></author>"
    yield f'    <link rel="alternate" type="{MEDIA_TYPE}" href="{where}"/>'
    for category in info.category if info else ():
        yield f'    <category term="{category}"/>'
    yield f"    <summary>{escaped((info and info.description) or title)}</summary>"
    yield "  </entry>"


def _time(moment: datetime, path: str) -> str:
    if moment.tzinfo is None:
        raise malformed(complain("cap.time", path, moment.isoformat()))
    return moment.isoformat(timespec="seconds")


def _attribute(text: str) -> str:
    return escaped(text).translate(_QUOTES)


def _atom_link(entry: etree._Element) -> str:
    found = list(entry.iterchildren(f"{{{ATOM}}}link"))
    cap = [link for link in found if link.get("type") == MEDIA_TYPE]
    return next((link.get("href", "").strip(SPACE) for link in cap or found), "")


def _rss_link(item: etree._Element) -> str:
    return (item.findtext("link") or "").strip(SPACE)
