"""Flows hear each entry exactly once, and one that stumbles deafens nobody."""

import pytest

from tocsin.flows import hearing, runner
from tocsin.flows.models import Cursor
from tocsin.kernel.errors import Malformed
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """A flow that hears `test.done` alone, in place of all others."""
    told = []
    monkeypatch.setattr(hearing, "_HEARERS", {"test.done": [lambda entry: told.append(entry.facts["n"])]})
    return told


def write(desk, *numbers):
    for n in numbers:
        append(chain=DESK, kind="test.done", act=desk.act("machine"), body={"n": n})


def test_each_entry_is_heard_once_in_order(desk, heard):
    write(desk, 1, 2, 3)
    assert runner.advance() == 3
    assert runner.advance() == 0
    assert heard == [1, 2, 3]


def test_what_nobody_waits_for_is_passed_over(desk, heard, monkeypatch):
    monkeypatch.setattr(runner, "BATCH", 2)
    write(desk, 1)
    append(chain=DESK, kind="other.done", act=desk.act("machine"), body={})
    write(desk, 2)
    assert runner.advance() == 2
    assert Cursor.objects.get().seq == entries(newest_first=True)[0].seq


@pytest.mark.parametrize("fault", [Malformed("x.y", "no {what}", what="good"), RuntimeError("boom")])
def test_a_flow_that_stumbles_is_undone_told_and_left_behind(desk, monkeypatch, fault):
    told = []

    def stumble(entry):
        append(chain=DESK, kind="half.done", act=desk.act("machine"), body={})
        raise fault

    monkeypatch.setattr(hearing, "_HEARERS", {"test.done": [stumble, lambda entry: told.append(entry.seq)]})
    write(desk, 1)
    runner.advance()
    kinds = [entry.kind for entry in entries(limit=500)]
    assert ("half.done" in kinds, "flow.stumbled" in kinds, len(told)) == (False, True, 1)
    stumbled = entries(kinds=["flow.stumbled"])[0].facts
    assert (stumbled["heard_kind"], stumbled["text"]) == ("test.done", str(fault))
    assert verify().ok
