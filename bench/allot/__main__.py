"""Dispatch, siting and scarce supplies beside their peers, in one run of ten minutes at most.

    .venv-bench/bin/python -m bench.allot [--parts dispatch siting supply] [--write]

`--write` puts the tables into docs/reference.
"""

import argparse
import platform
import subprocess
import time
from pathlib import Path

from bench.allot import dispatch, siting, supply

PAGE = Path("docs/reference/allot-bench.md")
PARTS = {"dispatch": dispatch.table, "siting": siting.table, "supply": supply.table}


def main() -> None:
    """Runs the parts and prints them; the page is written when all are done."""
    parser = argparse.ArgumentParser(prog="python -m bench.allot")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    tables: list[str] = []
    for part in asked.parts:
        lines = [*PARTS[part](), ""]
        print("\n".join(lines), flush=True)
        tables += lines
    if asked.write:
        head = _head(asked.parts, time.perf_counter() - began)
        PAGE.write_text("\n".join([*head, *tables]), "utf-8")


def _head(parts: list[str], seconds: float) -> list[str]:
    told = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(told, capture_output=True, text=True).stdout.strip()
    asked = "" if parts == list(PARTS) else f" --parts {' '.join(parts)}"
    return [
        "# Allotting beside its peers",
        "",
        f"Made by `python -m bench.allot{asked} --write` on commit {commit} with Python "
        f"{platform.python_version()}, on two cores of a shared machine, in {seconds / 60:.0f} minutes. "
        "Absolute times there vary by half; trust the ratios.",
        "",
    ]


if __name__ == "__main__":
    main()
