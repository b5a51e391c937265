"""Bulletins: a second person, sources said, corrections in public."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.packs.publishing import Product
from tocsin.spine.clocks.actions import begin_replay
from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.incidents.models import Incident
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.communication.bulletins import actions
from tocsin.stages.communication.bulletins.enums import BulletinKind
from tocsin.stages.communication.bulletins.models import Bulletin
from tocsin.stages.communication.delivery.models import Outgoing


def submit(press, bulletin, role="information_officer"):
    return actions.submit(act=press.act(role), bulletin=bulletin.id)


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize("role", ["liaison", "auditor", "administrator"])
    def test_who_may_not(self, press, told, role):
        with pytest.raises(Forbidden):
            actions.draft(act=press.act(role), hazard="rainstorm", content=told())

    def test_the_desk_cannot_publish_what_another_publishes(self, press, told):
        with pytest.raises(Forbidden) as refusal:
            actions.draft(act=press.act("commander"), hazard="food-safety", content=told())
        assert (refusal.value.code, refusal.value.data["rule"]) == ("publishing.relay", "food-facts")

    def test_but_can_pass_it_on(self, press, told):
        drafted = actions.draft(
            act=press.act("commander"),
            hazard="food-safety",
            content=told(),
            kind=BulletinKind.RELAY,
            issuer={"en": "Market Regulation"},
        )
        assert drafted.issuer == {"en": "Market Regulation"}
        assert submit(press, drafted).state == "submitted"

    def test_issuer_and_kind_must_fit(self, press):
        with pytest.raises(Malformed):
            press.bulletin(issuer={"en": "A"})

    def test_that_a_response_started(self, press):
        assert press.bulletin(product=Product.RESPONSE).product == "response"

    def test_revised_and_discarded(self, press, told):
        drafted = press.bulletin()
        revised = actions.revise(
            act=press.act("duty_officer"), bulletin=drafted.id, content=told(title={"zh": "二", "en": "Two"})
        )
        assert (revised.title["en"], revised.edited_by) == ("Two", "duty_officer")
        with pytest.raises(Malformed):
            actions.discard(act=press.act("duty_officer"), bulletin=drafted.id)
        assert actions.discard(act=press.act("duty_officer", "old"), bulletin=drafted.id).state == "discarded"

    def test_none(self, press, told):
        with pytest.raises(NotFound):
            actions.revise(act=press.act("commander"), bulletin=uuid7(), content=told())


@pytest.mark.django_db
class TestSubmitting:
    @pytest.mark.parametrize(
        ("changes", "missing"),
        [
            ({"title": {"en": "Rain"}}, ["title", "known"]),
            ({"known": ()}, ["known"]),
        ],
    )
    def test_what_must_be_stated(self, press, told, changes, missing):
        known = told().known
        if "title" in changes:
            known = tuple(type(said)({"en": said.text["en"]}, said.source, said.verified) for said in known)
        drafted = press.bulletin(told(**{"known": known, **changes}))
        with pytest.raises(Malformed) as refusal:
            submit(press, drafted)
        assert refusal.value.data["fields"] == missing

    def test_the_machine_drafts_and_a_person_submits(self, press, told):
        drafted = actions.draft(act=press.act("machine"), hazard="rainstorm", content=told())
        with pytest.raises(Forbidden):
            submit(press, drafted, "machine")
        assert submit(press, drafted).state == "submitted"

    def test_returned_with_a_word(self, press):
        waiting = submit(press, press.bulletin())
        with pytest.raises(Malformed):
            actions.return_(act=press.act("commander"), bulletin=waiting.id)
        returned = actions.return_(act=press.act("commander", "who says so?"), bulletin=waiting.id)
        assert (returned.state, returned.word) == ("returned", "who says so?")


@pytest.mark.django_db
class TestPublishing:
    def test_numbered_in_its_series_journalled_and_sent_out(self, press):
        incident = uuid7()
        first = press.publish_bulletin(press.bulletin(incident=incident))
        second = press.publish_bulletin(press.bulletin(incident=incident))
        other = press.publish_bulletin()
        assert [b.number for b in (first, second, other)] == [1, 2, 1]
        assert [e.chain for e in entries(kinds=["bulletin.published"])] == [str(incident)] * 2 + [DESK]
        assert Outgoing.objects.filter(kind="bulletin", exercise=False).count() == 3

    def test_never_by_who_had_a_hand_in_it(self, press):
        waiting = submit(press, press.bulletin())
        with pytest.raises(Forbidden) as refusal:
            actions.approve(act=press.act("information_officer"), bulletin=waiting.id)
        assert refusal.value.code == "second.person"

    @pytest.mark.parametrize("role", ["duty_officer", "liaison", "auditor", "administrator", "machine"])
    def test_who_may_not(self, press, role):
        waiting = submit(press, press.bulletin())
        with pytest.raises(Forbidden) as refusal:
            actions.approve(act=press.act(role), bulletin=waiting.id)
        assert refusal.value.code == "right.missing"

    def test_only_what_waits(self, press):
        with pytest.raises(Illegal):
            actions.approve(act=press.act("commander"), bulletin=press.bulletin().id)

    def test_an_exercise_in_a_replay_or_a_drill(self, press, words):
        opened = open_incident(act=press.act("duty_officer"), kind="rainstorm", title={"en": "Drill"})
        Incident.objects.update(drill=True)
        press.publish_bulletin(press.bulletin(incident=opened.id))
        start, end = words().starts, words().expires
        begin_replay(act=press.act("machine"), archive="a", begins=start, ends=end, speed=1)
        press.publish_bulletin()
        assert list(Outgoing.objects.values_list("exercise", flat=True)) == [True, True]

    def test_the_unverified_is_said_to_be_so(self, press):
        press.publish_bulletin()
        text = Outgoing.objects.get().text["en"]
        assert "Two roads are flooded. (source: duty)" in text
        assert "One power cut. (not verified; source: a caller)" in text


@pytest.mark.django_db
class TestCorrecting:
    def test_in_public_and_naming_the_earlier(self, press, told):
        first = press.publish_bulletin()
        drafted = actions.correct(
            act=press.act("information_officer"),
            bulletin=first.id,
            content=told(correction={"zh": "实为三条。", "en": "There were three roads."}),
        )
        second = press.publish_bulletin(drafted)
        first.refresh_from_db()
        assert (first.state, second.state, second.corrects_id) == ("corrected", "published", first.id)
        (entry,) = entries(kinds=["bulletin.corrected"])
        assert (entry.facts["bulletin"], entry.facts["by"], entry.facts["by_number"]) == (
            str(first.id),
            str(second.id),
            2,
        )

    def test_it_begins_as_a_copy_and_must_say_what_was_wrong(self, press):
        first = press.publish_bulletin()
        drafted = actions.correct(act=press.act("duty_officer"), bulletin=first.id)
        assert drafted.title == first.title
        with pytest.raises(Malformed) as refusal:
            submit(press, drafted)
        assert refusal.value.data["fields"] == ["correction"]

    def test_only_what_is_published_and_once(self, press, told):
        with pytest.raises(Illegal):
            actions.correct(act=press.act("duty_officer"), bulletin=press.bulletin().id)
        first, right = press.publish_bulletin(), told(correction={"en": "Three."})
        drafts = [
            actions.correct(act=press.act("information_officer"), bulletin=first.id, content=right)
            for _ in range(2)
        ]
        press.publish_bulletin(drafts[0])
        with pytest.raises(Illegal):
            press.publish_bulletin(drafts[1])


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_one_wins(raced_press):
    waiting = submit(raced_press, raced_press.bulletin())

    def attempt(role):
        try:
            return actions.approve(act=raced_press.act(role), bulletin=waiting.id).approved_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(attempt, ["commander", "second_information_officer"]))
    assert outcome[0] == "bulletin.approve"
    assert Outgoing.objects.count() == 1
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_two_published_at_once_have_two_numbers(raced_press):
    waiting = [submit(raced_press, raced_press.bulletin()) for _ in range(2)]

    def attempt(bulletin):
        try:
            return actions.approve(act=raced_press.act("commander"), bulletin=bulletin.id).number
        except TocsinError as refusal:
            return refusal.retryable and attempt(bulletin)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, waiting)) == [1, 2]
    assert sorted(Bulletin.objects.values_list("number", flat=True)) == [1, 2]
