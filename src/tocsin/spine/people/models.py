"""Organisations, their posts, and who holds them when.

A post is a chair; a person sits in it. Rights, orders and deadlines belong to posts, so that they
survive a change of shift. As little as possible is kept about persons: a name and an account.
"""

from django.conf import settings
from django.db import models

from tocsin.kernel.ids import uuid7
from tocsin.spine.people.enums import Role


class Organisation(models.Model):
    """A department, a district office, a unit. `name` is a text for each language."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.JSONField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    area = models.CharField(max_length=20, blank=True)


class Post(models.Model):
    """A chair with one role; `above` is the post that late and unanswered things go to."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.JSONField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    above = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")
    area = models.CharField(max_length=20, blank=True)


class Person(models.Model):
    """Somebody who can sit in a chair."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    """Where orders are sent: an address that a channel understands (mailto://…); may be empty."""


class Holding(models.Model):
    """A person holds a post from one instant to another; `place` 0 is the holder, 1… the deputies."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    place = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)


class Shift(models.Model):
    """A person is on duty in a post, from (inclusive) to (exclusive)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shifts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shifts")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["post", "since", "until"])]
