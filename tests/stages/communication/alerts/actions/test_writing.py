"""Drafts are written by those who may, about what this desk may publish."""

import pytest

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.packs.publishing import Product
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.alerts import actions
from tocsin.stages.communication.alerts.content import Issuer
from tocsin.stages.communication.alerts.enums import AlertKind, AlertState, MsgType

pytestmark = pytest.mark.django_db


def draft_as(press, role, content):
    return actions.draft(act=press.act(role), hazard="rainstorm", content=content)


class TestDraft:
    @pytest.mark.parametrize("role", ["duty_officer", "commander", "information_officer", "machine"])
    def test_who_may(self, press, words, role):
        assert draft_as(press, role, words()).state == AlertState.DRAFT

    @pytest.mark.parametrize("role", ["liaison", "auditor", "administrator"])
    def test_who_may_not(self, press, words, role):
        with pytest.raises(Forbidden) as refusal:
            draft_as(press, role, words())
        assert refusal.value.code == "right.missing"

    def test_the_citys_own_goes_out_in_the_citys_name(self, press):
        drafted = press.draft()
        assert (drafted.kind, drafted.sender, drafted.sender_name) == (
            "own",
            "localhost:8000",
            {"zh": "深圳市", "en": "Shenzhen City"},
        )

    def test_a_signal_goes_out_in_its_issuers_name(self, press):
        drafted = press.relay()
        assert (drafted.kind, drafted.sender, drafted.sender_name["en"]) == (
            "relay",
            "met.example",
            "Weather Office",
        )

    def test_the_desk_cannot_issue_a_weather_signal_of_its_own(self, press):
        with pytest.raises(Forbidden) as refusal:
            press.draft(product=Product.SIGNAL)
        assert refusal.value.code == "publishing.relay"
        assert refusal.value.data["rule"] == "weather-signal"
        assert refusal.value.data["source"] in str(refusal.value)

    def test_nor_pass_its_own_alert_on(self, press):
        with pytest.raises(Forbidden) as refusal:
            press.draft(kind=AlertKind.RELAY, issuer=Issuer("a.b", {"en": "A"}))
        assert refusal.value.code == "publishing.own"

    @pytest.mark.parametrize(
        ("hazard", "code"),
        [
            ("earthquake", "publishing.withhold"),
            ("social-security", "publishing.silent"),
        ],
    )
    def test_nor_publish_what_is_not_its_to_publish(self, press, words, hazard, code):
        with pytest.raises(Forbidden) as refusal:
            actions.draft(act=press.act("commander"), hazard=hazard, content=words())
        assert refusal.value.code == code

    def test_a_kind_that_nobody_knows(self, press, words):
        with pytest.raises(Malformed):
            actions.draft(act=press.act("commander"), hazard="sadness", content=words())

    def test_a_place_that_nobody_knows(self, press, words):
        with pytest.raises(Malformed) as refusal:
            press.draft(words(areas=("440304", "999999")))
        assert refusal.value.data["codes"] == "999999"

    def test_what_is_passed_on_needs_an_issuer_other_than_the_desk(self, press):
        for issuer in (None, Issuer("localhost:8000", {"en": "The desk"})):
            with pytest.raises(Malformed):
                press.draft(kind=AlertKind.RELAY, product=Product.SIGNAL, issuer=issuer)

    def test_the_desks_own_has_no_other_issuer(self, press):
        with pytest.raises(Malformed):
            press.draft(issuer=Issuer("a.b", {"en": "A"}))

    @pytest.mark.parametrize("sender", ["", "a b", "a,b", "a&b", "a<b"])
    def test_an_issuer_whom_cap_cannot_name(self, sender):
        with pytest.raises(Malformed):
            Issuer(sender, {"en": "A"})

    def test_it_cannot_end_before_it_begins(self, words):
        with pytest.raises(Malformed):
            words(expires=words().starts)

    def test_it_is_journalled_where_it_belongs(self, press):
        incident = uuid7()
        on_desk, on_incident = press.draft(), press.draft(incident=incident)
        assert [(e.chain, e.facts["alert"]) for e in entries(kinds=["alert.drafted"])] == [
            (DESK, str(on_desk.id)),
            (str(incident), str(on_incident.id)),
        ]


