"""Topics of real messages: pairs to be read by a person.

    python -m bench.gather.topics --sample 100 --seed 1 [--file …] [--column … --title …]

draws pairs of one topic, each with the terms that they share. The file is an xlsx with a head, or JSON lines
with the key `title`. Two seeds are used: one while developing, another by a second reader.

    python -m bench.gather.topics --nearest 100 --seed 5

prints the pairs that are most alike, grouped or not, in a drawn order and without a verdict: whoever reads
them can't know what the engine said. What two readers found is in tests/engine/gather/topics/nearest.csv.
"""

import argparse
import csv
import heapq
import json
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from python_calamine import CalamineWorkbook

from tocsin.engine.gather.topics import LEAST, Message, Topic, compared, topics, vectors

FOLDER = Path("../shared/data")
MESSAGES = FOLDER / "citizen_messages/附件2.xlsx"
SEARCHES = sorted((FOLDER / "weibo_hot_search").glob("*.jsonl"))
READ = Path("tests/engine/gather/topics/nearest.csv")
COLUMN, TITLE = "留言详情", "留言主题"
SHOWN = 260
"""Characters of a message that are printed."""


def messages(file: Path, column: str = COLUMN, title: str = TITLE) -> list[Message]:
    """All messages of a file; their ids are its lines. Of searches in the same words only the first."""
    if file.suffix == ".jsonl":
        titles = dict.fromkeys(json.loads(line)["title"] for line in file.read_text("utf-8").splitlines())
        return [Message(f"{line:05d}", text) for line, text in enumerate(titles)]
    head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    text, name = head.index(column), head.index(title)
    return [Message(f"{line:05d}", str(row[text]), str(row[name])) for line, row in enumerate(rows, 2)]


def pairs(found: tuple[Topic, ...]) -> list[tuple[str, str, Topic]]:
    """All pairs of messages of one topic."""
    return [(a, b, topic) for topic in found for a, b in combinations(topic.messages, 2)]


def nearest(given: Sequence[Message], count: int) -> list[tuple[Message, Message]]:
    """The pairs that are most alike by equation (2) of the engine."""
    ordered = sorted(given, key=lambda message: message.id)
    known = vectors(ordered, set())
    scored = (
        (sum(weight * known[b].weights.get(term, 0.0) for term, weight in known[a].weights.items()), a, b)
        for a, b in compared(known)
    )
    return [(ordered[a], ordered[b]) for _, a, b in heapq.nlargest(count, scored)]


def checked() -> list[str]:
    """In how many of the pairs that two readers read the groups are as each of them found."""
    rows = list(csv.DictReader(READ.read_text("utf-8").splitlines()))
    together = {(int(a), int(b)) for a, b, _ in pairs(topics(messages(MESSAGES)))}
    lines = ["of the pairs most alike | reader | of one topic | grouping right", "---|---|---|---"]
    for reader in ("one", "other"):
        right = sum(((int(row["a"]), int(row["b"])) in together) == (row[reader] == "1") for row in rows)
        said = sum(row[reader] == "1" for row in rows)
        lines.append(f"{len(rows)} | {reader} | {said} | {right}")
    return lines


def table() -> list[str]:
    """What is there to be read, as rows of Markdown."""
    lines = ["file | messages | topics of several | pairs", "---|---|---|---"]
    for file in (one for one in (MESSAGES, *SEARCHES) if one.is_file()):
        given = messages(file)
        found = topics(given)
        several = sum(len(topic.messages) > 1 for topic in found)
        lines.append(f"{file.parent.name}/{file.name} | {len(given):,} | {several} | {len(pairs(found))}")
    return [*lines, "", *checked()] if MESSAGES.is_file() else lines


def main() -> None:
    """Prints a sample."""
    parser = argparse.ArgumentParser(prog="python -m bench.gather.topics")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--nearest", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=float, default=LEAST)
    parser.add_argument("--file", type=Path, default=MESSAGES)
    parser.add_argument("--column", default=COLUMN)
    parser.add_argument("--title", default=TITLE)
    asked = parser.parse_args()
    given = {one.id: one for one in messages(asked.file, asked.column, asked.title)}
    chance = random.Random(asked.seed)
    if asked.nearest:
        alike = nearest(list(given.values()), asked.nearest)
        for number, pair in enumerate(chance.sample(alike, len(alike)), 1):
            print(f"{number}.", *(_shown(one) for one in pair), sep="\n")
        return
    every = pairs(topics(given.values(), asked.least))
    drawn = chance.sample(every, min(asked.sample, len(every)))
    print(f"{len(drawn)} of {len(every)} pairs of one topic, seed {asked.seed}")
    for number, (a, b, topic) in enumerate(drawn, 1):
        print(f"{number}. [{' '.join(topic.terms)}]")
        print(_shown(given[a]), _shown(given[b]), sep="\n")


def _shown(one: Message) -> str:
    text = " ".join(one.text.split())[:SHOWN] if one.title else ""
    return f"   {(one.title or one.text).strip()}  {text}"


if __name__ == "__main__":
    main()
