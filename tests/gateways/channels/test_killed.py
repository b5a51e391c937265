"""A real sender, killed with SIGKILL while a slow receiver holds its request, then started again."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tocsin.kernel.clock import SystemClock
from tocsin.kernel.instants import after, iso
from tocsin.spine.journal.queries import verify
from tocsin.stages.communication.delivery.models import Delivery

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]

SENDER = """
import sys
from pathlib import Path
import django
django.setup()
from tocsin.gateways.channels.registry import channels
from tocsin.gateways.channels.sender import send_due
from tocsin.kernel.instants import parse
config, home, now = sys.argv[1:]
reach = channels(config, home=Path(home), base_url="http://city.example", replaying=False)
print(send_due(reach, now=parse(now)))
"""


def database():
    """The test database, as a child process is told of it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    login = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}"
    return f"postgres://{login}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


class Sender:
    """The sender's process, started when asked."""

    def __init__(self, url, home, **more):
        self.config = json.dumps([{"name": "hook", "url": url, **more}])
        self.home = home
        self.environment = {**os.environ, "TOCSIN_DATABASE_URL": database(), "PYTHONPATH": _path()}

    def start(self, now):
        command = [sys.executable, "-c", SENDER, self.config, str(self.home), iso(now)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, now):
        process = self.start(now)
        out, _ = process.communicate(timeout=60)
        return process.returncode, out.strip()


def _path():
    return os.pathsep.join([str(Path(__file__).parents[3] / "src"), os.environ.get("PYTHONPATH", "")])


def killed_while_sending(sender, receiver, now):
    receiver.answer.clear()
    process = sender.start(now)
    assert receiver.arrived.wait(60)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL
    process.stdout.close()
    receiver.answer.set()


def test_the_receiver_has_it_exactly_once_and_a_person_is_asked(receiver, put_out, tmp_path):
    sent, now = put_out(), SystemClock().now()
    sender = Sender(f"json://{receiver.address}/hook?rto=30", tmp_path)
    killed_while_sending(sender, receiver, now)
    assert Delivery.objects.get(channel="hook").state == "sending"
    assert sender.run(now) == (0, "0")
    assert sender.run(after(now, timedelta(minutes=5)))[0] == 0
    assert sender.run(after(now, timedelta(days=1))) == (0, "0")
    assert [got["key"] for got in receiver.got] == [f"alert-{sent.subject}-hook"]
    assert {d.channel: d.state for d in Delivery.objects.all()} == {"folder": "sent", "hook": "uncertain"}
    assert (tmp_path / "public" / "cap" / f"{sent.subject}.xml").exists()
    assert verify().ok


def test_a_receiver_that_honours_the_key_gets_the_same_key_again(receiver, put_out, tmp_path):
    put_out()
    now = SystemClock().now()
    sender = Sender(f"json://{receiver.address}/hook?rto=30", tmp_path, idempotent=True)
    killed_while_sending(sender, receiver, now)
    assert sender.run(after(now, timedelta(minutes=5)))[0] == 0
    assert len({got["key"] for got in receiver.got}) == 1
    assert Delivery.objects.get(channel="hook").state == "sent"
