"""A situation: what signals on one hazard have in common, watched until it is over."""

from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.reduction.situations.enums import Basis, SituationState


class Situation(models.Model):
    """One hazard in this jurisdiction. `level` is the highest in force now, empty for none or a warning
    without a level; `areas` are codes, `evidence` ids of signals.

    It stays watched, also when nothing of it is in force, until its end is evident or a person closes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10, default=SituationState.WATCHED, choices=[(s.value, s.value) for s in SituationState]
    )
    in_force = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(null=True, choices=[(s.value, s.name) for s in WarningLevel])
    highest = models.PositiveSmallIntegerField(null=True, choices=[(s.value, s.name) for s in WarningLevel])
    basis = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Basis])
    areas = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    assessed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing = models.JSONField(default=dict)
    """Why it was closed: how each ending came about, the signals that say so, or a person's word."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(state=SituationState.WATCHED.value),
                name="situations_one_watched_a_kind",
            )
        ]
        indexes = [models.Index(fields=["state", "id"])]
