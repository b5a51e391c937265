"""Reading CAP messages, beside those who do it too and beside the parsers that bound it.

    python -m bench.cap [--messages 300] [--rounds 7] [--seed 20101] [--write]

Each reader reads the same messages, one after the other, in rounds that interleave the readers; told is the
median of the rounds in processor time of one core, and its ratio to lxml that parses only. Before it is
measured, each reader's answer is compared with ours. With `--write` the table becomes
docs/reference/cap-bench.md.
"""

import argparse
import gc
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from bench.cap.messages import BYTES, messages
from bench.cap.peers import Reader, readers, short
from tocsin.engine import cap

PAGE = Path(__file__).parents[2] / "docs/reference/cap-bench.md"
LIMIT = "limit: lxml, parsed"
PEER = "cap-tools (xsdata)"


def main() -> None:
    """Measures, tells, and writes the page where asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--messages", type=int, default=300)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--seed", type=int, default=20101)
    asked.add_argument("--write", action="store_true")
    words = asked.parse_args()
    given = messages(words.messages, words.seed)
    alerts = [cap.read(data) for data in given]
    found = list(readers())
    wrong = [reader.name for reader in found if not _agrees(reader, given, alerts)]
    speeds = measured(found, given, words.rounds)
    text = page(found, speeds, words, sum(map(short, given)), wrong)
    print(text)
    if words.write:
        PAGE.write_text(text, "utf-8")
    sys.exit(1 if wrong else 0)


def _agrees(reader: Reader, given: list[bytes], alerts: list[cap.Alert]) -> bool:
    return all(reader.agrees(reader.read(data), alert) for data, alert in zip(given, alerts, strict=True))


def measured(found: list[Reader], given: list[bytes], rounds: int) -> dict[str, float]:
    """Messages a second of one core: the median of the rounds."""
    times: dict[str, list[float]] = {reader.name: [] for reader in found}
    for _ in range(rounds):
        for reader in found:
            gc.collect()
            began = time.process_time()
            for data in given:
                reader.read(data)
            times[reader.name].append(time.process_time() - began)
    return {name: len(given) / statistics.median(taken) for name, taken in times.items()}


def page(
    found: list[Reader], speeds: dict[str, float], words: argparse.Namespace, plainly: int, wrong: list[str]
) -> str:
    """The page as Markdown."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    command = f"python -m bench.cap --messages {words.messages} --rounds {words.rounds} --seed {words.seed}"
    lines = [
        "# Reading CAP, side by side",
        "",
        f"Made by `{command} --write` at commit {commit}, Python {sys.version.split()[0]}, {_versions()}.",
        f"{words.messages} messages of {BYTES:,} bytes in two languages (`bench/cap/messages.py`), of which",
        f"{plainly} go the short way; messages a second of processor time of one core, median of",
        f"{words.rounds} interleaved rounds. The absolute figures are those of the machine at that hour;",
        "the ratios are what to trust. What each reader gave was compared with ours"
        + (f"; it differs for {', '.join(wrong)}." if wrong else ", and agrees."),
        "",
        "| reader | messages/s | of lxml's parse | × cap-tools | what it gives |",
        "|---|--:|--:|--:|---|",
    ]
    for reader in found:
        speed = speeds[reader.name]
        peer = f"{speed / speeds[PEER]:.1f}" if PEER in speeds else ""
        lines.append(
            f"| {reader.name} | {speed:,.0f} | {speed / speeds[LIMIT]:.2f} | {peer} | {reader.gives} |"
        )
    return "\n".join([*lines, ""])


def _versions() -> str:
    named = []
    for name in ("lxml", "msgspec", "cap-tools", "xmlschema"):
        try:
            named.append(f"{name} {version(name)}")
        except ImportError:
            continue
    return ", ".join(named)


if __name__ == "__main__":
    main()
