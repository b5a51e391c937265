"""Certificates and keys."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509 import load_der_x509_certificate

from engine.cap.issuing import certificate, new_key
from tocsin.engine.cap import certificates, private_key
from tocsin.engine.cap.trust import has, issued, public_key, spki
from tocsin.kernel.errors import Malformed

JUNE = datetime(2026, 6, 16, tzinfo=UTC)


def pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def test_certificates_are_read_in_their_order(issuer):
    both = b"".join(one.public_bytes(Encoding.PEM) for one in issuer.chain)
    assert certificates(both) == issuer.chain
    for data in (b"", b"x", pem(issuer.key)):
        with pytest.raises(Malformed) as caught:
            certificates(data)
        assert caught.value.code == "cap.certificate"


def test_a_key_is_read_with_its_password(issuer):
    locked = pem(issuer.key, BestAvailableEncryption(b"word"))
    assert spki(private_key(locked, b"word").public_key()) == spki(issuer.key.public_key())
    assert private_key(pem(issuer.key)).key_size == 256


@pytest.mark.parametrize("password", [None, b"wrong"])
def test_without_it_the_key_is_refused(issuer, password):
    with pytest.raises(Malformed) as caught:
        private_key(pem(issuer.key, BestAvailableEncryption(b"word")), password)
    assert caught.value.code == "cap.key"


def test_a_key_of_another_kind_is_refused():
    with pytest.raises(Malformed) as caught:
        private_key(pem(ed25519.Ed25519PrivateKey.generate()))
    assert caught.value.code == "cap.key"


def test_a_certificate_of_another_kind_has_no_key_for_us():
    issuer_key = new_key()
    other = certificate("desk", ed25519.Ed25519PrivateKey.generate(), "x", issuer_key)
    assert (public_key(other), has(other, spki(issuer_key.public_key()))) == (None, False)


def test_a_curve_that_nobody_knows_is_no_key_for_us(issuer):
    p256, unknown = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a8648ce3d03017f")
    torn = load_der_x509_certificate(issuer.leaf.public_bytes(Encoding.DER).replace(p256, unknown))
    assert public_key(torn) is None


def test_a_path_leads_to_an_authority_or_not(issuer):
    assert issued(issuer.leaf, [issuer.middle], [issuer.root], JUNE)
    assert issued(issuer.leaf, [], [issuer.middle], JUNE)
    assert not issued(issuer.leaf, [], [issuer.root], JUNE)
    assert not issued(issuer.leaf, [issuer.middle], [], JUNE)


def test_one_that_is_no_authority_issues_nothing(issuer):
    key = new_key()
    forged = certificate("forged", key, "desk", issuer.key)
    assert not issued(forged, [issuer.leaf, issuer.middle], [issuer.root], JUNE)
