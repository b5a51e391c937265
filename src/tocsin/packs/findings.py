"""Something to mend in a pack."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Where it is written (`cn/kinds.yaml:12`), what is wrong, and what to do."""

    where: str
    what: str
    cure: str
