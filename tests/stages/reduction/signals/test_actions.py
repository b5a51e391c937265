"""What is written of signals: once, whole, and journalled."""

import json

import pytest
from samples import START, item, message, minutes, snapshot, standing

from tocsin.kernel.errors import Forbidden, Illegal, Malformed
from tocsin.kernel.ladders import WarningLevel
from tocsin.spine.journal.queries import entries, verify
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.signals import queries
from tocsin.stages.reduction.signals.actions import dismiss, mend, record, sweep, take_snapshot
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.signals.models import Quarantine, Signal, Snapshot

pytestmark = pytest.mark.django_db


def take(city, feed, content, at=START):
    return take_snapshot(act=city.act("machine", at=at), snapshot=snapshot(feed, content, at))


def told(*kinds):
    return [entry.kind for entry in entries(kinds=kinds)]


def test_a_snapshot_offered_again_changes_nothing(city):
    first = take(city, "sz-messages", [message()])
    before = list(Signal.objects.values())
    again = take(city, "sz-messages", [message()])
    assert ([s.action for s in first.fresh], again.known) == (["issue"], True)
    assert (list(Signal.objects.values()), told("signal.received")) == (before, ["signal.received"])


def test_a_repeat_in_a_later_snapshot_is_counted(city):
    take(city, "sz-messages", [message()])
    later = take(city, "sz-messages", [message(keyId=99)], minutes(20))
    signal = Signal.objects.get()
    assert (signal.seen_count, signal.received_at, signal.last_seen_at) == (2, START, minutes(20))
    assert (later.fresh, later.repeated) == ([], 1)


def test_a_snapshot_that_comes_late_moves_the_first_sight_back(city):
    take(city, "sz-messages", [message()], minutes(40))
    take(city, "sz-messages", [message(keyId=2)], minutes(20))
    signal = Signal.objects.get()
    assert (signal.received_at, signal.last_seen_at) == (minutes(20), minutes(40))


def test_the_bad_waits_in_quarantine_and_the_good_beside_it_is_taken(city):
    intake = take(city, "sz-messages", [message(), message(subCategory="陨石", matter="有雨。"), 3])
    assert [s.kind for s in intake.fresh] == ["rainstorm"]
    assert sorted(q.reason for q in intake.quarantined) == ["kind.unknown", "record.shape"]
    assert told("signal.quarantined") == ["signal.quarantined"] * 2
    assert "某某某" not in "".join(q.raw for q in Quarantine.objects.all())


def test_a_bad_record_that_comes_with_every_poll_is_held_once(city):
    for count in range(3):
        take(city, "sz-messages", [message(area="火星", keyId=1)], minutes(20 * count))
    assert Quarantine.objects.count() == 1


def test_a_broken_standing_list_is_not_a_list_of_nothing(city):
    take(city, "sz-standing", standing(item()))
    take(city, "sz-standing", {"subAlarm": [], "alarmInfo": ""}, minutes(20))
    take(city, "sz-standing", b"", minutes(40))
    assert queries.last_snapshot("sz-standing", minutes(60)).taken_at == START
    assert [s.readable for s in Snapshot.objects.order_by("taken_at")] == [True, False, False]


def test_a_file_that_no_feed_claims_is_held_once(city):
    first, again = (take(city, "", b"what is this") for _ in range(2))
    assert ([q.reason for q in first.quarantined], again.known) == (["file.unclaimed"], True)


def test_silence_is_a_signal_of_its_own_and_so_is_coming_back(city):
    take(city, "sz-standing", standing())
    take(city, "sz-messages", [message(startTime="2026-06-14 08:10:00")], minutes(20))
    assert sweep(act=city.act("machine", at=minutes(79))) == []
    assert sweep(act=city.act("machine", at=minutes(80))) == ["sz-standing"]
    assert sweep(act=city.act("machine", at=minutes(90))) == []
    silent = next(v for v in queries.sources(minutes(90), active_pack()) if v.source.id == "sz-standing")
    assert (silent.state, silent.silent_since, silent.reason) == ("silent", minutes(80), "unanswered")
    assert take(city, "sz-standing", standing(item()), minutes(100)).back == ["sz-standing"]
    assert told("source.silent", "source.back") == ["source.silent", "source.back"]
    assert [s.action for s in queries.signals(actions=[Action.SILENCE])] == ["silence"]


