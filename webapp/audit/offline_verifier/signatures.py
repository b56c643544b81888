"""Signatures: Ed25519 (RFC 8032), checking only."""

from __future__ import annotations

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _point(raw: bytes) -> tuple[int, int, int, int] | None:
    """A point in extended coordinates; None for bytes that are none."""
    y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and raw[31] >> 7):
        return None
    if x & 1 != raw[31] >> 7:
        x = P - x
    return x, y, 1, x * y % P


def _add(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    s, t, u, v = f - e, h - g, h + g, f + e
    return s * t % P, u * v % P, t * u % P, s * v % P


def _times(scalar: int, point: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point, scalar = _add(point, point), scalar >> 1
    return result


BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signed(public: str, message: bytes, signature: str) -> bool:
    """True when the signature (hexadecimal) over the message was made with the key of this public half."""
    key, raw = bytes.fromhex(public), bytes.fromhex(signature)
    if len(key) != 32 or len(raw) != 64:
        return False
    point, other, scalar = _point(key), _point(raw[:32]), int.from_bytes(raw[32:], "little")
    if point is None or other is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(raw[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(scalar, BASE), _add(other, _times(challenge, point))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))
