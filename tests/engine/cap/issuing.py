"""Keys and certificates for tests, made anew in each run; elliptic, for they are made in no time."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = BEGIN + timedelta(365)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


def certificate(subject, key, issuer, issuer_key, *, authority=False):
    """A certificate of 2026."""
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGIN)
        .not_valid_after(END)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    if authority:
        uses = dict.fromkeys(
            (
                "digital_signature",
                "content_commitment",
                "key_encipherment",
                "data_encipherment",
                "key_agreement",
                "encipher_only",
                "decipher_only",
            ),
            False,
        )
        made = made.add_extension(
            x509.KeyUsage(key_cert_sign=True, crl_sign=True, **uses), critical=True
        ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return made.sign(issuer_key, hashes.SHA256())


class Issuer:
    """An authority, one below it, and the desk whose certificate that one issued."""

    def __init__(self):
        root_key, middle_key, self.key = new_key(), new_key(), new_key()
        self.root = certificate("root", root_key, "root", root_key, authority=True)
        self.middle = certificate("middle", middle_key, "root", root_key, authority=True)
        self.leaf = certificate("desk", self.key, "middle", middle_key)
        self.chain = (self.leaf, self.middle)
