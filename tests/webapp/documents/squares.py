"""The squares on finished papers, read by a reader that is not ours."""

import io
import subprocess

import zxingcpp
from PIL import Image

from tests.webapp.documents.papers import pages

UNDER = "Mã kiểm tra"


def scanned(pdf: bytes, page: int, dpi: int = 150) -> list[str]:
    """What a reader of squares finds on a page of a paper."""
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page)]
    drawn = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))]


def page_of(pdf: bytes, words: str) -> int:
    """The first page on which these words stand."""
    return next(number for number, page in enumerate(pages(pdf), 1) if words in page)
