"""A message to send, and a receiver on loopback that remembers what it was given."""

import json
import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tocsin.engine.cap import (
    Alert,
    Category,
    Certainty,
    Info,
    MsgType,
    Scope,
    Severity,
    Status,
    Urgency,
    write,
)
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant
from tocsin.stages.communication.delivery.actions import enqueue
from tocsin.stages.communication.ports import Message

NOON = Instant(datetime(2026, 6, 16, 4, tzinfo=UTC))


def cap(identifier: str, sent: datetime = NOON) -> str:
    info = Info(
        category=(Category.MET,),
        event="Rainstorm",
        urgency=Urgency.IMMEDIATE,
        severity=Severity.EXTREME,
        certainty=Certainty.OBSERVED,
        headline="Rain",
    )
    return write(
        Alert(
            identifier=identifier,
            sender="city.example",
            sent=sent,
            status=Status.ACTUAL,
            msg_type=MsgType.ALERT,
            scope=Scope.PUBLIC,
            info=(info,),
        )
    ).decode()


def message(kind: str = "alert", exercise: bool = False, minutes: int = 0) -> Message:
    subject, sent = uuid7(), Instant(NOON + timedelta(minutes=minutes))
    return Message(
        key=f"{kind}-{subject}-x",
        kind=kind,
        subject=subject,
        title={"zh": "暴雨", "en": "Rain"},
        text={"zh": "下雨。", "en": "Rain."},
        sent_at=sent,
        exercise=exercise,
        cap_xml=cap(str(subject), sent) if kind == "alert" else "",
    )


def publish(**more: Any) -> Message:
    """A message put into the outbox."""
    made = message(**more)
    enqueue(
        kind=made.kind,
        subject=made.subject,
        incident=None,
        title=made.title,
        text=made.text,
        sent_at=made.sent_at,
        exercise=made.exercise,
        cap_xml=made.cap_xml,
    )
    return made


class Receiver:
    """Remembers each request; answers `status`, once `answer` is set."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.arrived, self.answer = threading.Event(), threading.Event()
        self.answer.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                receiver.got.append({"key": self.headers["Idempotency-Key"], **body})
                receiver.arrived.set()
                receiver.answer.wait(30)
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Silent."""

        return Handler


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    thread = threading.Thread(target=running.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield running
    running.answer.set()
    running.server.shutdown()
    running.server.server_close()
    thread.join()


class Post(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs; whoever is called bad is refused."""

    def handle(self) -> None:
        self._say("220 post")
        to = ""
        for line in self.rfile:
            word = line.strip().upper()
            if word.startswith(b"RCPT"):
                to = line.decode().partition("<")[2].partition(">")[0]
                self._say("550 no such box" if to.startswith("bad") else "250 ok")
            elif word == b"DATA":
                self._say("354 go on")
                while self.rfile.readline().strip() != b".":
                    pass
                self.server.got.append(to)  # type: ignore[attr-defined]
                self._say("250 ok")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server on loopback; `got` are those who have a message."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.got: list[str] = []
        self.port = self.server_address[1]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    running = Mailbox()
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def new_message():
    return message


@pytest.fixture
def put_out():
    return publish
