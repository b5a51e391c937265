"""Broken, twisted and hostile files for the CAP reader, without end.

    python -m bench.cap.fuzz [--minutes 10] [--seed 1] [--keep FOLDER] [--more FOLDER]

Each input is a real file of tests/engine/cap/fixtures (and of `--more`) or one of `messages`, changed one to
five times: bytes turned, cut off, pieces of another file spliced in, elements doubled, dropped or swapped,
entities and document types put in, nested a thousand deep, attributes of a megabyte, other encodings. Every
door of the engine must answer with records or reasons; whatever is read is written and read again as it was;
the short way and the long one agree; no signature vouches for another message than is read; no input takes
more than `MOST_SECONDS` of processor, and the memory does not grow by more than `MOST_MEMORY`. What does not
hold is a finding: it is told, kept in FOLDER, and the exit code is 1.
"""

import argparse
import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.cap.messages import messages
from tocsin.engine import cap
from tocsin.engine.cap.complaints import RULES
from tocsin.engine.cap.plain import plain
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.structure import structured
from tocsin.kernel.errors import Malformed

FIXTURES = Path(__file__).parents[2] / "tests/engine/cap/fixtures"
MOST_SECONDS = 20.0
"""Of processor, for all doors together and an input of up to 2 MiB; they are eleven passes over it."""
MOST_MEMORY = 1024 * 1024
"""KiB over what the process held at the start."""
AT = datetime(2013, 4, 1, tzinfo=UTC)

_TAG = re.compile(rb"<[^<>]{1,200}>")
_TEXT = re.compile(rb">[^<>]{1,200}<")
_BOMBS = (
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    b"<?xml-stylesheet href='x'?>",
    b"<?x?>",
    b"<!-- -->",
    b"<![CDATA[<alert>]]>",
)
_WORDS = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        *("&amp;", "&lt;", "&x;", "&#0;", "&#13;", "&#x10FFFF;", "&#xD800;", "]]>", "\0", "\ufffe", "\ud800"),
        *(" ", "\r\n", "\u3000", "云", "9" * 400, "NaN", "-0", "Actual", "actual", "Very Likely"),
        *("2026-02-30T25:61:61+99:99", "0001-01-01T00:00:00+14:00", "2026-06-16T12:50:00.5Z"),
        *("1,2 1,2 1,2 1,2", "91,181 1", "0,0 1e308", "0,0 99999", "a,b,2026-01-01T00:00:00Z"),
    )
)

Change = Callable[[random.Random, bytearray, Sequence[bytes]], None]


