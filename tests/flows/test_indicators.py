"""A finding becomes a signal and meets its situation; dismissed, it is called off."""

from datetime import datetime, timedelta

import pytest

from stages.reduction.indicators.counts import MONDAY, calm, counts_elsewhere, midnight_of, noon_of, table
from tocsin.flows.indicator_to_situation import tell
from tocsin.flows.rounds import look_round
from tocsin.flows.runner import advance
from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.instants import after
from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.queries import verify
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.indicators import actions
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Finding, Indicator
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.situations.models import Situation


@pytest.fixture
def shenzhen(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk


def passed(day):
    look_round(clock=StoppedClock(noon_of(day)))
    advance()


def counted(desk, counts, day=MONDAY, series=""):
    row = counts_elsewhere(desk)
    act = desk.act("duty_officer", at=noon_of(day))
    actions.count_in(act=act, indicator=row, counts=table(counts, series=series))
    return row


@pytest.fixture
def jumped(shenzhen):
    counts = calm()
    counts[-1] = 60
    row = counted(shenzhen, counts)
    passed(MONDAY)
    return row


def test_it_says_what_was_counted_and_what_chance_gives(jumped):
    signal = Signal.objects.get()
    assert (signal.action, signal.kind, signal.level, signal.source_id) == (
        "issue",
        "food-poisoning",
        None,
        "indicators",
    )
    chinese, english = signal.text.splitlines()
    assert english.startswith("whole jurisdiction, 2026-06-14: 60 were counted where ")
    assert "Chance alone gives a finding this strong less than once in a hundred years." in english
    assert chinese != english
    assert "60" in chinese
    assert not Entry.objects.filter(kind="flow.stumbled").exists()


def test_it_opens_its_situation_and_warns_nobody(jumped):
    situation = Situation.objects.get(kind="food-poisoning")
    assert (situation.in_force, situation.level) == (True, None)
    assert situation.evidence == [str(Signal.objects.get().id)]


def test_it_is_never_told_twice(jumped):
    passed(MONDAY)
    assert Signal.objects.count() == 1


def test_what_goes_on_prolongs_it_and_what_is_over_ends(shenzhen, jumped):
    tuesday = MONDAY + timedelta(1)
    act = shenzhen.act("duty_officer", at=noon_of(tuesday))
    actions.count_in(act=act, indicator=jumped, counts=[("", MONDAY, 66)])
    passed(tuesday)
    assert [s.action for s in Signal.objects.order_by("issued_at")] == ["issue", "extend"]
    assert Finding.objects.count() == 1
    passed(MONDAY + timedelta(4))
    assert Situation.objects.get(kind="food-poisoning").state == "closed"
    assert verify().ok


def test_dismissed_it_is_called_off_with_the_word(shenzhen, jumped):
    finding = Finding.objects.get()
    later = after(noon_of(MONDAY), timedelta(hours=1))
    actions.dismiss(act=shenzhen.act("duty_officer", "a typing error", at=later), finding=finding)
    advance()
    last = Signal.objects.order_by("-received_at", "-id").first()
    assert (last.action, last.text.splitlines()[-1]) == (
        "cancel",
        "A person dismissed the finding: a typing error",
    )
    assert Situation.objects.get(kind="food-poisoning").state == "closed"


def test_while_another_finding_stands_nothing_is_called_off(shenzhen, jumped):
    counts = calm(seed=9)
    counts[-1] = 60
    counted(shenzhen, counts)
    passed(MONDAY)
    first = Finding.objects.filter(indicator=jumped).get()
    act = shenzhen.act("duty_officer", "a typing error", at=noon_of(MONDAY))
    actions.dismiss(act=act, finding=first)
    advance()
    assert "cancel" not in [s.action for s in Signal.objects.all()]


def test_a_break_in_the_counting_is_told_and_opens_nothing(shenzhen):
    row = counts_elsewhere(shenzhen)
    act = shenzhen.act("duty_officer", at=noon_of(MONDAY))
    for series in ("440303", "440304", "elsewhere"):
        counts = calm(seed=len(series), mean=30)
        counts[-1] = 400
        actions.count_in(act=act, indicator=row, counts=table(counts, series=series))
    passed(MONDAY)
    told = Signal.objects.all()
    assert sorted(s.action for s in told) == ["inform"] * 3
    assert "ask whether the counting changed" in told[0].text
    one, other, everywhere = sorted(len(s.areas) for s in told)
    assert everywhere > one + other
    assert Situation.objects.count() == 0


def test_findings_of_days_past_are_kept_and_not_told(shenzhen):
    counts = calm(130)
    counts[-6] = 70
    counted(shenzhen, counts)
    passed(MONDAY)
    assert Finding.objects.filter(day=midnight_of(MONDAY - timedelta(6))).exists()
    assert Signal.objects.count() == 0


def test_a_finding_of_an_hour_says_the_hour_and_lasts_for_hours(shenzhen):
    row = counts_elsewhere(shenzhen, rhythm=Rhythm.HOUR)
    end = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12)
    counts = calm(24 * 20)
    counts[-1] = 60
    given = [("440305", end - timedelta(hours=len(counts) - at), int(c)) for at, c in enumerate(counts)]
    actions.count_in(act=shenzhen.act("duty_officer", at=noon_of(MONDAY)), indicator=row, counts=given)
    passed(MONDAY)
    signal = Signal.objects.get()
    assert signal.text.splitlines()[1].startswith(
        "Nanshan District, 2026-06-15 11:00: 60 were counted where "
    )
    assert signal.areas == ["440305"]
    assert signal.valid_until == after(noon_of(MONDAY), timedelta(hours=2))


def test_a_finding_of_several_districts_names_them_in_words(shenzhen):
    row = counts_elsewhere(shenzhen, neighbours=True)
    act = shenzhen.act("duty_officer", at=noon_of(MONDAY))
    west = ("440304", "440305", "440306", "440309")
    for name in (*west, "440303", "440307", "440308", "440310", "440311"):
        counts = calm(seed=int(name), mean=9)
        counts[-2:] += 6 * (name in west)
        actions.count_in(act=act, indicator=row, counts=table(counts, series=name))
    passed(MONDAY)
    signal = next(one for one in Signal.objects.all() if set(one.areas) == set(west))
    chinese, english = signal.text.splitlines()
    assert english.startswith(
        "Futian District, Nanshan District, Bao'an District and Longhua District, 2026-06-14: "
    )
    assert chinese.startswith("福田区、南山区、宝安区和龙华区，2026-06-14：")


def test_a_finding_of_a_step_that_is_not_whole_says_so(shenzhen, jumped):
    assert "Reports of this step are still coming in" not in Signal.objects.get().text
    finding = Finding.objects.get()
    Indicator.objects.filter(id=jumped.id).update(late=True, shares=[0.5, 0.9])
    finding.indicator.refresh_from_db()
    entry = Entry.objects.get(kind="indicator.found")
    Signal.objects.all().delete()
    tell(entry)
    chinese, english = Signal.objects.get().text.splitlines()
    assert "Reports of this step are still coming in; it was judged by what should be in by now." in english
    assert "该期的报告尚未到齐" in chinese
