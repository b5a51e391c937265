"""Gathering: near-duplicate texts, events, topics, each beside its peers, from one run.

    python -m bench.gather [--write]

`--write` puts the tables into docs/reference/gather-bench.md.
"""

import argparse
import platform
import subprocess
import time
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench.gather import events, topics

PAGE = Path("docs/reference/gather-bench.md")
PARTS = ("numpy", "scipy", "numba", "rjieba")


def page() -> list[str]:
    """The whole page."""
    began = time.perf_counter()
    lines = ["## Events: 9,227 emergency calls", "", *events.table(), "", *events.weights(), ""]
    lines += [
        "Precision and recall are over the pairs labelled blind (`tests/engine/gather/truth`): 384 held out,"
    ]
    lines += [
        "151 for developing. Calls a second of processor time: medians of five rounds, in turn.",
        "",
    ]
    lines += ["## Topics: what there is to be read", "", *topics.table(), ""]
    if find_spec("bench.gather.texts"):
        lines += ["## Texts", "", *import_module("bench.gather.texts").table(), ""]
    else:
        print("bench.gather.texts is not here: left out")
    minutes = (time.perf_counter() - began) / 60.0
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    parts = ", ".join(f"{name} {version(name)}" for name in PARTS)
    head = ["# Gathering beside its peers", ""]
    head += [f"Made by `python -m bench.gather --write` at commit {commit} in {minutes:.0f} minutes, Python"]
    return [*head, f"{platform.python_version()}, {parts}.", "", *lines]


def main() -> None:
    """Prints the page, and writes it if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.gather")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = "\n".join(page())
    print(text)
    if asked.write:
        PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
