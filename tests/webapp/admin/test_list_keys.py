"""Keys that sign papers and pictures of seals: brought, listed, switched off by who administers the unit."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from tests.people import AN_CU, TINH_BIEN
from tests.signing import BODY, LEADER, NOW, SECRET, file_key
from tests.softhsm import LABEL, PIN, TOKEN, needs_softhsm, plugged_in
from webapp import eventlog
from webapp.documents.signatures.authority import NO_VALUE
from webapp.extensions import db
from webapp.key_files import signing_key_path
from webapp.models import SigningKey
from webapp.signing_authority import development_authority

STREAM = "signing"


def picture(ground=(0, 0, 0, 0), size=200, kind="PNG"):
    """A red ring; its ground is see-through unless told otherwise."""
    made = Image.new("RGBA", (size, size), ground)
    ImageDraw.Draw(made).ellipse((4, 4, size - 4, size - 4), outline=(200, 0, 0, 255), width=8)
    file = io.BytesIO()
    made.convert("RGBA" if kind == "PNG" else "RGB").save(file, kind)
    return file.getvalue()


def brought(browser, office, content, status=200, **fields):
    """The form that adds a key, filled in for the chairman of Tịnh Biên."""
    browser.get("/admin/signing/new")
    given = {"unit": TINH_BIEN, "purpose": "signature", "secret": SECRET}
    given["person"] = office.person("authority").public_id
    return browser.submit(
        "main form", status, **{**given, **fields, "file-_file": (io.BytesIO(content), "khoa.p12")}
    )


def test_a_key_of_a_person_is_added_and_switched_off(signed_in, office, told, app):
    browser = signed_in("admin")
    assert "Chưa có khóa ký số" in browser.get("/admin/signing").text
    page = brought(browser, office, file_key().content)
    row = page.one(".data-table tbody tr")
    assert row.th.get_text(" ", strip=True).startswith(LEADER)
    assert [cell.get_text(" ", strip=True) for cell in row.find_all("td")[:2]] == [
        "Nguyễn Văn Chủ Tịch huyện Tịnh Biên",
        "Cơ quan chứng thực",
    ]
    [key] = office.read(select(SigningKey))
    path = signing_key_path(app.config["SETTINGS"].data_dir, key.public_id)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (file_key().content, 0o600)
    page = browser.submit(".data-table form")
    assert "đã ngừng dùng" in page.one(".data-table tbody tr").get_text()
    assert not page.all(".data-table form")
    kinds, fields = told(STREAM)
    assert kinds == ["signing_key_added", "signing_key_deactivated"]
    assert fields == {"key": key.public_id, "unit": TINH_BIEN}
    assert not any(SECRET in str(event) for event in eventlog.read_stream(db.session(), STREAM))


@pytest.mark.parametrize(
    ("fields", "content", "place", "text"),
    [
        ({"secret": "sai"}, None, "secret", "không mở được khóa này"),
        ({}, b"no key", "secret", "không mở được khóa này"),
        ({}, b"", "file", "Tệp khóa"),
        ({"person": ""}, None, "person", "Người"),
    ],
)
def test_faults_stand_at_their_fields_and_nothing_is_kept(
    signed_in, office, app, fields, content, place, text
):
    content = file_key().content if content is None else content
    page = brought(signed_in("admin"), office, content, 422, **fields)
    assert text in page.one(f"#f-{place}-fault").get_text()
    assert office.read(select(SigningKey)) == []
    assert not list((app.config["SETTINGS"].data_dir / "keys").glob("signing-*"))


def test_an_expired_key_and_one_that_is_there_already_are_not_taken(signed_in, office):
    browser = signed_in("admin")
    page = brought(browser, office, file_key(days=-1).content, 422)
    assert "đã hết hạn" in page.one("#f-file-fault").get_text()
    brought(browser, office, file_key().content)
    page = brought(browser, office, file_key().content, 422)
    assert "đã có" in page.one("#f-file-fault").get_text()


def test_a_key_for_trials_is_marked(signed_in, office, app):
    authority = development_authority(app.config["SETTINGS"].data_dir, NOW)
    content = authority.packed(BODY, BODY, SECRET, NOW)  # the name is cut, the mark is not
    page = brought(signed_in("admin"), office, content, purpose="seal", person=None)
    assert "không có giá trị pháp lý" in page.one(".notice").get_text()
    row = page.one(".data-table tbody tr").get_text(" ", strip=True)
    assert NO_VALUE in row
    assert "Dấu của huyện Tịnh Biên" in row
    assert "dùng thử" in row


def test_a_seal_is_shown_in_its_size(signed_in, office):
    browser = signed_in("admin")
    browser.get("/admin/signing/seals/new")
    given = {"unit": TINH_BIEN, "width": "32,5"}
    page = browser.submit("main form", **given, **{"file-_file": (io.BytesIO(picture()), "dau.png")})
    assert "rộng 32,5 mm" in page.one(".seal-list").get_text()
    shown = browser.client.get(page.one(".seal-list img")["src"])
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert Image.open(io.BytesIO(shown.data)).size == (200, 200)


@pytest.mark.parametrize(
    "content", [picture((255, 255, 255, 255)), picture(kind="JPEG"), picture(size=60), b"no picture"]
)
def test_what_would_cover_the_paper_is_no_seal(signed_in, content):
    browser = signed_in("admin")
    browser.get("/admin/signing/seals/new")
    file = {"file-_file": (io.BytesIO(content), "dau.png")}
    page = browser.submit("main form", 422, unit=TINH_BIEN, width="36", **file)
    assert "PNG có nền trong suốt" in page.one("#f-file-fault").get_text()


def test_keys_of_other_units_are_out_of_reach(signed_in, commune_admin, office):
    brought(signed_in("admin"), office, file_key().content)
    [key] = office.read(select(SigningKey))
    browser = signed_in(commune_admin)
    assert LEADER not in browser.get("/admin/signing").text
    browser.post(f"/admin/signing/{key.public_id}/deactivate", status=404)
    browser.get(f"/admin/units/{TINH_BIEN}/seal.png", status=404)
    brought(browser, office, file_key().content, 422)
    brought(browser, office, file_key().content, 422, unit=AN_CU)
    signed_in("head").get("/admin/signing", status=403)


@needs_softhsm
def test_a_token_is_found_by_its_driver_and_labels(signed_in, office, app, monkeypatch):
    token = plugged_in()
    settings = replace(app.config["SETTINGS"], token_libraries=(token.library,))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    given = {"kind": "token", "library": token.library, "token": TOKEN, "label": LABEL, "secret": PIN}
    browser = signed_in("admin")
    page = brought(browser, office, b"", 422, **{**given, "label": "khác"})
    assert "không còn ở chỗ cũ" in page.one("#f-label-fault").get_text()
    page = brought(browser, office, b"", **given)
    assert f"thiết bị {TOKEN}" in page.one(".data-table th[scope=row]").get_text()
    [key] = office.read(select(SigningKey))
    assert (key.library, key.token, key.label) == (token.library, TOKEN, LABEL)
    assert key.valid_until > office.now.wall + dt.timedelta(days=100)
