"""The chain of a warning's life."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tocsin.engine.cap import (
    MsgType,
    ResponseType,
    Scope,
    Urgency,
    ack_of,
    cancel_of,
    chain,
    error_of,
    read,
    reference_to,
    update_of,
    validate,
    write,
)
from tocsin.engine.cap.references import Reference, build, parse
from tocsin.kernel.errors import Illegal, Malformed

HOUR = timedelta(hours=1)


@pytest.fixture
def first(source):
    return read(source.encode())


def test_a_reference_is_sender_identifier_and_sent(first):
    assert str(reference_to(first)) == "desk@example.org,a.1,2026-06-16T12:50:00+08:00"
    assert parse(str(reference_to(first))) == (reference_to(first),)


def test_two_spellings_of_an_instant_are_one_name():
    text = "a,b,2026-06-16T12:50:00+08:00\n a,b,2026-06-16T04:50:00Z"
    assert build(parse(text)) == "a,b,2026-06-16T12:50:00+08:00"
    assert parse("a,b,2026-06-16T04:50:00Z") == (
        Reference("a", "b", datetime(2026, 6, 16, 4, 50, tzinfo=UTC)),
    )


@pytest.mark.parametrize(
    "text",
    ["a", "a,b", "a,b,c", "a,b,2026-06-16T12:50:00", ",b,2026-06-16T12:50:00Z", "a,,2026-06-16T12:50:00Z"],
)
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(Malformed) as caught:
        parse(f"a,b,2026-06-16T12:50:00Z {text}")
    assert (caught.value.code, caught.value.data["found"]) == ("cap.references", text)


def test_each_update_names_all_before_it(first):
    second = update_of(first, identifier="a.2", sent=first.sent + HOUR, info=first.info, note="worse")
    third = update_of(second, identifier="a.3", sent=second.sent + HOUR, info=())
    last = cancel_of(third, identifier="a.4", sent=third.sent + HOUR)
    assert [one.identifier for one in parse(last.references)] == ["a.1", "a.2", "a.3"]
    assert [one.identifier for one in chain(last)] == ["a.1", "a.2", "a.3", "a.4"]
    assert (second.msg_type, second.note, second.info) == (MsgType.UPDATE, "worse", first.info)
    assert (third.references.count(" "), third.info, third.note) == (1, (), "")
    assert [validate(one) for one in (second, third, last)] == [(), (), ()]
    assert read(write(last)) == last


def test_a_cancel_says_what_is_over(first):
    ended = cancel_of(first, identifier="a.2", sent=first.sent + 24 * HOUR, note="rain has stopped")
    assert ended == replace(
        first,
        identifier="a.2",
        sent=first.sent + 24 * HOUR,
        msg_type=MsgType.CANCEL,
        note="rain has stopped",
        references="desk@example.org,a.1,2026-06-16T12:50:00+08:00",
        info=(replace(first.info[0], response_type=(ResponseType.ALL_CLEAR,), urgency=Urgency.PAST),),
    )
    assert validate(ended) == ()
    assert cancel_of(first, identifier="a.2", sent=first.sent + HOUR, info=()).info == ()


def test_a_signature_is_not_carried_over(first):
    signed = replace(first, extras=('<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',))
    assert update_of(signed, identifier="a.2", sent=first.sent + HOUR, info=first.info).extras == ()


def test_an_update_is_later_than_what_it_updates(first):
    with pytest.raises(Malformed) as caught:
        update_of(first, identifier="a.2", sent=first.sent, info=first.info)
    assert (caught.value.code, caught.value.data["expected"]) == ("cap.later", "2026-06-16T12:50:00+08:00")


def test_a_naive_time_is_refused(first):
    with pytest.raises(Malformed) as caught:
        cancel_of(first, identifier="a.2", sent=datetime(2027, 1, 1))
    assert caught.value.code == "cap.time"


def test_what_is_cancelled_stays_so(first):
    ended = cancel_of(first, identifier="a.2", sent=first.sent + HOUR)
    with pytest.raises(Illegal) as caught:
        update_of(ended, identifier="a.3", sent=ended.sent + HOUR, info=())
    assert (caught.value.code, caught.value.data["found"]) == ("cap.cancelled", "Cancel")


def test_a_broken_chain_is_not_continued(first):
    with pytest.raises(Malformed) as caught:
        cancel_of(replace(first, references="?"), identifier="a.2", sent=first.sent + HOUR)
    assert caught.value.code == "cap.references"


def test_an_ack_goes_to_the_sender_alone_and_names_the_message(first):
    ack = ack_of(first, identifier="b.1", sender="me@example.net", sent=first.sent, note="read at the desk")
    assert (ack.msg_type, ack.scope, ack.addresses, ack.note) == (
        MsgType.ACK,
        Scope.PRIVATE,
        "desk@example.org",
        "read at the desk",
    )
    assert (parse(ack.references), ack.status, ack.info) == ((reference_to(first),), first.status, ())
    assert (validate(ack), read(write(ack))) == ((), ack)


def test_an_error_says_why(first):
    fault = error_of(first, identifier="b.2", sender="me@example.net", sent=first.sent + HOUR, note="no area")
    assert (fault.msg_type, fault.note, validate(fault)) == (MsgType.ERROR, "no area", ())
    with pytest.raises(Malformed) as caught:
        error_of(first, identifier="b.2", sender="me@example.net", sent=first.sent + HOUR, note=" ")
    assert caught.value.code == "cap.note.error"


def test_an_address_with_a_space_is_quoted(first):
    spaced = replace(first, sender="the desk")
    assert ack_of(spaced, identifier="b", sender="me", sent=first.sent).addresses == '"the desk"'


@pytest.mark.parametrize(("change", "code"), [({"tzinfo": None}, "cap.time"), ({"year": 2025}, "cap.later")])
def test_an_answer_has_a_time_not_before_the_message(first, change, code):
    with pytest.raises(Malformed) as caught:
        ack_of(first, identifier="b", sender="me", sent=first.sent.replace(**change))
    assert caught.value.code == code
