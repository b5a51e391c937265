"""Mail, webhooks, DingTalk, WeCom, Feishu and whatever else apprise speaks: channels to the outside.

None of them can tell what it has, so what was being sent in a crash, and what ended in a time-out, waits
for a person. An attempt counts as surely failed only where the log of apprise gives proof that nothing was
delivered: no connection, or an answer that refuses. A JSON or XML webhook is given the key in the header
`Idempotency-Key`; an operator whose receiver honours it says `idempotent: true`, and then it is sent again.
"""

import logging
import re
from collections.abc import Sequence

import apprise

from tocsin.packs.rows import say
from tocsin.stages.communication.ports import Message, NotSent, Receipt, Unsure

PROOF = re.compile(
    r"error=(3\d\d|40[0-79]|4[1-9]\d|503)\b"
    r"|Connection refused|NewConnectionError|NameResolutionError|Name or service not known"
    r"|No address associated|No route to host|Network is unreachable|ConnectTimeout"
    r"|CERTIFICATE_VERIFY_FAILED|\([45]\d\d, b",
    re.ASCII,
)
"""A refusal (not 408, 500, 502 or 504: the receiver may have it then), or no connection at all."""

FAULT = re.compile(r" - (?:WARNING|ERROR) - | - DEBUG - [A-Z][A-Za-z]* Exception: ")
"""The lines of the log that tell of a fault; the others repeat the message itself."""

PARTLY = re.compile(r" - INFO - Sent ")
"""An address with several receivers, one of whom has it: sent again, that one would have it twice."""

TOLD = re.compile(r" - (?:WARNING|ERROR) - (.*)")
"""Those that may be shown and journalled: exceptions quote whole addresses, and addresses hold secrets."""


class NotifyChannel:
    """One apprise address."""

    live = True
    can_tell = False

    def __init__(
        self, name: str, url: str, *, languages: Sequence[str] = (), idempotent: bool = False
    ) -> None:
        """`languages` are those to write in, one after the other; none means all that the message has."""
        self.name = name
        self.idempotent = idempotent
        self._url = url
        self._languages = tuple(languages)
        self._service()

    def send(self, message: Message) -> Receipt:
        """Raises `NotSent` where there is proof that nothing was delivered, else `Unsure`."""
        service = self._service()
        if hasattr(service, "headers"):
            service.headers["Idempotency-Key"] = message.key
        with apprise.LogCapture(level=logging.DEBUG) as captured:  # type: ignore[no-untyped-call]
            accepted = service.notify(title=self._title(message), body=self._body(message))
            said = captured.getvalue()
        if accepted:
            return Receipt("accepted")
        raise (NotSent if _surely_not(said) else Unsure)(_reason(said))

    def _service(self) -> apprise.NotifyBase:
        made = apprise.Apprise.instantiate(self._url)
        if made is None:
            raise ValueError(f"channel {self.name}: apprise does not understand its address")
        return made

    def already_has(self, key: str) -> Receipt | None:
        """Not known to any of these channels."""
        return None

    def _wanted(self, message: Message) -> Sequence[str]:
        return self._languages or tuple(message.title)

    def _title(self, message: Message) -> str:
        return " · ".join(say(message.title, language) for language in self._wanted(message))

    def _body(self, message: Message) -> str:
        return "\n\n".join(say(message.text, language) for language in self._wanted(message))


def _surely_not(said: str) -> bool:
    if PARTLY.search(said):
        return False
    return any(PROOF.search(line) for line in said.splitlines() if FAULT.search(line))


def _reason(said: str) -> str:
    told = TOLD.findall(said)
    return told[-1] if told else "no answer"
