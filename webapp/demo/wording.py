"""What people of the demo write: dossiers, minutes, reports, made of `data/texts.yaml`, the same on every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from webapp.demo.script import DATA, Nominee, data
from webapp.demo.sheets import Sheet
from webapp.demo.telling import number, pick

Form = dict[str, Any]
WOMEN = ("Thị ", "Neáng ", "Ngọc Bích", "Mỹ ")


@cache
def texts() -> Mapping[str, Any]:
    """All wording."""
    found: Mapping[str, Any] = data(DATA / "texts.yaml")
    return found


def is_woman(name: str) -> bool:
    """Whether a fictitious name is a woman's."""
    return any(sign in name for sign in WOMEN)


def name_on_paper(nominee: Nominee) -> str:
    """The name as decision and certificate give it; a household is called by its head."""
    if nominee.kind != "household":
        return nominee.name
    return f"Hộ {'bà' if is_woman(nominee.name) else 'ông'} {nominee.name}"


def dossier(nominee: Nominee, unit: str, address: Form | None, year: int, campaign: str) -> Form:
    """The form of a dossier, with its papers."""
    told = _story_of(nominee, year, campaign)
    form: Form = {
        "nominee_kind": nominee.kind,
        "name_on_paper": name_on_paper(nominee),
        "proposed_award": nominee.award,
        "achievement": told["achievement"],
        "achievement_summary": told["summary"],
        "achievement_report": _report(nominee, unit, year, told["summary"]),
        "effects": [told["effect"]],
        "truth_declared": True,
    }
    if address:
        form["address"] = address
    if nominee.kind == "individual":
        form |= {
            "honorific": "ms" if is_woman(nominee.name) else "mr",
            "birth_year": number(1958, 1992, nominee.key),
        }
    if nominee.position:
        form["position"] = nominee.position
    if nominee.kind == "household":
        form |= {
            "poverty_status": "escaped",
            "poverty_recognition": Sheet(
                "poverty_recognition",
                "Giay xac nhan thoat ngheo.pdf",
                unit,
                "Giấy xác nhận",
                "Hộ gia đình thoát nghèo",
                (f"Ủy ban nhân dân {unit} xác nhận các hộ có tên trong danh sách kèm theo đã thoát nghèo.",),
            ),
        }
    return form


def handwritten(name: str, day: dt.date) -> Form:
    """What an officer adds who fills in for somebody without an account."""
    lines = ("Người ký tên nhờ công chức lập hồ sơ thay vì không có tài khoản.", "(Đã ký)")
    return {
        "paper_number": f"{number(11, 96, name)}/GĐN",
        "paper_date": day.isoformat(),
        "signed_scan": Sheet(
            "signed_sheet",
            "Giay de nghi co chu ky.pdf",
            "Người đề nghị",
            "Giấy đề nghị",
            "Nhờ lập hồ sơ trên hệ thống",
            lines,
        ),
    }


def minutes(unit: str) -> Sheet:
    """The minutes of the meeting at which a unit decided to propose somebody."""
    return Sheet(
        "other",
        "Bien ban hop xet.pdf",
        unit,
        "Biên bản",
        "Họp xét, đề nghị khen thưởng",
        ("Các thành viên dự họp thống nhất đề nghị khen thưởng theo hồ sơ.", "(Đã ký)"),
    )


def _story_of(nominee: Nominee, year: int, campaign: str) -> Form:
    kept = texts()["strands"].get(nominee.strand, texts()["strands"]["default"])
    key = nominee.key
    fill = {
        "year": year,
        "campaign": campaign,
        "n": number(4, 18, key),
        "m": number(2, 9, key + "m"),
        "money": number(3, 24, key + "t") * 10,
    }
    label, before, after, measure = kept["effects"]
    return {
        "achievement": kept["achievement"].format(**fill),
        "summary": pick(kept["summaries"], key).format(**fill),
        "effect": {"effect": label, "before": figure(before), "after": figure(after), "measure": measure},
    }


def figure(value: Any) -> float | int:
    """A number of the texts: fractions are read as decimals, the form wants plain numbers."""
    return int(value) if int(value) == value else float(value)


def _report(nominee: Nominee, unit: str, year: int, summary: str) -> Sheet:
    return Sheet(
        "achievement_report",
        "Bao cao thanh tich.pdf",
        unit,
        "Báo cáo thành tích",
        f"Đề nghị tặng giấy khen năm {year}",
        (f"Đối tượng: {name_on_paper(nominee)}.", summary, "Cam đoan nội dung báo cáo là đúng sự thật."),
    )


