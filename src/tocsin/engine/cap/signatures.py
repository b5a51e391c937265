"""Who said it: enveloped XML signatures of CAP messages checked (CAP 1.2 §3.3.4.1; XML Signature Syntax and
Processing, W3C 2013).

What is checked is what is read: the answer holds the message read from the very bytes that the signature
covers, never from the file around them, and only a signature over the whole message is taken (`covers`).
Signatures of several parties may stand side by side (an agency's and its aggregator's); each covers the
message without any of them, which is how they are made in practice.

Comments and processing instructions are no part of a message and are taken out before. Nothing is fetched: no
certificate, no revocation list; who is no longer trusted, the caller takes out of the trusted.
"""

import base64
import copy
import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from cryptography.exceptions import InvalidSignature as Forged
from cryptography.x509 import Certificate
from lxml import etree
from msgspec import Struct
from signxml.algorithms import CanonicalizationMethod
from signxml.exceptions import InvalidDigest, SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from tocsin.engine.cap.complaints import Complaint, complain, malformed
from tocsin.engine.cap.covers import (
    DIGESTS,
    METHODS,
    OLD_DIGESTS,
    OLD_METHODS,
    bare_key,
    unknown_algorithm,
    whole,
)
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.structure import structured
from tocsin.engine.cap.tables import SIGNATURE
from tocsin.engine.cap.trust import Key, carried, has, issued, spki
from tocsin.kernel.errors import Malformed

MOST_SIGNATURES = 8
"""Of one message; each costs the mathematics of a public key."""


class Trust(StrEnum):
    """What can be said of a signature; the nearer to valid, the earlier."""

    VALID = "valid"
    EXPIRED = "expired"
    """Right, by a known signer, but checked outside the days of its certificate."""
    UNKNOWN = "unknown"
    """Right, but by nobody who is trusted."""
    UNSUPPORTED = "unsupported"
    """Of a shape or an algorithm that is not taken."""
    BROKEN = "broken"
    """The message or the signature was changed."""
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


class Verdict(Struct, frozen=True, kw_only=True):
    """The answer about one message: that of its best signature."""

    trust: Trust
    complaint: Complaint | None = None
    """Why it is not valid, with the cure; None where it is."""
    alert: Alert | None = None
    """The message as signed; only where it is valid."""
    signer: str = ""
    """The subject of the signer's certificate (RFC 4514), or of a bare key its SHA-256."""


class _Verifier(XMLVerifier):
    """signxml canonicalizes SignedInfo inside its document, where libxml2 adds empty xmlns declarations that
    no other signer writes; alone in a document of its own, with its namespaces, it comes out as it should.
    And it reads a signature together with the text behind it, which is none of it.
    """

    def _c14n(
        self, nodes: Any, algorithm: CanonicalizationMethod, inclusive_ns_prefixes: Any = None
    ) -> bytes:
        alone = etree.fromstring(etree.tostring(nodes, with_tail=False))
        return cast(bytes, super()._c14n(alone, algorithm, inclusive_ns_prefixes))

    def _tostring(self, xml_node: Any, **kwargs: Any) -> bytes:
        return cast(bytes, etree.tostring(xml_node, with_tail=False, **kwargs))


def verify(data: bytes, trusted: Sequence[Certificate | Key], *, at: datetime, sha1: bool = False) -> Verdict:
    """What the signatures of a message are worth at that instant (aware).

    Trusted are certificates of signers, certificates of the authorities that issue theirs, and bare public
    keys. SHA-1, with which messages were signed until about 2015, can be forged: it is unsupported unless
    `sha1` allows it, for archives. Raises nothing but `Malformed` (cap.time) for a naive instant.
    """
    if at.tzinfo is None:
        raise malformed(complain("cap.time", "at", at.isoformat()))
    try:
        root = tree(data)
    except Malformed as fault:
        return _no(Trust.UNREADABLE, fault.code, fault.data["found"], fault.data["expected"])
    found = structured(root)
    if found.alert is None:
        fatal = next(complaint for complaint in found.complaints if complaint.fatal)
        return Verdict(trust=Trust.UNREADABLE, complaint=fatal)
    signatures = root.findall(SIGNATURE)
    if not signatures:
        if next(root.iter(SIGNATURE), None) is None:
            return _no(Trust.UNSIGNED, "cap.signature.none")
        return _no(Trust.UNSUPPORTED, "cap.signature.place")
    if len(signatures) > MOST_SIGNATURES:
        return _no(Trust.UNSUPPORTED, "cap.signature.crowd", len(signatures), MOST_SIGNATURES)
    verdicts = [_judged(root, number, trusted, at, sha1) for number in range(len(signatures))]
    return min(verdicts, key=lambda verdict: list(Trust).index(verdict.trust))


