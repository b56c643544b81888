"""Papers signed for tests: an authority like an office's, keys under it, and a decision signed step by step."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.webapp.documents.papers import example
from webapp.documents import render
from webapp.documents.signatures.keys import FileKey
from webapp.documents.signatures.places import places_in
from webapp.documents.signatures.signing import Signing, sign_visibly, signed
from webapp.documents.signatures.stamps import Stamp, drawn

NOW = dt.datetime.now(dt.UTC)
HANOI = dt.timezone(dt.timedelta(hours=7))
SECRET = "mật khẩu"
LEADER, BODY = "Nguyễn Văn Chủ Tịch", "Ủy ban nhân dân huyện Tịnh Biên"
OFFICE = "Cơ quan chứng thực"
TSA = "Dịch vụ dấu thời gian"
DAY = dt.timedelta(days=1)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def named(name: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, BODY), (NameOID.COMMON_NAME, name)]
    return x509.Name([x509.NameAttribute(part, text) for part, text in parts])


def certificate(
    name: str, key: Key, by: tuple[x509.Name, Key], *, ca: bool = False, use: Any = None, until: dt.datetime
) -> x509.Certificate:
    usage = x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False)
    made = x509.CertificateBuilder().subject_name(named(name)).issuer_name(by[0]).public_key(key.public_key())
    made = (
        made.serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 30 * DAY)
        .not_valid_after(until)
    )
    made = made.add_extension(x509.BasicConstraints(ca, 0 if ca else None), True).add_extension(usage, True)
    if use:
        made = made.add_extension(x509.ExtendedKeyUsage([use]), True)
    return made.sign(by[1], hashes.SHA256())


def root(name: str = OFFICE) -> tuple[x509.Certificate, Key]:
    return _root(name)


@cache
def _root(name: str) -> tuple[x509.Certificate, Key]:
    key = ec.generate_private_key(ec.SECP256R1())
    return certificate(name, key, (named(name), key), ca=True, until=NOW + 900 * DAY), key


def trusted() -> list[bytes]:
    return [root()[0].public_bytes(serialization.Encoding.PEM)]


@cache
def pair(name: str, authority: str = OFFICE, days: int = 300) -> tuple[x509.Certificate, Key]:
    """A key with its certificate; that of the service of time stamps is RSA, which pyHanko's needs."""
    stamping = name == TSA
    key: Key = rsa.generate_private_key(65537, 2048) if stamping else ec.generate_private_key(ec.SECP256R1())
    issuer, by = root(authority)
    use = ExtendedKeyUsageOID.TIME_STAMPING if stamping else None
    return certificate(name, key, (issuer.subject, by), use=use, until=NOW + days * DAY), key


@cache
def file_key(name: str = LEADER, authority: str = OFFICE, days: int = 300) -> FileKey:
    own, key = pair(name, authority, days)
    under = serialization.BestAvailableEncryption(SECRET.encode())
    packed = pkcs12.serialize_key_and_certificates(b"key", key, own, [root(authority)[0]], under)
    return FileKey(packed)


@cache
def unsigned() -> bytes:
    """A decision that nobody has signed and that has no number yet."""
    facts = example("decision")
    facts["letterhead"] |= {"number": None, "date": None}
    facts["signature"]["signed"] = False
    return render("decision", facts).pdf


def sign(pdf: bytes, key: FileKey, place: str = "ChuKy", **how: Any) -> bytes:
    with key.opened(SECRET, NOW) as signer:
        return sign_visibly(pdf, Signing(place, "Ký ban hành"), signer, NOW.astimezone(HANOI), **how)


@cache
def signed_once() -> bytes:
    return sign(unsigned(), file_key())


@cache
def signed_thrice() -> bytes:
    """As an office does it: the leader signs, the clerk gives number and day, the body seals."""
    lines = ("08/QĐ-UBND", "Tịnh Biên, ngày 14 tháng 12 năm 2019")
    stamp = drawn(Stamp("number", lines), places_in(unsigned())["SoNgay"])
    with file_key(BODY).opened(SECRET, NOW) as signer:
        numbered = signed(signed_once(), Signing("SoNgay", "Vào số", stamp=stamp), signer)
    return sign(numbered, file_key(BODY), "ConDau")


def other_title(pdf: bytes) -> bytes:
    """The file with one other letter in its title, within what was signed: K for the Q of Quyết định."""
    changed = pdf.replace(rb"\000Q\000u\000y", rb"\000K\000u\000y", 1)
    assert changed != pdf
    return changed
