"""Text blocks of a decision: the standard wording, the office's own, and what is filled into both."""

from typing import Any

from tests.webapp.documents.papers import example
from webapp.documents import page
from webapp.documents.blocks import articles, awarded, execution, unknown_places, with_blocks


def worded(**blocks: Any) -> list[list[str]]:
    facts = example("decision")
    own = facts["blocks"] | blocks
    return articles(own, facts["acts"], facts["reason"], facts["fund"], facts["groups"])


def test_standard_wording_is_filled_from_the_list() -> None:
    first, money, last = worded()
    assert first[0].startswith("Tặng Giấy khen cho 08 tập thể, 12 cá nhân, 03 hộ gia đình đã có thành tích")
    assert "14.526.000\u00a0đồng (Bằng chữ: Mười bốn triệu năm trăm hai mươi sáu nghìn đồng)" in money[0]
    assert last[0] == "Quyết định này có hiệu lực kể từ ngày ký."
    assert last[1].endswith(
        "và các tập thể, cá nhân, hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
    )


def test_own_wording_stands_as_written_with_its_places_filled() -> None:
    found = worded(
        awards="Nay [Khen  thưởng].\nDanh sách là phần không tách rời.",
        more=["Giao Phòng Nội vụ theo dõi."],
        force="Có hiệu lực từ ngày 01/01/2020.",
    )
    assert found[0][0].startswith("Nay Tặng Giấy khen cho 08 tập thể")
    assert found[0][1] == "Danh sách là phần không tách rời."
    assert found[2] == ["Giao Phòng Nội vụ theo dõi."]
    assert found[3][0] == "Có hiệu lực từ ngày 01/01/2020."


def test_source_of_the_money_leaves_no_gap_where_there_is_none() -> None:
    facts = example("decision")
    found = articles(facts["blocks"], facts["acts"], facts["reason"], None, facts["groups"])
    assert found[1][0].endswith("nghìn đồng).")


def test_unknown_places_are_named() -> None:
    assert unknown_places("Theo [khen thưởng] và [Tổng tiền], [số tiền]") == ["số tiền"]


def test_several_awards_are_told_one_after_the_other() -> None:
    lines = [
        {"nominee": {"kind": "individual"}, "award": "Lao động tiên tiến"},
        {"nominee": {"kind": "collective"}, "award": "Giấy khen"},
    ]
    acts = [
        {"act": "Tặng danh hiệu “Lao động tiên tiến”", "award": "Lao động tiên tiến"},
        {"act": "Tặng Giấy khen", "award": "Giấy khen"},
    ]
    assert awarded(acts, lines) == (
        "Tặng danh hiệu “Lao động tiên tiến” cho 01 cá nhân; tặng Giấy khen cho 01 tập thể"
    )


def test_facts_from_before_there_were_blocks_print_the_standard_wording() -> None:
    now = example("decision")
    executors = ["Chánh Văn phòng", "Trưởng phòng Nội vụ"]
    lines = [{k: v for k, v in line.items() if k != "part"} for line in now["groups"][0]["lines"]]
    before = {k: v for k, v in now.items() if k not in ("blocks", "initials", "grouping")}
    before |= {"executors": executors, "groups": [{"title": "Nội dung thi đua", "lines": lines}]}
    found = with_blocks(before)
    assert found["blocks"]["execution"] == execution(executors)
    assert "Chánh Văn phòng, Trưởng phòng Nội vụ và các tập thể" in page("decision", found)
    assert with_blocks(now) is now
