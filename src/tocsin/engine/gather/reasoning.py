"""The levels of a pair put back into words: a link with its reasons."""

import numpy as np

from tocsin.engine.gather.comparing import CODES, NAMES
from tocsin.engine.gather.evidence import BANDS, KIND, PLACE, STARTS, TIME, WORD, Ints, Weights
from tocsin.engine.gather.links import Link, Reason, What, When, Where, Words, confidence
from tocsin.engine.gather.reports import Report


def link(a: Report, b: Report, levels: Ints, metres: float, weights: Weights) -> Link:
    """The link between two reports, `a` the older, whose levels of agreement are known; `metres` apart for
    certain, negative if their positions can't tell."""
    drawn = weights.table[levels + np.array(STARTS)]
    reasons: list[Reason] = [
        _where(a, b, int(levels[PLACE]) // BANDS, metres, float(drawn[PLACE])),
        When(float(drawn[TIME]), b.seconds - a.seconds),
        What(float(drawn[KIND]), (a.kind, b.kind), (a.channel, b.channel)),
    ]
    if levels[WORD]:
        reasons.append(Words(float(drawn[WORD]), _both(a.words[: CODES - NAMES], b.words[: CODES - NAMES])))
    reasons.sort(key=lambda reason: -reason.weight)
    return Link(a.id, b.id, confidence(weights.prior + float(drawn.sum())), tuple(reasons))


def _where(a: Report, b: Report, agreement: int, metres: float, weight: float) -> Where:
    shared = _both(a.names[:NAMES], b.names[:NAMES])
    return Where(weight, None if metres < 0.0 else metres, shared, agreement)


def _both(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in ours if word in theirs)