def meeting(nominee: Nominee, unit: str, day: dt.date, *, in_hamlet: bool, agrees: bool) -> Form:
    """Minutes of the meeting of the hamlet or the unit."""
    present = number(32, 64, nominee.key)
    agreed = present - number(0, 3, nominee.key) if agrees else present // 3
    minutes = Sheet(
        "meeting_minutes",
        "Bien ban hop binh xet.pdf",
        unit,
        "Biên bản họp",
        "Bình xét, đề nghị khen thưởng",
        (
            "Nội dung: bình xét từng trường hợp theo danh sách kèm theo.",
            "Biên bản được đọc lại và thông qua.",
        ),
    )
    form: Form = {
        "meeting_kind": "hamlet" if in_hamlet else "unit",
        "met_on": day.isoformat(),
        "place": "Nhà văn hóa ấp" if in_hamlet else "Phòng họp cơ quan",
        "chair": "Trưởng ban nhân dân ấp" if in_hamlet else "Thủ trưởng đơn vị",
        "invited": present + 6,
        "present": present,
        "agreed": agreed,
        "minutes": minutes,
        "decision": "agree" if agrees else "refuse",
    }
    return form if agrees else form | refusal("standard_not_met", "Đa số người dự họp chưa nhất trí.")


def commune_council(nominee: Nominee, unit: str, day: dt.date, *, agrees: bool) -> Form:
    """Conclusion of the council of the commune or the unit."""
    minutes = Sheet(
        "commune_council_minutes",
        "Bien ban Hoi dong.pdf",
        unit,
        "Biên bản họp Hội đồng",
        f"Hội đồng Thi đua - Khen thưởng {unit}",
        ("Hội đồng có 11 thành viên, có mặt 11.", "Xét từng hồ sơ theo danh sách kèm theo."),
    )
    form: Form = {
        "met_on": day.isoformat(),
        "members": 11,
        "present": 11,
        "agreed": 11 - number(0, 1, nominee.key) if agrees else 3,
        "minutes": minutes,
        "decision": "agree" if agrees else "refuse",
    }
    return (
        form if agrees else form | refusal("standard_not_met", "Thành tích chưa nổi bật so với hồ sơ khác.")
    )


def refusal(ground: str, note: str) -> Form:
    """Ground and explanation of a negative conclusion."""
    return {"ground": ground, "ground_note": note}


def criteria(*, met: bool) -> Form:
    """The check list of an appraisal."""
    names = "right_group papers_complete procedure_followed no_pending_case not_awarded_twice".split()
    return dict.fromkeys(names, True) | {"standard_met": met}


def forwarding(nominee: Nominee, unit: str, day: dt.date) -> Form:
    """The submission by which the district passes a dossier on to the province."""
    sheet = Sheet(
        "submission",
        "To trinh UBND tinh.pdf",
        unit,
        "Tờ trình",
        "Đề nghị cấp trên khen thưởng",
        (f"Đề nghị xét tặng thưởng: {name_on_paper(nominee)}.", "(Đã ký, đóng dấu)"),
    )
    return {
        "document_number": f"{number(101, 180, nominee.key)}/TTr-UBND",
        "issued_on": day.isoformat(),
        "proposed_award": nominee.award,
        "submission": sheet,
    }


def higher_decision(nominee: Nominee, day: dt.date) -> Form:
    """The decision of the level above, as the district records it."""
    issuer = "Ủy ban nhân dân tỉnh"
    sheet = Sheet("higher_decision", "Quyet dinh.pdf", issuer, "Quyết định", "Tặng bằng khen", ("(Đã ký)",))
    return {
        "decision": "awarded",
        "award_given": nominee.award,
        "decision_number": f"{number(2101, 2890, nominee.key)}/QĐ-UBND",
        "decision_date": day.isoformat(),
        "issuer": issuer,
        "decision_file": sheet,
    }


def scan(unit: str, title: str) -> Form:
    """A signature given on paper."""
    subject = "Trang cuối có chữ ký của thủ trưởng và dấu của đơn vị"
    sheet = Sheet("signed_scan", "Ban quet da ky.pdf", unit, title, subject, ("(Đã ký, đóng dấu)",))
    return {"method": "scan", "scan": sheet}
