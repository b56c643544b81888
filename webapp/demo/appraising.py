"""What the demo's specialists write in the parts of the appraisal that an award asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.demo.script import Nominee
from webapp.demo.setting import Setting
from webapp.demo.telling import number
from webapp.extensions import db
from webapp.models import Case
from webapp.queries.task_forms import appraisal_parts


def parts(setting: Setting, nominee: Nominee) -> dict[str, Mapping[str, Any]]:
    """The answers to what the rules and the plan ask of this nominee, part by part."""
    code = setting.codes[setting.key(nominee.key)]
    session = db.session()
    case = session.execute(select(Case).where(Case.code == code)).scalar_one()
    answers = _answers(setting, nominee)
    return {part: answers[part] for part in appraisal_parts(session, case)}


def _answers(setting: Setting, nominee: Nominee) -> dict[str, Mapping[str, Any]]:
    year, unit = setting.round.year, setting.unit_name(nominee.unit)
    return {
        "initiative": {
            "name": "Cách làm hay trong vận động, giúp đỡ hộ nghèo",
            "recognised_by": f"Hội đồng sáng kiến {setting.unit_name()}",
            "scope": "district",
        },
        "lower_titles": {
            "titles": [{"title": "Chiến sĩ thi đua cơ sở", "year": year - back} for back in (3, 2, 1)],
            "consecutive": True,
        },
        "unit_results": {
            "results": "Hoàn thành các chỉ tiêu được giao trong năm, đã đối chiếu với báo cáo giảm nghèo.",
            "party": "good",
            "organisations": "good",
            "united": True,
        },
        "recognition": {
            "standing": "left_poverty",
            "number": f"{number(21, 88, nominee.key)}/QĐ-UBND",
            "recognised_on": f"{year - 1}-12-2{number(0, 8, nominee.key)}",
            "issued_by": f"Ủy ban nhân dân {unit}",
        },
        "influence": {
            "scope": "commune",
            "example": "Cách làm đã được các hộ trong ấp đến học tập và làm theo.",
        },
    }
