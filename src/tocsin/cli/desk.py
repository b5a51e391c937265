"""`tocsin init`, `tocsin run`, `tocsin work`: a desk made, started, and kept going."""

import os
import secrets
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click
from django.conf import settings

from tocsin.cli import worker
from tocsin.cli.acting import administrator
from tocsin.cli.ready import database
from tocsin.cli.replay import begin, bounds
from tocsin.cli.seating import settle_empty
from tocsin.flows.settling import settle
from tocsin.kernel.clock import SystemClock
from tocsin.packs.reader import BUILT_IN
from tocsin.spine.people.actions import establish
from tocsin.spine.places.queries import jurisdiction

DEMO_PACK = "cn/shenzhen"
DEMO_BEGINS, DEMO_ENDS = "2026-06-14T07:50", "2026-06-20T00:00"
DEMO_SPEED = 600.0
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
"""Requests that are answered at once; more would only wait for each other."""


@click.command()
@click.argument("pack")
@click.option("--username", default="administrator", show_default=True)
@click.option("--name", default="Administrator", show_default=True, help="The administrator's shown name.")
def init(pack: str, username: str, name: str) -> None:
    """Makes an empty desk for the jurisdiction of PACK, with its first administrator."""
    database()
    password = secrets.token_urlsafe(12)
    establish(at=SystemClock().now(), username=username, name=name, password=password)
    settled = settle(act=administrator(), pack=pack)
    click.echo(f"this desk now serves {' · '.join(settled.name.values())}")
    click.echo(f"sign in as {username} with {password} (shown once), then add people and read the plans")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--demo", is_flag=True, help="Replay the shipped crisis with a script in the seats.")
@click.option("--open/--no-open", "browse", default=True, help="Open a browser.")
def run(host: str, port: int, demo: bool, browse: bool) -> None:
    """Starts the desk: pages, API and worker, until it is stopped with Ctrl-C."""
    database()
    if demo:
        _demo()
        os.environ["TOCSIN_DEMO"] = "1"
    elif jurisdiction() is None:
        raise click.UsageError(
            "this desk is empty; make it with `tocsin init PACK` (see `tocsin packs list`)"
        )
    address = f"http://localhost:{port}/"
    parts = [_web(host, port), _worker()]
    click.echo(f"the desk is at {address} (stop with Ctrl-C)")
    if browse:
        webbrowser.open(address)
    _keep(parts, [lambda: _web(host, port), _worker])


def _demo() -> None:
    archive = next((BUILT_IN / DEMO_PACK / "archive").glob("*.tar.xz"))
    begins, ends = bounds(archive, DEMO_PACK, DEMO_BEGINS, DEMO_ENDS)
    settle_empty(DEMO_PACK, seats=True, at=begins)
    begin(archive, begins, ends, DEMO_SPEED, scripted=True)


def _web(host: str, port: int) -> subprocess.Popen[bytes]:
    granian = str(Path(sys.executable).parent / "granian")
    words = ["--interface", "wsgi", "--host", host, "--port", str(port), "--blocking-threads", str(THREADS)]
    return subprocess.Popen(
        [granian, *words, "--no-ws", "--log-level", "warning", "tocsin.wsgi:application"],
        env={**os.environ, "TOCSIN_HOME": str(settings.HOME)},
    )


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tocsin", "work"], env={**os.environ, "TOCSIN_HOME": str(settings.HOME)}
    )


def _keep(parts: list[subprocess.Popen[bytes]], again: list[Callable[[], subprocess.Popen[bytes]]]) -> None:
    """Starts a part again that has ended, and ends all when it is itself asked to."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            time.sleep(1)
            for at, part in enumerate(parts):
                if part.poll() is not None:
                    click.echo(f"a part ended ({part.returncode}); starting it again", err=True)
                    parts[at] = again[at]()
    except KeyboardInterrupt:
        click.echo("\nstopping")
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(timeout=15)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@click.command()
def work() -> None:
    """The worker alone, for a set-up that starts its parts by itself."""
    database()
    worker.work()


COMMANDS = (init, run, work)
