"""Codes that papers carry: what is signed, the address that takes it along, and the proof. Values in, values out."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from workflows.record import canonical

VERSION = 1
_CERTIFICATE = (
    *("bearer", "address", "act", "award", "achievement", "issuer"),
    *("decision", "dated", "register", "signer", "position"),
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "decision": (
        *("number", "date", "place", "body", "issuer", "abstract"),
        *("signer", "position", "count", "total", "content"),
    ),
    "certificate": _CERTIFICATE,
    "reissue": (*_CERTIFICATE, "copy"),
}
"""The fields of each kind of paper in the order an address has them. Another list is another version."""

MARKS = {kind: f"{kind[0]}{VERSION}" for kind in FIELDS}
LONGEST = 480
"""Bytes of packed fields that still make a square a phone reads; longer ones are given beside the address."""
MOST = 20_000
SIZE = 32  # bytes of each half of a P-256 signature
_BETWEEN = "\x1f"
_SEGMENT = re.compile(r"/v/([2-9A-HJKMNP-Z]{10})\.([A-Za-z0-9_-]{86})$")
_PEM = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\n?", re.DOTALL)


class NoPaperCode(ValueError):
    """An address that no paper of ours can carry."""


@dataclass(frozen=True)
class PaperCode:
    """What an address says: the code, the signature as text, and kind and fields if it takes them along."""

    code: str
    signature: str
    kind: str | None = None
    fields: Mapping[str, str] | None = None


def signed_bytes(code: str, kind: str, fields: Mapping[str, str]) -> bytes:
    """What the signature is over. ``fields`` are those of the kind, all of them; KeyError, ValueError otherwise."""
    if set(fields) != set(FIELDS[kind]):
        raise ValueError(f"fields of a {kind}: {', '.join(sorted(set(fields) ^ set(FIELDS[kind])))}")
    return canonical({"v": VERSION, "code": code, "kind": kind, "fields": dict(fields)})


def sign(key: ec.EllipticCurvePrivateKey, body: bytes) -> str:
    """The ECDSA signature (P-256, SHA-256, r and s of 32 bytes each) as 86 letters; equal bytes, equal signature."""
    r, s = decode_dss_signature(key.sign(body, ec.ECDSA(SHA256(), deterministic_signing=True)))
    return _text(r.to_bytes(SIZE, "big") + s.to_bytes(SIZE, "big"))


def is_signed(public: bytes, body: bytes, signature: str) -> bool:
    """Whether the owner of the key, given as PEM, made this signature over exactly these bytes."""
    try:
        halves, key = _bytes(signature), load_pem_public_key(public)
        if len(halves) != 2 * SIZE or not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        r, s = int.from_bytes(halves[:SIZE], "big"), int.from_bytes(halves[SIZE:], "big")
        key.verify(encode_dss_signature(r, s), body, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def keys_in(text: bytes) -> list[bytes]:
    """The public keys of a file, PEM after PEM."""
    return _PEM.findall(text)


def is_proved(paper: PaperCode, kind: str, fields: Mapping[str, str], publics: Iterable[bytes]) -> bool:
    """Whether one of these keys signed this code with these fields."""
    try:
        body = signed_bytes(paper.code, kind, fields)
    except (KeyError, ValueError):
        return False
    return any(is_signed(public, body, paper.signature) for public in publics)


def address(base: str, paper: PaperCode) -> str:
    """The address a paper carries; the fields stand behind ``#``, which no browser sends to a server."""
    taken = _packed(paper.kind, paper.fields) if paper.kind and paper.fields else ""
    return f"{base}/v/{paper.code}.{paper.signature}" + (f"#{taken}" if taken else "")


def read_address(url: str) -> PaperCode:
    """What an address says. Raises NoPaperCode."""
    parts = urlsplit(url.strip())
    found = _SEGMENT.search(parts.path)
    if found is None:
        raise NoPaperCode(url)
    if not parts.fragment:
        return PaperCode(found[1], found[2])
    kind, fields = _unpacked(parts.fragment)
    return PaperCode(found[1], found[2], kind, fields)


def _packed(kind: str, fields: Mapping[str, str]) -> str:
    """Fields made short; empty where they are too long for a square."""
    text = _BETWEEN.join([MARKS[kind], *(fields[name] for name in FIELDS[kind])])
    pack = zlib.compressobj(9, wbits=-15)
    packed = pack.compress(text.encode()) + pack.flush()
    return _text(packed) if len(packed) <= LONGEST else ""


def _unpacked(fragment: str) -> tuple[str, dict[str, str]]:
    unpack = zlib.decompressobj(-15)
    try:
        mark, *values = unpack.decompress(_bytes(fragment), MOST).decode().split(_BETWEEN)
    except (ValueError, zlib.error) as fault:
        raise NoPaperCode(fragment) from fault
    kind = next((each for each, known in MARKS.items() if known == mark), "")
    if not unpack.eof or unpack.unused_data or not kind or len(values) != len(FIELDS[kind]):
        raise NoPaperCode(fragment)
    return kind, dict(zip(FIELDS[kind], values, strict=True))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """The bytes of a text; ValueError for any but the one way to write them."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error as fault:
        raise ValueError(text) from fault
    if _text(content) != text:
        raise ValueError(text)
    return content
