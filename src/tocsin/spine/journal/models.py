"""The journal: one row for every thing that happens, sealed into a chain, never changed."""

import json
from typing import Any, NoReturn

from django.db import models

from tocsin.kernel.errors import Illegal
from tocsin.kernel.instants import Instant, iso


class Entry(models.Model):
    """One thing that happened: `at` on the desk's clock, `recorded_at` by the machine's own time."""

    seq = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=120)
    word = models.TextField(blank=True)
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="journal_one_number_a_chain")]
        indexes = [models.Index(fields=["kind", "seq"]), models.Index(fields=["chain", "seq"])]

    @property
    def facts(self) -> dict[str, Any]:
        """The body as data."""
        facts: dict[str, Any] = json.loads(self.body)
        return facts

    def columns(self) -> dict[str, Any]:
        """What the seal covers, spelled as it was sealed."""
        return {
            "seq": self.seq,
            "chain": self.chain,
            "number": self.number,
            "kind": self.kind,
            "at": iso(Instant(self.at)),
            "recorded_at": iso(Instant(self.recorded_at)),
            "actor_kind": self.actor_kind,
            "actor_id": self.actor_id,
            "actor_name": self.actor_name,
            "word": self.word,
            "body": self.body,
            "previous": self.previous,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once. The database refuses later changes too (triggers of the first migration)."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Illegal(
            "journal.rewritten",
            "Entry {number} of {chain} can't be changed: the journal is never rewritten.",
            cure="Write a new entry that names this one and says what is right.",
            number=self.number,
            chain=self.chain,
        )


class Head(models.Model):
    """The end of a chain; the row named `enums.WHOLE` counts the entries of all chains.

    Locking that one row is how writers take turns, so that entries become visible in the order of
    their `seq` and whoever reads behind a cursor can't overlook one.
    """

    chain = models.CharField(primary_key=True, max_length=40)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
