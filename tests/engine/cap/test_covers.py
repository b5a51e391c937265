"""The one shape of a signature that is taken."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from tocsin.engine.cap import sign, verify
from tocsin.engine.cap.covers import bare_key, unknown_algorithm, whole

DS = "{http://www.w3.org/2000/09/xmldsig#}"
SIGNED_INFO = f"{DS}SignedInfo"
REFERENCE = f"{SIGNED_INFO}/{DS}Reference"
TRANSFORMS = f"{REFERENCE}/{DS}Transforms"


@pytest.fixture
def signature(source, issuer):
    return etree.fromstring(sign(source.encode(), issuer.key, issuer.chain)).find(f"{DS}Signature")


def test_our_own_is_of_it(signature):
    assert (whole(signature), unknown_algorithm(signature, False), bare_key(signature)) == (True, "", False)


@pytest.mark.parametrize(
    "path",
    [
        SIGNED_INFO,
        f"{DS}SignatureValue",
        f"{DS}KeyInfo",
        f"{SIGNED_INFO}/{DS}CanonicalizationMethod",
        f"{SIGNED_INFO}/{DS}SignatureMethod",
        REFERENCE,
        TRANSFORMS,
        f"{REFERENCE}/{DS}DigestMethod",
        f"{REFERENCE}/{DS}DigestValue",
        f"{TRANSFORMS}/{DS}Transform",
    ],
)
def test_none_of_its_parts_may_lack(signature, path):
    part = signature.find(path)
    part.getparent().remove(part)
    assert not whole(signature)


@pytest.mark.parametrize("path", [f"{DS}SignatureValue", f"{REFERENCE}/{DS}DigestValue"])
def test_no_value_may_be_empty(signature, path):
    signature.find(path).text = None
    assert not whole(signature)


@pytest.mark.parametrize("uri", ["#a", "https://example.org/other.xml", None])
def test_the_reference_is_to_the_whole_message(signature, uri):
    reference = signature.find(REFERENCE)
    if uri is None:
        del reference.attrib["URI"]
    else:
        reference.set("URI", uri)
    assert not whole(signature)


@pytest.mark.parametrize(
    "algorithm",
    [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2006/12/xml-c14n11",
        "",
    ],
)
def test_no_other_transform_is_taken_and_none_twice(signature, algorithm):
    etree.SubElement(signature.find(TRANSFORMS), f"{DS}Transform", Algorithm=algorithm)
    assert not whole(signature)


def test_the_canonical_form_may_be_left_to_the_standard(signature):
    transforms = signature.find(TRANSFORMS)
    transforms.remove(transforms[1])
    assert whole(signature)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("CanonicalizationMethod", "http://www.w3.org/2010/xml-c14n2"),
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        ("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
        ("SignatureMethod", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        (f"Reference/{DS}DigestMethod", "http://www.w3.org/2000/09/xmldsig#sha1"),
        (f"Reference/{DS}DigestMethod", ""),
    ],
)
def test_an_algorithm_that_is_not_taken_is_named(signature, path, name):
    signature.find(f"{SIGNED_INFO}/{DS}{path}").set("Algorithm", name)
    assert unknown_algorithm(signature, False) == (name or "(none)")
    assert bool(unknown_algorithm(signature, True)) == (not name.endswith(("rsa-sha1", "#sha1")))


def test_a_signature_that_names_nobody_or_wrongly_is_not_taken(source, issuer):
    root = etree.fromstring(sign(source.encode(), issuer.key, issuer.chain))
    text = root.find(f".//{DS}X509Certificate")
    at = datetime(2026, 6, 16, tzinfo=UTC)
    for change in ("no certificate", "AAAA", None):
        text.text = change
        assert (
            verify(etree.tostring(root), [issuer.leaf], at=at).complaint.code == "cap.signature.certificate"
        )
    root.find(f"{DS}Signature/{DS}KeyInfo").clear()
    assert verify(etree.tostring(root), [issuer.leaf], at=at).complaint.code == "cap.signature.certificate"
