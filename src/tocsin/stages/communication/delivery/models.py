"""The outbox: what is to be sent, written in the transaction that published it, and how far it has come."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.stages.communication.delivery.enums import DeliveryState


class Outgoing(models.Model):
    """One published message, frozen; `languages` in the order to be shown. `fanned` once each channel of
    that moment has its delivery.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    incident_id = models.UUIDField(null=True)
    languages = models.JSONField()
    title = models.JSONField()
    text = models.JSONField()
    cap_xml = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    exercise = models.BooleanField()
    fanned = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="delivery_published_once")]
        indexes = [models.Index(fields=["fanned", "id"])]


class Delivery(models.Model):
    """A message on its way to one channel. Leases and retries run on the machine's own time; `sent_at` is
    the desk's. `key` is the idempotency key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    message = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receipt = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_one_a_channel")]
        indexes = [models.Index(fields=["state", "next_try_at"]), models.Index(fields=["state", "id"])]
