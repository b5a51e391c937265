"""What many posts have to do by the same instant is one line; what stands otherwise stays its own."""

from datetime import timedelta

from tocsin.kernel.instants import after, parse
from tocsin.spine.clocks.enums import DeadlineState
from tocsin.spine.clocks.models import Deadline
from tocsin.web.duties import duties

NOON = parse("2026-06-16T12:00+08:00")


def clock(owner: str, *, name: str = "Patrol", minutes: int = 30, **more) -> Deadline:
    due = after(NOON, timedelta(minutes=minutes))
    return Deadline(name={"en": name}, rule="order.acknowledge", owner=owner, due_at=due, **more)


def test_no_deadline_is_no_duty():
    assert duties([]) == []


def test_what_stands_alike_is_one_line_with_its_posts_in_order():
    found = duties([clock("b"), clock("other", name="Report"), clock("a"), clock("b"), clock("")])
    assert [(duty.first.name["en"], duty.owners) for duty in found] == [
        ("Patrol", ["b", "a"]),
        ("Report", ["other"]),
    ]


def test_another_time_state_or_step_stays_its_own():
    kept = [
        clock("a"),
        clock("b", minutes=31),
        clock("c", state=DeadlineState.MISSED),
        clock("d", escalated_to="commander"),
    ]
    assert [duty.owners for duty in duties(kept)] == [["a"], ["b"], ["c"], ["d"]]
