"""How well the messages stand in for the standing account of Shenzhen's warnings while that is withheld.

    .venv/bin/python bench/fallback.py [DAY …]

For each day the two days before it are played whole, then the day without any szAlarm file; at every time
at which one would have come, the state is compared with what it would have said (read by the plain
reader of the tests). Two shares: over all (leaf, kind) cells, and over those in which either says anything.
"""

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/stages/reduction"))
os.environ["TOCSIN_HOME"] = tempfile.mkdtemp(prefix="tocsin-fallback-")
os.environ["TOCSIN_SYNCHRONOUS"] = "OFF"

from tocsin.bootstrap import prepare

prepare()

from django.core.management import call_command
from django.db import transaction
from naive import ALL, ARCHIVE, KINDS, ZONE, accounts

from tocsin.cli.seating import settle_empty
from tocsin.gateways.snapshots.archive import snapshots
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant, instant, parse
from tocsin.spine.journal.queries import entries
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.situations.actions import take_in, watch
from tocsin.stages.reduction.situations.queries import state_at

DAYS = (
    "2026-05-20",
    "2026-05-21",
    "2026-05-25",
    "2026-05-29",
    "2026-06-06",
    "2026-06-14",
    "2026-06-15",
    "2026-06-16",
    "2026-06-18",
    "2026-06-26",
    "2026-06-28",
)


def state(at: Instant) -> dict:
    """The product's state by short name and kind."""
    rows = gazetteer().rows
    names = {
        code: rows[code].name["zh"].removesuffix("街道").removesuffix("镇") for code in gazetteer().leaves
    }
    return {(names[key.area], key.kind): cell.level for key, cell in state_at(at).cells.items()}


def measure(day: str, told: dict) -> str:
    """One day, as a row of the table; nothing is kept."""
    since = parse(f"{day}T00:00", ZONE)
    begins, ends = instant(since - timedelta(days=2)), instant(since + timedelta(days=1))
    settle_empty("cn/shenzhen", seats=False, at=begins)
    for snapshot in snapshots(ARCHIVE, active_pack().feeds, since=begins, until=ends):
        if snapshot.feed == "sz-standing" and snapshot.taken_at >= since:
            watch(act=Act(machine("bench"), snapshot.taken_at))
            continue
        take_in(act=Act(machine("bench"), snapshot.taken_at), snapshot=snapshot)
    silent = [
        e
        for e in entries(kinds=["source.silent"], limit=999)
        if e.facts["source"] == "sz-standing" and e.at >= since
    ]
    same = whole = agreed = union = 0
    for at, theirs in told.items():
        ours = state(instant(at))
        same += sum(ours.get((a, k), "-") == theirs.get((a, k), "-") for a in ALL for k in KINDS.values())
        whole += len(ALL) * len(KINDS)
        agreed += sum(ours.get(key, "-") == theirs.get(key, "-") for key in ours.keys() | theirs.keys())
        union += len(ours.keys() | theirs.keys())
    said = f"{(silent[0].at - since).total_seconds() / 3600:.1f} h" if silent else "not within the day"
    share = f"{agreed / union:.1%}" if union else "nothing in force"
    return f"| {day} | {len(told)} | {said} | {same / whole:.2%} | {share} |"


def main() -> None:
    """The table."""
    call_command("migrate", verbosity=0)
    every = accounts()
    print("| day withheld | instants compared | silence signalled after | all cells | cells in force |")
    print("|---|---|---|---|---|")
    for day in sys.argv[1:] or DAYS:
        told = {at: cells for at, cells in every.items() if at.date().isoformat() == day}
        with transaction.atomic():
            print(measure(day, told), flush=True)
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
