"""The same papers as Word and Excel files, read back with other people's libraries."""

import io
import json
import unicodedata
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import load_workbook

from tests.webapp.documents.papers import example, values
from webapp.documents import (
    FactsError,
    UnknownDocumentError,
    document_types,
    render_docx,
    render_xlsx,
)

WORD = tuple(name for name, kind in document_types().items() if (kind.folder / "template.docx").is_file())
NAMED = (("registrant", "name"), ("review", "campaign"), ("inspection", "title"))
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {%p if x %} &lt; <w:p/> \x07\x0c\x00"
CLEAN = HOSTILE[:-3]
NAMES = ("Nguyễn Thị Ượng", "Đỗ Quỳnh Giao Hưởng", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lập")

each_type = pytest.mark.parametrize("name", WORD)


def word(name: str, *, draft: bool = False, **changes: Any) -> Any:
    return Document(io.BytesIO(render_docx(name, example(name) | changes, draft=draft)))


def told(document: Any) -> str:
    """All the text of a file, its tables among it, each run of white space as one space."""
    texts = (node.text or "" if node.tag == qn("w:t") else " " for node in document.element.body.iter())
    return " ".join("".join(texts).split())


def workbook(**changes: Any) -> Any:
    return load_workbook(io.BytesIO(render_xlsx("summary_sheet", example("summary_sheet") | changes)))


def test_which_papers_there_are_as_word_files() -> None:
    assert set(WORD) == {
        "archive_index",
        "campaign_plan",
        "cluster_minutes",
        "correction_decision",
        "decision",
        "decision_submission",
        "higher_submission",
        "inspection_minutes",
        "opinion_request",
        "owing_letter",
        "pledge",
        "receipt",
        "registration_list",
        "result_letter",
        "review_minutes",
        "review_report",
        "revocation_decision",
        "session_minutes",
        "submission",
        "summary_sheet",
        "vote_count",
    }


@each_type
def test_every_name_is_in_the_file(name: str) -> None:
    written = told(word(name))
    assert [one for one in values(example(name), "name") if one and one not in written] == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in written
    assert "{" not in written


@each_type
def test_equal_facts_give_equal_bytes(name: str) -> None:
    facts = example(name)
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(facts, ensure_ascii=False)))
    assert render_docx(name, decomposed) == render_docx(name, facts)
    with zipfile.ZipFile(io.BytesIO(render_docx(name, facts))) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}


@each_type
def test_page_is_that_of_the_decree(name: str) -> None:
    document = word(name)
    [section] = document.sections
    size = (Mm(420), Mm(297)) if name == "summary_sheet" else (Mm(210), Mm(297))
    assert (abs(section.page_width - size[0]) < Mm(1), abs(section.page_height - size[1]) < Mm(1)) == (
        True,
        True,
    )
    assert round(section.top_margin.mm) == round(section.bottom_margin.mm) == 20
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (
        30 - 5 * (name == "summary_sheet"),
        15,
    )
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


@each_type
def test_draft_says_so_on_each_page(name: str) -> None:
    for draft in (True, False):
        [section] = word(name, draft=draft).sections
        said = [part.paragraphs[0].text.strip() for part in (section.first_page_header, section.header)]
        assert [("DỰ THẢO" in text) for text in said] == [draft, draft]


@each_type
def test_long_tables_repeat_their_heads_and_tear_no_row(name: str) -> None:
    listed = [table for table in word(name).tables if table.rows[0].cells[0].text in ("STT", "Hạng")]
    assert listed or name in ("correction_decision", "opinion_request", "review_minutes")
    for table in listed:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)


@each_type
def test_what_people_type_comes_out_as_text(name: str) -> None:
    facts = example(name)
    if "grouping" in facts:
        facts["groups"][0]["lines"][0]["part"] = HOSTILE
    elif "groups" in facts:
        facts["groups"][0]["title"] = HOSTILE
    elif "strands" in facts:
        facts["strands"][0]["name"] = HOSTILE
    elif place := next((each for each in NAMED if each[0] in facts), None):
        facts[place[0]][place[1]] = HOSTILE
    elif "members" in facts:
        facts["members"][0]["name"] = HOSTILE
    elif "sections" in facts:
        facts["sections"][0]["title"] = HOSTILE
    elif "corrections" in facts:
        facts["corrections"][0]["after"] = HOSTILE
    else:
        facts["question"] = HOSTILE
    assert " ".join(CLEAN.split()) in told(Document(io.BytesIO(render_docx(name, facts))))


