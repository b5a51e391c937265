"""Our own word, signed: an enveloped XML signature at the end of a CAP message (CAP 1.2 §3.3.4.1)."""

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

from tocsin.engine.cap.complaints import complain, malformed
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.structure import structured
from tocsin.engine.cap.tables import SIGNATURE
from tocsin.engine.cap.trust import PrivateKey, has, spki
from tocsin.engine.cap.writing import write


def sign(subject: Alert | bytes, key: PrivateKey, chain: Sequence[Certificate]) -> bytes:
    """The message with its signature: RSA or ECDSA with SHA-256, exclusive canonical form.

    `chain` is the certificate of the key, then those between it and an authority. A record is written
    strictly before; a file is kept but for comments and processing instructions. Raises `Malformed` as
    `write` and `read` do, cap.signature.twice for what is signed already, cap.key.other for a key that is not
    the certificate's. An ECDSA signature of one message is another each time: it draws its own nonce.
    """
    root = tree(write(subject) if isinstance(subject, Alert) else subject)
    found = structured(root)
    if found.alert is None:
        raise malformed(next(complaint for complaint in found.complaints if complaint.fatal))
    if root.find(SIGNATURE) is not None:
        raise malformed(complain("cap.signature.twice", "/alert/Signature"))
    if not chain or not has(chain[0], spki(key.public_key())):
        raise malformed(complain("cap.key.other", "key"))
    elliptic = isinstance(key, ec.EllipticCurvePrivateKey)
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.ECDSA_SHA256 if elliptic else SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    signed = signer.sign(root, key=key, cert=list(chain))
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
