"""Who said it, and whether it is what was said."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.cap.issuing import certificate, new_key
from engine.cap.strategies import VALID
from tocsin.engine.cap import Trust, certificates, read, sign, verify
from tocsin.engine.cap.signatures import MOST_SIGNATURES
from tocsin.kernel.errors import Malformed

DS = "{http://www.w3.org/2000/09/xmldsig#}"
JUNE = datetime(2026, 6, 16, tzinfo=UTC)
SPRING_2013 = datetime(2013, 4, 1, tzinfo=UTC)


@pytest.fixture
def signed(source, issuer):
    return sign(source.encode(), issuer.key, issuer.chain)


def said(verdict):
    return str(verdict.trust), verdict.complaint.code if verdict.complaint else ""


def test_a_signed_message_is_valid_for_who_trusts_signer_authority_or_key(source, signed, issuer):
    for trusted in (issuer.leaf, issuer.middle, issuer.root, issuer.key.public_key()):
        verdict = verify(signed, [trusted], at=JUNE)
        assert (said(verdict), verdict.alert, verdict.signer) == (
            ("valid", ""),
            read(source.encode()),
            "CN=desk",
        )


def test_it_is_unknown_to_all_others(signed, issuer):
    stranger = certificate("desk", issuer.key, "x", new_key())
    for trusted in ([], [certificate("x", key := new_key(), "x", key)], [new_key().public_key()], [stranger]):
        verdict = verify(signed, trusted, at=JUNE)
        assert (said(verdict), verdict.alert) == (("unknown", "cap.signature.signer"), None)
        assert verdict.complaint.found == "CN=desk"


@pytest.mark.parametrize("at", [datetime(2025, 12, 31, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC)])
def test_a_certificate_holds_on_its_days(signed, issuer, at):
    for trusted in (issuer.leaf, issuer.root):
        verdict = verify(signed, [trusted], at=at)
        assert said(verdict) == ("expired", "cap.signature.expired")
    assert verdict.complaint.expected == "2026-01-01 – 2027-01-01"


def test_a_changed_message_is_broken(signed, issuer):
    verdict = verify(signed.replace(b"Longgang", b"Luohu"), [issuer.leaf], at=JUNE)
    assert (said(verdict), verdict.alert) == (("broken", "cap.signature.digest"), None)


def test_a_changed_signature_is_broken(signed, issuer):
    root = etree.fromstring(signed)
    value = root.find(f"{DS}Signature/{DS}SignatureValue")
    for text in (base64.b64encode(b"1" * 64).decode(), "AAAA", "a"):
        value.text = text
        assert said(verify(etree.tostring(root), [issuer.leaf], at=JUNE)) == ("broken", "cap.signature.value")


def test_a_message_without_a_signature_is_unsigned(source, issuer):
    assert said(verify(source.encode(), [issuer.leaf], at=JUNE)) == ("unsigned", "cap.signature.none")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<alert", "cap.syntax"),
        (b"<!DOCTYPE a []><a/>", "cap.doctype"),
        (b"<feed/>", "cap.root"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', "cap.missing"),
    ],
)
def test_what_cannot_be_read_cannot_be_checked(issuer, data, code):
    assert said(verify(data, [issuer.leaf], at=JUNE)) == ("unreadable", code)


def test_a_naive_instant_is_refused(signed):
    with pytest.raises(Malformed) as caught:
        verify(signed, [], at=datetime(2026, 6, 16))
    assert caught.value.code == "cap.time"


def wrapping_attacks(signed: bytes):
    """Files that show a forged message and bring a true signature over another along."""
    forged = signed.replace(b"Longgang", b"Luohu")
    begin, end = forged.index(b"<ds:Signature"), forged.index(b"</alert>")
    body, signature, end = forged[:begin], forged[begin:end], forged[end:]
    yield body + b"<x>" + signature + b"</x>" + end
    yield body + b"<x>" + signed.partition(b"?>")[2] + b"</x>" + end
    whole = signed.partition(b"?>")[2].replace(b"<alert ", b'<alert Id="a" ', 1)
    moved = signature.replace(b'URI=""', b'URI="#a"')
    yield body + b"<x>" + whole + b"</x>" + moved + end


def test_a_true_signature_over_something_else_is_not_taken(signed, issuer):
    attacks = list(wrapping_attacks(signed))
    assert [said(verify(data, [issuer.leaf], at=JUNE)) for data in attacks] == [
        ("unsupported", "cap.signature.place"),
        ("unsupported", "cap.signature.place"),
        ("unsupported", "cap.signature.shape"),
    ]
    assert [read(data).info[0].area[0].area_desc for data in attacks] == ["Luohu"] * 3


def test_what_stands_beside_the_signature_is_signed_too(signed, issuer):
    inside = signed.replace(b"</alert>", b'<x xmlns="urn:x"/></alert>')
    assert said(verify(inside, [issuer.leaf], at=JUNE)) == ("broken", "cap.signature.digest")


def test_text_behind_a_signature_is_a_change_like_any_other(signed, issuer):
    behind = signed.replace(b"</alert>", b"&gt;</alert>")
    assert said(verify(behind, [issuer.leaf], at=JUNE)) == ("broken", "cap.signature.digest")


def test_many_signatures_are_not_taken(signed, issuer):
    signature = etree.tostring(etree.fromstring(signed).find(f"{DS}Signature"))
    crowd = signed.replace(b"</alert>", signature * MOST_SIGNATURES + b"</alert>")
    assert said(verify(crowd, [issuer.leaf], at=JUNE)) == ("unsupported", "cap.signature.crowd")
    two = signed.replace(b"</alert>", b"\n" + signature + b"</alert>")
    assert said(verify(two, [issuer.leaf], at=JUNE))[0] == "broken"  # white space was added


def test_signatures_side_by_side_each_cover_the_message_alone(folder):
    data = (folder / "canada_signed.cap").read_bytes()
    for name in ("naads_x509_cert.pem", "environment_canada_x509_cert.pem"):
        trusted = certificates((folder / name).read_bytes())
        verdict = verify(data, trusted, at=SPRING_2013, sha1=True)
        assert (said(verdict), verdict.alert.identifier) == (("valid", ""), "2.49.0.1.124.f2c83f5f.2013")
        assert verdict.signer == trusted[0].subject.rfc4514_string()
        assert verdict.alert.extras == ()
        assert said(verify(data, trusted, at=JUNE, sha1=True)) == ("expired", "cap.signature.expired")


def test_signatures_may_stand_first(folder):
    data = (folder / "canada_signed.cap").read_bytes()
    begin, end = data.index(b"<Signature "), data.index(b"</alert>")
    at = data.index(b">", data.index(b"<alert ")) + 1
    moved = data[:at] + data[begin:end] + data[at:begin] + data[end:]
    trusted = certificates((folder / "environment_canada_x509_cert.pem").read_bytes())
    assert verify(moved, trusted, at=SPRING_2013, sha1=True).trust is Trust.VALID


def test_sha1_is_allowed_for_archives_only(folder):
    data = (folder / "canada_signed.cap").read_bytes()
    verdict = verify(data, [], at=SPRING_2013)
    assert said(verdict) == ("unsupported", "cap.signature.algorithm")
    assert verdict.complaint.found == "http://www.w3.org/2000/09/xmldsig#rsa-sha1"


@pytest.mark.parametrize("name", ["earthquake_signed.cap", "earthquake-iso8859-1.cap"])
def test_a_bare_key_is_known_or_named_by_its_digest(folder, issuer, name):
    data = (folder / name).read_bytes()
    value = etree.fromstring(data).find(f".//{DS}RSAKeyValue")
    modulus, exponent = (int.from_bytes(base64.b64decode(part.text), "big") for part in value)
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    assert said(verify(data, [issuer.leaf, key], at=JUNE, sha1=True)) == ("valid", "")
    unknown = verify(data, [issuer.leaf], at=JUNE, sha1=True)
    assert (unknown.trust, unknown.signer[:11]) == (Trust.UNKNOWN, "pin-sha256=")


def test_the_best_of_several_signatures_counts(folder):
    data = (folder / "canada_signed.cap").read_bytes()
    own = certificates((folder / "naads_x509_cert.pem").read_bytes())
    torn = data.replace(b"qZ0VDDxk3aZw6ijq", b"AAAADDxk3aZw6ijq")
    assert verify(torn, own, at=SPRING_2013, sha1=True).trust is Trust.VALID
    other = certificates((folder / "environment_canada_x509_cert.pem").read_bytes())
    assert verify(torn, other, at=SPRING_2013, sha1=True).trust is Trust.UNKNOWN


@given(st.data())
def test_any_byte_may_be_changed_and_the_message_read_is_still_the_one_signed(data):
    signed, trusted, true = _once(VALID)
    torn = bytearray(signed)
    for _ in range(data.draw(st.integers(1, 3))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    verdict = verify(bytes(torn), trusted, at=JUNE)
    assert verdict.alert in (None, true)
    assert (verdict.trust is Trust.VALID) == (verdict.alert is not None)


_KEPT = {}


def _once(message):
    if message not in _KEPT:
        key = new_key()
        own = certificate("desk", key, "desk", key)
        _KEPT[message] = (sign(message, key, [own]), [own], read(message))
    return _KEPT[message]
