"""Reports upwards. What was sent is never changed: a correction is a further version beside it."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.stages.response.reports.body import Body, read
from tocsin.stages.response.reports.enums import ReportKind, ReportState


class Report(models.Model):
    """One version of one report. `number` counts the reports of its kind for the incident from 1;
    `version` counts the corrections, each of which names in `corrects` the version that it replaces.
    `rule` is the statutory clock that it answers, empty: all that wait for a report.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=ReportKind)
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    to = models.TextField()
    rule = models.CharField(max_length=80, blank=True)
    body = models.JSONField()
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    drafted_by = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident_id", "kind", "number", "version"], name="reports_one_version"
            )
        ]

    @property
    def said(self) -> Body:
        """The body as it is typed."""
        return read(self.body)
