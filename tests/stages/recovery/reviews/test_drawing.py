"""A review writes itself from the record, the same way every time."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.instants import Instant, after
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.recovery.reviews.enums import FindingKind, Pattern
from tocsin.stages.recovery.reviews.records import Category, Clock, Outcome, Seen, Spans, Statistics

NOON = Instant(datetime(2026, 6, 16, 4, tzinfo=UTC))


def minutes(number):
    return after(NOON, timedelta(minutes=number))


def seen(seq, minute, kind, actor="commander", word="", **facts):
    return Seen(seq, minutes(minute), kind, actor, "person", word, facts)


def clock(key, state, due, met=None, **more):
    asked = {"subject": f"task:{key}", "rule": "task.finish", "owner": "water-liaison", **more}
    return Clock(
        id=key,
        name={"en": key.title()},
        started_at=NOON,
        due_at=minutes(due),
        state=state,
        met_at=None if met is None else minutes(met),
        **asked,
    )


ENTRIES = [
    seen(1, 0, "signal.received", title={"en": "Red rainstorm signal"}),
    seen(2, 1, "proposal.made", proposal="p1", rule="flood/T1", title={"en": "Open an incident"}),
    seen(3, 3, "alert.published", title={"en": "Stay indoors"}),
    seen(4, 5, "proposal.changed", word="the river is rising", proposal="p1", rule="flood/T1", decision={}),
    seen(5, 6, "incident.opened", title={"en": "Rainstorm"}),
    seen(6, 8, "response.activated", matter={"en": "Flooding"}),
    seen(7, 8, "clock.started", deadline="c1", name={"en": "C1"}),
    seen(8, 9, "order.given", order="o1", number=1, text={"en": "Stand by"}, to=["a", "b", "c"]),
    seen(9, 10, "order.acknowledged", order="o1", number=1, text={"en": "Stand by"}, post="a"),
    seen(10, 11, "order.declined", word="no boat", order="o1", number=1, text={"en": "Stand by"}, post="b"),
    seen(11, 20, "clock.missed", deadline="c2", name={"en": "C2"}),
    seen(12, 20, "clock.escalated", deadline="c2", name={"en": "C2"}, to="duty-officer"),
    seen(13, 35, "clock.escalated", deadline="c2", name={"en": "C2"}, to="commander"),
    seen(14, 40, "proposal.refused", word="only a shower", proposal="p2", rule="flood/T2", decision=None),
    seen(15, 41, "decision.recorded", matter="Evacuate?"),
    seen(16, 42, "task.accepted", title={"en": "C1"}),
    seen(17, 43, "shift.planned"),
]
CLOCKS = [
    clock("c1", "met", 15, 12),
    clock("c2", "missed", 20, escalated=2),
    clock("c3", "met_late", 30, 40),
    clock("c4", "met_late", 30, 31),
    clock("c5", "met_late", 31, 33),
    clock("c6", "cancelled", 50),
    clock("c7", "running", 90),
]


@pytest.fixture(scope="module")
def drawn():
    return draw(entries=ENTRIES, clocks=CLOCKS)


def of(drawn, pattern):
    return [finding for finding in drawn.findings if finding.pattern == pattern]


def test_the_timeline_holds_what_matters_in_order(drawn):
    assert [(moment.seq, moment.category) for moment in drawn.timeline] == [
        (1, Category.SIGNAL),
        (2, Category.DECISION),
        (3, Category.WARNING),
        (4, Category.DECISION),
        (5, Category.DECISION),
        (6, Category.RESPONSE),
        (8, Category.RESPONSE),
        (9, Category.RESPONSE),
        (10, Category.RESPONSE),
        (11, Category.LATENESS),
        (12, Category.LATENESS),
        (13, Category.LATENESS),
        (14, Category.DECISION),
        (15, Category.DECISION),
    ]


def test_each_moment_bears_its_label(drawn):
    labels = {moment.seq: moment.label for moment in drawn.timeline}
    assert (labels[6], labels[15], labels[14]) == ({"en": "Flooding"}, {"und": "Evacuate?"}, {})


def test_how_the_deadlines_came_out(drawn):
    assert drawn.statistics == Statistics(kept=1, late=3, missed=1, called_off=1, running=1, median_late=120)
    assert [(line.deadline, line.outcome, line.late) for line in drawn.clocks] == [
        ("c1", Outcome.KEPT, None),
        ("c2", Outcome.MISSED, None),
        ("c3", Outcome.LATE, 600),
        ("c4", Outcome.LATE, 60),
        ("c5", Outcome.LATE, 120),
        ("c6", Outcome.CALLED_OFF, None),
        ("c7", Outcome.RUNNING, None),
    ]


def test_calling_off_mends_nothing_that_was_missed():
    entries = [seen(1, 60, "clock.missed", deadline="c6")]
    (line,) = draw(entries=entries, clocks=[clock("c6", "cancelled", 50)]).clocks
    assert line.outcome == Outcome.MISSED


def test_how_long_it_took(drawn):
    assert drawn.spans == Spans(to_incident=360, to_activation=480, to_warning=180)


def test_a_first_signal_from_elsewhere_counts():
    drawn = draw(entries=ENTRIES[4:6], clocks=[], first_signal=minutes(-54))
    assert drawn.spans == Spans(to_incident=3600, to_activation=3720, to_warning=None)


def test_clocks_that_were_missed_or_late(drawn):
    (missed,) = of(drawn, Pattern.CLOCK_MISSED)
    assert (missed.facts["name"], missed.facts["owner"], missed.entries) == (
        {"en": "C2"},
        "water-liaison",
        (11,),
    )
    assert [(f.facts["name"]["en"], f.facts["minutes"]) for f in of(drawn, Pattern.CLOCK_LATE)] == [
        ("C3", 10),
        ("C4", 1),
        ("C5", 2),
    ]
    assert [f.facts for f in of(drawn, Pattern.CLOCKS_KEPT)] == [{"met": 1, "ended": 5}]


def test_how_far_it_climbed(drawn):
    (climbed,) = of(drawn, Pattern.ESCALATED)
    assert (climbed.facts["times"], climbed.facts["to"], climbed.entries) == (2, "commander", (12, 13))


def test_proposals_overridden_and_refused_with_the_word(drawn):
    (changed,), (refused,) = of(drawn, Pattern.PROPOSAL_CHANGED), of(drawn, Pattern.PROPOSAL_REFUSED)
    assert (changed.facts["title"], changed.facts["word"], changed.entries) == (
        {"en": "Open an incident"},
        "the river is rising",
        (2, 4),
    )
    assert (refused.facts["title"], refused.facts["word"], refused.entries) == (
        "flood/T2",
        "only a shower",
        (14,),
    )


def test_orders_without_an_answer_and_with_a_no(drawn):
    assert [f.facts["post"] for f in of(drawn, Pattern.ORDER_UNANSWERED)] == ["c"]
    assert [(f.facts["post"], f.facts["word"]) for f in of(drawn, Pattern.ORDER_DECLINED)] == [
        ("b", "no boat")
    ]


def test_a_warning_ahead_of_the_incident_worked(drawn):
    (ahead,) = of(drawn, Pattern.WARNED_AHEAD)
    assert (ahead.kind, ahead.facts, ahead.entries) == (FindingKind.WORKED, {"minutes": 3}, (3,))


def test_a_warning_after_it_is_no_merit():
    late = [ENTRIES[0], ENTRIES[4], seen(30, 30, "alert.published")]
    assert draw(entries=late, clocks=[]).findings == ()


def test_an_empty_record_gives_an_empty_review():
    drawn = draw(entries=[], clocks=[])
    assert (drawn.timeline, drawn.clocks, drawn.findings) == ((), (), ())
    assert drawn.spans == Spans(None, None, None)
    assert drawn.statistics.median_late is None


@given(st.integers())
def test_the_order_in_which_the_record_comes_changes_nothing(seed):
    entries, clocks = [*ENTRIES, ENTRIES[3]], list(CLOCKS)
    Random(seed).shuffle(entries)
    Random(seed).shuffle(clocks)
    assert draw(entries=entries, clocks=clocks) == draw(entries=ENTRIES, clocks=CLOCKS)
