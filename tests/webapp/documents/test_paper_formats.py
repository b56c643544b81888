"""How dates, numbers, names and lists are written on papers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.documents import formats


def line(kind: str, **more: Any) -> dict[str, Any]:
    return {"nominee": {"kind": kind}, **more}


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2019-02-05", "ngày 05 tháng 02 năm 2019"),
        ("2019-01-31", "ngày 31 tháng 01 năm 2019"),
        ("2024-05-03", "ngày 03 tháng 5 năm 2024"),
        ("2019-12-10", "ngày 10 tháng 12 năm 2019"),
        (None, formats.BLANK_DAY),
    ],
)
def test_long_day_follows_the_decree(day: str | None, written: str) -> None:
    assert formats.long_day(day) == written


@pytest.mark.parametrize(
    ("number", "written"), [(5, "05/QĐ-UBND"), (12, "12/QĐ-UBND"), (1288, "1288/QĐ-UBND")]
)
def test_document_number_below_ten_has_a_zero(number: int, written: str) -> None:
    assert formats.document_number(number, "QĐ-UBND") == written


def test_document_without_number_leaves_room_for_it() -> None:
    assert formats.document_number(None, "QĐ-UBND").strip("\u00a0") == "/QĐ-UBND"


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "0 đ"), (417_000, "417.000 đ"), (447_000, "447.000 đ"), (14_526_000, "14.526.000 đ")],
)
def test_money(amount: int, written: str) -> None:
    assert formats.money(amount).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (9, 11, "81,82%"),
        (11, 11, "100%"),
        (0, 11, "0%"),
        (1, 2, "50%"),
        (1, 8, "12,5%"),
        (2, 3, "66,67%"),
        (3, 0, "–"),
    ],
)
def test_share(part: int, whole: int, written: str) -> None:
    assert formats.share(part, whole) == written


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_share_is_the_nearest_hundredth(votes: tuple[int, int]) -> None:
    part, whole = votes
    read = float(formats.share(part, whole).removesuffix("%").replace(",", "."))
    assert abs(read - part * 100 / whole) <= 0.005 + 1e-9


def test_hours() -> None:
    assert formats.hour("2019-12-12T08:05") == "08 giờ 05 phút"
    same = {"opened": "2019-12-12T08:00", "closed": "2019-12-12T10:30"}
    assert formats.closing_hour(same) == "10 giờ 30 phút cùng ngày"
    later = same | {"closed": "2019-12-13T09:00"}
    assert formats.closing_hour(later) == "09 giờ 00 phút, ngày 13 tháng 12 năm 2019"


def test_nominees_are_counted_by_kind_in_the_order_of_lists() -> None:
    lines = [line("individual"), line("household"), line("individual"), line("collective")]
    assert formats.counted(lines) == "01 tập thể, 02 cá nhân, 01 hộ gia đình"
    assert formats.kinds_of(lines[:2]) == "cá nhân, hộ gia đình"
    assert formats.counted([]) == ""


def test_outcomes_keep_their_order_and_leave_out_empty_ones() -> None:
    lines = [line("individual", outcome="deferred"), line("individual", outcome="passed")]
    assert [outcome for outcome, _ in formats.outcomes(lines)] == ["passed", "deferred"]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("Ủy ban nhân dân huyện Tịnh Biên", "Ủy ban nhân dân<br>huyện Tịnh Biên"),
        ("Hội đồng Thi đua - Khen thưởng", "Hội đồng<br>Thi đua - Khen thưởng"),
        (
            "Hội đồng Thi đua – Khen thưởng huyện Tịnh Biên",
            "Hội đồng<br>Thi đua – Khen thưởng<br>huyện Tịnh Biên",
        ),
        ("Hội đồng nhân dân huyện Tịnh Biên", "Hội đồng nhân dân<br>huyện Tịnh Biên"),
        ("Phòng Nội vụ", "Phòng Nội vụ"),
        ("Ủy ban nhân dân <xã>", "Ủy ban nhân dân<br>&lt;xã&gt;"),
    ],
)
def test_name_of_a_body_is_broken_where_papers_break_it(body: str, written: str) -> None:
    assert formats.broken(body) == written


@pytest.mark.parametrize(
    ("typed", "last", "written"),
    [
        ("- Như Điều 3;", False, "Như Điều 3;"),
        ("Lưu: VT.", True, "Lưu: VT."),
        ("  Căn cứ Luật Thi đua, Khen thưởng ./.", True, "Căn cứ Luật Thi đua, Khen thưởng."),
        ("+ Phòng Nội vụ", False, "Phòng Nội vụ;"),
    ],
)
def test_entries_of_a_list_end_alike_however_they_were_typed(typed: str, last: bool, written: str) -> None:
    assert formats.listed(typed, last) == written


def test_numbers_with_a_slash_stay_whole() -> None:
    written = formats.prose("Kế hoạch số 85/KH-UBND ngày 03/5/2024, thu nhập đồng/người <b>")
    assert written == (
        'Kế hoạch số <span class="whole">85/KH-UBND</span> ngày <span class="whole">03/5/2024</span>,'
        " thu nhập đồng/người &lt;b&gt;"
    )


def test_nominee_inside_a_sentence() -> None:
    woman = {"salutation": "Bà", "name": "Nguyễn Thị Ượng", "address": "ấp Phú Hòa"}
    assert formats.mentioned(woman) == "bà Nguyễn Thị Ượng, ấp Phú Hòa"
    group = {"salutation": None, "name": "Phòng Nội vụ", "address": None}
    assert formats.mentioned(group) == "Phòng Nội vụ"


def test_first_letters() -> None:
    assert formats.sentence("đã có thành tích ở Tịnh Biên") == "Đã có thành tích ở Tịnh Biên"
    assert formats.clause("Đã có thành tích ở Tịnh Biên") == "đã có thành tích ở Tịnh Biên"


@pytest.mark.parametrize(("number", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (29, "XXIX")])
def test_roman(number: int, written: str) -> None:
    assert formats.roman(number) == written
