"""How many people live in an area, from a census by county.

    (1)  expected = sum over counties of population x (area of the county inside / area of the county)
    (2)  least    = sum over the counties that lie wholly inside
    (3)  most     = sum over the counties that the area touches
    (4)  the part of (1) that comes from cut counties is a guess; (2) and (3) hold whatever it is

Areas are those on the sphere. (1) supposes that people are spread evenly over a county, which they never are:
a river valley, a steppe and a town have little to do with the mean of their county. A county of which less
than a millionth is inside counts as outside, and as inside where less than that is outside: outlines of two
sources never agree to the metre. The census counts where people live on its day, not where they are now.

Goodchild and Lam, Areal interpolation: a variant of the traditional spatial problem, Geo-Processing 1 (1980)
297-312.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tocsin.engine.reach.columns import Floats, Numbers
from tocsin.engine.reach.region import Region
from tocsin.engine.reach.shapes import shape_of, spherical_area
from tocsin.kernel.errors import Malformed

SLIVER = 1e-6
"""Share of a county that is taken for an error of the outline."""


@dataclass(frozen=True)
class County:
    """What a census says of one unit, and where it is."""

    region: Region
    population: int


@dataclass(frozen=True)
class Census:
    """Counties side by side: codes, people, shapely's geometries and square kilometres."""

    codes: tuple[str, ...]
    population: Numbers
    shapes: NDArray[Any]
    areas: Floats


@dataclass(frozen=True)
class People:
    """Equations (1) to (3); which counties lie wholly inside, and of the cut ones the share that does.

    `guessed` is the share of `expected` that (4) speaks of. `uncovered` is the share of the area that lies in
    no county: the sea, another country, or a county that the census lacks. `area` in square kilometres.
    """

    expected: float
    least: int
    most: int
    whole: tuple[str, ...]
    cut: Mapping[str, float]
    guessed: float
    uncovered: float
    area: float


def census(counties: Mapping[str, County]) -> Census:
    """The counties made ready. Raises `Malformed` for a population below zero."""
    for code, county in counties.items():
        if county.population < 0:
            raise Malformed(
                "reach.population",
                "County {where} has {population} people.",
                cure="Mend the table of the census.",
                where=code,
                population=county.population,
            )
    shapes = np.array([shape_of(county.region) for county in counties.values()], dtype=object)
    areas = np.array([spherical_area(shape) for shape in shapes], dtype=np.float64)
    population = np.array([county.population for county in counties.values()], dtype=np.int64)
    return Census(tuple(counties), population, shapes, areas)


def people(region: Region, counted: Census) -> People:
    """How many of the census's people live in the region. Raises `Malformed` for one without an area."""
    shape = shape_of(region)
    area = spherical_area(shape)
    if not area:
        raise Malformed(
            "reach.nothing",
            "The region has no area.",
            cure="Give a polygon, a circle or a code.",
            where="area",
        )
    shares = _shares(shape, counted)
    inside, cut = shares == 1.0, (shares > 0.0) & (shares < 1.0)
    least = int(counted.population[inside].sum())
    guess = float((counted.population[cut] * shares[cut]).sum())
    return People(
        expected=least + guess,
        least=least,
        most=least + int(counted.population[cut].sum()),
        whole=tuple(counted.codes[at] for at in np.flatnonzero(inside)),
        cut={counted.codes[at]: float(shares[at]) for at in np.flatnonzero(cut)},
        guessed=guess / (least + guess) if guess else 0.0,
        uncovered=max(0.0, 1.0 - float((shares * counted.areas).sum()) / area),
        area=area,
    )


def _shares(shape: Any, counted: Census) -> Floats:
    """The share of each county that is inside; 0 and 1 to a sliver."""
    shapely.prepare(shape)
    shares: Floats = shapely.covers(shape, counted.shapes).astype(np.float64)
    for at in np.flatnonzero(shapely.intersects(shape, counted.shapes) & (shares == 0.0)):
        inside = spherical_area(shapely.intersection(shape, counted.shapes[at]))
        shares[at] = inside / counted.areas[at]
    shares[shares < SLIVER] = 0.0
    shares[shares > 1.0 - SLIVER] = 1.0
    return shares
