"""Sources, the snapshots taken of them, the signals in them, and what could not be read."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.feeds import Account
from tocsin.stages.reduction.signals.enums import Action, QuarantineState, SourceState


class Source(models.Model):
    """Something that the desk listens to: a feed of the pack, or the desk's own people."""

    id = models.CharField(primary_key=True, max_length=60)
    name = models.JSONField()
    family = models.CharField(max_length=60, blank=True)
    account = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Account])
    state = models.CharField(
        max_length=10, default=SourceState.UNHEARD, choices=[(s.value, s.value) for s in SourceState]
    )
    last_at = models.DateTimeField(null=True)
    """When the newest snapshot was polled."""
    silent_since = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    """The rule of the feed by which it counts as silent."""


class Snapshot(models.Model):
    """One answer of a source, by name and content: taken in once, however often it is offered.

    `said` are the ids of the signals that it lists as valid at `taken_at`; the account that stands in
    force at any past instant is read from here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    said = models.JSONField(default=list)
    said_digest = models.CharField(max_length=64)
    records = models.PositiveIntegerField()
    readable = models.BooleanField()
    """Whether the file was whole: one that was not says nothing, and not that nothing is valid."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "digest"], name="signals_snapshot_once")]
        indexes = [models.Index(fields=["source", "taken_at"])]


class Signal(models.Model):
    """One thing that a source said. A repeat is counted here, never written again.

    `level` is empty for a warning without a step and where every step is meant. `unread` are words for
    places that nobody here knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    action = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Action])
    kind = models.CharField(max_length=60, blank=True)
    level = models.PositiveSmallIntegerField(null=True, choices=[(s.value, s.name) for s in WarningLevel])
    areas = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    title = models.CharField(max_length=300)
    text = models.TextField()
    issuer = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    seen_count = models.PositiveIntegerField(default=1)
    ref = models.CharField(max_length=120, blank=True)
    file = models.CharField(max_length=200, blank=True)
    """The file in which it was first seen."""
    fingerprint = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at", "id"]),
            models.Index(fields=["kind", "received_at"]),
            models.Index(fields=["source", "received_at"]),
        ]


class Quarantine(models.Model):
    """Something that came in and could not be read, kept whole until a person has looked at it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT)
    file = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    part = models.SmallIntegerField(default=-1)
    """Which of the feed's parts a held record is of; below zero where the whole file is held."""
    reason = models.CharField(max_length=20)
    detail = models.CharField(max_length=300, blank=True)
    raw = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, default=QuarantineState.WAITING, choices=[(s.value, s.value) for s in QuarantineState]
    )
    fingerprint = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)
    word = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"])]
