"""The incident: the thing that all stages talk about. And the proposal: what the machine may do about it."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.ladders import IncidentGrade
from tocsin.spine.incidents.enums import IncidentState, ProposalKind, ProposalState


class Incident(models.Model):
    """One event, from its opening to the close of its review. `kind` is an event kind of the pack;
    `grade` is empty until there is ground to judge, or where the law knows none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    title = models.JSONField()
    kind = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(null=True, choices=[(g.value, g.name) for g in IncidentGrade])
    state = models.CharField(
        max_length=10,
        default=IncidentState.OPEN,
        choices=[(s.value, s.value) for s in IncidentState],
    )
    areas = models.JSONField(default=list)
    situation_id = models.UUIDField(null=True)
    drill = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    occurred_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "opened_at"])]


class Proposal(models.Model):
    """Something that the machine offers to do. `offer` is what signing it would do; `reasons` is a list of
    texts; `rule` and `source` name what it rests on; `decision` is the offer as it was signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in ProposalKind])
    subject = models.CharField(max_length=80)
    incident_id = models.UUIDField(null=True)
    title = models.JSONField()
    reasons = models.JSONField()
    rule = models.CharField(max_length=120)
    source = models.TextField()
    offer = models.JSONField()
    decision = models.JSONField(null=True)
    state = models.CharField(
        max_length=10,
        default=ProposalState.OPEN,
        choices=[(s.value, s.value) for s in ProposalState],
    )
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    word = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "made_at"]),
            models.Index(fields=["subject", "rule"]),
        ]
