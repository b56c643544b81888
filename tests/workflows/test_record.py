"""Canonical bytes, the chain and the Merkle root, against vectors and an independent implementation."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.record import GENESIS, canonical, chained, digest, merkle_paths, merkle_root, salted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
LEAVES = st.lists(TEXT, max_size=40)


def reversed_keys(value: Any) -> Any:
    """The same value with the keys of every object in another order."""
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(each) for each in value] if isinstance(value, list) else value


def root_by_definition(leaves: list[str]) -> bytes:
    """RFC 6962, 2.1: the left part is the largest power of two below the number of leaves."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0].encode()).digest()
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    parts = root_by_definition(leaves[:left]) + root_by_definition(leaves[left:])
    return hashlib.sha256(b"\x01" + parts).digest()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"tên": "Tịnh Biên"}, '{"tên":"Tịnh Biên"}'),
        ({"10": 1, "9": 2}, '{"10":1,"9":2}'),
        ('a\n"b"/\u2028', '"a\\n\\"b\\"/\u2028"'),
        (1.0, "1.0"),
        (10**20, "100000000000000000000"),
        ([], "[]"),
    ],
)
def test_the_bytes_of_a_value(value: Any, expected: str) -> None:
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_what_is_no_json_number_has_no_bytes(value: Any) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)


@pytest.mark.parametrize("value", [{1, 2}, b"x", object()])
def test_what_is_no_json_has_no_bytes(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@given(VALUES)
def test_bytes_do_not_depend_on_the_order_of_keys(value: Any) -> None:
    assert canonical(reversed_keys(value)) == canonical(value)


@given(VALUES)
def test_bytes_read_back_give_the_value_and_the_bytes_again(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(VALUES, VALUES)
def test_different_values_have_different_bytes(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (
        repr(reversed_and_sorted(one)) == repr(reversed_and_sorted(other))
    )


def reversed_and_sorted(value: Any) -> Any:
    """A form in which equal JSON values, and only they, look alike to Python."""
    if isinstance(value, dict):
        return {key: reversed_and_sorted(value[key]) for key in sorted(value)}
    return [reversed_and_sorted(each) for each in value] if isinstance(value, list) else value


def test_the_digest_is_that_of_the_bytes() -> None:
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest()


def test_the_chain_starts_at_a_fixed_value_and_covers_the_stored_bytes() -> None:
    assert GENESIS == "c36ee46a5c055deb3d23a933774c197f499fff3e2c24d1f57a61ed1cfe49f70a"
    assert chained(GENESIS, b'{"n":1}') == hashlib.sha256(f'{GENESIS}\n{{"n":1}}'.encode()).hexdigest()


def linked(bodies: list[bytes]) -> list[str]:
    hashes = [GENESIS]
    for body in bodies:
        hashes.append(chained(hashes[-1], body))
    return hashes[1:]


@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=12), st.data())
def test_one_changed_bit_changes_every_hash_from_there_on(bodies: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(bodies) - 1))
    bit = data.draw(st.integers(0, 8 * len(bodies[at]) - 1))
    flipped = bytearray(bodies[at])
    flipped[bit // 8] ^= 1 << bit % 8
    before, after = linked(bodies), linked([*bodies[:at], bytes(flipped), *bodies[at + 1 :]])
    assert before[:at] == after[:at]
    assert all(one != other for one, other in zip(before[at:], after[at:], strict=True))


@given(st.lists(st.binary(max_size=30), min_size=2, max_size=12, unique=True), st.data())
def test_a_missing_or_moved_link_breaks_the_chain(bodies: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(bodies) - 2))
    moved = [*bodies[:at], bodies[at + 1], bodies[at], *bodies[at + 2 :]]
    missing = bodies[:at] + bodies[at + 1 :]
    assert linked(moved)[-1] != linked(bodies)[-1]
    assert linked(missing)[-1] != linked(bodies)[-1]


def test_a_salted_value_is_an_hmac() -> None:
    assert (
        salted(b"salt", "Chau Phước".encode()) == hmac.digest(b"salt", "Chau Phước".encode(), "sha256").hex()
    )
    assert salted(b"salt", b"x") != salted(b"other", b"x")


@given(LEAVES)
def test_the_merkle_root_is_that_of_the_definition(leaves: list[str]) -> None:
    assert merkle_root(leaves) == root_by_definition(leaves).hex()


def test_merkle_roots_of_the_standard() -> None:
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle_root([""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(st.lists(TEXT, min_size=1, max_size=20), st.data())
def test_the_merkle_root_covers_every_leaf_and_their_order(leaves: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    assert merkle_root([*leaves[:at], leaves[at] + "!", *leaves[at + 1 :]]) != merkle_root(leaves)
    assert merkle_root(leaves[:at] + leaves[at + 1 :]) != merkle_root(leaves)
    assert merkle_root([*leaves, leaves[-1]]) != merkle_root(leaves)
    if leaves != leaves[::-1]:
        assert merkle_root(leaves[::-1]) != merkle_root(leaves)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    """Without the prefixes the two hashes of a node, taken as text of a leaf, would have the same root."""
    inner = hashlib.sha256(b"\x00a").digest() + hashlib.sha256(b"\x00b").digest()
    assert merkle_root(["a", "b"]) != hashlib.sha256(b"\x00" + inner).hexdigest()


@given(st.lists(st.text(max_size=5), min_size=1, max_size=40), st.data())
def test_an_audit_path_leads_from_its_leaf_to_the_root(leaves: list[str], data: st.DataObject) -> None:
    """RFC 9162, section 2.1.3.1: the path by the definition, from below."""
    at = data.draw(st.integers(0, len(leaves) - 1))
    assert merkle_paths(leaves, [at]) == [[each.hex() for each in path_by_definition(at, leaves)]]


def path_by_definition(at: int, leaves: list[str]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = leaves[:split], leaves[split:]
    if at < split:
        return [*path_by_definition(at, left), root_by_definition(right)]
    return [*path_by_definition(at - split, right), root_by_definition(left)]
