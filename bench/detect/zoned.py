"""An outbreak that falls in equal parts on nine neighbouring series: each alone, and all added up.

Each of nine series of a scenario carries an outbreak of a third of the design's size, from the same week
on. What the best detector of single series could do with the ninth part is set beside what the sum shows.
"""

from dataclasses import fields

import numpy as np

from bench.detect import oracle
from bench.detect.measures import Measures, at_rate
from bench.detect.simulation import Trial, trial
from tocsin.engine.detect.baseline import Baseline
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.sharding import in_parts
from tocsin.engine.detect.zones import added_up

NINE = 9
EACH = 5


def zoned(seed: int) -> list[str]:
    """Lines of a Markdown table."""
    parts = [trial(EACH, seed * 10 + part, cases=1 / 3, places=seed) for part in range(NINE)]
    detector, names = Sequential(Baseline(year=364.0)), [f"s{row}" for row in range(len(parts[0].counts))]
    scores = {}
    for arm in ("counts", "twin"):
        shards = [part.shard(getattr(part, arm)) for part in parts]
        whole = parts[0].shard(np.concatenate([shard.counts for shard in shards]))
        zones = {
            name: [f"s{row + part * len(names)}" for part in range(NINE)] for row, name in enumerate(names)
        }
        scores[arm] = in_parts(detector, added_up(whole, zones), parts[0].first).score
    union = _during(parts)
    alone = [at_rate(oracle.all_weeks(p, p.counts), oracle.all_weeks(p, p.twin), p) for p in parts]
    together = at_rate(scores["counts"], scores["twin"], union)
    rows = [
        ("limit of one series alone, law known (mean of nine)", _mean(alone)),
        ("the nine added up", together),
    ]
    lines = ["detector | POD, one alert an event | POD | sensitivity | F1", "---|---|---|---|---"]
    return lines + [
        f"{name} | {m.pod_alerts:.1f} | {m.pod:.1f} | {m.sensitivity:.1f} | {m.f1:.1f}" for name, m in rows
    ]


def _during(parts: list[Trial]) -> Trial:
    first = parts[0]
    weeks = np.logical_or.reduce([part.outbreak for part in parts])
    return Trial(
        first.counts, first.twin, weeks, first.mu, first.phi, first.parameters, first.size, first.past
    )


def _mean(found: list[Measures]) -> Measures:
    names = [field.name for field in fields(Measures) if field.name != "by_set"]
    return Measures(*(float(np.mean([getattr(m, name) for m in found])) for name in names), by_set=())