def _no(trust: Trust, code: str, found: object = "", expected: object = "", signer: str = "") -> Verdict:
    return Verdict(trust=trust, complaint=complain(code, "/alert/Signature", found, expected), signer=signer)


def _judged(
    root: etree._Element, number: int, trusted: Sequence[Certificate | Key], at: datetime, sha1: bool
) -> Verdict:
    """The verdict on one signature: its shape, its mathematics, its signer, its days; in this order."""
    document = _alone(root, number)
    signature = cast(etree._Element, document.find(SIGNATURE))
    if not whole(signature):
        return _no(Trust.UNSUPPORTED, "cap.signature.shape")
    if name := unknown_algorithm(signature, sha1):
        return _no(Trust.UNSUPPORTED, "cap.signature.algorithm", name)
    named = carried(signature)
    if named is None or not (named or bare_key(signature)):
        return _no(Trust.UNSUPPORTED, "cap.signature.certificate")
    leaf = named[0] if named else None
    signer = leaf.subject.rfc4514_string() if leaf else ""
    try:
        signed = _verified(document, leaf, sha1)
    except InvalidDigest:
        return _no(Trust.BROKEN, "cap.signature.digest", signer=signer)
    except (SignXMLException, Forged, ValueError):
        return _no(Trust.BROKEN, "cap.signature.value", signer=signer)
    if leaf is None:
        leaf = _owner(signed.signature_key, trusted)
        signer = leaf.subject.rfc4514_string() if leaf else _pin(signed.signature_key)
    if not _known(leaf, named[1:], signed.signature_key, trusted, at):
        return _no(Trust.UNKNOWN, "cap.signature.signer", signer, signer=signer)
    if leaf and not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
        days = f"{leaf.not_valid_before_utc:%Y-%m-%d} – {leaf.not_valid_after_utc:%Y-%m-%d}"
        return _no(Trust.EXPIRED, "cap.signature.expired", f"{at:%Y-%m-%d}", days, signer=signer)
    signed_xml = cast(etree._Element, signed.signed_xml)
    return Verdict(trust=Trust.VALID, alert=structured(signed_xml).alert, signer=signer)


def _alone(root: etree._Element, number: int) -> etree._Element:
    """A copy of the message with that signature only, no other character changed."""
    copied = copy.deepcopy(root)
    for place, signature in enumerate(copied.findall(SIGNATURE)):
        if place != number:
            before = signature.getprevious()
            if before is None:
                copied.text = (copied.text or "") + (signature.tail or "")
            else:
                before.tail = (before.tail or "") + (signature.tail or "")
            copied.remove(signature)
    return copied


def _verified(document: etree._Element, leaf: Certificate | None, sha1: bool) -> VerifyResult:
    """What the signature covers. Raises what signxml and cryptography do where it does not hold."""
    settings = SignatureConfiguration(
        require_x509=leaf is not None,
        location="./",
        signature_methods=OLD_METHODS if sha1 else METHODS,
        digest_algorithms=OLD_DIGESTS if sha1 else DIGESTS,
        ignore_ambiguous_key_info=True,
        verification_time=leaf.not_valid_before_utc if leaf else None,  # its days are judged later
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    found = _Verifier().verify(document, x509_cert=leaf, expect_config=settings, validate_schema=False)
    return cast(VerifyResult, found)


def _pin(key: bytes) -> str:
    """The name of a bare key (RFC 7469 §2.4)."""
    body = b"".join(key.splitlines()[1:-1])
    return f"pin-sha256={base64.b64encode(hashlib.sha256(base64.b64decode(body)).digest()).decode()}"


def _owner(key: bytes, trusted: Sequence[Certificate | Key]) -> Certificate | None:
    """The trusted certificate of that key, where the signature brought none along."""
    return next((one for one in trusted if isinstance(one, Certificate) and has(one, key)), None)


def _known(
    leaf: Certificate | None,
    between: Sequence[Certificate],
    key: bytes,
    trusted: Sequence[Certificate | Key],
    at: datetime,
) -> bool:
    authorities = [one for one in trusted if isinstance(one, Certificate)]
    if any(spki(one) == key for one in trusted if not isinstance(one, Certificate)):
        return True
    return leaf is not None and (leaf in authorities or issued(leaf, between, authorities, at))
