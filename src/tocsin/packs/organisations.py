"""The organisations of a jurisdiction and their posts, as a template for its own desk.

A post is a chair with one role; who sits in it is never told in a pack. `above` names the post that
late and unanswered things climb to.
"""

import msgspec

from tocsin.packs.rows import Row, Text
from tocsin.packs.tables import Table


class PostRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One post. `role` is a role of the house; `area` a place code that its rights are bound to."""

    id: str
    name: Text
    role: str
    above: str = ""
    area: str = ""


class OrganisationRow(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One organisation with its posts. `parent` names another organisation of the pack."""

    parent: str = ""
    area: str = ""
    posts: tuple[PostRow, ...] = ()


TABLE = Table("organisations", OrganisationRow)
