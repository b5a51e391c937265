"""Working groups that a response sets up on site: who leads, who is in it, what it does."""

from tocsin.packs.rows import Rule, Text
from tocsin.packs.tables import Table


class Group(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One group. Organisations are told in words: each place fills in its own."""

    lead: Text
    members: Text = {}
    does: Text


TABLE = Table("groups", Group)
