"""Messages that speak of the same problem at the same place.

A message is a vector of its terms (`terms`). Of term t in message d

    (1)  x_t = ln(N / n_t) (1 + ln f_t) p_t     N messages, n_t of them hold t; f_t how often d holds it, in
                                                the title counting double; p_t = PLACE for place terms, else 1
    (2)  s(a, b) = sum of x_t y_t / (|x| |y|),   the cosine (Salton, Wong, Yang, CACM 18 (1975) 613-620)
    (3)  a pair is linked if s >= `least`, and of this sum at least PART comes from place terms and PART from
         others, of terms that stand in the title of either: the same problem elsewhere, or another problem
         at the place, is another topic. What is ALIKE is linked anyway: it is one text sent twice
    (4)  links are taken from the strongest to the weakest (of equals by id); two groups become one if the
         mean of s over all linked pairs between them, a pair without link counting 0, is >= half of `least`

By (4) a topic holds together as a whole and does not run on along a chain. Only messages that share a term
held by few are compared (an inverted index finds them), so work does not grow with the square of N unless
all speak of one thing. The order of the input does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log, sqrt

from tocsin.engine.gather.terms import terms
from tocsin.kernel.errors import Malformed

LEAST = 0.3
PLACE = 1.6
PART = 0.06
ALIKE = 0.9
COMMON, FEW = 0.02, 30
"""Messages are compared that share a term held by at most this share of all, or by so few."""
TOLD = 6
"""Terms that are told as the reason of a link or a topic."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, and its title if it has one."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A link of two messages: ids in order, s of (2), and the shared terms that make most of it."""

    a: str
    b: str
    score: float
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Ids of messages in order, the links within, and the terms that make most of these. A message that no
    other speaks like is a topic of its own."""

    messages: tuple[str, ...]
    links: tuple[Likeness, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vector:
    """Terms with their weights of (1), of length 1; and those that stand in the title."""

    weights: Mapping[str, float]
    title: frozenset[str]


Pair = tuple[int, int]


def topics(messages: Iterable[Message], least: float = LEAST) -> tuple[Topic, ...]:
    """The topics, the largest first (of equals by id); each message is in exactly one.

    `least` in (0, 1]: higher is surer and finds less. Raises `Malformed` for an id used twice.
    """
    ordered = sorted(messages, key=lambda message: message.id)
    _check(ordered, least)
    places: set[str] = set()
    known = vectors(ordered, places)
    links = {pair: found for pair in compared(known) if (found := _link(pair, ordered, known, places, least))}
    groups = _groups(len(ordered), {pair: link.score for pair, link in links.items()}, least)
    return tuple(sorted((_topic(rows, ordered, links) for rows in groups), key=_size))


def _check(ordered: Sequence[Message], least: float) -> None:
    if not 0.0 < least <= 1.0:
        raise Malformed(
            "gather.least",
            "a likeness of at least {least} can't be asked for",
            cure="Give a number above 0 and up to 1; 0.3 is usual.",
            where="least",
            least=least,
        )
    for before, message in pairwise(ordered):
        if before.id == message.id:
            raise Malformed(
                "gather.message_twice",
                "id {id} names two messages",
                cure="Give each message an id of its own.",
                where="id",
                id=message.id,
            )


def _size(topic: Topic) -> tuple[int, str]:
    return -len(topic.messages), topic.messages[0]


def vectors(messages: Sequence[Message], places: set[str]) -> list[Vector]:
    """Equation (1); fills `places` with the terms that some message uses as a place term."""
    counted = [_counted(message, places) for message in messages]
    held = Counter(term for counts, _ in counted for term in counts)
    return [_vector(counts, title, held, len(messages), places) for counts, title in counted]


def _counted(message: Message, places: set[str]) -> tuple[Counter[str], frozenset[str]]:
    counts: Counter[str] = Counter()
    for part, times in ((message.title, 2), (message.text, 1)):
        for term, place in terms(part):
            counts[term] += times
            if place:
                places.add(term)
    return counts, frozenset(term for term, _ in terms(message.title or message.text))


def _vector(
    counts: Counter[str], title: frozenset[str], held: Counter[str], messages: int, places: set[str]
) -> Vector:
    weights = {
        term: log(messages / held[term]) * (1.0 + log(times)) * (PLACE if term in places else 1.0)
        for term, times in counts.items()
    }
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return Vector({term: weight / length for term, weight in weights.items()}, title)


def compared(known: Sequence[Vector]) -> set[Pair]:
    """All pairs that share a term held by few, as rows."""
    holders: dict[str, list[int]] = defaultdict(list)
    for row, vector in enumerate(known):
        for term in vector.weights:
            holders[term].append(row)
    most = max(FEW, COMMON * len(known))
    return {pair for rows in holders.values() if len(rows) <= most for pair in combinations(rows, 2)}


def _link(
    pair: Pair, messages: Sequence[Message], known: Sequence[Vector], places: set[str], least: float
) -> Likeness | None:
    """The link of a pair by (2) and (3), None if there is none."""
    one, two = (known[row] for row in pair)
    few, many = sorted((one.weights, two.weights), key=len)
    parts = {term: weight * many[term] for term, weight in few.items() if term in many}
    score = sum(parts.values())
    if score < least:
        return None
    titled = one.title | two.title
    place = sum(part for term, part in parts.items() if term in titled and term in places)
    other = sum(part for term, part in parts.items() if term in titled and term not in places)
    if score < ALIKE and min(place, other) < PART:
        return None
    a, b = (messages[row].id for row in pair)
    return Likeness(a, b, min(score, 1.0), _most(parts))


def _most(parts: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(parts, key=lambda term: (-parts[term], term))[:TOLD])


def _groups(count: int, scores: Mapping[Pair, float], least: float) -> list[list[int]]:
    """Rows by (4)."""
    group, members = list(range(count)), {row: [row] for row in range(count)}
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        ours, theirs = members[group[a]], members[group[b]]
        if group[a] == group[b]:
            continue
        total = sum(scores.get((min(x, y), max(x, y)), 0.0) for x in ours for y in theirs)
        if total >= 0.5 * least * len(ours) * len(theirs):
            gone = group[b]
            members[group[a]] = ours + theirs
            for row in members.pop(gone):
                group[row] = group[a]
    return [sorted(rows) for rows in members.values()]


def _topic(rows: list[int], messages: Sequence[Message], links: Mapping[Pair, Likeness]) -> Topic:
    inner = tuple(links[pair] for pair in combinations(rows, 2) if pair in links)
    told = Counter(term for link in inner for term in link.terms)
    return Topic(tuple(messages[row].id for row in rows), inner, _most(told))
