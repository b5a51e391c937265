"""Published messages as files that any web server or CDN can serve, at addresses that never change.

    <root>/cap/<id>.xml         the CAP document, byte for byte
    <root>/feed.atom            the newest of them (RFC 4287)
    <root>/bulletins/<id>.json  title and text by language

The portal serves the same documents at the same addresses, so that a city may begin with the one and go
over to the other.

A file is written beside its place, synced, and moved there, so that a reader sees the whole of it or none.
Its name is the message's own, so that writing it again after a crash changes nothing. The feed is made
from the files that are there: it can't point to one that isn't.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tocsin.engine.cap import Alert, atom, read
from tocsin.kernel.instants import iso
from tocsin.stages.communication.ports import Message, Receipt

NEWEST = 50


class FolderChannel:
    """The public folder. It reaches nobody by itself, so a replay may fill it too."""

    name = "folder"
    live = False
    idempotent = True
    can_tell = False

    def __init__(self, root: Path, *, base_url: str) -> None:
        """`base_url` is the address at which `root` is served."""
        self._root = root
        self._base_url = base_url.rstrip("/")

    def send(self, message: Message) -> Receipt:
        """Writes the file, and the feed anew where it is an alert. The receipt is its address."""
        if message.kind == "alert":
            address = self._place(f"cap/{message.subject}.xml", message.cap_xml.encode())
            self._place("feed.atom", self._feed())
            return Receipt(address)
        return Receipt(self._place(f"bulletins/{message.subject}.json", _bulletin(message)))

    def already_has(self, key: str) -> Receipt | None:
        """Never asked: the same file is simply written again."""
        return None

    def _place(self, name: str, content: bytes) -> str:
        put(self._root / name, content)
        return f"{self._base_url}/{name}"

    def _feed(self) -> bytes:
        newest = sorted(self._newest(), key=lambda alert: alert.sent, reverse=True)
        here = f"{self._base_url}/feed.atom"
        return atom(
            newest,
            feed_id=here,
            title="CAP",
            base_url=f"{self._base_url}/cap",
            updated=newest[0].sent,
            self_url=here,
        )

    def _newest(self) -> Iterator[Alert]:
        """The ids begin with the time of their birth, so the newest files are the last by name."""
        names = sorted((self._root / "cap").glob("*.xml"), reverse=True)
        for path in names[:NEWEST]:
            yield read(path.read_bytes())


def _bulletin(message: Message) -> bytes:
    shown = {
        "id": str(message.subject),
        "title": dict(message.title),
        "text": dict(message.text),
        "published": iso(message.sent_at),
        "exercise": message.exercise,
    }
    return msgspec.json.format(msgspec.json.encode(shown), indent=1) + b"\n"


def put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, and returns only when it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
