"""How far each reader of the journal has come, and what a script of staff decisions has still to do."""

from django.db import models

from tocsin.kernel.ids import uuid7


class Cursor(models.Model):
    """The last entry that a reader has heard."""

    name = models.CharField(primary_key=True, max_length=40)
    seq = models.BigIntegerField(default=0)


class ScriptedAct(models.Model):
    """One decision that the script will take when its time comes, unless somebody takes the seat."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    line = models.CharField(max_length=80)
    post = models.CharField(max_length=60)
    heard = models.BigIntegerField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "due_at"])]
        constraints = [models.UniqueConstraint(fields=["line", "heard", "post"], name="script_once_an_entry")]


class Seat(models.Model):
    """A seat that a visitor took over from the script: the script no longer acts in it."""

    post = models.CharField(primary_key=True, max_length=60)
    person = models.CharField(max_length=120)
    taken_at = models.DateTimeField()
