"""Dispatch, siting and scarce supplies beside their peers, in one run of ten minutes at most.

    .venv-bench/bin/python -m bench.allot [--write]

`--write` puts the tables into docs/reference.
"""

import argparse
import platform
import subprocess
import time
from pathlib import Path

from bench.allot import dispatch, siting, supply

PAGE = Path("docs/reference/allot-bench.md")


def main() -> None:
    """Runs all and prints it."""
    parser = argparse.ArgumentParser(prog="python -m bench.allot")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    tables = [*dispatch.table(), "", *siting.table(), "", *supply.table()]
    page = "\n".join([*_head(time.perf_counter() - began), *tables, ""])
    print(page)
    if asked.write:
        PAGE.write_text(page, "utf-8")


def _head(seconds: float) -> list[str]:
    told = ["git", "rev-parse", "--short", "HEAD"]
    python = platform.python_version()
    commit = subprocess.run(told, capture_output=True, text=True).stdout.strip()
    return [
        "# Allotting beside its peers",
        "",
        f"Made by `python -m bench.allot --write` on commit {commit} with Python {python}, on "
        f"two cores of a shared virtual machine, in {seconds / 60:.0f} minutes. Absolute times there vary by "
        "half; trust the ratios.",
        "",
    ]


if __name__ == "__main__":
    main()
