"""Rule sets to read, as they count in the reader's unit."""

from tests.people import TINH_BIEN
from webapp.campaigns.rule_tables import tables
from webapp.extensions import db
from webapp.queries.law import all_rule_sets


def test_rule_sets_stand_by_era(signed_in, office):
    page = signed_in("officer").get("/campaigns/rules")
    assert len(page.all(".data-table tbody tr")) == 4
    current = page.one(".data-table a[href^='/campaigns/rules/law-2014']").find_parent("th")
    assert "đang có hiệu lực" in current.get_text()


def test_entries_show_value_period_citation_and_mark(signed_in, office):
    page = signed_in("officer").get("/campaigns/rules/law-2014")
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    for wanted in (
        "Áp dụng ở: xã An Cư.",
        "Giấy khen",
        "Tiền thưởng: Cá nhân",
        "1.490.000 đ",
        "10 ngày làm việc",
        "Hội đồng, Cấp huyện",
        "chưa kiểm chứng",
        "đã kiểm chứng",
    ):
        assert wanted in text, wanted
    assert "mục chưa được kiểm chứng" in page.one(".notice").get_text()
    assert page.all(".rule-acts a") == []


def test_what_is_not_there_is_not_found(signed_in, office):
    browser = signed_in("officer")
    browser.get("/campaigns/rules/law-1900", status=404)
    browser.get(f"/campaigns/rules?unit={TINH_BIEN}", status=404)
    signed_in("stranger").get("/campaigns/rules", status=403)


def test_every_entry_of_every_rule_set_is_shown(app, office):
    with app.test_request_context():
        for rules in all_rule_sets(db.session()):
            shown = [row.entry for table in tables(rules) for row in table.rows]
            parts = [part for award in rules.awards for part in (award, *award.decided_by, *award.prizes)]
            plain = (*rules.papers, *rules.clocks, *rules.supplement_limits)
            amounts = (*rules.base_salaries, *rules.roundings, *rules.vote_presets, *rules.vote_defaults)
            grounds = (
                *rules.meeting_rules,
                *rules.appraisal_parts,
                *rules.conditions,
                *rules.refusal_grounds,
                *rules.revocation_grounds,
                *rules.retention_periods,
                *rules.inspection_limits,
            )
            assert shown == [*parts, *plain, *grounds, *amounts]
