"""What a signature covers, and with which algorithms: the one shape that is taken.

A Signature with one Reference to the whole document (URI="") and no transform but "without the signature" and
canonical form (XML Signature Syntax and Processing, W3C 2013, §4 and §6). Any other could cover one part of a
file and leave another, which a reader would show, to whoever wrote it.
"""

from typing import cast

from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)

DS = {"ds": "http://www.w3.org/2000/09/xmldsig#"}
_CANONICAL = frozenset(method.value for method in CanonicalizationMethod)
_ENVELOPED = SignatureConstructionMethod.enveloped.value
METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.SHA256_RSA_MGF1,
        SignatureMethod.SHA384_RSA_MGF1,
        SignatureMethod.SHA512_RSA_MGF1,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
OLD_METHODS = METHODS | {SignatureMethod.RSA_SHA1, SignatureMethod.ECDSA_SHA1}
OLD_DIGESTS = DIGESTS | {DigestAlgorithm.SHA1}


def _names(element: etree._Element | None) -> list[str]:
    return [] if element is None else [etree.QName(child).localname for child in element]


def whole(signature: etree._Element) -> bool:
    """Whether it covers the whole message, and is of the one shape that is taken."""
    reference = signature.find("ds:SignedInfo/ds:Reference", DS)
    return (
        _names(signature)[:3] == ["SignedInfo", "SignatureValue", "KeyInfo"]
        and _names(signature.find("ds:SignedInfo", DS))
        == ["CanonicalizationMethod", "SignatureMethod", "Reference"]
        and reference is not None
        and reference.get("URI") == ""
        and _names(reference) == ["Transforms", "DigestMethod", "DigestValue"]
        and _transformed(reference)
        and bool(reference.findtext("ds:DigestValue", "", DS))
        and bool(signature.findtext("ds:SignatureValue", "", DS))
    )


def _transformed(reference: etree._Element) -> bool:
    """Whether the signature is taken out, once, and nothing else done but canonical form."""
    transforms = [one.get("Algorithm") for one in reference.iterfind("ds:Transforms/ds:Transform", DS)]
    others = [name for name in transforms if name != _ENVELOPED]
    return len(transforms) - len(others) == 1 and len(others) <= 1 and _CANONICAL.issuperset(others)


def unknown_algorithm(signature: etree._Element, sha1: bool) -> str:
    """The first algorithm that is not taken; empty where all are."""
    methods, digests = (OLD_METHODS, OLD_DIGESTS) if sha1 else (METHODS, DIGESTS)
    for path, known in (
        ("ds:SignedInfo/ds:CanonicalizationMethod", _CANONICAL),
        ("ds:SignedInfo/ds:SignatureMethod", {method.value for method in methods}),
        ("ds:SignedInfo/ds:Reference/ds:DigestMethod", {digest.value for digest in digests}),
    ):
        name = cast(etree._Element, signature.find(path, DS)).get("Algorithm", "")
        if name not in known:
            return name or "(none)"
    return ""


def bare_key(signature: etree._Element) -> bool:
    """Whether there is an RSA key where no certificate is."""
    path = "ds:KeyInfo/ds:KeyValue/ds:RSAKeyValue/ds:"
    return all(signature.findtext(path + tag, "", DS).strip() for tag in ("Modulus", "Exponent"))
