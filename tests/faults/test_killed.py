"""The worker is killed with SIGKILL twenty times at random moments of a replay and started again each
time. Afterwards the record is the same, entry for entry, as that of a desk that was never killed; the
journal verifies; and every published alert went to the public folder exactly once.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tocsin.packs.reader import BUILT_IN

pytestmark = [pytest.mark.faults, pytest.mark.long]

ARCHIVE = next((BUILT_IN / "cn/shenzhen/archive").glob("*.tar.xz"))
FROM, TO = "2026-06-14T07:00", "2026-06-14T14:00"
KILLS = 20
PATIENCE = 240
"""Seconds after which a replay that does not end is a failure."""


def command(home: Path, *words: str) -> subprocess.CompletedProcess:
    told = [sys.executable, "-m", "tocsin", *words]
    return subprocess.run(told, env=environment(home), capture_output=True, text=True, check=False)


def environment(home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    return {**inherited, "TOCSIN_HOME": str(home)}


def worker(home: Path) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "tocsin", "work"], env=environment(home))


def ask(home: Path, query: str) -> list:
    with sqlite3.connect(f"file:{home / 'tocsin.sqlite3'}?mode=ro", uri=True) as base:
        return base.execute(query).fetchall()


def begin(home: Path) -> None:
    begun = command(home, "replay", str(ARCHIVE), "--from", FROM, "--to", TO, "--script", "--no-drive")
    assert begun.returncode == 0, begun.stderr


def ended(home: Path) -> bool:
    reached = ask(home, "SELECT position >= ends FROM clocks_timepiece")[0][0]
    newest = ask(home, "SELECT max(seq) FROM journal_entry")
    heard = newest == ask(home, "SELECT seq FROM flows_cursor WHERE name = 'flows'")
    waiting = ask(home, "SELECT count(*) FROM delivery_delivery WHERE state NOT IN ('sent', 'dead')")[0][0]
    return bool(reached and heard and not waiting)


def finish(home: Path) -> None:
    last = worker(home)
    deadline = time.monotonic() + PATIENCE
    try:
        while not ended(home):
            assert time.monotonic() < deadline, "the replay did not end"
            assert last.poll() is None, "the worker ended by itself"
            time.sleep(0.5)
    finally:
        last.send_signal(signal.SIGTERM)
        last.wait()


def record(home: Path) -> list:
    """What happened, without ids: they are born anew in each run."""
    return ask(
        home,
        "SELECT chain = 'desk', kind, at, actor_kind, actor_name, word FROM journal_entry"
        " WHERE kind NOT LIKE 'delivery.%' ORDER BY seq",
    )


def test_killed_twenty_times_nothing_is_lost_and_nothing_happens_twice(tmp_path):
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    begin(calm)
    finish(calm)
    begin(killed)
    chance = random.Random(19)
    for _ in range(KILLS):
        victim = worker(killed)
        time.sleep(chance.uniform(1.5, 4.0))
        victim.kill()
        victim.wait()
    finish(killed)
    verdict = command(killed, "journal", "verify")
    assert (verdict.returncode, verdict.stdout[:5]) == (0, "true:")
    assert record(killed) == record(calm)
    named = ask(killed, "SELECT identifier FROM alerts_alert WHERE identifier IS NOT NULL")
    published = {row[0] for row in named}
    assert {path.stem for path in (killed / "public/cap").glob("*.xml")} == published
    assert published
    sent = ask(killed, "SELECT state, count(*) FROM delivery_delivery GROUP BY state")
    told = ask(killed, "SELECT count(*) FROM delivery_outgoing")[0][0]
    assert sent == [("sent", told)]
