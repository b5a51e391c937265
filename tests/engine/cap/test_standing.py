"""Which of many messages hold."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tocsin.engine.cap import (
    MsgType,
    State,
    Status,
    ack_of,
    cancel_of,
    in_force,
    read,
    reference_to,
    standings,
    update_of,
)
from tocsin.kernel.errors import Malformed

HOUR = timedelta(hours=1)


@pytest.fixture
def first(source):
    return read(source.encode())


@pytest.fixture
def life(first):
    """A warning, its update after one hour, the cancel of that after two."""
    second = update_of(first, identifier="a.2", sent=first.sent + HOUR, info=first.info)
    return [first, second, cancel_of(second, identifier="a.3", sent=second.sent + HOUR)]


def states(alerts, at):
    return [str(standing.state) for standing in standings(alerts, at)]


def test_a_life_is_followed_from_instant_to_instant(life, first):
    assert states(life, first.sent - HOUR) == ["ahead", "ahead", "spent"]
    assert states(life, first.sent) == ["in force", "ahead", "spent"]
    assert states(life, first.sent + HOUR) == ["superseded", "in force", "spent"]
    assert states(life, first.sent + 2 * HOUR) == ["cancelled", "cancelled", "spent"]
    assert states(life[:2], first.sent + 6 * HOUR) == ["superseded", "expired"]
    assert in_force(life, first.sent + HOUR) == (life[1],)


def test_it_is_said_which_message_ended_another(life, first):
    assert [standing.by for standing in standings(life, first.sent + HOUR)] == [
        reference_to(life[1]),
        None,
        None,
    ]
    twice = [*life, cancel_of(first, identifier="a.9", sent=first.sent + 3 * HOUR)]
    assert standings(twice, first.sent + 4 * HOUR)[0].by == reference_to(life[2])


def test_one_without_an_end_stays_until_it_is_ended(first):
    endless = replace(first, info=(first.info[0], replace(first.info[0], expires=None)))
    silent = replace(first, info=())
    assert states([endless, silent], first.sent + 1000 * HOUR) == ["in force", "in force"]


def test_where_the_message_between_is_missing_the_first_is_still_known_to_be_over(life, first):
    assert states([life[0], life[2]], first.sent + 2 * HOUR) == ["cancelled", "spent"]
    orphan = replace(life[2], references=str(reference_to(life[1])))
    assert states([life[0], orphan], first.sent + 2 * HOUR) == ["in force", "spent"]


def test_neither_a_stranger_nor_an_exercise_ends_a_warning(life, first):
    later = first.sent + 2 * HOUR
    stranger = [replace(one, sender="other@example.org") for one in life[1:]]
    exercise = [replace(one, status=Status.EXERCISE) for one in life[1:]]
    assert states([first, *stranger], later)[0] == "in force"
    assert states([first, *exercise], later)[0] == "in force"


def test_an_answer_ends_nothing(first):
    ack = ack_of(first, identifier="b", sender=first.sender, sent=first.sent + HOUR)
    assert states([first, ack], first.sent + HOUR) == ["in force", "spent"]


def test_messages_that_name_each_other_in_a_circle_end_only_the_earlier(first):
    def naming(other, moment, identifier):
        return replace(
            first, msg_type=MsgType.UPDATE, identifier=identifier, sent=moment, references=str(other)
        )

    early = naming(
        reference_to(replace(first, identifier="late", sent=first.sent + HOUR)), first.sent, "early"
    )
    late = naming(reference_to(early), first.sent + HOUR, "late")
    itself = naming(reference_to(replace(first, identifier="self")), first.sent, "self")
    assert states([early, late, itself], late.sent) == ["superseded", "in force", "in force"]


def test_a_reference_that_cannot_be_read_ends_nothing_and_costs_none_beside_it(first):
    ended = cancel_of(first, identifier="a.2", sent=first.sent + HOUR)
    broken = replace(ended, references=f"what? {ended.references} a,b")
    assert states([first, broken], broken.sent) == ["cancelled", "spent"]


def test_doubles_count_once(first):
    assert in_force([first, first], first.sent) == (first,)


def test_a_naive_instant_is_refused(first):
    with pytest.raises(Malformed) as caught:
        standings([first], datetime(2026, 6, 16))
    assert caught.value.code == "cap.time"


def lives(seed, base):
    """Messages of two senders that update and cancel each other's, at random."""
    chance = random.Random(seed)
    made = [base]
    for number in range(12):
        known = chance.choice(made)
        kind = chance.choice([MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL, MsgType.ACK])
        made.append(
            replace(
                base,
                identifier=str(number),
                sender=chance.choice(["a", "b"]),
                sent=base.sent + chance.randint(0, 6) * HOUR,
                msg_type=kind,
                references=" ".join(str(reference_to(one)) for one in {known, chance.choice(made)}),
            )
        )
    return made


def slow(alerts, alert, at):
    """The rules of the module, word for word."""
    if alert.msg_type in (MsgType.CANCEL, MsgType.ACK, MsgType.ERROR):
        return State.SPENT
    if alert.sent > at:
        return State.AHEAD
    for kind, state in ((MsgType.CANCEL, State.CANCELLED), (MsgType.UPDATE, State.SUPERSEDED)):
        for other in alerts:
            if (
                other.msg_type is kind
                and alert.sent < other.sent <= at
                and (other.sender, other.status) == (alert.sender, alert.status)
                and str(reference_to(alert)) in other.references.split()
            ):
                return state
    if alert.info and all(info.expires and info.expires <= at for info in alert.info):
        return State.EXPIRED
    return State.IN_FORCE


@given(st.integers(0, 2**32), st.integers(-1, 8), st.randoms())
def test_any_order_gives_the_same_and_the_rules_as_written(seed, hours, order):
    base = read((Path(__file__).parent / "fixtures/homeland_security.cap").read_bytes())
    alerts = lives(seed, base)
    at = base.sent.astimezone(UTC) + hours * HOUR
    found = dict(zip(alerts, standings(alerts, at), strict=True))
    assert {alert: standing.state for alert, standing in found.items()} == {
        alert: slow(alerts, alert, at) for alert in alerts
    }
    order.shuffle(alerts)
    assert dict(zip(alerts, standings(alerts, at), strict=True)) == found
