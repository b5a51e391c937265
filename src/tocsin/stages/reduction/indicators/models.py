"""Indicators, their counts, and what was found in them."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.stages.reduction.indicators.enums import FindingState, IndicatorState, Rhythm


class Indicator(models.Model):
    """A count of signals by kind, place and source, step by step; or counts that come from elsewhere.

    `kind` is the hazard that a finding points to. `counted` are the kinds of signals that are counted, none
    for counts from elsewhere. `area` is empty for the whole jurisdiction; with `each` every district in it is
    a series of its own, and with `neighbours` each district is looked at together with those around it too.
    `alarms` is how many false alarms a week people are ready to look at. Where reports come `late` the last
    steps are judged by what should be in by now.
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
    judged_until = models.DateTimeField(null=True)
    """The beginning of the last step that was judged."""
    late = models.BooleanField(default=False)
    shares = models.JSONField(null=True)
    """How much of the last steps was in by the end of the last one, the newest first; None: not known."""
    neighbours = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]


class Point(models.Model):
    """A count of one series in the step that begins at `day`. The series is the code of a place, or the name
    that a table gave it; empty where there is only one. `exposure` is what the count is in proportion to."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE)
    series = models.CharField(max_length=120, blank=True)
    day = models.DateTimeField()
    count = models.PositiveIntegerField()
    exposure = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "series", "day"], name="indicators_point_once")
        ]


class Finding(models.Model):
    """More than expected in one series, from the step of `day` to that of `last_day`: one event, however many
    steps it lasts. `low` … `high` hold 95 % of the counts when nothing is going on, `p` is the chance of such
    evidence then; all of them of the last step. Steps are named by the instant at which they begin. The
    series of several districts together is their codes, joined."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT)
    series = models.CharField(max_length=400, blank=True)
    day = models.DateTimeField()
    last_day = models.DateTimeField()
    since = models.DateTimeField()
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
