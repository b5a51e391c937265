"""The line from a signal to a changed plan, walked by people in real Chromium, in both languages."""

import subprocess
import sys
import urllib.request
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from walk.seats import Seat

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def seat(chromium, address, language):
    """Whoever sits down at a post; each keeps their browser."""
    seats: dict[str, Seat] = {}

    def sits(post: str = "") -> Seat:
        if post not in seats:
            seats[post] = Seat(chromium, address, language, post)
        return seats[post]

    yield sits
    for one in seats.values():
        one.page.context.close()


def test_0_the_door_is_in_the_readers_language(seat, language):
    visitor = seat()
    page = visitor.go("/sign-in/")
    assert page.locator("html").get_attribute("lang") == {"zh-hans": "zh-Hans", "en": "en"}[language]
    visitor.check("0-door")


def test_1_signals_are_typed_and_keep_their_source(seat):
    duty = seat("duty-officer")
    page = duty.go("/signals/")
    duty.check("1-signals")
    page.locator('#main a[href^="/signals/0"]').first.click()
    page.wait_for_selector("h1")
    duty.check("1-signal")
    duty.go("/signals/quarantine/")
    duty.check("1-quarantine")


def test_2_the_watch_list_shows_what_it_rests_on(seat):
    duty = seat("duty-officer")
    page = duty.go("/watch/")
    duty.check("2-watch")
    page.locator('#main a[href^="/watch/places/"]').first.click()
    page.wait_for_selector("h1")
    assert page.locator('#main a[href^="/signals/"]').count() > 0
    duty.check("2-place")
    duty.go("/watch/")
    page.locator('#main a[href^="/watch/situations/"]').first.click()
    page.wait_for_selector("h1")
    duty.check("2-situation")


def test_2_a_count_is_watched_and_a_finding_judged(seat):
    duty = seat("duty-officer")
    page = duty.go("/indicators/")
    page.locator('#main a[href="/indicators/new/"]').click()
    page.wait_for_selector('form[action$="/define/"]')
    duty.check("2-indicator-new")
    page.locator('[name="kind"]').select_option("food-poisoning")
    page.locator('[name="elsewhere"]').check()
    duty.do("/define/", name_zh="Canteens", alarms="0.01")
    page.wait_for_selector('form[action$="/counts/"]')
    duty.check("2-indicator-empty")
    duty.do("/counts/", table=_counts())
    page.wait_for_selector("svg.counts")
    duty.check("2-indicator-found")
    to_judge = page.locator('form[action$="/confirm/"]')
    before = to_judge.count()
    duty.do("/confirm/", near="#findings")
    expect(to_judge).to_have_count(before - 1)
    duty.go("/indicators/")
    duty.check("2-indicators")
    page = duty.go("/signals/?source=indicators")
    page.locator('#main a[href^="/signals/0"]').first.click()
    page.wait_for_selector("h1")
    duty.check("2-indicator-signal")