def test_papers_without_a_word_file_are_refused() -> None:
    with pytest.raises(UnknownDocumentError):
        render_docx("refusal_notice", example("refusal_notice"))
    with pytest.raises(UnknownDocumentError):
        render_docx("ticket", {})
    with pytest.raises(FactsError):
        render_docx("vote_count", {})
    with pytest.raises(FactsError):
        render_xlsx("summary_sheet", {})


def test_count_says_what_the_pdf_says() -> None:
    written = told(word("vote_count"))
    assert "Số: 03/BB-HĐTĐKT" in written
    assert "- Số phiếu phát ra: 11 phiếu; số phiếu thu về: 11 phiếu" in written
    assert "3 Ông Đỗ Quỳnh Giao Hưởng ấp Tây Hưng, xã Nhơn Hưng 09 02 00 09/11 (81,82%) Đạt" in written
    assert "Tổng số 18 trường hợp được xét (06 tập thể, 09 cá nhân, 03 hộ gia đình), kết quả:" in written
    assert "vào hồi 10 giờ 30 phút cùng ngày" in written


def test_minutes_part_what_was_said_into_paragraphs() -> None:
    lines = [
        one.text for one in word("session_minutes", opinions=["Ông A: Nhất trí.\nĐề nghị thêm."]).paragraphs
    ]
    assert lines[lines.index("III. Ý kiến thảo luận") + 1 :][:2] == ["- Ông A: Nhất trí.", "Đề nghị thêm."]
    assert "Không có ý kiến nào được ghi." in told(word("session_minutes", opinions=[]))


@pytest.mark.parametrize("name", ["vote_count", "session_minutes"])
def test_a_vote_by_correspondence_meets_nowhere(name: str) -> None:
    facts = example(name)
    written = told(word(name, session=facts["session"] | {"by_correspondence": True}))
    assert "lấy ý kiến bằng văn bản" in written
    assert "theo phiếu lấy ý kiến mà các thành viên đã gửi./." in written
    assert facts["session"]["place"] not in written


@pytest.mark.parametrize("name", ["vote_count", "session_minutes"])
def test_annex_is_there_when_the_facts_have_it(name: str) -> None:
    annex = example("vote_count")["annex"]
    written = told(word(name, annex=annex))
    assert "Phụ lục Mã phiếu" in written
    assert "Mã phiếu (11 mã" in written
    assert [code for code in annex["trackers"] if code not in written] == []
    assert "Phụ lục" not in told(word(name, annex=None))


def test_letter_parts_the_nominees_by_what_became_of_them() -> None:
    written = told(word("result_letter"))
    heads = (
        "I. Đủ điều kiện khen thưởng, trình Chủ tịch Ủy ban nhân dân huyện Tịnh Biên quyết định: 13 hồ sơ",
        "II. Không đủ điều kiện khen thưởng: 03 hồ sơ",
        "III. Đủ điều kiện, đề nghị cấp trên khen thưởng: 01 hồ sơ",
        "IV. Hoãn xét: 01 hồ sơ",
    )
    assert sorted(heads, key=written.index) == list(heads)
    assert "chưa đạt từ 80% trở lên tổng số thành viên Hội đồng (cần 09)" in written
    assert "số đồng ý và không đồng ý bằng nhau" in written


def test_plan_says_the_same_in_word() -> None:
    written = told(word("campaign_plan"))
    for said in (
        "Số: 12/KH-UBND",
        "I. Mục đích, yêu cầu",
        "- Đối tượng: Hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo.",
        "Từ 3 điểm phần trăm trở lên, phấn đấu 4 điểm phần trăm",
        "Tập thể (giả\u00a0định): 03*",
        "Cộng Tập thể: 12 Cá nhân và hộ gia đình: 24",
        "Khen thưởng năm 2019 không xét tập thể, cá nhân, hộ gia đình đã được khen tại: khen thưởng năm 2018.",
        "VI. Tổ chức thực hiện",
        "- Ủy ban nhân dân các xã, thị trấn;",
        "32 Khối thi đua số 2 huyện Tịnh Biên Có",
    ):
        assert " ".join(said.split()) in written


