"""Forms: each calls one action, comes back with what was written where it is refused, and never breaks."""

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.conftest import settle
from tests.house.world import build

from tocsin.spine.incidents.models import Incident, Proposal
from tocsin.spine.journal.queries import newest
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.response.command.models import Decision, Task


def test_an_incident_is_opened_by_hand(as_role):
    answer = as_role("commander").post(
        reverse("incidents-open"),
        {"title_zh": "积水", "title_en": "Flooding", "kind": "rainstorm", "areas": ["440307", "440303"]},
    )
    opened = Incident.objects.order_by("-id").first()
    assert (answer.status_code, answer["Location"]) == (302, reverse("incidents-room", args=[opened.id]))
    assert (opened.title, opened.areas) == ({"zh": "积水", "en": "Flooding"}, ["440307", "440303"])


def test_what_was_written_comes_back_with_the_reason_beside_its_field(as_role):
    answer = as_role("commander").post(
        reverse("incidents-open"), {"kind": "rainstorm", "occurred": "yesterday"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="incidents-open-title_zh-wrong">Something must be written here.' in text
    assert 'aria-invalid="true" aria-describedby="incidents-open-title_zh-wrong"' in text
    assert 'value="rainstorm" selected' in text


def test_a_proposal_is_refused_only_with_a_word(world, as_role):
    address = reverse("proposal-refuse", args=[world.things["proposal"]])
    browser = as_role("commander")
    without = browser.post(address, {"word": "  "})
    assert (without.status_code, "This needs a word of why." in without.content.decode()) == (422, True)
    assert browser.post(address, {"word": "not yet"}).status_code == 302
    decided = Proposal.objects.get(id=world.things["proposal"])
    assert (decided.state, decided.word, decided.decided_by) == ("refused", "not yet", "commander")


def test_a_proposal_is_signed_with_a_change(world, as_role):
    address = reverse("proposal-change", args=[world.things["proposal"]])
    answer = as_role("commander").post(address, {"offer_grade": "LARGER", "word": "fewer hurt"})
    decided = Proposal.objects.get(id=world.things["proposal"])
    assert (answer.status_code, decided.state, decided.decision) == (302, "changed", {"grade": "LARGER"})


def test_a_second_decision_is_told_what_is_so_now(world, as_role):
    browser, key = as_role("commander"), world.things["proposal"]
    browser.post(reverse("proposal-sign", args=[key]))
    again = browser.post(reverse("proposal-refuse", args=[key]), {"word": "no"})
    assert (again.status_code, "signed" in again.content.decode()) == (409, True)


def test_an_auditor_sees_no_form_and_changes_nothing(world, as_role):
    browser, before = as_role("auditor"), newest()
    room = reverse("incidents-room", args=[world.things["incident"]])
    assert 'class="deed' not in browser.get(room).content.decode()
    address = reverse("incidents-task", args=[world.things["incident"]])
    answer = browser.post(address, {"title_en": "x", "owner": "commander"})
    assert (answer.status_code, newest()) == (403, before)


def test_a_stranger_is_sent_to_the_door(world):
    answer = Client().post(reverse("incidents-end", args=[world.things["incident"]]))
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/")


def test_a_form_of_another_site_is_not_trusted(world):
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(world.user("commander"), backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(reverse("incidents-end", args=[world.things["incident"]]))
    assert (answer.status_code, "no longer be trusted" in answer.content.decode()) == (403, True)


def test_deeds_are_done_by_post_alone_and_pages_only_shown(world, as_role):
    browser = as_role("commander")
    deed = reverse("incidents-end", args=[world.things["incident"]])
    assert (browser.get(deed).status_code, browser.post("/incidents/").status_code) == (405, 405)


def test_a_task_goes_its_way(world, as_role):
    room = world.things["incident"]
    commander, liaison = as_role("commander"), as_role("liaison")
    given_ = commander.post(
        reverse("incidents-task", args=[room]),
        {"title_en": "Pump", "owner": "water-liaison", "minutes": "30"},
    )
    task = Task.objects.order_by("-number").first()
    move = [room, task.id]
    accept = liaison.post(reverse("incidents-task-move", args=[*move, "accept"]))
    finish = liaison.post(
        reverse("incidents-task-move", args=[*move, "finish"]),
        {"note": "dry", "evidence": "photo 1\nphoto 2"},
    )
    task.refresh_from_db()
    assert [answer.status_code for answer in (given_, accept, finish)] == [302, 302, 302]
    assert (task.title, task.state, task.evidence) == ({"en": "Pump"}, "done", ["photo 1", "photo 2"])
    again = liaison.post(reverse("incidents-task-move", args=[*move, "finish"]), {"note": "x"})
    assert again.status_code == 409


def test_a_decision_is_kept_with_its_reasons(world, as_role):
    as_role("duty_officer").post(
        reverse("incidents-decision", args=[world.things["incident"]]),
        {"matter": "Schools", "options": "close\nstay open", "chosen": "close", "reasons": "red"},
    )
    kept = Decision.objects.order_by("-number").first()
    assert (kept.matter, kept.options, kept.chosen, kept.reasons) == (
        "Schools",
        ["close", "stay open"],
        "close",
        "red",
    )


def test_an_alert_is_written_from_the_record_and_read_by_two(world, as_role):
    drafter, second = as_role("information_officer"), as_role("commander")
    drafter.post(
        reverse("alerts-draft"),
        {
            "hazard": "rainstorm",
            "level": "RED",
            "areas": ["440307"],
            "starts": "2026-06-16T12:00",
            "expires": "2026-06-16T18:00",
            "instruction_zh": "请勿外出。",
            "instruction_en": "Stay in.",
        },
    )
    made = Alert.objects.order_by("-id").first()
    assert ("龙岗区" in made.headline["zh"], made.instruction["en"]) == (True, "Stay in.")
    submitted = drafter.post(reverse("alerts-move", args=[made.id, "submit"]))
    alone = drafter.post(reverse("alerts-move", args=[made.id, "approve"]))
    approved = second.post(reverse("alerts-move", args=[made.id, "approve"]))
    made.refresh_from_db()
    assert [answer.status_code for answer in (submitted, alone, approved)] == [302, 403, 302]
    assert (made.state, made.approved_by) == ("published", "commander")


def test_a_signal_is_recorded_by_a_call_taker(as_role):
    answer = as_role("duty_officer").post(
        reverse("signals-record"),
        {
            "text": "Water is knee-deep.",
            "title": "Water",
            "kind": "rainstorm",
            "action": "inform",
            "areas": "440307",
        },
    )
    shown = as_role("duty_officer").get(answer["Location"]).content.decode()
    assert (answer.status_code, "Water is knee-deep." in shown) == (302, True)


def test_the_replay_is_steered_and_a_seat_taken(as_role):
    browser = as_role("duty_officer")
    steered = browser.post(reverse("clock-steer"), {"speed": "600"})
    paused = browser.post(reverse("clock-steer"), {"paused": "1"})
    wrong = browser.post(reverse("clock-steer"), {"speed": "-1"})
    taken = browser.post(reverse("seat-take"), {"post": "duty-officer"})
    assert [a.status_code for a in (steered, paused, wrong, taken)] == [302, 302, 422, 302]
    text = browser.get("/").content.decode()
    assert ("paused" in text, "took the seat" in text) == (True, True)


def test_people_are_added_and_put_into_posts(as_role):
    browser = as_role("administrator")
    short = browser.post(reverse("people-person"), {"name": "N", "username": "n", "password": "short"})
    made = browser.post(
        reverse("people-person"), {"name": "New One", "username": "new", "password": "long enough 1"}
    )
    assert (short.status_code, made.status_code) == (422, 302)
    assert "New One" in browser.get(reverse("people")).content.decode()


class AnythingTyped(TestCase):
    """Whatever is typed into a form, the answer is an answer."""

    @classmethod
    def setUpTestData(cls):
        cls.world = build(settle())

    @given(st.data())
    def test_no_form_breaks(self, data):
        browser = Client()
        browser.force_login(self.world.user("commander"), backend="django.contrib.auth.backends.ModelBackend")
        incident = self.world.things["incident"]
        forms = {
            reverse("incidents-open"): ("title_zh", "kind", "areas", "occurred"),
            reverse("incidents-task", args=[incident]): ("title_en", "owner", "minutes", "basis"),
            reverse("incidents-order", args=[incident]): ("text_en", "to", "minutes"),
            reverse("incidents-need", args=[incident]): ("what_en", "quantity", "unit_en", "owner"),
            reverse("incidents-grade", args=[incident]): ("grade", "fact_deaths", "fact_direct_loss"),
            reverse("alerts-draft"): (
                "hazard",
                "level",
                "areas",
                "starts",
                "expires",
                "headline_zh",
                "incident",
            ),
            reverse("bulletins-draft"): ("hazard", "product", "title_zh", "known0_zh", "source0", "incident"),
            reverse("signals-record"): ("text", "title", "kind", "action", "level", "areas", "issued"),
            reverse("clock-steer"): ("speed", "paused"),
            reverse("plans-draft"): ("text", "reason"),
        }
        address = data.draw(st.sampled_from(sorted(forms)))
        plausible = st.sampled_from(
            ["", "rainstorm", "440307", "RED", "1", "-1", "nan", "2026-06-16T12:00", "0001-01-01"]
        )
        values = st.one_of(st.text(max_size=30), plausible)
        sent = {name: data.draw(values) for name in forms[address]}
        status = browser.post(address, sent).status_code
        self.assertIn(status, {302, 403, 404, 409, 422})
