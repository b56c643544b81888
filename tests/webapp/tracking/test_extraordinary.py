"""An extraordinary merit on the pages: from the button of the campaign to the dossier."""

from sqlalchemy import select

from tests.factories import CAMPAIGN, STRAND
from tests.introducing import introduced
from tests.people import AN_CU
from webapp.models import Nomination

__all__ = ["introduced"]

MERIT = {
    "strand": STRAND,
    "nominee_kind": "individual",
    "nominee_name": "Trần Văn Cứu",
    "nominee_unit": AN_CU,
    "proposed_award": "certificate_of_merit",
    "merit_date": "01/12/2019",
    "merit": "Nhảy xuống kênh Trà Sư cứu hai em nhỏ bị đuối nước.",
    "found_by": "chairman",
}


def test_the_pages_lead_through_it(signed_in, office, campaign):
    chairman = signed_in("authority")
    page = chairman.get(f"/campaigns/{CAMPAIGN}")
    [button] = [link for link in page.all(".act-bar a") if "Khen thưởng đột xuất" in link.text]
    chairman.get(button["href"])
    chairman.submit(**MERIT)
    code = office.read(select(Nomination))[-1].case.code
    page = signed_in("officer").get(f"/nominations/{code}")
    assert "Khen thưởng đột xuất" in page.text
    table = signed_in("specialist").get("/nominations")
    assert code in table.text
    task = office.task("prepare_report", code)
    form = signed_in("specialist").get(f"/tasks/{task.public_id}").form("form.task-form")
    assert (form["name_on_paper"], form["achievement_summary"]) == (MERIT["nominee_name"], MERIT["merit"])
    office.do("specialist", "prepare_report", code)
    steps = signed_in("specialist").get(f"/nominations/{code}").all(".step")
    assert [(step.select_one(".step-name").text.strip(), step["class"][-1]) for step in steps] == [
        ("Lập hồ sơ", "step-done"),
        ("Chủ tịch xem xét", "step-current"),
        ("Quyết định", "step-ahead"),
    ]


def test_an_exemplar_is_nominated_for_one(signed_in, office, introduced):
    page = signed_in("specialist").get(f"/exemplars/{introduced}")
    [url] = [link["href"] for link in page.all(".exemplar-links a") if "Khen thưởng đột xuất" in link.text]
    form = signed_in("specialist").get(url).form()
    assert (form["exemplar"], form["nominee_unit"], form["nominee_kind"]) == (introduced, AN_CU, "collective")


def test_the_merit_of_an_exemplar_is_awarded_and_not_its_story(signed_in, office, introduced):
    """The story is of years; what is awarded happened one day."""
    chairman = signed_in("authority")
    chairman.get(f"/campaigns/{CAMPAIGN}/start/extraordinary?exemplar={introduced}")
    chairman.submit(**{**MERIT, "nominee_kind": "collective", "nominee_name": "Tổ nuôi bò giúp nhau"})
    code = office.read(select(Nomination))[-1].case.code
    task = office.task("prepare_report", code)
    form = signed_in("specialist").get(f"/tasks/{task.public_id}").form("form.task-form")
    assert form["achievement"] == form["achievement_summary"] == MERIT["merit"]


def test_the_chairman_reads_the_conditions_beside_the_decision(signed_in, office, campaign):
    """A second merit of somebody with a dossier in the same year: nobody is barred, and he is told."""
    for _each in range(2):
        chairman = signed_in("authority")
        page = chairman.get(f"/campaigns/{CAMPAIGN}")
        [button] = [link for link in page.all(".act-bar a") if "Khen thưởng đột xuất" in link.text]
        chairman.get(button["href"])
        chairman.submit(**MERIT)
    code = office.read(select(Nomination).order_by(Nomination.id))[-1].case.code
    office.do("specialist", "prepare_report", code, name_on_paper=MERIT["nominee_name"])
    task = office.task("consider_award", code)
    found = signed_in("authority").get(f"/tasks/{task.public_id}").one("section[aria-labelledby=found-title]")
    assert "Cần xem xét" in found.get_text()
    assert "Một thành tích" in found.get_text()


def begin(browser, status=200, **changes):
    page = browser.get(f"/campaigns/{CAMPAIGN}")
    [button] = [link for link in page.all(".act-bar a") if "Khen thưởng đột xuất" in link.text]
    browser.get(button["href"])
    return browser.submit(status=status, **{**MERIT, **changes})


def test_a_merit_lies_within_the_campaign_and_one_of_an_earlier_year_is_looked_at(
    signed_in, office, campaign
):
    chairman = signed_in("authority")
    page = begin(chairman, 422, merit_date="31/12/2017")
    assert "“Ngày lập thành tích” không được trước 01/01/2018, ngày phong trào bắt đầu" in page.text
    begin(chairman, merit_date="20/12/2018")
    code = office.read(select(Nomination))[-1].case.code
    told = "Thành tích năm 2018 trong đợt xét năm 2019"
    assert told in chairman.get(f"/nominations/{code}").text
    office.do("specialist", "prepare_report", code, name_on_paper=MERIT["nominee_name"])
    assert told in chairman.get(f"/tasks/{office.task('consider_award', code).public_id}").text
    begin(chairman, nominee_name="Lê Thị Dũng")
    assert told not in chairman.get(f"/nominations/{office.read(select(Nomination))[-1].case.code}").text
