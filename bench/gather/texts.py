"""Near-duplicate texts: ours beside gaoya, rensa and datasketch on the same messages in one run.

    python -m bench.gather.texts [--counts 100000 1000000]

Everybody is asked for pairs of a Jaccard share of at least 0.7 over runs of three characters. The time is
that from a list of strings to the pairs or groups. Recall is over all pairs of 2,000 sampled texts with any
other, counted exactly by sparse products; ours has a pair if both are in one group. Peers get the folded
texts, and what they tell is not checked for them: precision shows how much of it is true.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median

import numpy as np
from scipy import sparse

from bench.gather.corpus import corpus
from tocsin.engine.gather.texts.bands import by_key
from tocsin.engine.gather.texts.folding import all_folded, folded
from tocsin.engine.gather.texts.signatures import layout
from tocsin.engine.gather.texts.similar import similar
from tocsin.engine.gather.texts.window import Window

SHARE = 0.7
SEED = 20261128
ROUNDS = 3
SAMPLED = 2_000
HELD = 100_000
BANDS, ROWS = 12, 4
"""Of the peers, the layout with which they were measured before; ours chooses its own."""
PATIENCE = 150.0
"""Seconds that one peer may take."""
HEAD = (
    "| method | texts | cores | texts/s | of the limit | recall | precision |\n|---|---|---|---|---|---|---|"
)
Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Row:
    """A line of the table; `seconds` is a median."""

    name: str
    count: int
    cores: int
    seconds: float
    recall: float | None
    precision: float | None

    def line(self, limit: float) -> str:
        """As Markdown."""
        found = ["–" if one is None else f"{one:.4f}" for one in (self.recall, self.precision)]
        figures = f"{self.count / self.seconds:,.0f} | {limit / self.seconds:.2f}"
        return f"| {self.name} | {self.count:,} | {self.cores} | {figures} | {' | '.join(found)} |"


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, object]:
    """The median time and the last answer."""
    spent, answer = [], None
    for _ in range(rounds):
        began = time.perf_counter()
        answer = work()
        spent.append(time.perf_counter() - began)
    return median(spent), answer


def oracle(texts: list[str], chosen: np.ndarray) -> Pairs:
    """All pairs of a chosen text with any other at the asked share, exactly."""
    mine = [_runs(texts[at]) for at in chosen.tolist()]
    names = {run: number for number, run in enumerate(set().union(*mine))}
    own = _table([[names[run] for run in runs] for runs in mine], len(names))
    found: Pairs = set()
    for begin in range(0, len(texts), 50_000):
        sets = [_runs(text) for text in texts[begin : begin + 50_000]]
        theirs = _table([[names[run] for run in runs if run in names] for runs in sets], len(names))
        common = (own @ theirs.T).tocoo()
        sizes = np.array([len(runs) for runs in mine])[common.row], np.array(list(map(len, sets)))[common.col]
        like = common.data / (sizes[0] + sizes[1] - common.data) >= SHARE
        for one, other in zip(chosen[common.row[like]], common.col[like] + begin, strict=True):
            if one != other:
                found.add((int(min(one, other)), int(max(one, other))))
    return found


def _table(sets: list[list[int]], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *map(len, sets)])
    columns = np.fromiter((run for runs in sets for run in runs), np.int64, int(starts[-1]))
    return sparse.csr_matrix((np.ones(len(columns), np.int32), columns, starts), (len(sets), width))


def _runs(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def true_share(pairs: Iterable[tuple[int, int]], texts: list[str]) -> float:
    """How many of up to 5,000 pairs are at the asked share."""
    chance, told = np.random.default_rng(SEED), sorted(pairs)
    some = [told[at] for at in chance.permutation(len(told))[:5_000]]
    sets = [(_runs(texts[one]), _runs(texts[other])) for one, other in some]
    return float(np.mean([len(a & b) / len(a | b) >= SHARE for a, b in sets]))


def limit(texts: list[str]) -> float:
    """Seconds that can't be saved: copying the characters, and sorting the keys of all bands."""
    codes, bands = all_folded(texts).codes, layout(SHARE).bands
    keys = np.random.default_rng(SEED).integers(0, 2**63, len(texts), dtype=np.uint64)
    spare, work = np.empty_like(keys), np.empty_like(keys)

    def once() -> None:
        codes.copy()
        for _ in range(bands):
            work[:] = keys
            by_key(work, spare)

    once()
    return timed(once)[0]


def ours(texts: list[str], plain: list[str], cores: int, wanted: Pairs) -> Row:
    """The whole way, from strings to groups."""
    similar(texts[:1000], SHARE, cores)
    seconds, groups = timed(lambda: similar(texts, SHARE, cores))
    found = sum(groups.of[one] == groups.of[other] for one, other in wanted)
    links = zip(groups.one.tolist(), groups.other.tolist(), strict=True)
    return Row("**tocsin**", len(texts), cores, seconds, found / len(wanted), true_share(links, plain))


