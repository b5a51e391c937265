"""Official warning signals: which exist, at which levels, and what each level says will happen."""

import msgspec

from tocsin.packs.rows import Rule, Text, Verified
from tocsin.packs.steps import WarningName
from tocsin.packs.tables import Table


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one level of a signal means, in the issuer's words."""

    text: Text
    source: str = ""
    """Where it differs from its signal's."""
    verified: Verified | None = None


class Signal(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One warning signal; `levels` by the names of `WarningLevel`."""

    kind: str
    levels: dict[WarningName, Criterion] = {}
    plain: Text = {}
    """What it means where it is issued without a level; empty where that isn't done."""


TABLE = Table("warnings", Signal)