def test_a_held_record_is_mended_and_read(city):
    take(city, "sz-messages", [message(area="火星")])
    held = Quarantine.objects.get()
    act = city.act("duty_officer", "the place is Luohu")
    with pytest.raises(Malformed) as refused:
        mend(act=act, item=held, raw=held.raw)
    assert refused.value.data["reason"] == "area.unknown"
    with pytest.raises(Malformed):
        mend(act=act, item=held, raw="{")
    assert [s.areas for s in mend(act=act, item=held, raw=held.raw.replace("火星", "罗湖区"))] == [["440303"]]
    assert told("signal.mended") == ["signal.mended"]
    with pytest.raises(Illegal):
        mend(act=act, item=held, raw=held.raw)


def test_a_held_file_is_mended_whole_under_a_name_that_a_feed_knows(city):
    take(city, "", b"[]")
    held, act = Quarantine.objects.get(), city.act("duty_officer")
    with pytest.raises(Malformed):
        mend(act=act, item=held, raw="[]")
    take(city, "sz-messages", b"[{")
    broken = Quarantine.objects.exclude(id=held.id).get()
    raw = json.dumps([message()], ensure_ascii=False)
    assert len(mend(act=act, item=broken, raw=raw)) == 1
    assert mend(act=act, item=held, raw=raw, name="szWarn_all_20260614_080000.json") == []


def test_dismissing_needs_a_word(city):
    take(city, "sz-messages", b"")
    held = Quarantine.objects.get()
    with pytest.raises(Malformed):
        dismiss(act=city.act("duty_officer"), item=held)
    done = dismiss(act=city.act("duty_officer", "the poller was cut off"), item=held)
    assert (done.state, done.word, queries.counts()["quarantine"]) == (
        "dismissed",
        "the poller was cut off",
        0,
    )


RECORDED = {"kind": "landslide", "action": Action.ISSUE, "areas": ["440303"], "title": "A slope gave way"}


def test_a_signal_is_recorded_by_hand(city):
    signal = record(act=city.act("duty_officer"), level=WarningLevel.YELLOW, **RECORDED)
    again = record(act=city.act("duty_officer"), level=WarningLevel.YELLOW, **RECORDED)
    assert (signal.id, signal.source_id, signal.level) == (again.id, "desk", WarningLevel.YELLOW)
    assert verify().ok


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"areas": ["nowhere"]}, "signal.area"),
        ({"areas": []}, "signal.areas"),
        ({"kind": "boredom"}, "signal.kind"),
        ({"action": Action.IN_FORCE}, "signal.action"),
        ({"title": " "}, "signal.title"),
    ],
)
def test_what_can_not_be_recorded_is_refused_with_its_reason(city, changes, code):
    with pytest.raises(Malformed) as refused:
        record(act=city.act("duty_officer"), **{**RECORDED, **changes})
    assert (refused.value.code, Signal.objects.count()) == (code, 0)


@pytest.mark.parametrize("role", ["auditor", "information_officer"])
def test_who_may_not_record_takes_nothing_in(city, role):
    with pytest.raises(Forbidden):
        record(act=city.act(role), **RECORDED)
    with pytest.raises(Forbidden):
        take_snapshot(act=city.act(role), snapshot=snapshot("sz-messages", [message()]))


@pytest.mark.parametrize(
    ("area", "found"),
    [
        ("440303", {"luohu", "cuizhu", "city"}),
        ("440303004", {"luohu", "cuizhu", "city"}),
        ("440304", {"city"}),
        ("440300", {"luohu", "cuizhu", "city"}),
        ("nowhere", set()),
    ],
)
def test_signals_of_a_place_speak_of_it_within_it_or_around_it(city, area, found):
    for title, codes in {"luohu": ["440303"], "cuizhu": ["440303004"], "city": ["440300"]}.items():
        record(act=city.act("duty_officer"), **{**RECORDED, "title": title, "areas": codes})
    assert {signal.title for signal in queries.signals(area=area)} == found


def test_pages_of_signals_follow_each_other(city, django_assert_num_queries):
    texts = [message(matter=f"发布罗湖区暴雨黄色预警信号（第{count}次）。") for count in range(3)]
    take(city, "sz-messages", texts)
    with django_assert_num_queries(1):
        first = queries.signals(limit=2)
    rest = queries.signals(before=first[-1].id, limit=2, kind="rainstorm", source="sz-messages")
    assert len({s.id for s in [*first, *rest]}) == 3
    assert queries.signals(since=minutes(1)) == queries.signals(until=minutes(-1)) == []
    assert len(queries.quarantined()) == 0
