"""A decision is signed by a person, numbered, sealed: PAdES, one after the other, in the places its template names."""

import datetime as dt
import io
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from PIL import Image, ImageDraw

from tests.signing import (
    BODY,
    DAY,
    LEADER,
    NOW,
    SECRET,
    file_key,
    root,
    sign,
    signed_once,
    signed_thrice,
    trusted,
    unsigned,
)
from tests.webapp.documents.papers import needs_poppler, rendered_example, text
from tests.webapp.documents.pdfa import checked, needs_verapdf
from webapp.documents.signatures.authority import NO_VALUE, new_authority, read_authority
from webapp.documents.signatures.keys import FileKey, KeyRefused
from webapp.documents.signatures.places import places_in
from webapp.documents.signatures.signing import SigningRefused
from webapp.documents.signatures.validating import examined


def pdfsig(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """What poppler finds: the lines of each signature; fields that nobody has signed have none."""
    (folder / "paper.pdf").write_bytes(pdf)
    run = subprocess.run(
        ["pdfsig", "-nocert", "paper.pdf"], cwd=folder, capture_output=True, text=True, check=False
    )
    parts = re.split(r"^Signature #\d+:$", run.stdout, flags=re.MULTILINE)[1:]
    found = [dict(re.findall(r"^ +- ([^:\n]+): (.+)$", part, re.MULTILINE)) for part in parts]
    return [each for each in found if "Signing Time" in each]


def test_places_are_those_the_template_names() -> None:
    places = places_in(unsigned())
    assert set(places) == {"ChuKy", "SoNgay", "ConDau"}
    assert {place.page for place in (places["ChuKy"], places["ConDau"])} == {places["ChuKy"].page}
    assert places["SoNgay"].page == 0
    width, height = places["ChuKy"].size
    assert (round(width), round(height)) == (82, 24)
    assert tuple(map(round, places["ConDau"].size)) == (36, 36)
    assert places["ConDau"].box[2] < sum(places["ChuKy"].box[::2]) / 2  # the seal is on the left of the hand
    assert places_in(rendered_example("submission")) == {}


@needs_poppler
def test_first_signature_covers_the_whole_file(tmp_path: Path) -> None:
    (found,) = pdfsig(signed_once(), tmp_path)
    assert found["Signature Validation"] == "Signature is Valid."
    assert found["Signer Certificate Common Name"] == LEADER
    assert found["Signature Type"] == "ETSI.CAdES.detached"
    assert found["Signing Hash Algorithm"] == "SHA-256"


@needs_poppler
def test_three_signatures_are_valid_one_after_the_other(tmp_path: Path) -> None:
    found = pdfsig(signed_thrice(), tmp_path)
    assert [each["Signature Validation"] for each in found] == ["Signature is Valid."] * 3
    assert [each["Signer Certificate Common Name"] for each in found] == [LEADER, BODY, BODY]
    seen = examined(signed_thrice(), trusted(), NOW)
    assert seen.verdict == "good"
    assert [(each.place, each.since, each.trust) for each in seen.signatures] == [
        ("ChuKy", "signed_on", "trusted"),
        ("SoNgay", "signed_on", "trusted"),
        ("ConDau", "nothing", "trusted"),
    ]
    assert [each.stamped_at for each in seen.signatures] == [None] * 3
    claimed = [each.claimed_at for each in seen.signatures]
    assert all(each and abs(each - NOW) < dt.timedelta(hours=2) for each in claimed)


def test_what_was_there_before_a_signature_stays_byte_by_byte() -> None:
    assert signed_once().startswith(unsigned())
    assert signed_thrice().startswith(signed_once())


@needs_poppler
def test_stamps_say_who_signs_and_which_number_it_has() -> None:
    seen = text(signed_thrice())
    assert LEADER in seen
    assert "08/QĐ-UBND" in seen
    assert "ngày 14 tháng 12 năm 2019" in seen
    assert re.search(r"Ngày ký: \d\d/\d\d/\d{4} \d\d:\d\d:\d\d \+07:00", seen)
    assert NO_VALUE not in seen


@cache
def with_pictures() -> bytes:
    """Signed and sealed with pictures that let the paper through."""
    pictures = []
    for colour, size in (((11, 61, 145, 255), (400, 160)), ((196, 0, 0, 200), (425, 425))):
        picture, file = Image.new("RGBA", size, (0, 0, 0, 0)), io.BytesIO()
        ImageDraw.Draw(picture).ellipse((6, 6, size[0] - 6, size[1] - 6), outline=colour, width=12)
        picture.save(file, "PNG")
        pictures.append(file.getvalue())
    once = sign(unsigned(), file_key(), picture=pictures[0])
    return sign(once, file_key(BODY), "ConDau", picture=pictures[1])


@needs_poppler
def test_pictures_of_signature_and_seal_are_seen_in_colour() -> None:
    """On the page that is signed; the seal's own words are its picture."""
    page = str(places_in(unsigned())["ChuKy"].page + 1)
    command = ["pdftoppm", "-r", "50", "-f", page, "-l", page]
    drawn = subprocess.run(command, input=with_pictures(), stdout=subprocess.PIPE, check=True).stdout
    colours = [colour for _count, colour in Image.open(io.BytesIO(drawn)).getcolors(1 << 20)]
    assert any(red > 150 and green < 80 and blue < 80 for red, green, blue in colours)
    assert any(blue > 110 and red < 60 for red, green, blue in colours)
    assert text(with_pictures()).count("Ngày ký") == 1


@needs_verapdf
def test_signed_papers_are_made_to_be_kept() -> None:
    papers = {"once": signed_once(), "thrice": signed_thrice(), "pictures": with_pictures()}
    assert {name: each.faults for name, each in checked(papers).items()} == dict.fromkeys(papers, ())


def test_a_place_is_signed_once() -> None:
    with pytest.raises(SigningRefused, match="signed_already"):
        sign(signed_once(), file_key())
    with pytest.raises(SigningRefused, match="no_place"):
        sign(rendered_example("submission"), file_key())


def test_wrong_secret_and_broken_file_are_refused_alike() -> None:
    for key, secret in ((file_key(), "sai"), (FileKey(b"no key"), SECRET)):
        with pytest.raises(KeyRefused, match="wrong_secret"), key.opened(secret, NOW):
            pass


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (ed25519.Ed25519PrivateKey.generate(), "weak"),
        (rsa.generate_private_key(65537, 1024), "weak"),
        (None, "incomplete"),
    ],
)
def test_a_key_nobody_signs_papers_with_is_refused(key: Any, code: str) -> None:
    certificate = new_authority(NOW).certify(key, "Hồ Trung Tín", "", NOW) if key else root()[0]
    under = BestAvailableEncryption(SECRET.encode())
    file = FileKey(pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, under))
    with pytest.raises(KeyRefused, match=code), file.opened(SECRET, NOW):
        pass


@pytest.mark.parametrize(("at", "code"), [(NOW + 301 * DAY, "expired"), (NOW - 31 * DAY, "not_yet_valid")])
def test_a_key_signs_only_while_its_certificate_is_in_force(at: dt.datetime, code: str) -> None:
    with pytest.raises(KeyRefused, match=code), file_key().opened(SECRET, at):
        pass


@needs_poppler
def test_development_key_says_everywhere_that_it_has_no_value(tmp_path: Path) -> None:
    made = new_authority(NOW)
    authority = read_authority(made.pem, made.key_pem)
    pdf = sign(unsigned(), FileKey(authority.packed("Trần Thị Thử", BODY, SECRET, NOW)))
    assert NO_VALUE in pdfsig(pdf, tmp_path)[0]["Signer Certificate Common Name"]
    assert text(pdf).count(NO_VALUE) == 1
    for known in (
        [authority.pem],
        trusted(),
    ):  # it is trusted where it was made, and of no value there either
        seen = examined(pdf, known, NOW)
        assert (seen.verdict, seen.signatures[0].trust) == ("development", "development")
