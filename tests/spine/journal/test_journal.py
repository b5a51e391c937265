"""The journal keeps what was written, in order, and notices any change."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import Illegal
from tocsin.kernel.instants import Instant, after
from tocsin.spine.journal import guard
from tocsin.spine.journal.actions import Draft, append, append_many
from tocsin.spine.journal.enums import DESK, WHOLE
from tocsin.spine.journal.evidence import lines
from tocsin.spine.journal.models import Entry, Head
from tocsin.spine.journal.queries import chains, entries, newest, verify
from tocsin.spine.journal.sealing import SEALED

AT = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))
ACT = Act(machine("test"), AT, "because")


def write(chain: str, count: int) -> list[Entry]:
    return append_many(chain=chain, drafts=[Draft("test.done", ACT, {"n": n}) for n in range(count)])


@pytest.mark.django_db
class TestAppending:
    def test_entries_are_numbered_in_their_chain_and_over_all(self):
        write("one", 2)
        write("two", 1)
        write("one", 1)
        assert [(e.seq, e.chain, e.number) for e in entries()] == [
            (1, "one", 1),
            (2, "one", 2),
            (3, "two", 1),
            (4, "one", 3),
        ]
        assert chains() == ["one", "two"]
        assert newest() == 4

    def test_an_entry_keeps_who_when_why_and_what(self):
        entry = append(chain=DESK, kind="test.done", act=ACT, body={"b": 1, "a": "雨"})
        kept = Entry.objects.get(seq=entry.seq)
        assert (kept.at, kept.word, kept.actor_name, kept.facts) == (
            AT,
            "because",
            "test",
            {"a": "雨", "b": 1},
        )

    def test_a_word_that_is_no_text_is_sealed_as_the_text_that_a_database_gives_back(self):
        append(chain=DESK, kind="test.done", act=Act(machine("test"), AT, ["because"]), body={})
        assert (Entry.objects.get().word, verify().ok) == ("['because']", True)

    def test_pages_are_bounded_at_both_ends(self):
        write(DESK, 5)
        assert [e.seq for e in entries(after=1, before=5, limit=2)] == [2, 3]
        assert [e.seq for e in entries(newest_first=True, limit=2)] == [5, 4]
        assert [e.seq for e in entries(until=after(AT, timedelta(seconds=-1)))] == []
        assert [e.seq for e in entries(kinds=["other.done"])] == []
        assert newest() == 5

    def test_an_empty_journal_is_true(self):
        assert (newest(), chains(), verify().ok) == (0, [], True)


@pytest.mark.django_db
class TestRewriting:
    def test_an_entry_can_be_neither_saved_again_nor_deleted(self):
        entry = append(chain=DESK, kind="test.done", act=ACT, body={})
        with pytest.raises(Illegal):
            entry.save()
        with pytest.raises(Illegal):
            entry.delete()

    def test_the_database_itself_refuses(self):
        append(chain=DESK, kind="test.done", act=ACT, body={})
        with connection.cursor() as cursor:
            for statement in guard.up(connection.vendor):
                cursor.execute(statement)
        for statement in ("UPDATE journal_entry SET word = 'x'", "DELETE FROM journal_entry"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_a_missing_entry_is_named(self):
        write(DESK, 3)
        Entry.objects.filter(number=2)._raw_delete("default")
        verdict = verify()
        assert (verdict.ok, verdict.fault, verdict.number) == (False, "entry 2 is missing", 3)

    def test_a_cut_off_end_is_noticed(self):
        write(DESK, 3)
        Entry.objects.filter(number=3)._raw_delete("default")
        assert (verify(DESK).ok, verify(DESK).number) == (False, 3)

    def test_a_whole_chain_that_was_dropped_is_noticed(self):
        write("one", 1)
        Entry.objects.filter(chain="one")._raw_delete("default")
        assert verify().fault == "the chain does not end where its head says"

    def test_a_forged_chain_without_a_head_is_noticed(self):
        write("one", 1)
        Head.objects.filter(chain="one").delete()
        assert verify().ok is False


class TestAnyByte(TestCase):
    """After any one byte of any column of any entry is changed, verifying names that entry."""

    @given(data=st.data())
    def test_any_byte(self, data):
        written = write(DESK, 4)
        victim = data.draw(st.sampled_from(written), label="entry")
        column = data.draw(st.sampled_from([*SEALED, "hash"]), label="column")
        value = getattr(victim, column)
        Entry.objects.filter(seq=victim.seq).update(**{column: data.draw(changed(value), label="value")})
        verdict = verify()
        assert verdict.ok is False
        assert verdict.number == victim.number or column in {"number", "chain", "seq"}


def changed(value):
    if isinstance(value, int):
        return st.integers(100, 10_000)
    if isinstance(value, datetime):
        return st.integers(1, 10**9).map(lambda us: value + timedelta(microseconds=us))
    at = st.integers(0, max(len(value) - 1, 0))
    return (
        st.tuples(at, st.characters(codec="ascii", exclude_characters="\x00"))
        .map(lambda change: value[: change[0]] + change[1] + value[change[0] + 1 :])
        .filter(lambda text: text != value)
    )


@pytest.mark.django_db
def test_an_evidence_pack_is_checked_by_a_stranger(tmp_path):
    """The script in the how-to page, run as it stands, agrees with `verify`."""
    import re
    import subprocess
    import sys
    from pathlib import Path

    page = Path(__file__).parents[3] / "docs/how-to/verify-an-evidence-pack.md"
    script = re.search(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL).group(1)
    assert script.count("\n") <= 30
    write("one", 3)
    pack, checker = tmp_path / "pack.ndjson", tmp_path / "check.py"
    pack.write_text("".join(lines("one")), "utf-8")
    checker.write_text(script, "utf-8")
    good = subprocess.run([sys.executable, checker, pack], capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.strip()) == (0, "true: 3 entries")
    row = json.loads(pack.read_text("utf-8").splitlines()[1])
    pack.write_text(pack.read_text("utf-8").replace(row["hash"][:8], "00000000", 1), "utf-8")
    bad = subprocess.run([sys.executable, checker, pack], capture_output=True, text=True, check=False)
    assert (bad.returncode, bad.stdout.strip()) == (1, "false: entry 2")


def test_the_head_of_all_chains_is_no_chain():
    assert WHOLE != DESK
