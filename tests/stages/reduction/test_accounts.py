"""Two months of real warnings through the real pipeline, held against a plain reading of the standing
account, against tables made by a person who read the messages, and against the account's own silence.
"""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from naive import ALL, ARCHIVE, KINDS, ZONE, accounts, cells

from tocsin.cli.seating import settle_empty
from tocsin.gateways.snapshots.archive import snapshots
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import instant, parse
from tocsin.spine.journal.queries import entries
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.signals.models import Quarantine, Signal
from tocsin.stages.reduction.situations.actions import take_in, watch
from tocsin.stages.reduction.situations.queries import state_at, watch_state

pytestmark = pytest.mark.long
BEFORE = parse("2026-05-17T00:00", ZONE)


def play(since=None, until=None, without=()):
    """Takes the archive in; `without` are days (of Shenzhen) on which no szAlarm file arrives."""
    settle_empty("cn/shenzhen", seats=False, at=BEFORE)
    for snapshot in snapshots(ARCHIVE, active_pack().feeds, since=since, until=until):
        day = snapshot.taken_at.astimezone(ZONE).date().isoformat()
        if snapshot.feed == "sz-standing" and day in without:
            continue
        take_in(act=Act(machine("test"), snapshot.taken_at), snapshot=snapshot)
        if without and snapshot.feed == "sz-messages":
            watch(act=Act(machine("test"), snapshot.taken_at))


def short(code):
    name = gazetteer().rows[code].name["zh"]
    return name.removesuffix("街道") if name.endswith("街道") else name.removesuffix("镇")


def found_at(at):
    """The product's state by (short name, kind), and the cells themselves."""
    state = state_at(at)
    return {(short(key.area), key.kind): cell.level for key, cell in state.cells.items()}, state


def agreement(pairs):
    """The share of all (leaf, kind) cells in which the two readings say the same."""
    same = total = 0
    for ours, theirs in pairs:
        for leaf in ALL:
            for kind in KINDS.values():
                total += 1
                same += ours.get((leaf, kind), "-") == theirs.get((leaf, kind), "-")
    return same / total


@pytest.fixture(scope="class")
def played(committed):
    play()


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("played")
class TestTwoMonths:
    def test_at_every_snapshot_the_state_equals_the_account(self):
        pairs, unfounded = [], 0
        for at, theirs in accounts().items():
            ours, state = found_at(instant(at))
            pairs.append((ours, theirs))
            unfounded += sum(not cell.evidence for cell in state.cells.values())
        assert len(pairs) == 1053
        assert agreement(pairs) >= 0.999
        assert unfounded == 0

    @pytest.mark.parametrize(
        "table", yaml.safe_load(Path(__file__).with_name("by_hand.yaml").read_text("utf-8"))
    )
    def test_at_instants_read_by_hand(self, table):
        ours, _ = found_at(parse(table["at"], ZONE))
        for kind in table["kinds"]:
            read = {}
            for level, words in table["kinds"][kind].items():
                read |= cells(words, kind, None if level == "none" else int(level))
            assert {key: level for key, level in ours.items() if key[1] == kind} == read

    def test_every_distinct_message_is_parsed_or_quarantined_with_a_reason(self):
        assert Signal.objects.filter(source_id="sz-messages").exists()
        assert [q.file for q in Quarantine.objects.all() if not q.reason] == []
        assert Signal.objects.exclude(text="").count() > 300

    def test_disagreements_are_shown_with_their_beginning(self):
        told = watch_state(parse("2026-06-16T12:51", ZONE))
        disputes = [
            hazard["dispute"]
            for area in told["areas"]
            for leaf in area["leaves"]
            for hazard in leaf["hazards"]
            if hazard["dispute"]
        ]
        assert all(dispute["since"] for dispute in disputes)

    def test_nobodys_name_is_kept(self):
        assert [s.id for s in Signal.objects.all() if '"issuer": "' in s.text] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "least"), [("2026-06-15", 0.90), ("2026-06-18", 0.90), ("2026-05-30", 0.90)])
def test_a_withheld_account_is_signalled_and_the_messages_stand_in(day, least):
    since = parse(f"{day}T00:00", ZONE)
    begins, ends = instant(since - timedelta(days=2)), instant(since + timedelta(days=1))
    play(since=begins, until=ends, without=(day,))
    watch(act=Act(machine("test"), ends))
    silent = [e for e in entries(kinds=["source.silent"], limit=500) if e.facts["source"] == "sz-standing"]
    assert [e for e in silent if e.at >= since]
    wanted = {at: theirs for at, theirs in accounts().items() if at.date().isoformat() == day}
    pairs = [(found_at(instant(at))[0], theirs) for at, theirs in wanted.items()]
    assert agreement(pairs) >= least
