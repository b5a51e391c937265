"""Certificates and keys: read from PEM, found in a signature, and followed up to an authority (RFC 5280, by
the path validation of the cryptography library).
"""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509 import (
    Certificate,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError
from lxml import etree

from tocsin.engine.cap.complaints import complain, malformed

Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_DS = {"ds": "http://www.w3.org/2000/09/xmldsig#"}


def certificates(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM file, in its order. Raises `Malformed` (cap.certificate)."""
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError as fault:
        raise malformed(complain("cap.certificate", "certificate")) from fault


def private_key(pem: bytes, password: bytes | None = None) -> PrivateKey:
    """The RSA or elliptic key of a PEM file. Raises `Malformed` (cap.key)."""
    try:
        key = load_pem_private_key(pem, password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise malformed(complain("cap.key", "key")) from fault
    if not isinstance(key, PrivateKey):
        raise malformed(complain("cap.key", "key"))
    return key


def spki(key: Key) -> bytes:
    """The public key as PEM, one spelling for each key."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_key(certificate: Certificate) -> Key | None:
    """Its key; None where it is of another kind than RSA and elliptic curves."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Key) else None


def has(certificate: Certificate, key: bytes) -> bool:
    """Whether the certificate is of that key (PEM)."""
    own = public_key(certificate)
    return own is not None and spki(own) == key


def carried(signature: etree._Element) -> tuple[Certificate, ...] | None:
    """The certificates in a signature, the signer's first; None where one can't be read."""
    texts = signature.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _DS)
    try:
        found = tuple(load_der_x509_certificate(base64.b64decode(text.text or "")) for text in texts)
    except ValueError:
        return None
    return None if any(public_key(one) is None for one in found) else found


def issued(
    leaf: Certificate, between: Sequence[Certificate], authorities: Sequence[Certificate], at: datetime
) -> bool:
    """Whether an unbroken path leads from one of the authorities to the leaf.

    Of the signer's own certificate no extension is asked, for services sign with what they have; but it must
    have been in its days. Of authorities all that RFC 5280 asks, at that instant or, where the leaf is
    outside its days, at the nearest within.
    """
    if not authorities:
        return False
    moment = min(max(at, leaf.not_valid_before_utc), leaf.not_valid_after_utc)
    try:
        verifier = (
            PolicyBuilder()
            .store(Store(list(authorities)))
            .time(moment.astimezone(UTC).replace(tzinfo=None))
            .extension_policies(
                ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
            )
            .build_client_verifier()
        )
        verifier.verify(leaf, list(between))
    except VerificationError:
        return False
    return True
