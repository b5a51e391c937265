"""Slow and obvious: the same answers from Python sets, pair by pair."""

from itertools import combinations

from tocsin.engine.gather.texts.folding import folded

WORDS = (
    "道路",
    "积水",
    "请求",
    "处理",
    "school",
    "bus",
    "，",
    "停电",
    "已经",
    "三天",
    "A市",
    "小区",
    " ",
    "没有人",
)


def shingles(text):
    plain = folded(text)
    if len(plain) < 3:
        return {plain} - {""}
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def jaccard(one, other):
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def alike(texts, at_least):
    """Every pair that shares so much."""
    pairs = combinations(range(len(texts)), 2)
    return {(one, other) for one, other in pairs if jaccard(texts[one], texts[other]) >= at_least}


def grouping(texts, at_least):
    """The group of each text, numbered by first text."""
    of = list(range(len(texts)))
    for one, other in sorted(alike(texts, at_least)):
        of = [of[one] if group == of[other] else group for group in of]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(of))}
    return [numbers[group] for group in of]


def messages(chance, count, length=12, copies=0.5):
    """Texts of common words; so many of them are an earlier one with some of it changed."""
    told = []
    for _ in range(count):
        if told and chance.random() < copies:
            letters = list(told[int(chance.integers(len(told)))])
            for _ in range(int(chance.integers(0, 5))):
                letters[int(chance.integers(len(letters)))] = "某"
            told.append("".join(letters))
        else:
            told.append("".join(WORDS[at] for at in chance.integers(0, len(WORDS), length)))
    return told
