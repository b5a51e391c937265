"""Everything that has to be true of the house, in the order in which it is cheapest to be wrong.

`make test` and nothing else decides what is green. Needs of the environment are said aloud: a missing
server is skipped on a newcomer's machine and fails where TOCSIN_DEMAND_SERVERS is set.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
POSTGRES = os.environ.get("TOCSIN_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/test")
DEMANDED = os.environ.get("TOCSIN_DEMAND_SERVERS") == "1"
STRICT = ("kernel", "packs", "engine")
COMPILED = ("reach", "gather", "allot")
WORKERS = os.environ.get("TOCSIN_TEST_WORKERS", "3")


def step(name: str, *command: str, **more: str) -> None:
    """Runs one step; the first that fails ends the run."""
    print(f"\n→ {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **more}, check=False)
    if done.returncode:
        sys.exit(f"✗ {name} failed ({' '.join(map(str, command))})")
    print(f"  {time.monotonic() - began:.0f} s", flush=True)


def answers(url: str) -> bool:
    """Whether somebody listens at the address of a URL."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=2).close()
    except OSError:
        return False
    return True


def main() -> None:
    """All steps; the closing lines say what was skipped and why."""
    with tempfile.TemporaryDirectory(prefix="tocsin-test-") as home:
        # Set here and not in conftest.py, since pytest-django reads the settings before that.
        os.environ.update(TOCSIN_HOME=home, TOCSIN_SYNCHRONOUS="OFF")
        run()


def run() -> None:
    """The steps themselves."""
    skipped = []
    if not shutil.which("chromium"):
        skipped.append("browser tests: Chromium is missing (Debian: apt install chromium fonts-noto-cjk)")
    with_postgres = answers(POSTGRES)
    if not with_postgres:
        skipped.append(f"PostgreSQL: nobody answers at {POSTGRES} (name one in TOCSIN_TEST_POSTGRES)")
    if skipped and DEMANDED:
        sys.exit("✗ missing here, and demanded:\n  " + "\n  ".join(skipped))
    step("format", BIN / "ruff", "format", "--check", "--quiet", "src", "tests", "bench")
    step("lint", BIN / "ruff", "check", "--quiet", "src", "tests", "bench")
    step("import contracts", BIN / "lint-imports", "--no-cache")
    step("types", BIN / "mypy")
    pytest = (BIN / "pytest", "-q", "-n", WORKERS, "--no-loadscope-reorder")
    step(
        "every branch of kernel, packs and engine",
        *pytest,
        *(f"tests/{room}" for room in STRICT),
        *(f"--cov=tocsin.{room}" for room in STRICT),
        "--cov-branch",
        "--cov-fail-under=100",
        "--cov-report=term-missing:skip-covered",
        NUMBA_DISABLE_JIT="1",  # compiled loops can't be measured: here they run as Python
    )
    step("the engines' loops, compiled", *pytest, *(f"tests/engine/{room}" for room in COMPILED))
    rest = [f"--ignore=tests/{room}" for room in STRICT]
    step("the house on SQLite", *pytest, *rest, TOCSIN_DATABASE_URL="")
    if with_postgres:
        # Those start the product itself, on SQLite, or are long for the sake of their data: once is enough.
        again = "not browser and not faults and not once"
        step("the same tests on PostgreSQL", *pytest, *rest, "-m", again, TOCSIN_DATABASE_URL=POSTGRES)
    for line in skipped:
        print(f"skipped: {line}")


if __name__ == "__main__":
    main()
