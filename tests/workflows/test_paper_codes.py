"""Codes on papers: what is signed is fixed to the byte, and nothing that was changed is proved."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from workflows.paper_codes import (
    FIELDS,
    LONGEST,
    NoPaperCode,
    PaperCode,
    address,
    is_proved,
    is_signed,
    keys_in,
    read_address,
    sign,
    signed_bytes,
)

FILE = json.loads((Path(__file__).parent / "vectors/paper_codes.json").read_text("utf-8"))
BASE = "https://thidua.example.gov.vn"
SCALAR = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
"""The private key of RFC 6979, A.2.5: known to everybody, signs nothing but examples."""
KEY = ec.derive_private_key(SCALAR, ec.SECP256R1())
PUBLICS = keys_in(FILE["public"].encode())

each_paper = pytest.mark.parametrize("paper", FILE["papers"], ids=lambda paper: paper["kind"])


@each_paper
def test_bytes_signature_and_address_are_those_of_the_file(paper):
    body = signed_bytes(paper["code"], paper["kind"], paper["fields"])
    assert body.decode() == paper["bytes"]
    assert sign(KEY, body) == paper["signature"]
    assert read_address(paper["url"]) == PaperCode(
        paper["code"], paper["signature"], paper["kind"], paper["fields"]
    )


def test_signature_is_that_of_the_standard():
    halves = (
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    )
    import base64

    assert sign(KEY, b"sample") == base64.urlsafe_b64encode(bytes.fromhex(halves)).rstrip(b"=").decode()


@each_paper
def test_each_changed_field_code_and_sign_of_the_signature_is_refused(paper):
    read = read_address(paper["url"])
    kind, fields = paper["kind"], paper["fields"]
    assert is_proved(read, kind, fields, PUBLICS)
    for name in FIELDS[kind]:
        assert not is_proved(read, kind, fields | {name: fields[name] + " "}, PUBLICS), name
    for place in range(len(read.code)):
        code = read.code[:place] + ("2" if read.code[place] != "2" else "3") + read.code[place + 1 :]
        assert not is_proved(PaperCode(code, read.signature), kind, fields, PUBLICS)
    for place, sign_there in enumerate(read.signature):
        other = read.signature[:place] + ("A" if sign_there != "A" else "B") + read.signature[place + 1 :]
        assert not is_proved(PaperCode(read.code, other), kind, fields, PUBLICS)
    another = "certificate" if kind == "decision" else "decision"
    assert not is_proved(read, another, fields, PUBLICS)


@each_paper
def test_a_field_less_or_more_is_refused(paper):
    read, fields = read_address(paper["url"]), paper["fields"]
    assert not is_proved(read, paper["kind"], {**fields, "more": ""}, PUBLICS)
    assert not is_proved(read, paper["kind"], dict(list(fields.items())[1:]), PUBLICS)
    with pytest.raises(ValueError, match="issuer"):
        signed_bytes(read.code, paper["kind"], {key: text for key, text in fields.items() if key != "issuer"})


def test_another_key_proves_nothing_and_one_of_several_is_enough():
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = stranger.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    [paper, _other] = FILE["papers"]
    read = read_address(paper["url"])
    assert not is_proved(read, paper["kind"], paper["fields"], [pem])
    assert is_proved(read, paper["kind"], paper["fields"], keys_in(pem + PUBLICS[0]))
    assert not is_signed(b"no key", b"", paper["signature"])


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        f"{BASE}/v/K7Q4XMT2R",
        f"{BASE}/follow",
        FILE["papers"][0]["url"].replace("/v/", "/w/"),
        FILE["papers"][0]["url"][:-1],
        FILE["papers"][0]["url"].partition("#")[0] + "#AAAA",
        FILE["papers"][0]["url"].partition("#")[0] + "#ý",
    ],
)
def test_other_addresses_are_none_of_ours(wrong):
    with pytest.raises(NoPaperCode):
        read_address(wrong)


def test_a_fragment_that_swells_is_refused():
    import base64
    import zlib

    pack = zlib.compressobj(9, wbits=-15)
    bomb = base64.urlsafe_b64encode(pack.compress(b"d1" + b"x" * 10_000_000) + pack.flush()).decode()
    with pytest.raises(NoPaperCode):
        read_address(FILE["papers"][0]["url"].partition("#")[0] + "#" + bomb.rstrip("="))


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=60),
        min_size=len(FIELDS["certificate"]),
        max_size=len(FIELDS["certificate"]),
    )
)
def test_whatever_is_printed_comes_back_out_of_the_address(texts):
    fields = dict(zip(FIELDS["certificate"], texts, strict=True))
    paper = PaperCode("K7Q4XMT2RB", FILE["papers"][0]["signature"], "certificate", fields)
    found = read_address(address(BASE, paper))
    assert found in (paper, PaperCode(paper.code, paper.signature))


def test_fields_too_long_for_a_square_stay_out_of_it():
    import secrets

    fields = FILE["papers"][1]["fields"] | {"achievement": secrets.token_hex(LONGEST)}
    paper = PaperCode("K7Q4XMT2RB", FILE["papers"][1]["signature"], "certificate", fields)
    assert address(BASE, paper) == f"{BASE}/v/{paper.code}.{paper.signature}"
