"""Our own word, signed."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from msgspec.structs import replace

from engine.cap.issuing import certificate, new_key
from tocsin.engine.cap import Trust, read, sign, verify
from tocsin.kernel.errors import Malformed

JUNE = datetime(2026, 6, 16, tzinfo=UTC)


def refusal(*words):
    with pytest.raises(Malformed) as caught:
        sign(*words)
    return caught.value.code


def test_a_record_and_a_file_are_signed_alike(alert, folder, issuer):
    for subject, message in (
        (alert, alert),
        ((folder / "weather.cap").read_bytes(), read((folder / "weather.cap").read_bytes())),
    ):
        signed = sign(subject, issuer.key, issuer.chain)
        assert verify(signed, [issuer.root], at=JUNE).alert == message
        assert replace(read(signed), extras=()) == message


def test_an_rsa_key_signs_too(alert, issuer):
    key = rsa.generate_private_key(65537, 2048)
    own = certificate("desk", key, "x", new_key())
    signed = sign(alert, key, [own])
    assert b"rsa-sha256" in signed
    assert verify(signed, [own], at=JUNE).trust is Trust.VALID


def test_what_breaks_a_rule_is_not_signed(alert, issuer):
    assert refusal(replace(alert, note="\x01"), issuer.key, issuer.chain) == "cap.characters"
    assert refusal(replace(alert, references="?"), issuer.key, issuer.chain) == "cap.references"
    assert refusal(b"<feed/>", issuer.key, issuer.chain) == "cap.root"
    assert refusal(b"x", issuer.key, issuer.chain) == "cap.syntax"


def test_what_is_signed_is_not_signed_again(folder, issuer):
    data = (folder / "canada_signed.cap").read_bytes()
    assert refusal(data, issuer.key, issuer.chain) == "cap.signature.twice"


def test_the_key_is_that_of_the_certificate(alert, issuer):
    assert refusal(alert, new_key(), issuer.chain) == "cap.key.other"
    assert refusal(alert, issuer.key, (issuer.middle, issuer.leaf)) == "cap.key.other"
    assert refusal(alert, issuer.key, ()) == "cap.key.other"
