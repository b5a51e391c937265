"""The jurisdiction that the desk serves, and its places."""

from django.db import models


class Jurisdiction(models.Model):
    """Whose desk this is. One row; `pack` names the law and policy that it works by."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    pack = models.CharField(max_length=120)
    name = models.JSONField()
    settled_at = models.DateTimeField()


class Place(models.Model):
    """One place of the pack with its outline, where somebody has drawn it (GeoJSON, WGS 84).

    `west`, `south`, `east`, `north` are its bounding box, so that a map asks only for what it shows.
    """

    code = models.CharField(primary_key=True, max_length=20)
    name = models.JSONField()
    kind = models.CharField(max_length=10)
    parent = models.CharField(max_length=20, blank=True)
    aliases = models.JSONField(default=list)
    place = models.PositiveIntegerField()
    """Its place in the pack's own order."""
    geometry = models.JSONField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["parent", "place"]), models.Index(fields=["kind", "place"])]
