"""Public copies of pictures."""

import io

import pytest
from PIL import Image

from tests.factories import PDF
from tests.introducing import photograph
from webapp.pictures import EDGE, NoPicture, is_picture, public_copy


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_copy_is_smaller_and_says_nothing_of_the_place(kind):
    copy = public_copy(io.BytesIO(photograph(kind)))
    assert (copy.width, copy.height, copy.media_type) == (EDGE, EDGE // 2, f"image/{kind.lower()}")
    for content, told in ((photograph(kind), True), (copy.content, False)):
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            assert bool(dict(picture.getexif())) is told


def test_a_picture_held_upright_is_shown_upright():
    file, held = io.BytesIO(), Image.Exif()
    held[0x0112] = 6
    Image.new("RGB", (60, 30)).save(file, "JPEG", exif=held)
    copy = public_copy(file)
    assert (copy.width, copy.height) == (30, 60)


CUT = [photograph()[: len(photograph()) * part // 100] for part in (10, 50, 90, 99)]
"""Photographs whose upload broke off: the beginning opens, the picture does not."""


@pytest.mark.parametrize("content", [PDF, b"", photograph()[:100], *CUT, b"GIF89a" + bytes(40)])
def test_what_does_not_decode_is_no_picture(content):
    assert not is_picture(io.BytesIO(content))
    with pytest.raises(NoPicture):
        public_copy(io.BytesIO(content))
