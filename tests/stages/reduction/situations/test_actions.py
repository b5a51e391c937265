"""A situation is opened by a warning, follows it, and is never dropped in silence."""

import pytest
from samples import START, item, message, minutes, snapshot, standing

from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.errors import Forbidden, Illegal, Malformed
from tocsin.spine.clocks import actions as clocks
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.journal.queries import entries
from tocsin.stages.reduction.signals.actions import record
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.situations import queries
from tocsin.stages.reduction.situations.actions import assess, close, take_in, watch
from tocsin.stages.reduction.situations.models import Situation

pytestmark = pytest.mark.django_db


def take(city, feed, content, at=START):
    return take_in(act=city.act("machine", at=at), snapshot=snapshot(feed, content, at))


def told():
    kinds = ["situation.opened", "situation.changed", "situation.assessed", "situation.closed"]
    return [(e.kind.removeprefix("situation."), e.facts["level"]) for e in entries(kinds=kinds)]


def test_it_opens_follows_and_closes_on_evidence(city):
    take(city, "sz-standing", standing(item()))
    row = Situation.objects.get()
    assert (row.kind, row.level, row.areas) == ("rainstorm", 2, ["440303", "4403sea-prd"])
    take(city, "sz-standing", standing(item(alarmColor="红色", alarmArea="罗湖区")), minutes(20))
    take(city, "sz-standing", standing(), minutes(40))
    row.refresh_from_db()
    assert (row.state, row.highest, row.closing["why"]) == ("closed", 4, ["unlisted"])
    assert told() == [("opened", "YELLOW"), ("changed", "RED"), ("closed", None)]
    assert deadlines(subject=f"situation:{row.id}", open_only=True) == []


def test_the_same_snapshot_twice_moves_nothing(city):
    take(city, "sz-standing", standing(item()))
    assert take(city, "sz-standing", standing(item())).touched == []
    assert told() == [("opened", "YELLOW")]


def test_below_the_disclosure_level_a_clock_runs_and_above_it_none(city):
    take(city, "sz-standing", standing(item()))
    row = Situation.objects.get()
    assert [d.due_at for d in deadlines(subject=f"situation:{row.id}", open_only=True)] == [minutes(60)]
    take(city, "sz-standing", standing(item(alarmColor="橙色")), minutes(20))
    assert deadlines(subject=f"situation:{row.id}", open_only=True) == []


def test_an_unassessed_situation_is_missed_aloud_and_assessing_starts_the_next(city):
    take(city, "sz-standing", standing(item()))
    row = Situation.objects.get()
    assert clocks.sweep(clock=StoppedClock(minutes(61))) == 1
    with pytest.raises(Malformed):
        assess(act=city.act("duty_officer", at=minutes(70)), situation=row)
    assess(act=city.act("duty_officer", "still raining", at=minutes(70)), situation=row)
    due = [d.due_at for d in deadlines(subject=f"situation:{row.id}", open_only=True)]
    assert (due, told()[-1]) == ([minutes(130)], ("assessed", "YELLOW"))


def test_what_was_only_heard_of_no_more_stays_watched_until_a_person_closes_it(city):
    act = city.act("duty_officer", at=START)
    record(act=act, kind="landslide", action=Action.ISSUE, areas=["440303"], title="A slope gave way")
    assert [row.kind for row in watch(act=city.act("machine", at=START))] == ["landslide"]
    row = watch(act=city.act("machine", at=minutes(60 * 25)))[0]
    assert (row.state, row.in_force, row.level) == ("watched", False, None)
    assert watch(act=city.act("machine", at=minutes(60 * 26))) == []
    assert len(deadlines(subject=f"situation:{row.id}", open_only=True)) == 1
    with pytest.raises(Malformed):
        close(act=city.act("commander"), situation=row)
    done = close(act=city.act("commander", "the slope is secured", at=minutes(60 * 27)), situation=row)
    assert (done.state, done.closing) == ("closed", {"word": "the slope is secured"})
    with pytest.raises(Illegal):
        close(act=city.act("commander", "again"), situation=row)


def test_a_lifting_by_hand_closes_it(city):
    said = {"kind": "landslide", "areas": ["440303"], "title": "Slope"}
    record(act=city.act("duty_officer", at=START), action=Action.ISSUE, **said)
    watch(act=city.act("machine", at=START))
    record(act=city.act("duty_officer", at=minutes(10)), action=Action.CANCEL, **said)
    assert [row.closing["why"] for row in watch(act=city.act("machine", at=minutes(10)))] == [["lifted"]]


@pytest.mark.parametrize("role", ["liaison", "information_officer", "auditor", "administrator"])
def test_who_may_not_assess_or_close(city, role):
    take(city, "sz-standing", standing(item()))
    row = Situation.objects.get()
    for deed in (assess, close):
        with pytest.raises(Forbidden):
            deed(act=city.act(role, "a word"), situation=row)


def test_the_state_of_a_past_instant_is_what_was_known_then(city):
    take(city, "sz-standing", standing(item()))
    raised = message(startTime="2026-06-14 08:10:00", wLevel="橙色", area="罗湖区")
    take(city, "sz-messages", [raised], minutes(20))
    take(city, "sz-standing", standing(), minutes(40))

    def level(at):
        return [cell.level for cell in queries.state_at(at).of_kind("rainstorm").values()]

    assert set(level(minutes(10))) == {2}
    assert set(level(minutes(30))) == {2, 3}
    assert level(minutes(50)) == []
    assert level(minutes(-1)) == []


def test_the_watch_list_tells_districts_with_how_many_of_their_streets(city):
    take(city, "sz-standing", standing(item(alarmArea="东湖、黄贝、珠江口")))
    told_rows = [(row.area, row.level, row.leaves, row.of) for row in queries.watch_rows(minutes(1))]
    assert told_rows == [("440303", 2, 2, 10), ("4403sea-prd", 2, 1, 1)]


def test_the_state_as_json_names_messages_ground_and_disputes(city):
    take(city, "sz-messages", [message()])
    take(city, "sz-standing", standing(), minutes(1))
    told_now = queries.watch_state(minutes(2))
    luohu = next(area for area in told_now["areas"] if area["code"] == "440303")
    hazard = luohu["leaves"][0]["hazards"][0]
    assert (luohu["hazards"], luohu["disputes"]) == ([], 10)
    assert (hazard["in_force"], hazard["dispute"]["messages"]) == (
        False,
        {"in_force": True, "level": "YELLOW"},
    )
    assert [source["state"] for source in told_now["sources"]] == ["fresh", "fresh"]
    assert len(told_now["areas"]) == 11 + 5


def test_the_page_of_a_situation(city):
    take(city, "sz-standing", standing(item()))
    row = Situation.objects.get()
    page = queries.detail(row.id, minutes(1))
    assert (len(page.leaves), len(page.rows), len(page.evidence), len(page.deadlines)) == (11, 2, 1, 1)
    assert queries.situations(before=row.id) == []
    assert [s.id for s in queries.situations()] == [row.id]
