"""The rule of a vote as minutes and letters state it."""

import pytest

from webapp.queries.profiles import FRACTIONS
from webapp.queries.vote_rules import cited_rule, rule_sentence

RULE = {
    "quorum": "2/3",
    "quorum_base": "all",
    "ballot": "secret",
    "threshold": "1/2",
    "comparison": "more_than",
    "base": "all",
    "chair_yes_required": False,
    "written_opinions": False,
    "recused_in_base": True,
    "abstentions": "in_base",
    "invalid": "in_base",
    "blank": "invalid",
    "tie": "not_passed",
    "rounding": "exact",
}


def frozen(mark="verified", **changes):
    assert set(FRACTIONS) <= RULE.keys()
    return {"rule": RULE | changes, "citation": "Quy chế số 07/QC-HĐTĐKT", "mark": mark}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "có trên 50% tổng số thành viên Hội đồng đồng ý (từ 06/11 thành viên)"),
        (
            {"threshold": "4/5", "comparison": "at_least", "base": "present"},
            "có từ 80% trở lên số thành viên có mặt",
        ),
        ({"ballot": "open", "chair_yes_required": True}, "trong đó có Chủ tịch Hội đồng"),
        ({"quota": "cuts"}, "lấy theo số phiếu đồng ý từ cao xuống thấp"),
        ({"ballot_limit": True}, "là phiếu không hợp lệ đối với nhóm đó"),
    ],
)
def test_what_decides_is_said(changes, said):
    assert said in rule_sentence(frozen(**changes), 11)


def test_the_source_is_named_when_somebody_vouches_for_it():
    assert cited_rule(frozen(), 11).endswith(" (căn cứ: Quy chế số 07/QC-HĐTĐKT)")
    assert "căn cứ" not in cited_rule(frozen("unverified"), 11)
