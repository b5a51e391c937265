"""The review of an incident, what it found, what was learned and what is done about it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language

from tocsin.kernel.errors import fill
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.spine.people.models import Post
from tocsin.stages.recovery.reviews.enums import (
    PHRASES,
    POSTS,
    ActionState,
    FindingKind,
    Pattern,
    ReviewState,
)


class Review(models.Model):
    """One review an incident. `drawn` is what it wrote by itself (`records.Drawn.plain`)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident_id = models.UUIDField(unique=True)
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    summary = models.TextField(blank=True)
    drawn = models.JSONField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class Finding(models.Model):
    """Something that the record shows (`author` empty) or a person saw. `place` keeps their order."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=FindingKind)
    pattern = models.CharField(max_length=30, choices=[(p.value, p.value) for p in Pattern])
    facts = models.JSONField()
    entries = models.JSONField(default=list)
    author = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["review", "place"])]

    @property
    def sentence(self) -> str:
        """The finding as one sentence in the language of whoever reads."""
        return self.naming({})

    def naming(self, posts: Mapping[str, str]) -> str:
        """The same with the names of posts where the record has their codes."""
        language = get_language() or ""
        facts = {name: posts.get(fact, fact) if name in POSTS else fact for name, fact in self.facts.items()}
        return fill(str(PHRASES[Pattern(self.pattern)]), _spoken(facts, language))


def _spoken(facts: dict[str, Any], language: str) -> dict[str, Any]:
    return {name: say(fact, language) if isinstance(fact, dict) else fact for name, fact in facts.items()}


class Lesson(models.Model):
    """What was learned. Without an action it needs `settled`: why none is taken."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="lessons")
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="lessons")
    text = models.TextField()
    author = models.CharField(max_length=120)
    learned_at = models.DateTimeField()
    settled = models.TextField(blank=True)


class CorrectiveAction(models.Model):
    """What a post does about a lesson by a date. It may change one line of a plan: `plan` is its code,
    `find` the line as it is, `replace` as it shall be, `plan_version` the version that came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ActionState, default=ActionState.OPEN)
    plan = models.CharField(max_length=60, blank=True)
    find = models.TextField(blank=True)
    replace = models.TextField(blank=True)
    result = models.TextField(blank=True)
    plan_version = models.UUIDField(null=True)
    assigned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    done_by_id = models.CharField(max_length=60, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "state"])]

    @property
    def subject(self) -> str:
        """What its deadline is called."""
        return f"action:{self.id}"

    def late(self, now: Instant) -> bool:
        """Whether it is still to be done and should have been by now."""
        return self.state == ActionState.OPEN and self.due_at < now
