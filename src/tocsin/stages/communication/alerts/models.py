"""An alert from its first draft to the end of its force, and the document that was published."""

from typing import cast
from uuid import UUID

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.publishing import Product
from tocsin.stages.communication.alerts.enums import AlertKind, AlertState, CapStatus, MsgType


class Alert(models.Model):
    """One CAP message. Texts are by language, `areas` place codes. `root` is the first of its chain (None
    in the first), `previous` what an update or a cancellation refers to. `hands` are the ids of all who
    drafted, edited or submitted it: none of them may approve it. `cap_xml` is frozen at publication.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField(null=True)
    situation_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=AlertKind)
    product = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Product])
    hazard = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(null=True, choices=[(v.value, v.name) for v in WarningLevel])
    areas = models.JSONField()
    headline = models.JSONField()
    description = models.JSONField()
    instruction = models.JSONField()
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sender = models.CharField(max_length=200)
    sender_name = models.JSONField()

    msg_type = models.CharField(max_length=10, choices=MsgType, default=MsgType.ALERT)
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="descendants")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")

    state = models.CharField(max_length=10, choices=AlertState, default=AlertState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=120)
    edited_by = models.CharField(max_length=120, blank=True)
    submitted_by = models.CharField(max_length=120, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    hands = models.JSONField(default=list)
    word = models.TextField(blank=True)

    status = models.CharField(max_length=10, choices=CapStatus, blank=True)
    identifier = models.CharField(max_length=120, null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was updated or cancelled; None while nothing but its end ends it."""
    cap_xml = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "expires_at"]),
            models.Index(fields=["incident_id", "id"]),
            models.Index(fields=["sent_at", "expires_at"]),
        ]

    @property
    def sent(self) -> Instant:
        """When it was published. To be asked only of what is, or is about to be."""
        return cast(Instant, self.sent_at)

    @property
    def first(self) -> UUID:
        """The id of the first message of its chain."""
        return self.root_id or self.id
