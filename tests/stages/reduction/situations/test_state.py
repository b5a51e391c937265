"""The state of places from two accounts, on accounts made up for one point each."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import START

from tocsin.packs.feeds import Memory
from tocsin.stages.reduction.signals.enums import SETTING, Action
from tocsin.stages.reduction.situations.cells import Account, Key, Listing, Said, Word
from tocsin.stages.reduction.situations.enums import EVIDENT, Basis, Ending
from tocsin.stages.reduction.situations.state import state

YELLOW, ORANGE, RED = 2, 3, 4
MEMORY = Memory(default="PT12H", vanished=True)


def at(hours):
    return START + timedelta(hours=hours)


def said(
    id_, hour, level=YELLOW, action=Action.ISSUE, leaves="ab", *, received=None, until=None, kind="rain"
):
    return Said(
        id=id_,
        action=action,
        kind=kind,
        level=level,
        leaves=frozenset(leaves),
        issued_at=at(hour),
        received_at=at(hour if received is None else received),
        until=at(until) if until is not None else None,
        issuer="office",
    )


def lists(*told):
    return tuple(Listing(at(hour), frozenset(ids)) for hour, ids in told)


def levels(board):
    return {"".join(key.area): cell.level for key, cell in board.cells.items()}


def why(board):
    return {key.area: end.why for key, end in board.ends.items()}


def by_messages(*messages, now=3.0, listings=()):
    return state(Account(messages=messages, listings=lists(*listings), memory=MEMORY), at(now))


class TestMessages:
    def test_an_issue_sets_and_a_lifting_ends(self):
        board = by_messages(said("1", 0), said("2", 1, None, Action.CANCEL, "a"))
        assert (levels(board), why(board)) == ({"b": YELLOW}, {"a": Ending.LIFTED})

    def test_a_lifting_of_another_level_ends_nothing(self):
        assert levels(by_messages(said("1", 0, RED), said("2", 1, YELLOW, Action.CANCEL))) == {
            "a": RED,
            "b": RED,
        }

    def test_an_extension_never_lowers(self):
        board = by_messages(said("1", 0, ORANGE, leaves="a"), said("2", 1, YELLOW, Action.EXTEND))
        assert levels(board) == {"a": ORANGE, "b": YELLOW}

    def test_a_downgrade_lowers_and_is_a_new_beginning(self):
        board = by_messages(said("1", 0, RED, leaves="a"), said("2", 1, YELLOW, Action.DOWNGRADE, "a"))
        assert [(cell.level, cell.since, cell.evidence) for cell in board.cells.values()] == [
            (YELLOW, at(1), ("2",))
        ]

    def test_the_same_level_again_keeps_its_beginning_and_adds_its_evidence(self):
        board = by_messages(said("1", 0, leaves="a"), said("2", 1, leaves="a"))
        assert [(cell.since, cell.evidence) for cell in board.cells.values()] == [(at(0), ("2", "1"))]

    def test_validity_ends_it_and_so_does_being_forgotten(self):
        board = by_messages(said("1", 0, leaves="a", until=2), said("2", 0, leaves="b"), now=12)
        assert (levels(board), why(board)) == ({}, {"a": Ending.EXPIRED, "b": Ending.FORGOTTEN})

    def test_what_is_listed_is_not_forgotten_while_the_list_is_heard(self):
        lasting = [(0.1, "1"), (11, "1x"), (11.5, "1")]
        assert levels(by_messages(said("1", 0, leaves="a"), now=20, listings=lasting)) == {"a": YELLOW}

    def test_a_list_without_the_kind_ends_it_everywhere(self):
        board = by_messages(
            said("1", 0), said("2", 1, ORANGE, leaves="a"), listings=[(0.1, "1"), (1.1, "2"), (2, "")]
        )
        assert why(board) == {"a": Ending.VANISHED, "b": Ending.VANISHED}

    def test_a_message_that_was_overtaken_in_part_leaves_the_rest_in_force(self):
        board = by_messages(said("1", 0), said("2", 1, ORANGE, leaves="a"), listings=[(0.1, "1"), (1.1, "2")])
        assert levels(board) == {"a": ORANGE, "b": YELLOW}

    def test_a_list_ends_nothing_that_it_could_not_know_yet(self):
        late = said("2", 1, leaves="b", received=2.5)
        board = by_messages(said("1", 0, leaves="a"), late, listings=[(0.1, "1"), (2, "")])
        assert levels(board) == {"b": YELLOW}

    def test_what_is_inferred_is_never_evident(self):
        assert {Ending.VANISHED, Ending.FORGOTTEN} & EVIDENT == set()


def by_both(*messages, standing, statements, now=3.0, silent=False, listings=()):
    account = Account(
        messages=messages,
        listings=lists(*listings),
        standing=lists(*standing),
        statements={one.id: one for one in statements},
        last=at(standing[-1][0]),
        silent=silent,
        memory=MEMORY,
    )
    return state(account, at(now))


S1 = said("s", 0, YELLOW, Action.IN_FORCE)


class TestStanding:
    def test_it_counts_and_names_the_message_behind_it(self):
        board = by_both(said("1", 0), standing=[(0.5, "s")], statements=[S1])
        assert [(c.level, c.basis, c.evidence) for c in board.cells.values()] == [
            (YELLOW, Basis.STANDING, ("s", "1"))
        ] * 2
        assert board.disputes == {}

    def test_the_highest_of_several_statements_counts(self):
        high = said("t", 0, RED, Action.IN_FORCE, "a")
        board = by_both(standing=[(0.5, "st")], statements=[S1, high])
        assert levels(board) == {"a": RED, "b": YELLOW}

    def test_what_it_no_longer_names_has_ended_and_the_messages_dispute_it(self):
        board = by_both(said("1", 0), standing=[(0.5, "s"), (1, ""), (2, "")], statements=[S1])
        assert (levels(board), why(board)) == ({}, {"a": Ending.UNLISTED, "b": Ending.UNLISTED})
        dispute = board.disputes[Key("a", "rain")]
        assert (dispute.since, dispute.standing, dispute.messages) == (at(1), Word(False), Word(True, YELLOW))

    def test_what_only_it_had_named_has_ended_too(self):
        board = by_both(standing=[(0.5, "s"), (1, ""), (2, "")], statements=[S1])
        assert [(end.at, end.why) for end in board.ends.values()] == [(at(1), Ending.UNLISTED)] * 2

    def test_a_lifting_that_it_has_not_followed_is_a_dispute_since_the_lifting(self):
        lifted = said("2", 1, None, Action.CANCEL, "a")
        board = by_both(said("1", 0), lifted, standing=[(0.5, "s"), (2, "s")], statements=[S1])
        assert [(key.area, d.since, d.messages) for key, d in board.disputes.items()] == [
            ("a", at(1), Word(False))
        ]
        assert levels(board) == {"a": YELLOW, "b": YELLOW}

    def test_a_newer_message_counts_at_once_and_is_no_dispute(self):
        raised = said("2", 2, ORANGE, Action.UPGRADE, "a")
        board = by_both(said("1", 0), raised, standing=[(1, "s")], statements=[S1])
        assert {k.area: (c.level, c.basis) for k, c in board.cells.items()} == {
            "a": (ORANGE, Basis.MESSAGES),
            "b": (YELLOW, Basis.STANDING),
        }
        assert board.disputes == {}

    def test_since_is_the_first_issue_of_an_unbroken_row(self):
        again = said("t", 2, YELLOW, Action.IN_FORCE, "a")
        board = by_both(standing=[(0.5, "s"), (2.5, "t")], statements=[S1, again])
        assert [cell.since for cell in board.cells.values()] == [at(0)]
        board = by_both(standing=[(0.5, "s"), (1, ""), (2.5, "t")], statements=[S1, again])
        assert [cell.since for cell in board.cells.values()] == [at(2)]

    def test_in_silence_its_last_word_goes_on_with_the_messages(self):
        lifted = said("2", 2, None, Action.CANCEL, "a")
        board = by_both(said("1", 0), lifted, standing=[(1, "s")], statements=[S1], silent=True)
        assert {k.area: (c.level, c.basis) for k, c in board.cells.items()} == {"b": (YELLOW, Basis.MESSAGES)}
        assert board.disputes == {}

    def test_in_silence_the_list_of_messages_may_end_it_only_afterwards(self):
        known = {"standing": [(1, "s")], "statements": [S1], "silent": True}
        before = by_both(said("1", 0), listings=[(0.1, "1"), (0.5, "")], **known)
        after = by_both(said("1", 0), listings=[(0.1, "1"), (2, "")], **known)
        assert (levels(before), levels(after)) == ({"a": YELLOW, "b": YELLOW}, {})


MESSAGES = st.lists(
    st.builds(
        said,
        st.uuids().map(str),
        st.integers(0, 40),
        st.sampled_from([None, 1, 2, 3, 4]),
        st.sampled_from([*sorted(SETTING), Action.CANCEL]),
        st.sampled_from(["a", "b", "ab", ""]),
    ),
    max_size=12,
).map(lambda found: tuple(sorted(found, key=lambda one: one.issued_at)))


@given(MESSAGES, st.integers(0, 60), st.booleans())
def test_whatever_is_said_every_cell_has_its_evidence_and_no_cell_is_of_the_future(messages, now, vanished):
    heard = tuple(one for one in messages if one.received_at <= at(now))
    listings = lists(*((hour, [one.id for one in heard][hour % 3 :]) for hour in range(0, now, 5)))
    memory = Memory(default="PT12H", vanished=vanished)
    board = state(Account(messages=heard, listings=listings, memory=memory), at(now))
    assert all(cell.evidence and cell.since <= cell.heard_at <= at(now) for cell in board.cells.values())
    assert all(end.at <= at(now) for end in board.ends.values())
    assert board.cells.keys() & board.ends.keys() == set()


@pytest.mark.parametrize("vanished", [True, False])
def test_without_anything_said_nothing_is_in_force(vanished):
    board = state(Account(memory=Memory(default="PT1H", vanished=vanished)), START)
    assert (board.cells, board.ends, board.disputes) == ({}, {}, {})
