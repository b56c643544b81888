"""An exemplar of An Cư on its way to everybody: proposed, fostered, selected, introduced with a picture."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from PIL import Image

from tests.factories import Office
from tests.offices import scene
from tests.people import AN_CU
from webapp.operations.papers import Upload, add_paper

NAME = "Tổ nuôi bò giúp nhau"
HEADLINE = "Mười hộ cùng nuôi bò, cùng thoát nghèo"
SECRET = "Bà Lê Thị Kín vay nặng lãi trước khi vào tổ."
CAMERA, PLACE_TAKEN = 0x010F, 0x8825
"""The tags under which a camera writes its name, and where a picture was taken."""


def propose(office: Office, username: str = "registrant", **form: Any) -> str:
    """Propose an exemplar; returns its code."""
    usual = {
        "exemplar_kind": "model",
        "exemplar_name": NAME,
        "submitting_unit": AN_CU,
        "story": SECRET,
    }
    return office.start(username, "exemplar", **(usual | form))


def day(office: Office, days: int) -> str:
    """A day so many days from now as forms write it."""
    return (office.at + dt.timedelta(days=days)).date().isoformat()


def photograph(kind: str = "JPEG", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A picture as a telephone makes it: large, and saying where it was taken."""
    file, place = io.BytesIO(), Image.Exif()
    place[CAMERA] = "Điện thoại của chị Kín"
    place.get_ifd(PLACE_TAKEN)[2] = (10.6, 105.0, 0.0)
    Image.new("RGB", size, (34, 120, 70)).save(file, kind, exif=place)
    return file.getvalue()


def add_picture(office: Office, code: str, content: bytes, name: str = "dan-bo.jpg") -> str:
    """Hand in a picture for the introduction; returns the id of the paper."""
    task = office.task("prepare_introduction", code)
    upload = Upload(name, io.BytesIO(content), "picture")
    return add_paper(task.public_id, upload, actor=office.actor("specialist"), now=office.now)


def select(office: Office, code: str) -> None:
    """Verify, foster and choose an exemplar."""
    office.do("officer", "verify_exemplar", code, decision="accept")
    office.do("officer", "plan_fostering", code, foster_date=day(office, 20))
    office.move(days=22)
    office.do("specialist", "select_exemplar", code, decision="select")


def introduce(office: Office, code: str, **form: Any) -> None:
    """Introduce a chosen exemplar for two months."""
    usual = {
        "exemplar_name": NAME,
        "headline": HEADLINE,
        "text": "Mỗi hộ góp một triệu đồng, xoay vòng mua bò giống.",
        "place": "Ấp Ba Xoài",
        "effects": [{"effect": "Hộ thoát nghèo", "before": 0, "after": 7, "measure": "hộ"}],
        "introduced_until_date": day(office, 60),
    }
    office.do("specialist", "prepare_introduction", code, **(usual | form))
    office.do("authority", "approve_introduction", code, decision="approve")
    office.work()


@scene
def introduced(office: Office) -> str:
    """An exemplar that everybody may read of, with one picture."""
    office.open_campaign()
    code = propose(office)
    select(office, code)
    picture = add_picture(office, code, photograph())
    introduce(office, code, pictures=[{"picture": picture, "description": "Đàn bò của tổ"}])
    return code
