"""Which channels this desk has. Where it lives in a replay, no live channel is even constructed: no object
that could reach anybody outside exists in the process.
"""

import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tocsin.gateways.channels.folder import FolderChannel
from tocsin.gateways.channels.notify import NotifyChannel
from tocsin.kernel.errors import Malformed
from tocsin.stages.communication.ports import Broadcaster

PUBLIC = "public"
"""The folder in TOCSIN_HOME that any web server can serve, at this path of the desk's own address."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Configured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of TOCSIN_CHANNELS."""

    name: str
    url: str
    """An apprise address: mailtos://…, jsons://…, dingtalk://…"""
    languages: tuple[str, ...] = ()
    idempotent: bool = False
    """Whether the receiver honours `Idempotency-Key`."""


def channels(config: str, *, home: Path, base_url: str, replaying: bool) -> tuple[Broadcaster, ...]:
    """The channels of this desk: always the public folder, and, outside a replay, those of `config` (a YAML
    or JSON list, or the path of a file that holds one).

    Raises `Malformed` with what is wrong in it, replaying or not.
    """
    listed = configured(config)
    folder = FolderChannel(home / PUBLIC, base_url=f"{base_url}/{PUBLIC}")
    if replaying:
        return (folder,)
    return (folder, *(_live(entry) for entry in listed))


def configured(config: str) -> tuple[Configured, ...]:
    """The entries of TOCSIN_CHANNELS. Raises `Malformed`; addresses hold secrets and are never repeated."""
    try:
        listed = msgspec.convert(_parsed(config), tuple[Configured, ...])
    except (yaml.YAMLError, msgspec.ValidationError, OSError) as fault:
        raise _wrong(_without_secrets(fault)) from None
    names = [entry.name for entry in listed]
    for name in names:
        if name == FolderChannel.name or names.count(name) > 1 or _NAME.fullmatch(name) is None:
            raise _wrong(f"“{name}” can't be a channel's name, or stands twice")
    return listed


def _parsed(config: str) -> Any:
    text = config.strip()
    if text and not text.startswith(("[", "-")):
        text = Path(text).read_text(encoding="utf-8")
    return yaml.safe_load(text) or []


def _without_secrets(fault: Exception) -> str:
    return "it is not YAML" if isinstance(fault, yaml.YAMLError) else str(fault)


def _live(entry: Configured) -> NotifyChannel:
    try:
        return NotifyChannel(entry.name, entry.url, languages=entry.languages, idempotent=entry.idempotent)
    except ValueError as fault:
        raise _wrong(str(fault)) from fault


def _wrong(reason: str) -> Malformed:
    return Malformed(
        "channels.config",
        "TOCSIN_CHANNELS can't be used: {reason}.",
        cure="Give a list of {{name, url}}; see docs/reference/settings.md.",
        reason=reason,
        where="TOCSIN_CHANNELS",
    )
