"""The response to an incident: the plans that run, and the tasks, orders, decisions and needs in it.

All that is numbered counts within its incident, so that people can say “order 7” aloud.
"""

from datetime import timedelta

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import ResponseLevel
from tocsin.spine.people.models import Post
from tocsin.stages.response.command.enums import (
    WORKING,
    ActivationState,
    NeedState,
    ReceiptState,
    TaskState,
)


class Activation(models.Model):
    """A plan that runs for an incident. `matter` and each of `measures` are texts by language."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField()
    plan = models.CharField(max_length=60)
    plan_version = models.UUIDField()
    plan_number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in ResponseLevel])
    state = models.CharField(max_length=10, choices=ActivationState, default=ActivationState.ACTIVE)
    matter = models.JSONField()
    expected = models.DurationField()
    measures = models.JSONField()
    basis = models.TextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident_id", "plan"],
                condition=models.Q(state="active"),
                name="command_a_plan_runs_once",
            )
        ]

    @property
    def expected_until(self) -> Instant:
        """When the response was expected to be over."""
        span: timedelta = self.expected
        return Instant(self.started_at + span)


class Numbered(models.Model):
    """What both incident and number name; `key` is the plan's own name for it, empty where no plan asked."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField()
    number = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["incident_id", "number"], name="%(app_label)s_%(class)s_number")
        ]


class Task(Numbered):
    """Something that a post must do. `note` and `evidence` (a list of addresses or file names) say how."""

    activation = models.ForeignKey(Activation, null=True, on_delete=models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=60, blank=True)
    title = models.JSONField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    basis = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)

    class Meta(Numbered.Meta):
        indexes = [models.Index(fields=["owner", "state"])]

    @property
    def subject(self) -> str:
        """What its deadline is called."""
        return f"task:{self.id}"

    def late(self, now: Instant) -> bool:
        """Whether it is still to be done and should have been by now."""
        return self.state in WORKING and self.due_at is not None and self.due_at < now


class Order(Numbered):
    """What the command tells posts to do at once. Each of them has a receipt."""

    activation = models.ForeignKey(Activation, null=True, on_delete=models.PROTECT, related_name="orders")
    key = models.CharField(max_length=60, blank=True)
    text = models.JSONField()
    issued_by = models.CharField(max_length=120)
    issued_at = models.DateTimeField()


class OrderReceipt(models.Model):
    """One post's answer to an order; `reason` is why it declined."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="receipts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=15, choices=ReceiptState, default=ReceiptState.OPEN)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "post"], name="command_one_receipt_a_post")]
        indexes = [models.Index(fields=["post", "state"])]

    @property
    def subject(self) -> str:
        """What its deadline is called."""
        return f"receipt:{self.id}"

    def late(self, now: Instant) -> bool:
        """Whether no answer has come and one should have by now."""
        return self.state == ReceiptState.OPEN and self.due_at < now


class Decision(Numbered):
    """Who decided what on which ground. `known_seq` is the newest entry of the journal that could be seen
    when it was made; `options` is a list of texts, `chosen` one of them or another.
    """

    matter = models.TextField()
    known_seq = models.BigIntegerField()
    known = models.TextField(blank=True)
    options = models.JSONField(default=list)
    chosen = models.TextField()
    reasons = models.TextField()
    signer = models.CharField(max_length=120)
    signer_id = models.CharField(max_length=60)
    decided_at = models.DateTimeField()


class Need(Numbered):
    """Something that the response needs: how much, of what, and how much of it has come."""

    activation = models.ForeignKey(Activation, null=True, on_delete=models.PROTECT, related_name="needs")
    key = models.CharField(max_length=60, blank=True)
    what = models.JSONField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.JSONField()
    met = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    owner = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.OPEN)
    raised_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
