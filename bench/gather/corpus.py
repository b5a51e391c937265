"""Messages to measure with: as long, as mixed and as alike by chance as real ones, and some planted copies.

Chinese: a chain of characters, each drawn by the two before it, learned from real citizen messages and hot
topics. English: a chain of words, each drawn by the one before it, learned from Python's own manual. So
common runs are common and rare ones rare. A fifth of the texts are copies of earlier ones with up to eight
characters replaced, put in or left out: their Jaccard share lies between about 0.5 and 1.
"""

import json
import re
from itertools import pairwise
from pathlib import Path
from pydoc_data.topics import topics

import numpy as np

HOUSE = Path(__file__).resolve().parents[2]
SHARED = HOUSE.parent / "shared/data"
LENGTH, SPREAD, SHORTEST, LONGEST = 78, 18, 12, 120
WORDS = 24
COPIES = 0.2
CHINESE = 0.7
CHANGES = 8


def corpus(count: int, seed: int) -> list[str]:
    """So many texts."""
    chance = np.random.default_rng(seed)
    lengths = np.clip(chance.normal(LENGTH, SPREAD, count), SHORTEST, LONGEST).astype(int)
    chinese = chance.random(count) < CHINESE
    zh, en = _chinese(), _english()
    texts = np.empty(count, object)
    texts[chinese] = _letters(zh, _walks(zh, int(chinese.sum()), LONGEST, chance))
    texts[~chinese] = _words(en, _walks(en, int((~chinese).sum()), WORDS, chance))
    made = [text[:length].strip() for text, length in zip(texts, lengths, strict=True)]
    for at in 1 + np.flatnonzero(chance.random(count - 1) < COPIES):
        made[at] = _changed(made[int(chance.integers(at))], chance.random((CHANGES, 2)), chance.random())
    return made


def _walks(units: list[str], count: int, steps: int, chance: np.random.Generator) -> np.ndarray:
    """Places in `units`, each followed by one of those that follow the same unit, or pair of characters."""
    pairs = np.array(_states(units))
    order = np.argsort(pairs, kind="stable")
    ranked = pairs[order]
    low = np.searchsorted(ranked, pairs, "left")
    many = np.searchsorted(ranked, pairs, "right") - low
    at = chance.integers(2, len(units) - 1, count)
    walked = np.empty((count, steps), np.int32)
    for step in range(steps):
        walked[:, step] = at
        twin = order[low[at] + (chance.random(count) * many[at]).astype(np.int64)]
        at = np.where(twin + 1 < len(units), twin + 1, 2)
    return walked


def _states(units: list[str]) -> list[int]:
    names = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    own = [names[unit] for unit in units]
    if max(map(len, units)) > 1:
        return own
    return [own[0], *(before * len(names) + one for before, one in pairwise(own))]


def _letters(units: list[str], walks: np.ndarray) -> list[str]:
    codes = np.array([ord(unit) for unit in units], np.uint32)
    whole, steps = codes[walks].tobytes().decode("utf-32-le"), walks.shape[1]
    return [whole[begin : begin + steps] for begin in range(0, len(whole), steps)]


def _words(units: list[str], walks: np.ndarray) -> list[str]:
    return [" ".join([units[at] for at in walk]) for walk in walks.tolist()]


def _changed(text: str, draws: np.ndarray, amount: float) -> str:
    letters = list(text)
    for where, what in draws[: int(amount * (CHANGES + 1))]:
        at = int(where * len(letters))
        if what < 1 / 3:
            letters[at] = letters[int(what * 3 * len(letters))]
        elif what < 2 / 3:
            letters.insert(at, "某")
        elif len(letters) > SHORTEST:
            del letters[at]
    return "".join(letters)


def _chinese() -> list[str]:
    from python_calamine import CalamineWorkbook

    told = []
    for path in sorted((SHARED / "citizen_messages").glob("*.xlsx")):
        for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python():
            told += [str(cell).strip() for cell in row if len(str(cell)) > 12]
    for path in sorted((SHARED / "weibo_hot_search").glob("*.jsonl")):
        told += [json.loads(line)["title"] for line in path.read_text("utf-8").splitlines()]
    return list(re.sub(r"\s+", "", "，".join(told)))


def _english() -> list[str]:
    return " ".join(topics.values()).split()
