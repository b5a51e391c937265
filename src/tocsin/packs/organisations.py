"""The organisations of a jurisdiction, as a template for its own."""

from tocsin.packs.rows import Row
from tocsin.packs.tables import Table


class OrganisationRow(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One organisation."""


TABLE = Table("organisations", OrganisationRow)
