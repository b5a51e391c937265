"""The feeds that a jurisdiction listens to."""

from tocsin.packs.rows import Row
from tocsin.packs.tables import Table


class Feed(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One feed."""


TABLE = Table("feeds", Feed)
