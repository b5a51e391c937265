"""Tokens: how a program shows in whose name it calls."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.spine.people.models import Person


class ApiToken(models.Model):
    """A token of one person. Only its SHA-256 is kept: the token itself is shown once, when it is made.

    `used_at` is the machine's own time (a replay's clock says nothing about who knocks), to the hour.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
