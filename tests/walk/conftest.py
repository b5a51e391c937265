"""The product itself, started as its users start it, and real Chromium in front of it.

One desk is replayed, with the script in the seats, to a moment at which an incident of the day before has
its review and its new plan version, and a proposal to open the next one waits for a person. Each language
walks a copy of it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tocsin.packs.reader import BUILT_IN

ARCHIVE = next((BUILT_IN / "cn/shenzhen/archive").glob("*.tar.xz"))
FROM, TO = "2026-06-14T07:00", "2026-06-15T12:12"
PATIENCE = 60
"""Seconds after which a server that does not answer is a failure."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def environment(home: Path) -> dict[str, str]:
    own = {"TOCSIN_HOME": str(home), "TOCSIN_DEMO": "1"}
    return {**{k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_")}, **own}


@pytest.fixture(scope="session")
def replayed(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("replayed")
    words = ("replay", str(ARCHIVE), "--from", FROM, "--to", TO, "--script")
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", *words],
        env={**environment(home), "TOCSIN_SYNCHRONOUS": "OFF"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The desk's address while `tocsin run` keeps it going."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ("run", "--no-open", "--port", str(port))
    running = subprocess.Popen([sys.executable, "-m", "tocsin", *words], env=environment(home))
    try:
        _await(port, running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


def _await(port: int, running: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert running.poll() is None, "the desk ended by itself"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the desk does not answer")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for this module alone: its event loop would frighten the database tests that come after."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Chromium is missing (Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def address(replayed, language, tmp_path_factory) -> Iterator[str]:
    home = tmp_path_factory.mktemp(language) / "home"
    shutil.copytree(replayed, home)
    with served(home) as at:
        yield at
