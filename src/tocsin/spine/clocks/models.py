"""The desk's own clock, and the deadlines that run on it."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.spine.clocks.enums import DeadlineState


class Timepiece(models.Model):
    """Which time the desk lives in. One row: absent means real time.

    In a replay, `position` is the present; whoever drives the replay moves it on, `speed` replayed
    seconds to a real one, unless it is `paused`.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    archive = models.CharField(max_length=500)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    position = models.DateTimeField()
    speed = models.FloatField(default=60.0)
    paused = models.BooleanField(default=False)
    scripted = models.BooleanField(default=False)
    """Whether the pack's script sits in the seats."""

    @property
    def pace(self) -> float:
        """Replayed seconds to a real one just now: none while it is paused or has come to its end."""
        return 0.0 if self.paused or self.position >= self.ends else self.speed


class Deadline(models.Model):
    """Something that must happen by an instant. `subject` names the thing (“task:<id>”), `rule` the
    clock of the pack or plan that asks for it, `owner` the post that must see to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    subject = models.CharField(max_length=80)
    rule = models.CharField(max_length=80)
    name = models.JSONField()
    source = models.TextField(blank=True)
    verified = models.CharField(max_length=10, blank=True)
    incident_id = models.UUIDField(null=True)
    owner = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        default=DeadlineState.RUNNING,
        choices=[(s.value, s.value) for s in DeadlineState],
    )
    met_at = models.DateTimeField(null=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    escalated_to = models.CharField(max_length=60, blank=True)
    next_step_at = models.DateTimeField()
    """When the clock next has something to do: the deadline itself, then each further escalation."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_step_at"]),
            models.Index(fields=["subject", "rule"]),
            models.Index(fields=["incident_id", "due_at"]),
        ]
