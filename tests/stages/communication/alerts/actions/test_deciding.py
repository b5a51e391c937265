"""Two persons, one rule, one valid document, one transaction."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tocsin.engine.cap import read, validate
from tocsin.kernel.actors import ActorKind
from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.clocks.actions import begin_replay
from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.incidents.models import Incident
from tocsin.spine.journal.queries import entries, verify
from tocsin.spine.places.actions import settle
from tocsin.spine.places.models import Place
from tocsin.stages.communication.alerts import actions, public
from tocsin.stages.communication.alerts.content import Issuer
from tocsin.stages.communication.alerts.enums import AlertKind, AlertState
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.delivery.models import Outgoing


@pytest.mark.django_db
class TestSubmit:
    def test_waits_for_a_second_person(self, press):
        waiting = press.submitted(press.draft())
        assert (waiting.state, waiting.submitted_by) == (AlertState.SUBMITTED, "information_officer")

    def test_all_that_the_law_asks_for_and_is_missing_is_told_at_once(self, press, words):
        drafted = press.draft(words(level=None, areas=(), description={}, instruction={"zh": "停"}))
        with pytest.raises(Malformed) as refusal:
            press.submitted(drafted)
        assert refusal.value.code == "publishing.unstated"
        assert refusal.value.data["fields"] == ["level", "area", "cautions", "measures"]

    def test_in_the_languages_of_the_headline_and_the_citys_own(self, press, words):
        english = words(headline={"en": "Red"}, description={"en": "Rain"}, instruction={"en": "Stay"})
        with pytest.raises(Malformed) as refusal:
            press.submitted(press.draft(english))
        assert refusal.value.data["fields"] == ["headline", "cautions", "measures"]

    def test_what_its_issuer_left_out_is_not_asked_of_a_relay(self, press, words):
        prose = words(level=None, headline={"zh": "雷电预警"}, description={"zh": "雷电"}, instruction={})
        assert press.submitted(press.relay(content=prose)).state == AlertState.SUBMITTED

    def test_an_alert_that_is_over(self, press, words):
        drafted = press.draft(
            words(starts=after(words().starts, timedelta(hours=-5)), expires=words().starts)
        )
        with pytest.raises(Malformed) as refusal:
            press.submitted(drafted)
        assert refusal.value.code == "alert.over"

    def test_the_machine_submits_what_it_passes_on_and_nothing_else(self, press):
        relayed = press.relay()
        assert actions.submit(act=press.act("machine"), alert=relayed.id).state == "submitted"
        with pytest.raises(Forbidden):
            actions.submit(act=press.act("machine"), alert=press.draft().id)

    def test_once(self, press):
        waiting = press.submitted(press.draft())
        with pytest.raises(Illegal):
            press.submitted(waiting)


@pytest.mark.django_db
class TestReturn:
    def test_with_a_word_and_then_mended(self, press, words):
        waiting = press.submitted(press.draft())
        returned = actions.return_(act=press.act("commander", "name the roads"), alert=waiting.id)
        assert (returned.state, returned.word) == (AlertState.RETURNED, "name the roads")
        actions.revise(act=press.act("duty_officer"), alert=waiting.id, content=words())
        assert press.submitted(waiting).word == ""

    def test_not_without(self, press):
        with pytest.raises(Malformed):
            actions.return_(act=press.act("commander"), alert=press.submitted(press.draft()).id)

    def test_not_by_the_duty_officer(self, press):
        with pytest.raises(Forbidden):
            actions.return_(act=press.act("duty_officer", "no"), alert=press.submitted(press.draft()).id)

    def test_not_what_is_published(self, press):
        with pytest.raises(Illegal):
            actions.return_(act=press.act("commander", "late"), alert=press.publish().id)


@pytest.mark.django_db
class TestApprove:
    def test_publishes_a_valid_document_whose_bytes_are_frozen(self, press):
        published = press.publish()
        document = public.cap_document(published.id)
        assert validate(document) == ()
        assert hashlib.sha256(document).hexdigest() == published.sha256
        message = read(document)
        assert (message.identifier, message.sender, str(message.msg_type), str(message.status)) == (
            published.identifier,
            "localhost:8000",
            "Alert",
            "Actual",
        )
        assert [(info.language, info.sender_name, str(info.severity)) for info in message.info] == [
            ("zh", "深圳市", "Extreme"),
            ("en", "Shenzhen City", "Extreme"),
        ]
        assert [area.geocode[0].value for area in message.info[0].area] == ["440304", "440303"]
        assert all(area.polygon for area in message.info[0].area)

    def test_journals_it_with_its_hash_and_puts_it_into_the_outbox(self, press):
        published = press.publish()
        (entry,) = entries(kinds=["alert.published"])
        assert (entry.facts["sha256"], entry.facts["identifier"]) == (published.sha256, published.identifier)
        held = Outgoing.objects.get()
        assert (held.kind, held.subject, held.cap_xml, held.exercise) == (
            "alert",
            published.id,
            published.cap_xml,
            False,
        )
        assert held.text["en"] == "Rain goes on.\n\nStay indoors."
        assert verify().ok

    @pytest.mark.parametrize("hand", ["drafts", "edits", "submits"])
    def test_nobody_approves_what_they_had_a_hand_in_whatever_their_rank(self, press, words, hand):
        commander = press.act("commander")
        drafter = commander if hand == "drafts" else press.act("duty_officer")
        drafted = actions.draft(act=drafter, hazard="rainstorm", content=words())
        if hand == "edits":
            actions.revise(act=commander, alert=drafted.id, content=words())
        submitter = commander if hand == "submits" else press.act("information_officer")
        actions.submit(act=submitter, alert=drafted.id)
        with pytest.raises(Forbidden) as refusal:
            actions.approve(act=commander, alert=drafted.id)
        assert refusal.value.code == "second.person"
        assert actions.approve(act=press.act("second_information_officer"), alert=drafted.id).sent_at

    def test_a_script_in_a_persons_seat_is_that_person(self, press):
        waiting = press.submitted(press.draft())
        act = press.act("information_officer")
        scripted = replace(act, by=replace(act.by, kind=ActorKind.SCRIPT))
        with pytest.raises(Forbidden):
            actions.approve(act=scripted, alert=waiting.id)

    @pytest.mark.parametrize("role", ["duty_officer", "liaison", "auditor", "administrator", "machine"])
    def test_who_may_not(self, press, role):
        waiting = press.submitted(press.draft())
        with pytest.raises(Forbidden) as refusal:
            actions.approve(act=press.act(role), alert=waiting.id)
        assert refusal.value.code == "right.missing"
        assert Outgoing.objects.count() == 0

    def test_a_draft_is_not_waiting(self, press):
        with pytest.raises(Illegal):
            actions.approve(act=press.act("commander"), alert=press.draft().id)

    def test_none(self, press):
        with pytest.raises(NotFound):
            actions.approve(act=press.act("commander"), alert=uuid7())

    def test_too_late(self, press):
        waiting = press.submitted(press.draft())
        with pytest.raises(Malformed):
            actions.approve(act=press.act("commander", minutes=180), alert=waiting.id)

    def test_what_would_be_no_valid_document_is_refused_and_nothing_is_published(self, press):
        waiting = press.submitted(press.draft())
        Alert.objects.update(sender="two words")
        with pytest.raises(Malformed) as refusal:
            actions.approve(act=press.act("commander"), alert=waiting.id)
        assert refusal.value.code == "cap.identifier"
        waiting.refresh_from_db()
        assert (waiting.state, waiting.sent_at) == (AlertState.SUBMITTED, None)
        assert Outgoing.objects.count() == 0

    def test_a_relay_bears_its_issuers_name_and_says_that_it_is_passed_on(self, press):
        message = read(public.cap_document(press.publish(press.relay()).id))
        assert (message.sender, message.info[1].sender_name) == ("met.example", "Weather Office")
        assert "市气象台" in message.note

    @pytest.mark.parametrize(
        ("minutes", "urgency", "certainty"),
        [(0, "Immediate", "Observed"), (60, "Expected", "Likely"), (61, "Future", "Likely")],
    )
    def test_urgency_follows_the_start(self, press, words, minutes, urgency, certainty):
        content = words(starts=after(words().starts, timedelta(minutes=minutes)))
        info = read(public.cap_document(press.publish(press.draft(content)).id)).info[0]
        assert (str(info.urgency), str(info.certainty)) == (urgency, certainty)


@pytest.mark.django_db
class TestExercise:
    def test_in_a_replay(self, press, words):
        at = words().starts
        begin_replay(act=press.act("machine"), archive="a", begins=at, ends=words().expires, speed=60)
        published = press.publish()
        message = read(public.cap_document(published.id))
        assert (published.status, str(message.status), bool(message.note)) == ("Exercise", "Exercise", True)
        assert Outgoing.objects.get().exercise

    def test_in_a_drill(self, press):
        opened = open_incident(act=press.act("duty_officer"), kind="rainstorm", title={"en": "Drill"})
        Incident.objects.update(drill=True)
        published = press.publish(press.draft(incident=opened.id))
        assert published.status == "Exercise"
        assert read(published.cap_xml.encode()).incidents == opened.number

    def test_a_real_incident_is_no_exercise(self, press):
        opened = open_incident(act=press.act("duty_officer"), kind="rainstorm", title={"en": "Rain"})
        assert press.publish(press.draft(incident=opened.id)).status == "Actual"


@pytest.mark.django_db
class TestChain:
    def test_update_and_cancellation_refer_to_all_that_they_end(self, press):
        first = press.publish()
        second = press.update(first, minutes=10)
        third = press.cancel(second, minutes=20)
        names = [
            f"localhost:8000,{alert.identifier},2026-06-16T{time}+08:00"
            for alert, time in ((first, "12:00:00"), (second, "12:10:00"))
        ]
        documents = [read(public.cap_document(alert.id)) for alert in (first, second, third)]
        assert [message.references for message in documents] == ["", names[0], " ".join(names)]
        assert [validate(message) for message in documents] == [(), (), ()]
        assert [str(message.msg_type) for message in documents] == ["Alert", "Update", "Cancel"]
        assert str(documents[2].info[0].response_type[0]) == "AllClear"

    def test_each_ends_the_one_before(self, press):
        first = press.publish()
        second = press.update(first, minutes=10)
        third = press.cancel(second, minutes=20)
        for alert in (first, second, third):
            alert.refresh_from_db()
        assert [alert.state for alert in (first, second, third)] == ["updated", "cancelled", "cancelled"]
        assert (first.ended_at, second.ended_at, third.ended_at) == (second.sent_at, third.sent_at, None)
        assert [e.kind for e in entries(kinds=["alert.published", "alert.cancelled"])] == [
            "alert.published",
            "alert.published",
            "alert.cancelled",
        ]

    def test_a_commanders_cancellation_needs_a_second_person_too(self, press):
        first = press.publish()
        drafted = actions.cancel(act=press.act("commander"), alert=first.id)
        actions.submit(act=press.act("commander"), alert=drafted.id)
        with pytest.raises(Forbidden):
            actions.approve(act=press.act("commander"), alert=drafted.id)

    def test_of_two_updates_the_first_approved_holds(self, press):
        first = press.publish()
        other = actions.update(act=press.act("duty_officer"), alert=first.id)
        press.update(first)
        with pytest.raises(Illegal):
            press.publish(other, minutes=11)
        other.refresh_from_db()
        assert other.state == AlertState.SUBMITTED

    def test_in_the_same_second_the_update_is_still_later(self, press):
        first = press.publish()
        assert press.update(first, minutes=0).sent_at == after(first.sent_at, timedelta(seconds=1))

    def test_an_alert_that_ran_out_meanwhile_can_still_be_updated(self, press, words):
        first = press.publish()
        drafted = actions.update(
            act=press.act("duty_officer"),
            alert=first.id,
            content=words(expires=after(words().expires, timedelta(hours=3))),
        )
        actions.expire(clock=StoppedClock(words().expires))
        assert press.publish(drafted, minutes=181).state == AlertState.PUBLISHED
        first.refresh_from_db()
        assert first.state == AlertState.UPDATED


@pytest.mark.django_db
class TestExpire:
    def test_what_has_run_out_and_no_more(self, press, words):
        long = press.publish(press.draft(words(expires=after(words().expires, timedelta(hours=1)))))
        short = press.publish()
        cancelled = press.cancel(press.publish())
        assert actions.expire(clock=StoppedClock(words().expires)) == 1
        assert actions.expire(clock=StoppedClock(words().expires)) == 0
        states = dict(Alert.objects.values_list("id", "state"))
        assert (states[long.id], states[short.id], states[cancelled.id]) == (
            "published",
            "expired",
            "cancelled",
        )
        assert [e.facts["alert"] for e in entries(kinds=["alert.expired"])] == [str(short.id)]

    def test_in_batches(self, press, words, monkeypatch):
        monkeypatch.setattr("tocsin.stages.communication.alerts.actions.deciding.BATCH", 1)
        press.publish()
        press.publish()
        assert actions.expire(clock=StoppedClock(words().expires)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_one_wins(raced_press):
    waiting = raced_press.submitted(raced_press.draft())

    def attempt(role):
        try:
            return actions.approve(act=raced_press.act(role), alert=waiting.id).approved_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(attempt, ["commander", "second_information_officer"]))
    assert outcome[0] == "alert.approve"
    assert outcome[1] in {"commander", "second_information_officer"}
    assert len(entries(kinds=["alert.published"])) == Outgoing.objects.count() == 1
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_an_update_and_a_cancellation_at_once_one_wins(raced_press):
    first = raced_press.publish()
    drafts = [
        raced_press.submitted(follow(act=raced_press.act("information_officer"), alert=first.id))
        for follow in (actions.update, actions.cancel)
    ]

    def attempt(draft):
        try:
            return actions.approve(act=raced_press.act("commander", minutes=1), alert=draft.id).msg_type
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = set(pool.map(attempt, drafts))
    assert outcome in ({"Update", "alert.cancel"}, {"Cancel", "alert.update"})
    assert verify().ok


def test_the_two_modes_are_the_packs_own():
    from tocsin.packs.publishing import Mode

    assert {kind.value for kind in AlertKind} == {mode.value for mode in Mode} - {"withhold"}
    assert Issuer("a.b", {"en": "A"}).sender == "a.b"


@pytest.mark.django_db
def test_a_county_abroad_publishes_in_its_own_language_by_its_own_rules(desk, press_of, words):
    settle(act=desk.act("administrator"), pack="avalon")
    place = Place.objects.create(code="north-shore", name={"en": "North Shore"}, kind="district", place=0)
    content = words(
        areas=(place.code,),
        headline={"en": "Flood alert"},
        description={"en": "The river rises."},
        instruction={"en": "Leave the banks."},
    )
    press = press_of(desk)
    drafted = actions.draft(act=press.act("information_officer"), hazard="natural-hazard", content=content)
    document = public.cap_document(press.publish(drafted).id)
    assert validate(document) == ()
    assert [(info.language, info.headline) for info in read(document).info] == [("en", "Flood alert")]
    assert document.isascii()