def turned(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """Some bytes are others."""
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def cut(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """The end, or a piece, is missing."""
    begin = chance.randrange(len(data))
    end = len(data) if chance.random() < 0.5 else begin + chance.randint(1, 200)
    del data[begin:end]


def spliced(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """A piece of another file stands inside."""
    other = chance.choice(seeds)
    begin = chance.randrange(len(other))
    at = chance.randrange(len(data))
    data[at:at] = other[begin : begin + chance.randint(1, 2000)]


def retagged(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """Two tags change places, or one is doubled, dropped or turned round."""
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return
    first, second = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    match chance.randrange(4):
        case 0:
            data[second.start() : second.end()], data[first.start() : first.end()] = first[0], second[0]
        case 1:
            data[second.start() : second.start()] = first[0]
        case 2:
            del data[first.start() : first.end()]
        case 3:
            data[first.start() + 1 : first.start() + 1] = b"/"


def doubled(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """A piece between two tags stands many times."""
    tags = list(_TAG.finditer(data))
    if tags:
        first = chance.choice(tags)
        piece = bytes(data[first.start() : first.end() + chance.randint(0, 400)])
        data[first.start() : first.start()] = piece * chance.choice([1, 2, 50, 1000])


def worded(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """A text is another, or has a strange sign in it."""
    texts = list(_TEXT.finditer(data))
    if texts:
        text = chance.choice(texts)
        at = chance.randint(text.start() + 1, text.end() - 1)
        begin = text.start() + 1 if chance.random() < 0.5 else at
        data[begin : text.end() - 1 if begin < at else at] = chance.choice(_WORDS)


def bombed(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """A document type, an instruction, a comment or raw text stands somewhere, most often at the start."""
    begin = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    at = begin if chance.random() < 0.6 else chance.randrange(len(data))
    data[at:at] = chance.choice(_BOMBS)


def deepened(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """Elements stand in one another."""
    depth = chance.choice([10, 60, 70, 250, 300, 20_000])
    at = chance.randrange(len(data))
    data[at:at] = b"<info>" * depth + (b"</info>" * depth if chance.random() < 0.7 else b"")


def swollen(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """An attribute, a name or a text of up to a megabyte."""
    many = chance.choice([1000, 100_000, 1_000_000])
    tags = list(_TAG.finditer(data))
    if tags:
        at = chance.choice(tags).end() - 1
        piece = chance.choice([b' a="' + b"x" * many + b'"', b"x" * many, b">" + b" " * many])
        data[at:at] = piece


def recoded(chance: random.Random, data: bytearray, seeds: Sequence[bytes]) -> None:
    """Another encoding, declared or not."""
    name = chance.choice(["utf-16", "utf-32", "utf-8-sig", "gb18030", "iso8859-1", "utf-7", "ebcdic-cp-us"])
    text = data.decode("utf-8", "replace")
    if chance.random() < 0.5:
        text = re.sub(r'encoding="[^"]*"', f'encoding="{name}"', text)
    codec = "cp037" if name.startswith("ebcdic") else name
    data[:] = text.encode(codec, "replace")


ROUGH: tuple[Change, ...] = (turned, cut, spliced, retagged, doubled, bombed, deepened, swollen, recoded)
GENTLE: tuple[Change, ...] = (worded, worded, retagged, doubled)
TEXTS: tuple[Change, ...] = (worded,)
"""Those after which more files can still be read, so that what is read is tried as hard."""


def made(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A seed, changed one to five times."""
    data = bytearray(chance.choice(seeds))
    changes = chance.choices((TEXTS, GENTLE, ROUGH), (4, 3, 3))[0]
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        if data:
            chance.choice(changes)(chance, data, seeds)
    return bytes(data[: 3 * 1024 * 1024])


def weigh(data: bytes) -> str:
    """What came of the input, in a word. Raises whatever should not be."""
    for one in (*cap.validate(data), *cap.validate_all(data)):
        assert one.code in RULES, one
    short = plain(data)
    if short is not None:
        assert short == structured(tree(data)).alert, "the two ways differ"
    verdict = cap.verify(data, (), at=AT, sha1=True)
    assert verdict.alert is None and verdict.complaint is not None, "nobody is trusted"
    try:
        found = cap.read_all(data)
        cap.links(data)
    except Malformed as fault:
        assert fault.code in RULES and fault.cure and "where" in fault.data, fault
        return "refused"
    alerts = [one for one in found if isinstance(one, cap.Alert)]
    for alert in alerts:
        _round(alert)
    cap.in_force(alerts, AT)
    return "short way" if short else "read" if alerts else "nothing in it"


def _round(alert: cap.Alert) -> None:
    written = cap.write(alert, strict=False)
    again = cap.read(written)
    assert cap.write(again, strict=False) == written, "the round trip changes"
    assert again == alert, "the round trip loses"
    hash(alert)
    for info in alert.info:
        for area in info.area:
            cap.to_geojson(area)


def main() -> None:
    """Runs for so many minutes, tells what was found, and exits with 1 where anything was."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, help="a folder for findings")
    asked.add_argument("--more", type=Path, help="a folder of further files to begin with")
    words = asked.parse_args()
    files = [*FIXTURES.iterdir(), *(words.more.rglob("*") if words.more else ())]
    seeds = [path.read_bytes() for path in sorted(files) if path.is_file() and path.stat().st_size]
    seeds += messages(30)
    sys.exit(run(seeds, words.seed, words.minutes * 60, words.keep))


def run(seeds: Sequence[bytes], seed: int, seconds: float, keep: Path | None) -> int:
    """1 where there is a finding."""
    chance, outcomes, findings = random.Random(seed), Counter[str](), Counter[str]()
    began, slowest = time.monotonic(), 0.0
    ground = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while time.monotonic() - began < seconds:
        data = made(chance, seeds)
        clock = time.process_time()
        fault = _fault(data, outcomes)
        took = time.process_time() - clock
        slowest = max(slowest, took)
        if fault is None and took > MOST_SECONDS:
            fault = f"took {took:.1f} s of processor for {len(data)} bytes"
        if fault is not None:
            findings[fault.strip().splitlines()[-1]] += 1
            _keep(keep, sum(findings.values()), data, fault)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - ground
    if grown > MOST_MEMORY:
        findings[f"memory grew by {grown // 1024} MiB"] += 1
    total = sum(outcomes.values())
    print(f"{total} inputs in {time.monotonic() - began:.0f} s, seed {seed}: {dict(outcomes)}")
    print(f"slowest {slowest:.2f} s of processor; memory grew by {grown // 1024} MiB")
    print(f"{sum(findings.values())} findings")
    for fault, times in findings.most_common():
        print(f"  {times} × {fault}")
    return int(bool(findings))


def _fault(data: bytes, outcomes: Counter[str]) -> str | None:
    try:
        outcomes[weigh(data)] += 1
    except Exception:  # noqa: BLE001 – whatever it is, it is what the fuzz is for
        outcomes["finding"] += 1
        return traceback.format_exc()
    return None


def _keep(folder: Path | None, number: int, data: bytes, fault: str) -> None:
    if folder is not None and number <= 100:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.bin").write_bytes(data)
        (folder / f"{number}.txt").write_text(fault, "utf-8")


if __name__ == "__main__":
    main()
