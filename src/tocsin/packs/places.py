"""Places of a jurisdiction by their administrative code."""

import msgspec

from tocsin.packs.rows import Text
from tocsin.packs.tables import Table


class PlaceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place."""

    code: str
    name: Text


TABLE = Table("places", PlaceRow, key="code")