def test_2_a_history_is_judged_as_if_it_were_new(seat, language, tmp_path):
    (tmp_path / "history.csv").write_text(_counts())
    words = ("backtest", "history.csv", "--step", "day", "--picture", "charts.html", "--language", language)
    command = [sys.executable, "-m", "tocsin", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "2026-06-14" in done.stdout
    anyone = seat()
    anyone.page.goto((tmp_path / "charts.html").as_uri())
    assert anyone.page.locator("svg").count() == 3
    anyone.check("2-backtest")


def _counts() -> str:
    """Half a year of calm days in two places, and a jump on the last one."""
    days = [date(2026, 6, 14) - timedelta(at) for at in range(180, -1, -1)]
    rows = [f"{day},{6 + (at * 7) % 5},{11 + (at * 5) % 6}" for at, day in enumerate(days)]
    return "\n".join(["day,440303,School canteens", *rows[:-1], f"{days[-1]},48,13"])


def test_3_a_visitor_takes_the_seat_over_and_signs(seat):
    duty = seat("duty-officer")
    page = duty.go("/")
    duty.check("3-desk")
    taken = page.locator('#duty form:has(input[value="duty-officer"])').first
    taken.locator("button").click()
    page.wait_for_load_state()
    assert page.locator('#duty form:has(input[value="duty-officer"])').count() == 0
    assert page.locator(".proposal").count() == 1
    duty.do("/sign/", near=".proposal", word="OK 12:14")
    page.wait_for_selector('#running a[href^="/incidents/0"]')
    duty.check("3-desk-signed")


def test_4_the_plan_starts_and_a_post_acknowledges(seat):
    duty, water = seat("duty-officer"), seat("water-liaison")
    page = duty.go("/")
    page.locator('#running a[href^="/incidents/0"]').first.click()
    page.wait_for_selector("#tasks tbody tr")
    page.wait_for_selector("#clocks li")
    duty.check("4-room")
    page = water.go(duty.path())
    before = page.locator('form[action$="/acknowledge/"]').count()
    assert before > 0
    water.do("/acknowledge/")
    expect(page.locator('form[action$="/acknowledge/"]')).not_to_have_count(before)
    duty.do("/decisions/", near="#decisions", matter="Reservoir gates", chosen="Stay open", reasons="14:00")
    duty.check("4-room-decided")


def test_5_nobody_approves_their_own_words_and_the_public_is_told(seat, address):
    duty, words, anyone = seat("duty-officer"), seat("information-officer"), seat()
    page = duty.go("/incidents/")
    page.locator('#main a[href^="/incidents/0"]').first.click()
    page.wait_for_selector('#words a[href^="/alerts/0"]')
    _own_draft(duty)
    duty.check("5-alert-draft")
    duty.do("/submit/", near="#moves")
    assert duty.page.locator('form[action$="/approve/"]').count() == 0
    page = words.go(duty.path())
    words.do("/approve/", near="#moves")
    page.wait_for_selector('a[href^="/public/alerts/"]')
    words.check("5-alert-published")
    shown = page.locator('a[href^="/public/alerts/"]').get_attribute("href")
    anyone.go("/public/")
    anyone.check("5-portal")
    anyone.go(shown)
    anyone.check("5-public-alert")
    with urllib.request.urlopen(f"{address}/public/cap/feed.atom") as feed:
        assert b"<entry" in feed.read()


def test_5_an_alert_is_cancelled_with_its_references(seat, address):
    duty, words = seat("duty-officer"), seat("information-officer")
    page = duty.go(words.path())
    first = page.locator("#main code").first.inner_text()
    duty.do("/cancel/", near="#moves", word="12:14")
    page.wait_for_selector('form[action$="/submit/"]')
    duty.do("/submit/", near="#moves")
    page = words.go(duty.path())
    words.do("/approve/", near="#moves")
    page.wait_for_selector('a[href$="/cap.xml"]')
    cap = page.request.get(address + page.locator('a[href$="/cap.xml"]').get_attribute("href")).text()
    assert first in cap[cap.index("<references>") : cap.index("</references>")]


def test_6_the_review_writes_itself_and_the_plan_has_a_new_version(seat):
    commander = seat("commander")
    page = commander.go("/reviews/")
    commander.check("6-reviews")
    page.locator('#main a[href^="/reviews/0"]').last.click()
    page.wait_for_selector("#lessons")
    commander.check("6-review")
    assert page.locator("#findings li").count() > 0
    assert page.locator("#lessons .diff").count() == 1
    page = commander.go("/plans/flood-and-typhoon/2/against/1/")
    commander.check("6-plan-compared")
    page = commander.go("/incidents/")
    page.locator('#main a[href^="/incidents/0"]').first.click()
    page.wait_for_selector('form[action$="/end/"]', state="attached")
    commander.do("/end/", near="#end", word="12:20")
    page.wait_for_selector('a[href^="/reviews/"]', state="attached")
    commander.check("6-room-ended")


def test_6_the_journal_verifies(seat):
    auditor = seat("auditor")
    auditor.go("/journal/")
    auditor.check("6-journal")
    auditor.go("/journal/verify/")
    auditor.check("6-verified")
    assert auditor.page.locator("#main .wrong, #main .late").count() == 0


@pytest.mark.parametrize(
    "path",
    ["/plans/", "/plans/flood-and-typhoon/", "/alerts/", "/bulletins/", "/people/", "/settings/"],
)
def test_the_other_pages(seat, path):
    administrator = seat("administrator")
    administrator.go(path)
    administrator.check(path.strip("/").replace("/", "-"))


def test_the_keyboard_reaches_the_content(seat):
    duty = seat("duty-officer")
    page = duty.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _own_draft(duty: Seat) -> None:
    """Opens the city's own draft of the incident: the one that nobody has submitted yet."""
    page = duty.page
    for link in [one.get_attribute("href") for one in page.locator('#words a[href^="/alerts/0"]').all()]:
        duty.go(link)
        if page.locator('form[action$="/submit/"]').count():
            return
    raise AssertionError("the plan drafted no alert of the city's own")
