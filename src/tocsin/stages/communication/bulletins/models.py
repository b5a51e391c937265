"""A bulletin: the truth as far as it is known at one moment, told to the public."""

from typing import cast

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant
from tocsin.packs.publishing import Product
from tocsin.stages.communication.bulletins.enums import BulletinKind, BulletinState


class Bulletin(models.Model):
    """`content` is a `BulletinContent` as JSON. `number` counts the published ones of `series` (the
    incident's id, or the desk's own chain). `hands` are the ids of all who drafted, edited or submitted it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField(null=True)
    series = models.CharField(max_length=40)
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=BulletinKind)
    product = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Product])
    hazard = models.CharField(max_length=60)
    issuer = models.JSONField()
    title = models.JSONField()
    content = models.JSONField()
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    state = models.CharField(max_length=10, choices=BulletinState, default=BulletinState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=120)
    edited_by = models.CharField(max_length=120, blank=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    hands = models.JSONField(default=list)
    word = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="bulletins_one_number")]
        indexes = [models.Index(fields=["state", "id"]), models.Index(fields=["incident_id", "id"])]

    @property
    def published(self) -> Instant:
        """When it was published. To be asked only of what is, or is about to be."""
        return cast(Instant, self.published_at)
