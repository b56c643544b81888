"""What the paper of a plan says: its sections, what is left out, marks of assumptions, long lists on their pages."""

from typing import Any

import pytest

from tests.webapp.documents.papers import example, needs_poppler, pages, rendered_example, text
from webapp.documents import page, render

pytestmark = needs_poppler
NAME = "campaign_plan"


def made(**changes: Any) -> str:
    return text(render(NAME, example(NAME) | changes).pdf)


def test_sections_follow_each_other_as_in_a_plan() -> None:
    written = text(rendered_example(NAME))
    heads = (
        "KẾ HOẠCH Phát động phong trào thi đua",
        "Căn cứ Kế hoạch số 597/KH-UBND ngày 20/10/2017 của Ủy ban nhân dân tỉnh An Giang;",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG THI ĐUA",
        "III. CHỈ TIÊU",
        "IV. KHEN THƯỞNG 1. Số lượng khen thưởng tối đa",
        "2. Danh hiệu, hình thức khen thưởng (giả định)",
        "V. TIẾN ĐỘ THỰC HIỆN",
        "VI. TỔ CHỨC THỰC HIỆN",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "ĐƠN VỊ NHẬN KẾ HOẠCH",
    )
    assert [head for head in heads if head not in written] == []
    assert sorted(heads, key=written.index) == list(heads)


def test_sections_without_data_are_left_out_and_the_others_count_on() -> None:
    written = made(indicators=[], quotas=None, awards=None, addressed=[], bases=[], assumed=False)
    for left_out in ("CHỈ TIÊU", "KHEN THƯỞNG", "Căn cứ", "Phụ lục", "Chỗ ghi"):
        assert left_out not in written
    assert "III. TIẾN ĐỘ THỰC HIỆN" in written
    assert "IV. TỔ CHỨC THỰC HIỆN" in written
    assert "Danh hiệu, hình thức" in (only := made(quotas=None))
    assert "2. Danh hiệu" not in only


def test_instruction_is_headed_as_one() -> None:
    written = made(kind="instruction", subject="Đẩy mạnh phong trào thi đua")
    assert "CHỈ THỊ Đẩy mạnh phong trào thi đua" in written
    assert "Ủy ban nhân dân huyện Tịnh Biên chỉ thị như sau:" in written
    assert "Trên đây là Chỉ thị đẩy mạnh phong trào thi đua;" in written
    assert "ĐƠN VỊ NHẬN CHỈ THỊ" in written


def test_title_that_names_its_kind_is_not_named_twice() -> None:
    assert "ban hành Kế hoạch thi đua năm 2020 như sau:" in made(subject="Kế hoạch thi đua năm 2020")


def test_assumptions_are_marked_and_explained() -> None:
    written = text(rendered_example(NAME))
    assert "Chậm nhất ngày 31/01/2018 (giả định)" in written
    assert "Mức giảm tỷ lệ hộ nghèo trong năm 2018 (giả định)" in written
    assert "Chỗ ghi (giả định) là điều nguồn của kế hoạch không nêu" in written
    assert "không có trong thực tế" in made(fictitious=True)


def test_places_that_cannot_be_used_are_not_counted() -> None:
    written = text(rendered_example(NAME))
    assert "1 Hộ gia đình vượt khó vươn lên thoát nghèo 03* 06" in written
    assert "(*) Nội dung thi đua không có đối tượng thuộc loại này" in written
    assert "Cộng 12 24" in written


@pytest.mark.parametrize("number", [1, 3, 6, 40])
def test_no_indicator_is_lost_and_no_heading_stands_alone(number: int) -> None:
    row = example(NAME)["indicators"][0]
    rows = [row | {"name": f"Chỉ tiêu thử số {each}."} for each in range(1, number + 1)]
    papers = pages(render(NAME, example(NAME) | {"indicators": rows}).pdf)
    written = " ".join(papers)
    assert [each["name"] for each in rows if each["name"] not in written] == []
    ends = [paper.removesuffix(f" {place}") for place, paper in enumerate(papers, 1)]
    heads = ("CHỈ TIÊU", "KHEN THƯỞNG", "tối đa", "THỰC HIỆN", "Thời gian", "và hộ gia đình (giả định)")
    assert [end for end in ends if end.endswith(heads)] == []


def test_forty_six_units_stand_in_the_annex() -> None:
    units: list[dict[str, Any]] = [
        {"name": f"Đơn vị nhận văn bản số {number}.", "own_plan": number != 7} for number in range(1, 47)
    ]
    written = made(addressed=units)
    assert [each["name"] for each in units if each["name"] not in written] == []
    assert "7 Đơn vị nhận văn bản số 7. Không" in written


def test_more_pools_than_usual_have_their_columns() -> None:
    quotas = example(NAME)["quotas"]
    quotas["pools"] += [{"text": "Doanh nghiệp", "assumed": False}, {"text": "Hợp tác xã", "assumed": False}]
    for round_ in quotas["rounds"]:
        round_["totals"] += [None, 4]
        for line in round_["lines"]:
            line["numbers"] += [{"at_most": None, "usable": True}, {"at_most": 4, "usable": True}]
    assert "Cộng 12 24 – 04" in made(quotas=quotas)
    assert 'class="list quotas narrow"' in page(NAME, example(NAME) | {"quotas": quotas})
