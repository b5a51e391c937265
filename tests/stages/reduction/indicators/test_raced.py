"""Two at once: what one has done the other finds done."""

from datetime import timedelta

import pytest

from races import at_once
from stages.reduction.indicators.counts import MONDAY, calm, counts_elsewhere, noon_of, table
from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.queries import verify
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.indicators import actions
from tocsin.stages.reduction.indicators.models import Finding, Indicator, Point

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(raced_desk):
    settle(act=raced_desk.act("administrator"), pack="cn/shenzhen")
    return raced_desk


@pytest.fixture
def watched(desk):
    """An indicator with a leap on its last day, not yet looked at."""
    counts = calm()
    counts[-1] = 60
    row = counts_elsewhere(desk)
    actions.count_in(act=desk.act("duty_officer"), indicator=row, counts=table(counts))
    return row


def told(kind):
    return Entry.objects.filter(kind=kind).count()


def test_two_looks_find_it_once(desk, watched):
    act = desk.act("machine", at=noon_of(MONDAY))
    assert at_once(*[lambda: actions.look(act=act)] * 2) == ["done", "done"]
    assert (Finding.objects.count(), told("indicator.found")) == (1, 1)


def test_two_who_confirm_settle_it_once(desk, watched):
    (finding,) = actions.look(act=desk.act("machine", at=noon_of(MONDAY)))
    outcome = at_once(
        *(
            lambda role=role: actions.confirm(act=desk.act(role), finding=finding)
            for role in ("liaison", "duty_officer")
        )
    )
    assert outcome == ["done", "finding.confirm"]
    entry = Entry.objects.get(kind="indicator.confirmed")
    assert Finding.objects.get().settled_by == entry.actor_name


def test_one_confirms_and_one_dismisses_and_the_last_word_stands(desk, watched):
    (finding,) = actions.look(act=desk.act("machine", at=noon_of(MONDAY)))
    outcome = at_once(
        lambda: actions.confirm(act=desk.act("liaison"), finding=finding),
        lambda: actions.dismiss(act=desk.act("duty_officer", "a typing error"), finding=finding),
    )
    assert outcome == ["done", "done"]
    last = Entry.objects.order_by("seq").last()
    assert last.kind == f"indicator.{Finding.objects.get().state}"


def test_two_who_pause_it_pause_it_once(desk, watched):
    act = desk.act("duty_officer")
    outcome = at_once(*[lambda: actions.move(act=act, indicator=watched, move="pause")] * 2)
    assert outcome == ["done", "indicator.pause"]
    assert (Indicator.objects.get().state, told("indicator.moved")) == ("paused", 1)


def test_of_two_tables_with_one_day_the_later_holds_and_both_are_told(desk, watched):
    day = MONDAY - timedelta(2)
    outcome = at_once(
        *(
            lambda count=count: actions.count_in(
                act=desk.act("duty_officer", str(count)), indicator=watched, counts=[("", day, count)]
            )
            for count in (17, 18)
        )
    )
    assert outcome == ["done", "done"]
    last = Entry.objects.filter(kind="indicator.counted").order_by("seq").last()
    assert Point.objects.order_by("-day")[1].count == int(last.word)
    assert Point.objects.count() == len(calm())


def test_two_who_define_it_have_two_and_the_journal_is_whole(desk):
    assert at_once(*[lambda: counts_elsewhere(desk)] * 2) == ["done", "done"]
    assert (Indicator.objects.count(), told("indicator.defined")) == (2, 2)
    assert verify().ok
