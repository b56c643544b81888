"""An authority for development and demonstrations: what it certifies proves nothing, and says so by its name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NO_VALUE = "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""Stands in the name of the authority and of each certificate it issues."""

MARK = f" ({NO_VALUE})"
"""Stands behind whom it certifies."""

AUTHORITY_NAME = f"{NO_VALUE} - thử nghiệm"
LONGEST = 64
"""Bytes of a name in a certificate: X.520 says letters, programs differ."""

LASTS = dt.timedelta(days=3 * 365)
CLOCKS_DIFFER = dt.timedelta(hours=1)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Authority:
    """An authority: its certificate and key (P-256)."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """Its certificate, to be trusted by whoever develops or demonstrates."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """Its key, without a secret."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def certify(self, key: PrivateKey, name: str, organization: str, now: dt.datetime) -> x509.Certificate:
        """A certificate for signing papers."""
        subject = _named(_cut(name, LONGEST - len(MARK.encode())) + MARK, organization)
        return _issued(subject, key, self.certificate.subject, self.key, now)

    def certify_stamping(self, key: PrivateKey, now: dt.datetime) -> x509.Certificate:
        """A certificate for a service of time stamps."""
        subject = _named(f"Dấu thời gian ({NO_VALUE})", "")
        return _issued(
            subject, key, self.certificate.subject, self.key, now, ExtendedKeyUsageOID.TIME_STAMPING
        )

    def packed(self, name: str, organization: str, secret: str, now: dt.datetime) -> bytes:
        """A new key (P-256) with its certificate, as a PKCS#12 file under ``secret``."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.certify(key, name, organization, now)
        under = serialization.BestAvailableEncryption(secret.encode())
        return pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [self.certificate], under
        )


def new_authority(now: dt.datetime) -> Authority:
    """An authority with a key of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(AUTHORITY_NAME, "")
    return Authority(_issued(name, key, name, key, now, authority=True), key)


def read_authority(certificate: bytes, key: bytes) -> Authority:
    """The authority whose certificate and key were kept as PEM."""
    loaded = serialization.load_pem_private_key(key, None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return Authority(x509.load_pem_x509_certificate(certificate), loaded)


def is_of_no_value(certificate: Any) -> bool:
    """Whether a certificate (as pyHanko reads it) was issued by an authority for development, here or elsewhere."""
    return NO_VALUE in f"{certificate.subject.native} {certificate.issuer.native}"


def _named(name: str, organization: str) -> x509.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organization),
        (NameOID.COMMON_NAME, name),
    ]
    return x509.Name([x509.NameAttribute(part, _cut(text, LONGEST)) for part, text in parts if text])


def _cut(text: str, most: int) -> str:
    """As much of a text as fits into so many bytes, whole letters only."""
    return text.encode()[:most].decode(errors="ignore").rstrip()


def _issued(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    now: dt.datetime,
    purpose: x509.ObjectIdentifier | None = None,
    *,
    authority: bool = False,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCKS_DIFFER)
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(authority, 0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
    )
    if purpose:
        made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return made.sign(by, hashes.SHA256())
