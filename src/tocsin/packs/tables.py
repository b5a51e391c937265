"""A table of a pack: one YAML file, one row type, rows found by one key.

A child pack's rows are laid over its parent's: a row with the same key replaces the parent's row
whole, in the parent's place; a new one is added at the end. Nothing is ever merged field by field,
so that a row can always be read alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from tocsin.kernel.errors import NotFound

R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True)
class Table(Generic[R]):
    """The declaration: `<name>.yaml` is a list of `row`s, each found by its field `key`."""

    name: str
    row: type[R]
    key: str = "id"

    def key_of(self, row: R) -> str:
        """The key under which `row` is found."""
        return str(getattr(row, self.key))


class Rows(Mapping[str, R]):
    """The rows of one table, by key, in the order in which the pack tells them."""

    def __init__(
        self,
        table: str,
        rows: Mapping[str, R] | None = None,
        places: Mapping[str, str] | None = None,
    ) -> None:
        self.table = table
        self._rows = dict(rows or {})
        self._places = dict(places or {})

    def __getitem__(self, key: str) -> R:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def of(self, key: str) -> R:
        """The row with this key. Raises `NotFound`, naming the keys there are."""
        if key not in self._rows:
            raise NotFound(
                "pack.row-unknown",
                "The pack's table “{table}” has no “{key}”.",
                cure="Use one of its keys: {known}.",
                table=self.table,
                key=key,
                known=", ".join(self._rows),
            )
        return self._rows[key]

    def where(self, key: str) -> str:
        """The place where the row is written, as `cn/kinds.yaml:12`."""
        return self._places.get(key, f"{self.table}.yaml")
