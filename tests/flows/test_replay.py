"""A replay that was killed begins with the whole instant at which it stood."""

import pytest

from tocsin.cli.replay import begin, bounds
from tocsin.cli.seating import settle_empty
from tocsin.cli.worker import drive_from
from tocsin.gateways.snapshots.archive import snapshots
from tocsin.kernel.instants import parse
from tocsin.packs.reader import BUILT_IN, load
from tocsin.spine.clocks.actions import move_replay
from tocsin.spine.clocks.queries import replay
from tocsin.spine.journal.queries import newest
from tocsin.stages.reduction.signals.models import Snapshot
from tocsin.stages.reduction.situations.models import Situation

ARCHIVE = next((BUILT_IN / "cn/shenzhen/archive").glob("*.tar.xz"))
SPAN = ("2026-06-14T07:50", "2026-06-14T08:45")


@pytest.fixture
def begun(db):
    since, until = bounds(ARCHIVE, "cn/shenzhen", *SPAN)
    settle_empty("cn/shenzhen", seats=True, at=since)
    begin(ARCHIVE, since, until, 600, scripted=True)
    return [one.taken_at for one in snapshots(ARCHIVE, load("cn/shenzhen").feeds, since=since, until=until)]


def test_a_snapshot_is_taken_though_the_clock_had_come_to_it(begun):
    move_replay(position=begun[0])
    drive_from(replay()).to(begun[0])
    assert Snapshot.objects.count() == begun.count(begun[0])


def test_a_round_is_made_though_the_clock_had_come_to_it(begun):
    drive_from(replay()).to(parse("2026-06-14T08:39+08:00"))
    Situation.objects.all().delete()
    move_replay(position=parse("2026-06-14T08:40+08:00"))
    drive_from(replay()).to(parse("2026-06-14T08:41+08:00"))
    assert {row.opened_at for row in Situation.objects.all()} == {parse("2026-06-14T08:40+08:00")}


def test_an_instant_whose_work_was_done_adds_nothing_when_it_comes_again(begun):
    drive_from(replay()).to(begun[-1])
    written = newest()
    drive_from(replay()).to(begun[-1])
    assert newest() == written
