"""The watch list as a board: districts down, hazards across, and in each cell the highest level in force."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.spine.places.queries import gazetteer
from tocsin.stages.reduction.situations.cells import Cell, Dispute, Key
from tocsin.stages.reduction.situations.queries import state_at, watch_rows
from tocsin.stages.reduction.situations.watching import Row
from tocsin.web import locality


@dataclass(frozen=True)
class Board:
    """`rows`: code, name and a cell for each hazard of `kinds` (None where nothing is in force)."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Row | None, ...]], ...]
    cells: tuple[Row, ...]

    @property
    def levels(self) -> dict[str, int]:
        """The highest level of each district, for the map."""
        found: dict[str, int] = {}
        for cell in self.cells:
            if cell.level:
                found[cell.area] = max(found.get(cell.area, 0), int(cell.level))
        return found

    @property
    def said(self) -> dict[str, str]:
        """What is in force in each district, in words."""
        found: dict[str, list[str]] = {}
        for cell in self.cells:
            found.setdefault(cell.area, []).append(words(cell))
        return {code: gettext("; ").join(parts) for code, parts in found.items()}

    @property
    def highest(self) -> list[tuple[str, str, int, str]]:
        """Code, name, level and words of each district where something is in force, the gravest first."""
        names = {code: name for code, name, _ in self.rows}
        said, levels = self.said, self.levels
        rows = [(code, names.get(code, code), levels.get(code, 0), text) for code, text in said.items()]
        return sorted(rows, key=lambda row: -row[2])


def board(at: Instant, kind: str = "") -> Board:
    """The board at an instant, of one hazard where it is named."""
    here = locality.pack()
    cells = tuple(row for row in watch_rows(at) if not kind or row.kind == kind) if here else ()
    kinds = tuple(dict.fromkeys(cell.kind for cell in cells))
    by_place = {(cell.area, cell.kind): cell for cell in cells}
    rows = tuple(
        (code, name, tuple(by_place.get((code, kind)) for kind in kinds)) for code, name in _districts(cells)
    )
    return Board(kinds, rows, cells)


def _districts(cells: Iterable[Row]) -> list[tuple[str, str]]:
    """All districts, then what else (a sea area) has something in force."""
    listed = locality.known_places(("district",))
    known = {code for code, _ in listed}
    others = dict.fromkeys(cell.area for cell in cells if cell.area not in known)
    return [*listed, *locality.place_names(others).items()]


def words(cell: Row) -> str:
    """One cell in words: hazard, level, and in how many streets where not in all."""
    level = locality.step_name(WarningLevel(cell.level)) if cell.level else gettext("no level")
    part = (
        gettext(" in {some} of {all} streets").format(some=cell.leaves, all=cell.of)
        if cell.leaves < cell.of
        else ""
    )
    return f"{locality.kind_name(cell.kind)} {level}{part}"


@dataclass(frozen=True)
class Street:
    """One place and one hazard: the cell in force (None where only a dispute is left), and the dispute."""

    area: str
    kind: str
    cell: Cell | None
    dispute: Dispute | None


def streets(code: str, at: Instant) -> list[Street]:
    """Every cell of a place and what lies in it, the gravest first within each hazard."""
    state, places = state_at(at), gazetteer()
    inner = places.ordered(places.within(code))
    kinds = {key.kind for key in (*state.cells, *state.disputes) if key.area in inner}
    keys = [Key(leaf, kind) for kind in kinds for leaf in inner]
    found = [Street(key.area, key.kind, state.cells.get(key), state.disputes.get(key)) for key in keys]
    held = [street for street in found if street.cell or street.dispute]
    gravest = {kind: max((_level(one) for one in held if one.kind == kind), default=0) for kind in kinds}
    return sorted(held, key=lambda one: (-gravest[one.kind], one.kind, -_level(one)))


def _level(street: Street) -> int:
    return (street.cell.level or 0) if street.cell else -1
