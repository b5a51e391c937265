"""Indicators, their counts, and what was found in them."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.stages.reduction.indicators.enums import FindingState, IndicatorState, Rhythm


class Indicator(models.Model):
    """A count of signals by kind, place and source, step by step; or counts that come from elsewhere.

    `kind` is the hazard that a finding points to. `counted` are the kinds of signals that are counted, none
    for counts from elsewhere. `area` is empty for the whole jurisdiction; with `each` every district in it is
    a series of its own. `alarms` is how many false alarms a week people are ready to look at.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.JSONField()
    kind = models.CharField(max_length=60)
    counted = models.JSONField(default=list)
    area = models.CharField(max_length=60, blank=True)
    each = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)
    rhythm = models.CharField(max_length=5, choices=[(r.value, r.value) for r in Rhythm])
    alarms = models.FloatField()
    state = models.CharField(
        max_length=10, default=IndicatorState.WATCHED, choices=[(s.value, s.value) for s in IndicatorState]
    )
    defined_at = models.DateTimeField()
    judged_until = models.DateField(null=True)
    """The first day of the last step that was judged."""

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]


class Point(models.Model):
    """A count of one series in the step that begins on `day`. The series is the code of a place, or the name
    that a table gave it; empty where there is only one."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE)
    series = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "series", "day"], name="indicators_point_once")
        ]


class Finding(models.Model):
    """More than expected in one series, from the step of `day` to that of `last_day`: one event, however many
    steps it lasts. `low` … `high` hold 95 % of the counts when nothing is going on, `p` is the chance of such
    evidence then; all of them of the last step."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT)
    series = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    last_day = models.DateField()
    since = models.DateField()
    count = models.PositiveIntegerField()
    expected = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    p = models.FloatField(null=True)
    every = models.FloatField(null=True)
    """Chance alone gives such a finding once in so many weeks, over all series of the indicator."""
    verdict = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, default=FindingState.OPEN, choices=[(s.value, s.value) for s in FindingState]
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)
    word = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "series", "day"], name="indicators_finding_once")
        ]
        indexes = [models.Index(fields=["indicator", "last_day"])]
