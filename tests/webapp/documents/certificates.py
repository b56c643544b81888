"""An example of each type of certificate, and where poppler finds its words."""

import re
import subprocess
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from webapp.documents.certificates import Blank, certificate_type
from webapp.documents.certificates.writer import Certificate, Described, write

MOVEMENT = "“Chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”"
DESCRIBED = Described("Giấy khen, bằng khen", "Chủ tịch Ủy ban nhân dân huyện Tịnh Biên", "2019-02-05")


def _of(body: str, place: str, number: str, register: str, signer: str, **own: str) -> dict[str, str]:
    day = "ngày 05 tháng 02 năm 2019"
    return own | {
        "issuer": body,
        "decision": f"Số quyết định: {number}\n{day}",
        "register": f"Số vào sổ: {register}",
        "dated": f"{place}, {day}",
        "signer": signer,
    }


EXAMPLES: dict[str, dict[str, str]] = {
    "merit_commune": _of(
        "Chủ tịch Ủy ban nhân dân xã An Cư",
        "An Cư",
        "12/QĐ-UBND",
        "31",
        "Chau Sóc Khonl",
        act="Tặng",
        award="Giấy khen",
        bearer="Hộ gia đình bà Nguyễn Thị Ượng",
        address="Ấp Phú Hòa, xã An Cư",
        achievement=f"Đã có thành tích xuất sắc trong Phong trào thi đua {MOVEMENT} năm 2019",
        position="Chủ tịch",
    ),
    "merit_district": _of(
        "Chủ tịch Ủy ban nhân dân huyện Tịnh Biên",
        "Tịnh Biên",
        "05/QĐ-UBND",
        "120",
        "Trần Minh Ngỡi",
        act="Tặng",
        award="Giấy khen",
        bearer="Ông Phạm Hữu Nghĩa Đễ",
        address="Phó Chủ tịch Ủy ban nhân dân xã An Nông",
        achievement=f"Đã có thành tích xuất sắc trong Phong trào thi đua {MOVEMENT} năm 2019",
        position="KT. Chủ tịch\nPhó Chủ tịch",
    ),
    "merit_unit": _of(
        "Trưởng phòng Giáo dục và Đào tạo huyện Tịnh Biên",
        "Tịnh Biên",
        "07/QĐ-PGDĐT",
        "09",
        "Lê Thị Quỳnh Như",
        act="Tặng",
        award="Giấy khen",
        bearer="Bà Néang Sa Rây",
        address="Giáo viên Trường Tiểu học A An Hảo",
        achievement="Đã hoàn thành xuất sắc nhiệm vụ năm học 2018 - 2019",
        position="Trưởng phòng",
    ),
    "merit_province": _of(
        "Chủ tịch Ủy ban nhân dân tỉnh An Giang",
        "An Giang",
        "412/QĐ-UBND",
        "1.204",
        "Nguyễn Thanh Bình",
        act="Tặng",
        award="Bằng khen",
        bearer="Nhân dân và cán bộ xã Văn Giáo",
        address="Huyện Tịnh Biên",
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua xây dựng nông thôn mới, giảm nghèo bền vững "
        "giai đoạn 2016 - 2020, góp phần vào sự nghiệp xây dựng chủ nghĩa xã hội và bảo vệ Tổ quốc",
        position="Chủ tịch",
    ),
    "emulation_flag": _of(
        "Ủy ban nhân dân tỉnh An Giang",
        "An Giang",
        "98/QĐ-UBND",
        "15",
        "Nguyễn Thanh Bình",
        act="Tặng",
        award="Cờ thi đua",
        bearer="Ủy ban nhân dân huyện Tịnh Biên",
        address="Tỉnh An Giang",
        achievement="Đã hoàn thành xuất sắc nhiệm vụ, dẫn đầu Cụm thi đua các huyện miền núi năm 2019",
        position="TM. Ủy ban nhân dân\nChủ tịch",
    ),
    "title_fighter": _of(
        "Chủ tịch Ủy ban nhân dân huyện Tịnh Biên",
        "Tịnh Biên",
        "21/QĐ-UBND",
        "57",
        "Trần Minh Ngỡi",
        act="Tặng danh hiệu",
        award="Chiến sĩ thi đua cơ sở",
        bearer="Ông Lý Quỳ Hữu",
        address="Công chức Văn hóa - Xã hội xã Tân Lập",
        achievement="Đã có thành tích xuất sắc trong công tác năm 2019",
        position="Chủ tịch",
    ),
    "title_collective": _of(
        "Chủ tịch Ủy ban nhân dân tỉnh An Giang",
        "An Giang",
        "33/QĐ-UBND",
        "08",
        "Nguyễn Thanh Bình",
        act="Tặng danh hiệu",
        award="Tập thể lao động xuất sắc",
        bearer="Phòng Nội vụ huyện Tịnh Biên",
        address="Huyện Tịnh Biên",
        achievement="Đã hoàn thành xuất sắc nhiệm vụ được giao năm 2019",
        position="Chủ tịch",
    ),
    "cultural_family": _of(
        "Chủ tịch Ủy ban nhân dân xã Thới Sơn",
        "Thới Sơn",
        "44/QĐ-UBND",
        "318",
        "Huỳnh Văn Sậm",
        act="Tặng danh hiệu",
        award="Gia đình văn hóa",
        bearer="Hộ gia đình ông Chau Kim Sêng",
        address="Ấp Núi Kết, xã Thới Sơn",
        achievement="Năm 2019",
        position="Chủ tịch",
    ),
    "thanks_letter": {
        "issuer": "Ủy ban nhân dân huyện Tịnh Biên",
        "act": "trân trọng cảm ơn",
        "bearer": "Công ty trách nhiệm hữu hạn Thương mại Đại Phúc",
        "address": "Thành phố Long Xuyên, tỉnh An Giang",
        "achievement": "Đã đóng góp cất 12 căn nhà đại đoàn kết cho hộ nghèo xã An Cư và xã Vĩnh Trung năm 2019",
        "dated": "Tịnh Biên, ngày 05 tháng 02 năm 2019",
        "position": "TM. Ủy ban nhân dân\nChủ tịch",
        "signer": "Trần Minh Ngỡi",
    },
}


class Word(NamedTuple):
    """A word on a page: its edges in mm from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def certificate(name: str, **changes: str) -> Certificate:
    """The example of a type with other texts in some of its fields."""
    return Certificate(name, certificate_type(name).sheet, EXAMPLES[name] | changes)


def written(*certificates: Certificate, blank: Blank | None = None) -> bytes:
    return write(certificates, DESCRIBED, blank=blank)


@cache
def certificate_example(name: str) -> bytes:
    return written(certificate(name))


def words(pdf: bytes) -> list[Word]:
    """Every word of a file where it stands."""
    command = ["pdftotext", "-bbox", "-", "-"]
    found = subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()
    mark = re.compile(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<')
    return [
        Word(*(float(edge) * 25.4 / 72 for edge in edges), text=text) for *edges, text in mark.findall(found)
    ]


def lines_of(printed: Mapping[str, str], name: str) -> list[str]:
    """What a certificate says in each field, as it is printed: capitals where the type has them."""
    kind = certificate_type(name)
    said = {field.name: (printed.get(field.name, ""), field.upper) for field in kind.variable}
    return [" ".join((text.upper() if upper else text).split()) for text, upper in said.values() if text]
