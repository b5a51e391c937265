"""The weights, learned from reports that nobody has labelled.

Near pairs are a mixture of two classes, one event (share r) and not, in each of which the fields are
independent. What the fields look like between two events needs no guessing, for some pairs can't be one:

    (1)  u of place: shares of its levels among pairs of reports days apart, moved to the same time of day
    (2)  u of time, kind and words: shares among pairs of one hour that lie far from each other

With u known, EM finds the rest (Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter
Model of Record Linkage, ASA 1988):

    (3)  E:  g(pair) = 1 / (1 + exp(-w)),  w by equation (2) of `evidence` with the weights so far
    (4)  M:  r = mean of g;   w_f(l) = ln( (M + k) / (U + k) )     M: sum of g over the pairs at level l
                                                                   U: u_f(l) times the sum of g over all

(4) is ln(m / u) but for k pairs on either side, which keep a level that was seldom seen from saying much.
"Unknown" gets weight 0. A climb ends in a local maximum: start from weights whose signs are right. Reports
that never have words keep the weights of words that they started with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from tocsin.engine.gather.comparing import X, Z, marks, numbers
from tocsin.engine.gather.evidence import KIND, PLACE, SIZES, STARTS, WORD, Floats, Ints, Weights
from tocsin.engine.gather.kinds import Kinds
from tocsin.engine.gather.reports import Report
from tocsin.engine.gather.window import Window
from tocsin.kernel.errors import Malformed

LEAST = 100
SHRINK = 2.0
"""k of (4), pairs."""
DAY = 86_400.0
LAGS = 7
FAR = 8000.0
"""Metres beyond which two calls of one hour are two events."""
ROUNDS = 200
EXTREME = 50.0


def near(reports: Iterable[Report], window: Window, weights: Weights, kinds: Kinds) -> Ints:
    """Levels of all pairs that `window`, empty at first, finds; pairs × fields. Reports in order of time."""
    found = []
    for report in reports:
        row = window.push(numbers(report), marks(report, kinds))
        found += [window.levels(row, int(other)) for other in window.search(row, weights)[0]]
    return _levels(found)


def days_apart(reports: Sequence[Report], window: Window, weights: Weights, kinds: Kinds, lag: float) -> Ints:
    """Levels of near pairs of a report and one from `lag` seconds before, as if they were of one time."""
    moved = [replace(report, id=f"+{report.id}", at=report.seconds + lag) for report in reports]
    ordered = sorted([*reports, *moved], key=lambda report: (report.seconds, report.id))
    found = []
    for report in ordered:
        row = window.push(numbers(report), marks(report, kinds))
        others = window.search(row, weights)[0].tolist()
        late = report.id.startswith("+")
        found += [window.levels(row, o) for o in others if ordered[o].id.startswith("+") != late]
    return _levels(found)


def far_apart(reports: Sequence[Report], window: Window, kinds: Kinds) -> Ints:
    """Levels of pairs within the seconds of `window` that lie more than FAR metres apart."""
    rows = np.array([numbers(report) for report in reports])
    found, first = [], 0
    for row, report in enumerate(reports):
        window.push(numbers(report), marks(report, kinds))
        while rows[row, 0] - rows[first, 0] > window.seconds:
            first += 1
        metres = np.sqrt(((rows[first:row, X : Z + 1] - rows[row, X : Z + 1]) ** 2).sum(axis=1))
        located = (rows[first:row, -1] >= 0.0) & (rows[row, -1] >= 0.0)
        found += [window.levels(row, first + int(o)) for o in np.flatnonzero((metres > FAR) & located)]
    return _levels(found)


def learned(
    reports: Iterable[Report], start: Weights, kinds: Kinds, metres: float, seconds: float
) -> Weights:
    """The weights of a stream from its own past, some weeks of it. Raises `Malformed` below 100 pairs."""
    ordered = sorted(reports, key=lambda report: (report.seconds, report.id))

    def window() -> Window:
        return Window(metres, seconds, kinds.persons)

    lags = [days_apart(ordered, window(), start, kinds, day * DAY) for day in range(1, LAGS + 1)]
    never = unlinked(np.concatenate(lags), far_apart(ordered, window(), kinds))
    return estimated(near(ordered, window(), start, kinds), never, start)


def unlinked(in_time: Ints, in_place: Ints) -> Floats:
    """u of all levels by (1) from pairs far in time and (2) from pairs far in place."""
    _enough(in_time)
    _enough(in_place)
    u = _shares(in_place, np.ones(len(in_place)))
    place = slice(STARTS[PLACE], STARTS[PLACE] + SIZES[PLACE])
    u[place] = _shares(in_time, np.ones(len(in_time)))[place]
    return u


def estimated(levels: Ints, u: Floats, start: Weights) -> Weights:
    """The weights by (3) and (4) from the levels of near pairs. Raises `Malformed` below 100 pairs."""
    _enough(levels)
    seen, counts = np.unique(levels, axis=0, return_counts=True)
    weights = start
    for _ in range(ROUNDS):
        w = weights.prior + weights.table[seen + np.array(STARTS)].sum(axis=1)
        g = 1.0 / (1.0 + np.exp(-np.clip(w, -EXTREME, EXTREME)))
        weights = _weights(seen, counts * g, float(counts.sum()), u)
    table = weights.table.copy()
    if not levels[:, WORD].any():
        table[STARTS[WORD] :] = start.of(WORD)
    return Weights(weights.prior, table)


def _weights(seen: Ints, part: Floats, pairs: float, u: Floats) -> Weights:
    total = float(part.sum())
    table = np.log((_shares(seen, part) * total + SHRINK) / (u * total + SHRINK))
    for field in (PLACE, KIND, WORD):
        table[STARTS[field]] = 0.0
    r = total / pairs
    return Weights(float(np.clip(np.log(r / (1.0 - r)), -EXTREME, EXTREME)), table)


def _shares(levels: Ints, part: Floats) -> Floats:
    """The share of each level in its field, over pairs that count as `part`."""
    sums = np.zeros(sum(SIZES))
    for column in (levels + np.array(STARTS)).T:
        np.add.at(sums, column, part)
    shares: Floats = sums / part.sum()
    return shares


def _levels(found: list[Ints]) -> Ints:
    return np.array(found, dtype=np.int64).reshape(-1, len(SIZES))


def _enough(levels: Ints) -> None:
    if len(levels) < LEAST:
        raise Malformed(
            "gather.pairs",
            "{count} pairs of reports are too few to learn weights from",
            cure="Give a longer history: at least 100 pairs near each other, better some thousands.",
            where="levels",
            count=len(levels),
        )
