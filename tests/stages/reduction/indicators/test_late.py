"""Reports that come late: the last steps are judged by what should be in by now."""

from datetime import timedelta

import numpy as np
import pytest

from stages.reduction.indicators.counts import MONDAY, midnight_of, noon_of
from tocsin.kernel.errors import Malformed
from tocsin.kernel.ids import uuid7
from tocsin.spine.journal.models import Entry
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.drawing import spots
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Finding, Point
from tocsin.stages.reduction.signals.models import Signal, Source

DELAYS = (0.4, 0.3, 0.2, 0.1)
"""The share of reports that come on the same day, one, two, three days later."""


@pytest.fixture
def clinics(shenzhen):
    return Source.objects.create(id="clinics", name={"en": "Clinics"}, account="standing")


def reports(source, counts, seed=8):
    """Reports of food poisoning on so many days until the day before Monday, most of which come late."""
    chance = np.random.default_rng(seed)
    begin = MONDAY - timedelta(len(counts))
    made = []
    for day, count in enumerate(counts):
        issued = noon_of(begin + timedelta(day))
        for took in chance.choice(len(DELAYS), int(count), p=DELAYS):
            made.append(_report(source, issued, issued + timedelta(days=int(took))))
    Signal.objects.bulk_create(made)


def _report(source, issued, received):
    return Signal(
        source=source,
        action="issue",
        kind="food-poisoning",
        areas=["440307"],
        title="x",
        text="x",
        issued_at=issued,
        received_at=received,
        last_seen_at=received,
        fingerprint=str(uuid7()),
    )


def defined(desk, day=MONDAY, **more):
    wanted = {"counted": ["food-poisoning"], "late": True, "rhythm": Rhythm.DAY, "alarms": 0.05}
    act = desk.act("duty_officer", at=noon_of(day))
    return actions.define(act=act, name={"en": "x"}, kind="food-poisoning", **(wanted | more))


def looked(desk, day=MONDAY):
    return actions.look(act=desk.act("machine", at=noon_of(day)))


def calm(mean=15.0, days=110, seed=4):
    return np.random.default_rng(seed).poisson(mean, days)


def test_how_late_they_are_is_learnt_and_an_unfinished_step_is_filled_up(shenzhen, clinics):
    reports(clinics, calm())
    row = defined(shenzhen)
    assert looked(shenzhen) == []
    row.refresh_from_db()
    assert row.shares == pytest.approx([0.4, 0.7, 0.9], abs=0.03)
    drawn = spots(queries.judged(row, noon_of(MONDAY)), 0)
    assert [spot.complete for spot in drawn[-4:]] == [1.0, *reversed(row.shares)]
    assert [spot.filled is not None for spot in drawn[-4:]] == [False, True, True, True]
    last = drawn[-1]
    assert last.exposure is None
    assert last.count < last.filled_low < last.filled < last.filled_high
    assert last.expected == pytest.approx(15 * row.shares[0], rel=0.2)


def test_without_it_every_last_step_would_look_like_a_fall(shenzhen, clinics):
    reports(clinics, calm())
    row = defined(shenzhen, late=False)
    assert spots(queries.judged(row, noon_of(MONDAY)), 0)[-1].expected > 12


def test_only_what_was_in_at_the_end_of_the_step_is_counted(shenzhen, clinics):
    reports(clinics, calm())
    row = defined(shenzhen)
    looked(shenzhen)
    seen = Signal.objects.filter(
        issued_at__gte=midnight_of(MONDAY - timedelta(1)), received_at__lte=midnight_of(MONDAY)
    )
    assert Point.objects.get(indicator=row, day=midnight_of(MONDAY - timedelta(1))).count == seen.count()


def test_a_rise_is_seen_while_most_reports_are_still_on_their_way(shenzhen, clinics):
    counts = calm()
    counts[-1] = 60
    reports(clinics, counts)
    defined(shenzhen)
    (finding,) = looked(shenzhen)
    assert finding.day == midnight_of(MONDAY - timedelta(1))
    assert finding.count < 40
    assert finding.expected < 10


def test_a_step_is_judged_anew_when_more_has_come_in_and_that_is_news(shenzhen, clinics):
    counts = calm()
    reports(clinics, counts)
    row = defined(shenzhen)
    assert looked(shenzhen) == []
    day = MONDAY - timedelta(1)
    Signal.objects.bulk_create(_report(clinics, noon_of(day), noon_of(MONDAY)) for _ in range(40))
    reports_of_monday = [_report(clinics, noon_of(MONDAY), noon_of(MONDAY)) for _ in range(6)]
    Signal.objects.bulk_create(reports_of_monday)
    (finding,) = looked(shenzhen, MONDAY + timedelta(1))
    assert finding.day == midnight_of(day)
    told = [entry.facts for entry in Entry.objects.filter(kind="indicator.found").order_by("seq")]
    assert (told[0]["day"], told[0]["begun"], told[0]["latest"]) == (day.isoformat(), True, True)
    assert looked(shenzhen, MONDAY + timedelta(1)) == []
    assert looked(shenzhen, MONDAY + timedelta(2)) == []
    assert Finding.objects.filter(indicator=row).count() == 1
    days = [entry.facts["day"] for entry in Entry.objects.filter(kind="indicator.found")]
    assert len(days) == len(set(days))


def test_too_few_reports_are_judged_as_they_are(shenzhen, clinics):
    reports(clinics, [1] * 10)
    row = defined(shenzhen)
    looked(shenzhen)
    row.refresh_from_db()
    assert row.shares is None
    assert queries.judged(row, noon_of(MONDAY)).shares == ()


def test_counts_from_elsewhere_know_no_delay(shenzhen):
    with pytest.raises(Malformed) as refusal:
        defined(shenzhen, counted=[])
    assert refusal.value.code == "indicator.late"