class TestRevise:
    def test_a_draft(self, press, words):
        drafted = press.draft()
        actions.revise(
            act=press.act("duty_officer"), alert=drafted.id, content=words(headline={"zh": "新", "en": "New"})
        )
        drafted.refresh_from_db()
        assert (drafted.headline["en"], drafted.edited_by, len(drafted.hands)) == ("New", "duty_officer", 2)

    def test_not_while_a_second_person_reads_it(self, press, words):
        waiting = press.submitted(press.draft())
        with pytest.raises(Illegal):
            actions.revise(act=press.act("duty_officer"), alert=waiting.id, content=words())

    def test_an_auditor_changes_nothing(self, press, words):
        with pytest.raises(Forbidden):
            actions.revise(act=press.act("auditor"), alert=press.draft().id, content=words())

    def test_none(self, press, words):
        with pytest.raises(NotFound):
            actions.revise(act=press.act("duty_officer"), alert=uuid7(), content=words())


class TestDiscard:
    def test_with_a_word(self, press):
        drafted = press.draft()
        assert (
            actions.discard(act=press.act("duty_officer", "a mistake"), alert=drafted.id).state == "discarded"
        )

    def test_not_without(self, press):
        with pytest.raises(Malformed):
            actions.discard(act=press.act("duty_officer"), alert=press.draft().id)

    def test_not_what_is_published(self, press):
        with pytest.raises(Illegal):
            actions.discard(act=press.act("duty_officer", "no"), alert=press.publish().id)


class TestFollowing:
    def test_an_update_is_prefilled_with_one_click(self, press):
        first = press.publish()
        drafted = actions.update(act=press.act("duty_officer"), alert=first.id)
        assert (drafted.msg_type, drafted.state, drafted.previous_id, drafted.first) == (
            MsgType.UPDATE,
            AlertState.DRAFT,
            first.id,
            first.id,
        )
        assert (drafted.headline, drafted.areas, drafted.level) == (first.headline, first.areas, first.level)

    def test_a_cancellation_says_in_each_language_what_is_lifted(self, press):
        first = press.publish()
        drafted = actions.cancel(act=press.act("duty_officer"), alert=first.id)
        assert drafted.msg_type == MsgType.CANCEL
        assert drafted.instruction == {}
        assert set(drafted.headline) == {"zh", "en"}
        assert drafted.headline["en"] == "Lifted: Red rainstorm alert in Futian and Luohu"
        assert drafted.description["en"] == "The alert “Red rainstorm alert in Futian and Luohu” is lifted."

    def test_in_words_of_ones_own(self, press, words):
        content = words(headline={"zh": "解除", "en": "Over"})
        drafted = actions.cancel(act=press.act("duty_officer"), alert=press.publish().id, content=content)
        assert drafted.headline["en"] == "Over"

    def test_a_draft_has_nothing_to_follow(self, press):
        drafted = press.draft()
        for follow in (actions.update, actions.cancel):
            with pytest.raises(Illegal):
                follow(act=press.act("duty_officer"), alert=drafted.id)

    def test_what_is_cancelled_cannot_be_followed(self, press):
        first = press.publish()
        cancellation = press.cancel(first)
        for alert in (first, cancellation):
            for follow in (actions.update, actions.cancel):
                with pytest.raises(Illegal):
                    follow(act=press.act("duty_officer"), alert=alert.id)

    def test_a_relay_stays_a_relay(self, press):
        drafted = actions.update(act=press.act("machine"), alert=press.publish(press.relay()).id)
        assert (drafted.kind, drafted.sender) == ("relay", "met.example")


@pytest.mark.parametrize("where", ["headline", "description", "instruction"])
def test_what_no_document_can_hold_is_refused_at_the_door(words, where):
    with pytest.raises(Malformed) as refusal:
        words(**{where: {"zh": "\x00"}})
    assert refusal.value.data["where"] == where