def gaoya(plain: list[str]) -> Pairs:
    """Rust, on all cores."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, SHARE, BANDS, ROWS, None, "char", False, (3, 3), "smallvec")
    index.par_bulk_insert_docs(list(range(len(plain))), plain)
    return _pairs(index.par_bulk_query(plain))


def rensa(plain: list[str]) -> Pairs:
    """Rust, on one core."""
    from rensa import RMinHash, RMinHashLSH

    index, made = RMinHashLSH(SHARE, BANDS * ROWS, BANDS), []
    for number, text in enumerate(plain):
        one = RMinHash(BANDS * ROWS, 42)
        one.update(list(_runs(text)))
        index.insert(number, one)
        made.append(one)
    return _pairs(index.query(one) for one in made)


def datasketch(plain: list[str]) -> Pairs:
    """NumPy, on one core."""
    from datasketch import MinHash, MinHashLSH

    index, made = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS)), []
    for number, text in enumerate(plain):
        one = MinHash(BANDS * ROWS)
        one.update_batch([run.encode() for run in _runs(text)])
        index.insert(number, one)
        made.append(one)
    return _pairs(index.query(one) for one in made)


def _pairs(answers: Iterable[Iterable[int]]) -> Pairs:
    return {(one, int(other)) for one, others in enumerate(answers) for other in others if one < int(other)}


PEERS = {"gaoya": (gaoya, 2), "rensa": (rensa, 1), "datasketch": (datasketch, 1)}


def peers(plain: list[str], wanted: Pairs, before: dict[str, float]) -> list[Row]:
    """Those that are here and not too slow; `before` holds seconds a text of smaller runs and is added to."""
    rows = []
    for name, (peer, cores) in PEERS.items():
        try:
            label = f"{name} {version(name)}"
        except PackageNotFoundError:
            print(f"{name} is not installed: left out", flush=True)
            continue
        if before.get(name, 0.0) * len(plain) > PATIENCE:
            print(f"{name} would take more than {PATIENCE:.0f} s for {len(plain):,}: left out", flush=True)
            continue
        seconds, found = timed(lambda peer=peer: peer(plain), 1)
        before[name] = seconds / len(plain)
        recall = len(wanted & found) / len(wanted)
        rows.append(Row(label, len(plain), cores, seconds, recall, true_share(found, plain)))
        print(f"{label}: {seconds:.0f} s", flush=True)
    return rows


def stream(texts: list[str]) -> list[str]:
    """Microseconds for one text taken in and its neighbours told, through Python and in batches."""
    times = np.arange(float(len(texts)))

    def singly() -> None:
        window = Window(HELD)
        for at, text in zip(times.tolist(), texts, strict=True):
            window.add(text, at)

    def in_batches() -> Window:
        window = Window(HELD)
        for begin in range(0, len(texts), 1_000):
            window.add_all(texts[begin : begin + 1_000], times[begin : begin + 1_000])
        return window

    warm = Window(10)
    warm.add(texts[0], 0.0)
    warm.add_all(texts[:2], np.zeros(2))
    (one, _), (many, window) = timed(singly), timed(in_batches)
    grouping, _ = timed(window.groups)
    rate = 1e6 / len(texts)
    return [
        f"Stream of {len(texts):,} texts through a window of {HELD:,}, one core: {one * rate:.1f} µs a text",
        f"taken in and its neighbours told, one call each; {many * rate:.1f} µs in batches of 1,000; all",
        f"groups of the window anew: {grouping:.2f} s. Medians of {ROUNDS} rounds.",
    ]


def table(counts: Iterable[int] = (100_000, 1_000_000)) -> list[str]:
    """Lines of Markdown."""
    lines: list[str] = [*HEAD.splitlines()]
    before: dict[str, float] = {}
    told: list[str] = []
    for count in counts:
        texts = corpus(count, SEED)
        plain = [folded(text) for text in texts]
        chosen = np.random.default_rng(SEED).choice(count, min(SAMPLED, count), replace=False)
        wanted, least = oracle(plain, chosen), limit(texts)
        print(f"{count:,} texts, {len(wanted)} pairs of {len(chosen)} sampled ones", flush=True)
        rows = [Row("limit: characters copied, keys sorted", count, 1, least, None, None)]
        rows += [ours(texts, plain, cores, wanted) for cores in (1, 2)]
        print("\n".join(row.line(least) for row in rows), flush=True)
        rows += peers(plain, wanted, before)
        lines += [row.line(least) for row in rows]
        told = stream(texts) if count == HELD else told
    return [*lines, "", *told]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.gather.texts")
    parser.add_argument("--counts", type=int, nargs="+", default=[100_000, 1_000_000])
    print("\n".join(table(parser.parse_args().counts)))


if __name__ == "__main__":
    main()
