"""Channels to the outside: what is surely not delivered, and what nobody can say."""

import socket

import pytest

from tocsin.gateways.channels.notify import NotifyChannel
from tocsin.stages.communication.ports import NotSent, Unsure


def channel(receiver, **more):
    return NotifyChannel("hook", f"json://{receiver.address}/secret-token?rto=0.5", **more)


def test_delivered_with_its_key_in_all_languages(receiver, new_message):
    sent = new_message()
    assert channel(receiver).send(sent).note == "accepted"
    (got,) = receiver.got
    assert (got["key"], got["title"], got["message"]) == (sent.key, "暴雨 · Rain", "下雨。\n\nRain.")


def test_in_the_languages_asked_for(receiver, new_message):
    channel(receiver, languages=("en",)).send(new_message())
    assert receiver.got[0]["title"] == "Rain"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 503])
def test_a_refusal_is_proof(receiver, new_message, status):
    receiver.status = status
    with pytest.raises(NotSent) as refusal:
        channel(receiver).send(new_message())
    assert f"error={status}" in str(refusal.value)


@pytest.mark.parametrize("status", [408, 500, 502, 504])
def test_a_fault_behind_the_door_is_not(receiver, new_message, status):
    receiver.status = status
    with pytest.raises(Unsure):
        channel(receiver).send(new_message())


@pytest.fixture
def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_nobody_there(new_message, closed_port):
    with pytest.raises(NotSent) as refusal:
        NotifyChannel("hook", f"json://127.0.0.1:{closed_port}/secret-token").send(new_message())
    assert "secret-token" not in str(refusal.value)


def test_silence_after_it_was_received(receiver, new_message):
    receiver.answer.clear()
    with pytest.raises(Unsure) as doubt:
        channel(receiver).send(new_message())
    assert len(receiver.got) == 1
    assert "secret-token" not in str(doubt.value)


def test_one_of_two_receivers_has_it(new_message, mailbox):
    url = f"mailto://user@example.org:{mailbox.port}?smtp=127.0.0.1&to=good@example.org,bad@example.org"
    with pytest.raises(Unsure):
        NotifyChannel("mail", url).send(new_message())
    assert mailbox.got == ["good@example.org"]


def test_a_mailbox_that_refuses(new_message, mailbox):
    url = f"mailto://user@example.org:{mailbox.port}?smtp=127.0.0.1&to=bad@example.org"
    with pytest.raises(NotSent):
        NotifyChannel("mail", url).send(new_message())
    assert mailbox.got == []


def test_it_cannot_tell(receiver, new_message):
    assert channel(receiver).already_has(new_message().key) is None


def test_an_address_that_apprise_does_not_know():
    with pytest.raises(ValueError, match="channel hook: apprise does not understand its address"):
        NotifyChannel("hook", "pigeon://loft")


@pytest.mark.parametrize(
    "url",
    [
        "gotify://127.0.0.1:{port}/secret-token",
        "mailto://user:secret-token@example.org:{port}?smtp=127.0.0.1&to=desk@example.org",
    ],
)
def test_whatever_it_speaks(new_message, closed_port, url):
    with pytest.raises(NotSent) as refusal:
        NotifyChannel("other", url.format(port=closed_port)).send(new_message())
    assert "secret-token" not in str(refusal.value)
