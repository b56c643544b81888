"""The plan as a paper on the campaign's page: from the plan's own data, then from its draft, then as published."""

import io
import json

import pytest
from docx import Document
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler, text
from webapp.documents import check_facts
from webapp.extensions import db
from webapp.models import Campaign
from webapp.operations import imports
from webapp.operations.acting import SYSTEM
from webapp.operations.starts import start_case
from webapp.queries.plan_papers import plan_paper
from workflows.plan import SHIPPED_PLANS, parse_plan

PAGE = f"/campaigns/{CAMPAIGN}/plan"
MADE_UP = "tinh-bien-gia-dinh-2020"


def of_campaign(code=CAMPAIGN):
    return plan_paper(db.session(), db.session.scalars(select(Campaign).where(Campaign.code == code)).one())


@needs_poppler
def test_the_tab_offers_it_from_the_plan_itself(signed_in, office):
    browser = signed_in("secretary")
    links = [link["href"] for link in browser.get(PAGE).all(".plan-paper a")]
    assert links == [f"{PAGE}.pdf", f"{PAGE}.docx"]
    paper = text(browser.client.get(links[0]).data)
    assert "- Cải thiện sinh kế, nâng cao chất lượng cuộc sống của người nghèo." in paper
    assert "- Ủy ban nhân dân các xã, thị trấn;" in paper
    assert "32 Khối thi đua số 2 huyện Tịnh Biên" in paper
    document = Document(io.BytesIO(browser.client.get(links[1]).data))
    assert "I. Mục đích, yêu cầu" in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_before_the_publication_it_is_hidden_as_the_campaign_is(signed_in, office, form):
    for username in ("officer", "registrant"):
        signed_in(username).get(f"{PAGE}.{form}", status=404)
    signed_in("stranger").get(f"{PAGE}.{form}", status=403)
    signed_in("secretary").get(f"{PAGE}.xlsx", status=404)


@needs_poppler
def test_published_plan_has_its_number_and_is_no_draft(signed_in, office):
    code = office.start("secretary", "campaign", **opening(office))
    office.do("secretary", "draft_plan", code)
    assert of_campaign().draft
    office.do("authority", "approve_plan", code, decision="approve")
    office.do("secretary", "publish_plan", code, document_number="07/KH-UBND", issued_on="2019-12-02")
    paper = text(signed_in("officer").client.get(f"{PAGE}.pdf").data)
    assert "Số: 07/KH-UBND Tịnh Biên, ngày 02 tháng 12 năm 2019" in paper
    assert "DỰ THẢO" not in paper
    assert office.person("authority").name in paper


def opening(office, units=("an-giang/tinh-bien/an-cu",)):
    day = office.today.isoformat()
    return {
        "registration_opens": day,
        "registration_closes": "2020-01-31",
        "addressed_units": list(units),
        "acknowledge_by": "2019-12-20",
    }


def test_facts_are_plain_and_a_made_up_plan_says_so(office):
    imports.import_plan((SHIPPED_PLANS / f"{MADE_UP}.yaml").read_text("utf-8"), actor=SYSTEM, now=office.now)
    for code, draft in ((CAMPAIGN, False), (MADE_UP, True)):
        paper = of_campaign(code)
        assert json.loads(json.dumps(paper.facts)) == paper.facts
        check_facts("campaign_plan", paper.facts)
        assert paper.draft is draft
        assert paper.facts["fictitious"] is draft
        assert paper.facts["assumed"] is not draft


def test_days_of_the_opening_go_before_those_of_the_plan(office):
    before = {row["work"]: row["when"] for row in of_campaign().facts["schedule"]}
    assert before["Đăng ký thi đua"] == {"text": "Từ 15/01/2018 đến 30/06/2020", "assumed": True}
    office.start("secretary", "campaign", **opening(office))
    after = {row["work"]: row["when"] for row in of_campaign().facts["schedule"]}
    assert after["Đăng ký thi đua"] == {"text": "Từ 02/12/2019 đến 31/01/2020", "assumed": False}
    assert of_campaign().facts["recipients"] == ["Ủy ban nhân dân xã An Cư", "Lưu: VT"]


def test_number_of_statements_does_not_grow_with_the_units(office):
    text_ = (SHIPPED_PLANS / f"{MADE_UP}.yaml").read_text("utf-8")
    imports.import_plan(text_, actor=SYSTEM, now=office.now)
    units = [each.unit for each in parse_plan(text_).addressed_units]
    office.start("secretary", "campaign", **opening(office))
    given = {"actor": office.actor("secretary"), "now": office.now}
    start_case("campaign", MADE_UP, opening(office, units), **given)
    counts = []
    for code in (CAMPAIGN, MADE_UP):
        db.session.rollback()
        db.session.expunge_all()
        counts.append(len(statements(lambda code=code: of_campaign(code))))
        assert not db.session.new
        assert not db.session.dirty
    assert counts[0] == counts[1]


def test_response_of_a_unit_names_the_plan_above(signed_in, office, campaign):
    form = {"strands": ["dong-thuan-hop-tac"], "registration_closes": "2019-12-30"}
    office.start("officer", "response", **form)
    facts = of_campaign(f"{CAMPAIGN}-an-giang-tinh-bien-an-cu").facts
    assert facts["letterhead"]["body"] == "Ủy ban nhân dân xã An Cư"
    assert facts["recipients"] == ["Ủy ban nhân dân huyện Tịnh Biên (báo cáo)", "Lưu: VT"]
    assert [row["work"] for row in facts["schedule"]] == ["Thời gian thực hiện phong trào", "Đăng ký thi đua"]
    assert facts["bases"][0].startswith("Căn cứ ")
