"""Plans and their versions. A version's text is the plan; everything else is read from it."""

import hashlib
from functools import cached_property, lru_cache

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
    """One version, numbered from 1. `author` and `approver` are names; `hands` are the ids of all who
    drafted, edited or submitted it: none of them may approve it. `base` is the number of the version that
    was in force when it was drafted (None: there was none); `basis` the corrective action that asked for it.
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
    hands = models.JSONField(default=list)
    base = models.PositiveIntegerField(null=True)
    drafted_at = models.DateTimeField()
    approver = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    """When it ceased to be in force: replaced, or withdrawn."""
    filed_at = models.DateTimeField(null=True)
    review_due = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    word = models.TextField(blank=True)
    """Why it was returned or withdrawn."""
    basis = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_one_number")]
        indexes = [models.Index(fields=["state", "plan"])]

    @cached_property
    def document(self) -> PlanDocument:
        """The plan read. Every stored text was read once before it was stored."""
        return _read(self.text)

    @property
    def sha256(self) -> str:
        """The fingerprint of its text, as the journal keeps it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def subject(self) -> str:
        """How the deadlines of this version name it."""
        return f"plan:{self.id}"


@lru_cache(maxsize=64)
def _read(text: str) -> PlanDocument:
    """The same text is the same plan: those in force are asked at every turn of a situation."""
    return parse(text)
