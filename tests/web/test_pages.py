"""Every page answers everybody who may see it, in both languages, and nobody else."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.house.world import ROLES, World


def pages(world: World) -> dict[str, str]:
    """Every page that is shown, by its URL name."""
    things = world.things
    plain = (
        "desk signals signals-new signals-quarantine watch incidents alerts alerts-new bulletins "
        "bulletins-new plans plans-new reviews people settings"
    )
    found = {name: reverse(name) for name in plain.split()}
    found |= {
        "signals-detail": reverse("signals-detail", args=[things["signal"]]),
        "signals-held": reverse("signals-held", args=[things["item"]]),
        "watch-situation": reverse("watch-situation", args=[things["situation"]]),
        "watch-place": reverse("watch-place", args=[things["place"]]),
        "map-areas": reverse("map-areas"),
        "incidents-room": reverse("incidents-room", args=[things["incident"]]),
        "incidents-room of an ended one": reverse("incidents-room", args=[things["ended_incident"]]),
        "incidents-report": reverse("incidents-report", args=[things["report"]]),
        "incidents-report that was sent": reverse("incidents-report", args=[things["sent_report"]]),
        "alerts-detail": reverse("alerts-detail", args=[things["alert"]]),
        "alerts-detail of a published one": reverse("alerts-detail", args=[things["published_alert"]]),
        "alerts-cap": reverse("alerts-cap", args=[things["published_alert"]]),
        "bulletins-detail": reverse("bulletins-detail", args=[things["bulletin"]]),
        "bulletins-detail of a published one": reverse(
            "bulletins-detail", args=[things["published_bulletin"]]
        ),
        "plans-detail": reverse("plans-detail", args=[things["plan"]]),
        "plans-version": reverse("plans-version", args=[things["plan"], things["number"]]),
        "plans-text": reverse("plans-text", args=[things["plan"], things["number"]]),
        "plans-edit": reverse("plans-edit", args=[things["plan"], things["number"]]),
        "plans-compare": reverse("plans-compare", args=[things["plan"], things["number"], things["number"]]),
        "reviews-detail": reverse("reviews-detail", args=[things["review"]]),
    }
    return found


KEPT = {
    "journal": {"duty_officer", "commander", "auditor", "administrator"},
    "journal-verify": {"duty_officer", "commander", "auditor", "administrator"},
    "reviews-evidence": {"commander", "auditor", "administrator"},
}
"""Pages that are not for all who can sign in."""

OPEN = ("public", "public-areas", "public-alerts", "public-feed")


@pytest.mark.parametrize("role", ROLES)
def test_everybody_at_the_desk_reads_its_pages(world, as_role, role):
    browser = as_role(role)
    answers = {name: browser.get(address).status_code for name, address in pages(world).items()}
    assert {name: status for name, status in answers.items() if status != 200} == {}
    kept = {
        "journal": reverse("journal"),
        "journal-verify": reverse("journal-verify"),
        "reviews-evidence": reverse("reviews-evidence", args=[world.things["review"]]),
    }
    seen = {name: browser.get(address).status_code for name, address in kept.items()}
    assert seen == {name: 200 if role in roles else 403 for name, roles in KEPT.items()}


def test_nobody_else_does(world):
    stranger = Client()
    for name, address in pages(world).items():
        answer = stranger.get(address)
        assert (name, answer.status_code, answer["Location"].partition("?")[0]) == (name, 302, "/sign-in/")


def test_the_public_reads_what_is_published(world):
    stranger, things = Client(), world.things
    addresses = [reverse(name) for name in OPEN]
    addresses += [
        reverse("public-alert", args=[things["published_alert"]]),
        reverse("public-bulletin", args=[things["published_bulletin"]]),
        reverse("public-cap", args=[things["identifier"]]),
    ]
    assert {address: stranger.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_the_public_reads_no_draft(world):
    stranger, things = Client(), world.things
    addresses = [
        reverse("public-alert", args=[things["alert"]]),
        reverse("public-alert", args=[things["submitted_alert"]]),
        reverse("public-bulletin", args=[things["bulletin"]]),
        reverse("public-cap", args=["nonesuch"]),
    ]
    assert {address: stranger.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )


@pytest.mark.parametrize(("language", "desk_word"), [("zh-hans", "值班台"), ("en", "Desk")])
def test_the_desk_speaks_the_chosen_language(as_role, language, desk_word):
    browser = as_role("commander")
    browser.post(reverse("set_language"), {"language": language, "next": "/"})
    text = browser.get("/").content.decode()
    assert (f'<h1 class="hidden-text">{desk_word}</h1>' in text, text.count("<main ")) == (True, 1)


def test_an_account_with_nobody_behind_it_is_told_what_to_do(db, django_user_model):
    browser = Client(headers={"accept-language": "en"})
    user = django_user_model.objects.create_user("ghost")
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get("/")
    assert (answer.status_code, "Ask an administrator" in answer.content.decode()) == (403, True)


def test_a_desk_without_a_jurisdiction_says_how_to_begin(desk, django_user_model):
    browser = Client(headers={"accept-language": "en"})
    user = django_user_model.objects.get(username="administrator")
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    names = ("desk", "signals", "watch", "incidents", "alerts", "plans", "people", "settings", "public")
    assert {name: browser.get(reverse(name)).status_code for name in names} == dict.fromkeys(names, 200)
    assert "tocsin init" in browser.get(reverse("settings")).content.decode()


def test_what_is_not_there_is_said(as_role):
    browser = as_role("commander")
    nothing = "01900000-0000-7000-8000-000000000000"
    addresses = [
        reverse("incidents-room", args=[nothing]),
        reverse("signals-detail", args=[nothing]),
        reverse("watch-place", args=["nowhere"]),
        reverse("plans-detail", args=["nonesuch"]),
        "/nonesuch/",
    ]
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )


@pytest.mark.parametrize(
    "address",
    [
        "/signals/?before=x",
        "/signals/?action=x",
        "/watch/?at=yesterday",
        "/watch/?at=9999-12-31T23:59:59-12:00",
        "/journal/?before=99999999999999999999",
        "/journal/?before=²",
        "/live?after=-1",
        "/incidents/?state=x",
        "/public/alerts/?before=x",
    ],
)
def test_an_address_that_means_nothing_is_refused(as_role, address):
    assert as_role("commander").get(address).status_code == 422


@pytest.mark.parametrize("name", ["signals", "incidents", "alerts", "watch", "journal", "people", "plans"])
def test_a_nul_in_an_address_reaches_no_database(as_role, name):
    answer = as_role("commander").get(reverse(name), {"kind": "\0", "chain": "a\0b", "before": "\0"})
    assert answer.status_code == 200


def test_every_answer_tells_the_browser_to_stay_here(as_role):
    policy = as_role("commander").get("/")["Content-Security-Policy"]
    wanted = ("script-src 'self'", "default-src 'none'", "frame-ancestors 'none'")
    assert [part for part in wanted if part not in policy] == []


def test_no_page_carries_a_script_or_a_handler_of_its_own(world, as_role):
    browser = as_role("commander")
    for address in pages(world).values():
        text = browser.get(address).content.decode(errors="replace")
        loaded = text.replace('<script type="module" src="/static/', "")
        assert (address, "<script" in loaded, " onclick=" in loaded, "javascript:" in loaded) == (
            address,
            False,
            False,
            False,
        )