def test_plan_leaves_out_in_word_what_there_is_none_of() -> None:
    without = {"indicators": [], "quotas": None, "awards": None, "addressed": []}
    written = told(word("campaign_plan", kind="instruction", **without))
    assert "Chỉ thị" in written
    assert "III. Tiến độ thực hiện" in written
    assert "IV. Tổ chức thực hiện" in written
    for left_out in ("Chỉ tiêu", "Khen thưởng tối đa", "PHỤ LỤC"):
        assert left_out not in written


def test_workbook_has_a_sheet_for_each_strand_ready_to_print() -> None:
    book = workbook()
    assert [sheet.title for sheet in book] == [
        "I. Hộ gia đình vượt khó vươn…",
        "II. Phát huy vai trò cộng…",
        "III. Đồng thuận hợp tác, trách…",
    ]
    for sheet, group in zip(book, example("summary_sheet")["groups"], strict=True):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$6", "E7")
        assert sheet.auto_filter.ref == f"A6:L{6 + len(group['lines'])}"
        assert group["ceiling"] in sheet["A5"].value


def test_cells_hold_numbers_and_wrapped_text() -> None:
    sheet = workbook().worksheets[0]
    first = [cell.value for cell in sheet[7]]
    assert first[:6] == [
        1,
        "HS-2019-0143",
        "Cá nhân",
        "Ông Đỗ Quỳnh Giao Hưởng",
        "ấp Tây Hưng, xã Nhơn Hưng",
        1970,
    ]
    assert first[6].startswith("Từ hộ nghèo năm 2016")
    assert sheet["H7"].value == "Chưa có"
    assert all(cell.alignment.wrap_text and cell.font.name == "Times New Roman" for cell in sheet[7])
    assert sheet.row_dimensions[7].height > 60


def test_text_is_never_a_formula() -> None:
    groups = example("summary_sheet")["groups"]
    groups[0]["lines"][0]["nominee"]["name"] = "=HYPERLINK(1)"
    groups[0]["lines"][0]["nominee"]["salutation"] = None
    groups[0]["lines"][0]["achievement"] = "-2+3\x07"
    cells = [cell for row in workbook(groups=groups).worksheets[0].iter_rows(min_row=7) for cell in row]
    typed = {cell.value: (cell.data_type, cell.quotePrefix) for cell in cells if cell.value}
    assert typed["=HYPERLINK(1)"] == ("s", True)
    assert typed["-2+3"] == ("s", True)


def test_draft_and_signers_are_in_the_workbook() -> None:
    facts = example("summary_sheet")
    book = load_workbook(io.BytesIO(render_xlsx("summary_sheet", facts, draft=True)))
    assert all(sheet["A1"].value == "BẢNG TRÍCH NGANG (DỰ THẢO)" for sheet in book)
    last = [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
    assert facts["signature"]["name"] in last
    assert render_xlsx("summary_sheet", facts) == render_xlsx("summary_sheet", facts)


def test_two_hundred_nominees_with_long_names() -> None:
    facts = example("summary_sheet")
    line = facts["groups"][0]["lines"][0]
    long = line | {
        "nominee": line["nominee"] | {"name": " ".join(NAMES * 4)},
        "achievement": "Việc đã làm. " * 150,
    }
    facts["groups"] = [facts["groups"][0] | {"lines": [long] * 200}]
    document = Document(io.BytesIO(render_docx("summary_sheet", facts)))
    assert len(document.tables[1].rows) == 200 + 2
    [sheet] = load_workbook(io.BytesIO(render_xlsx("summary_sheet", facts)))
    assert sheet.max_row == 6 + 200 + 4
    assert max(sheet.row_dimensions[row].height for row in range(7, 207)) <= 409
