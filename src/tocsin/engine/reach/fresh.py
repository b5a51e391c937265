"""What has changed since an index was made: points that are new, that moved, that are gone.

    (1)  of several changes of one id the latest holds
    (2)  stale = the places in the index of all ids that have changed, which a search passes over
    (3)  a point that is gone stands at nan, so that no area holds it

Taking a batch up costs a copy of what is held and a search for each id of the batch; nothing that a reader
holds is changed by it.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.reach.columns import NO_FLOATS, NO_NUMBERS, Column, Floats, Numbers, frozen
from tocsin.engine.reach.grid import Index, demand_places, indexed, places_of
from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Changes:
    """A batch in the order in which it happened; nan for longitude and latitude: the point is gone."""

    ids: Numbers
    lon: Floats
    lat: Floats

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.lon) == len(self.lat):
            raise Malformed(
                "reach.columns",
                "The columns differ in length: {ids} ids, {lon} longitudes, {lat} latitudes.",
                cure="Give each change an id, a longitude and a latitude.",
                where="changes",
                ids=len(self.ids),
                lon=len(self.lon),
                lat=len(self.lat),
            )
        gone = np.isnan(self.lon) & np.isnan(self.lat)
        demand_places(np.where(gone, 0.0, self.lon), np.where(gone, 0.0, self.lat))

    def __len__(self) -> int:
        return len(self.ids)


def moved(ids: Numbers, lon: Floats, lat: Floats) -> Changes:
    """Points that are new or stand elsewhere now. Raises `Malformed` with the first that is no place."""
    demand_places(lon, lat)
    return Changes(ids, lon, lat)


def removed(ids: Numbers) -> Changes:
    """Points that are gone."""
    nowhere = np.full(len(ids), np.nan)
    return Changes(ids, nowhere, nowhere)


@dataclass(frozen=True)
class Fresh:
    """The latest change of each id, by rising id, and `stale` of (2), rising."""

    ids: Numbers
    lon: Floats
    lat: Floats
    stale: Numbers

    def __len__(self) -> int:
        return len(self.ids)


UNCHANGED = Fresh(NO_NUMBERS, NO_FLOATS, NO_FLOATS, NO_NUMBERS)
"""Nothing has changed yet."""


def taken_up(fresh: Fresh, changes: Changes, index: Index) -> Fresh:
    """What has changed, a batch later: (1), (2)."""
    backwards = np.unique(changes.ids[::-1], return_index=True)[1]
    latest = len(changes) - 1 - backwards
    ids, lon, lat = changes.ids[latest], changes.lon[latest], changes.lat[latest]
    spots = np.searchsorted(fresh.ids, ids)
    known = np.zeros(len(ids), np.bool_)
    inner = spots < len(fresh)
    known[inner] = fresh.ids[spots[inner]] == ids[inner]

    def merged(old: Column, new: Column) -> Column:
        changed = old.copy()
        changed[spots[known]] = new[known]
        whole: Column = np.insert(changed, spots[~known], new[~known])
        return frozen(whole)

    columns = merged(fresh.ids, ids), merged(fresh.lon, lon), merged(fresh.lat, lat)
    return Fresh(*columns, _stale(fresh, ids[~known], index))


def _stale(fresh: Fresh, ids: Numbers, index: Index) -> Numbers:
    places = places_of(index.ids, index.by_id, frozen(ids))
    more = np.sort(places[places >= 0])
    return frozen(np.insert(fresh.stale, np.searchsorted(fresh.stale, more), more))


def compacted(index: Index, fresh: Fresh) -> Index:
    """A new index in which all changes have their place."""
    stays = np.ones(len(index), np.bool_)
    stays[fresh.stale] = False
    rows = index.by_id[stays[index.by_id]]  # by rising id, which spares the new index a sort
    here = ~np.isnan(fresh.lon)
    spots = np.searchsorted(index.ids[rows], fresh.ids[here])

    def joined(old: Column, new: Column) -> Column:
        both: Column = np.insert(old[rows], spots, new[here])
        return both

    lon, lat = joined(index.lon, fresh.lon), joined(index.lat, fresh.lat)
    return indexed(lon, lat, joined(index.ids, fresh.ids))
