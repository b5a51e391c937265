"""Plans and their versions. A version's text is the plan; everything else is read from it."""

from functools import cached_property

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.stages.readiness.plans.document import PlanDocument, parse
from tocsin.stages.readiness.plans.enums import VersionState


class Plan(models.Model):
    """A plan by its code; `title` and `hazards` are those of its newest version."""

    code = models.CharField(primary_key=True, max_length=60)
    title = models.JSONField()
    hazards = models.JSONField()


class PlanVersion(models.Model):
    """One version, numbered from 1. `author` and `approver` are names, the ids are beside them: whoever
    wrote it may not approve it. `basis` is the corrective action that asked for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    shipped = models.BooleanField(default=False)
    """Whether it came with the pack and no person of this jurisdiction wrote it."""
    author = models.CharField(max_length=120)
    author_id = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    approver = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    review_due = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    basis = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_one_number")]
        indexes = [models.Index(fields=["state", "plan"])]

    @cached_property
    def document(self) -> PlanDocument:
        """The plan read. Every stored text was read once before it was stored."""
        return parse(self.text)

    @property
    def subject(self) -> str:
        """How deadlines name this version."""
        return f"plan:{self.id}"
