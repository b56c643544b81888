"""Rule sets to read."""

from webapp.campaigns.rules import tables
from webapp.extensions import db
from webapp.queries.law import rule_sets


def test_rule_sets_stand_by_era(signed_in, office):
    page = signed_in("officer").get("/campaigns/rules")
    assert len(page.all(".data-table tbody tr")) == 4
    assert (
        "đang có hiệu lực"
        in page.one(".data-table a[href='/campaigns/rules/law-2014']").find_parent("th").get_text()
    )


def test_entries_show_value_period_citation_and_mark(signed_in, office):
    page = signed_in("officer").get("/campaigns/rules/law-2014")
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "chưa kiểm chứng" in text
    for wanted in (
        "Giấy khen",
        "Tiền thưởng: Cá nhân",
        "1.490.000 đ",
        "10 ngày làm việc",
        "chưa kiểm chứng",
        "đã kiểm chứng",
    ):
        assert wanted in text
    assert "mục chưa được kiểm chứng" in page.one(".notice").get_text()


def test_unknown_rule_set_is_not_found(signed_in, office):
    signed_in("officer").get("/campaigns/rules/law-1900", status=404)
    signed_in("stranger").get("/campaigns/rules", status=403)


def test_every_entry_of_every_rule_set_is_shown(app, office):
    with app.test_request_context():
        for rules in rule_sets(db.session()):
            shown = [row.entry for table in tables(rules) for row in table.rows]
            parts = [part for award in rules.awards for part in (award, *award.decided_by, *award.prizes)]
            plain = (*rules.papers, *rules.clocks, *rules.supplement_limits, *rules.refusal_grounds)
            amounts = (*rules.base_salaries, *rules.roundings, *rules.vote_presets)
            assert shown == [*parts, *plain, *amounts]
