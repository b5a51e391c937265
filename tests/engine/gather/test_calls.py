"""On real calls, against pairs that a reader labelled blind: see truth/SOURCE.txt."""

import pytest
from numba import config

from engine.gather.samples import calls, verdicts
from tocsin.engine.gather.gathering import Gathering


@pytest.mark.skipif(bool(config.DISABLE_JIT), reason="9,227 calls are for compiled loops")
def test_calls_of_one_event_are_found_and_strangers_are_not():
    gathering = Gathering()
    given_out = [
        group for report in sorted(calls(), key=lambda r: r.seconds) for group in gathering.add(report)
    ]
    groups = [*given_out, *gathering.close()]
    of = {report.id: number for number, group in enumerate(groups) for report in group.reports}
    assert len(of) == 9227
    truth = verdicts("calls_truth.csv")
    assert len(truth) >= 300
    joined = {pair for pair in truth if of[pair[0]] == of[pair[1]]}
    right = sum(truth[pair] for pair in joined)
    assert right / len(joined) >= 0.95
    assert right / sum(truth.values()) >= 0.95
