"""Beyond one series: neighbours and the levels above them, as series of their own.

An outbreak that gives each of nine streets two cases more is noise in each and plain in their sum. A zone
is any set of series: the streets around one, a district, a city, a branch of a tree of topics. Its counts
are added up and judged like any series, with all steps of evidence, so that a zone and a detector together
are a space-time scan whose window in time needs no bounds. The budget counts zones as series; nothing more
is needed to keep the promise of false alarms, since their expected number adds up however much zones
overlap.

The scan over all neighbourhoods is that of Kulldorff, A spatial scan statistic, Communications in
Statistics 26 (1997) 1481-1496, with the forecast of the sum in place of his permutations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tocsin.engine.detect.shard import Counts, Shard


def added_up(shard: Shard, zones: Mapping[str, Sequence[str]]) -> Shard:
    """One series for each zone, in their order. It begins where the youngest of its series does; names that
    the shard doesn't hold (they could not be judged) are passed over; a zone with none left is dropped."""
    row = {name: at for at, name in enumerate(shard.names)}
    held = {zone: [row[name] for name in names if name in row] for zone, names in zones.items()}
    held = {zone: rows for zone, rows in held.items() if rows}
    if not held:
        return shard.rows(slice(0, 0))
    counts: Counts = np.stack([shard.counts[rows].sum(0) for rows in held.values()])
    begins = np.array([int(shard.begins[rows].max()) for rows in held.values()], dtype=np.int64)
    exposure = shard.exposure
    summed = None if exposure is None else np.stack([exposure[rows].sum(0) for rows in held.values()])
    return replace(shard, names=tuple(held), counts=counts, begins=begins, exposure=summed)


def beside(shard: Shard, zones: Mapping[str, Sequence[str]]) -> Shard:
    """The series of a shard and, after them, its zones."""
    added = added_up(shard, zones)
    exposed = None if shard.exposure is None or added.exposure is None else (shard.exposure, added.exposure)
    return replace(
        shard,
        names=shard.names + added.names,
        counts=np.concatenate([shard.counts, added.counts]),
        begins=np.concatenate([shard.begins, added.begins]),
        exposure=None if exposed is None else np.concatenate(exposed),
    )
