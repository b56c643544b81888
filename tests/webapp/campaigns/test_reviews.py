"""A review: units report their figures, they become one, the conference is concluded."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.people import AN_PHU
from webapp.extensions import db
from webapp.models import Campaign, Task, UnitReport
from webapp.operations.acting import SYSTEM
from webapp.operations.imports import import_plan
from webapp.operations.refusals import InvalidForm
from webapp.queries.plans import plan_of
from workflows.plan import SHIPPED_PLANS
from workflows.rules.indicators import asked

REVIEW = "so-ket-2019"
PAGE = f"/campaigns/{CAMPAIGN}/reviews?review={REVIEW}"
POVERTY = "giam-ho-ngheo"


HELD = {
    "chair": "Nguyễn Văn A, Chủ tịch",
    "minute_taker": "Trần Thị B",
    "conclusions": "Biểu dương.",
    "assignments": [{"task": "Vận động thêm 5 căn nhà", "assigned_unit": AN_PHU, "due_on": "2020-03-01"}],
}


@scene
def collecting(office):
    """The reports of 2018 and of 2019 are asked of two communes."""
    return office.open_campaign()


def report_task(office, username, review=REVIEW, element="report_indicators"):
    unit = office.person(username).holdings[0].unit_id
    query = select(Task).where(Task.element == element, Task.status == "open", Task.unit_id == unit)
    return next(task for task in office.read(query) if task.items["milestone"]["code"] == review)


def asked_figures(office, review=REVIEW):
    [campaign] = office.read(select(Campaign).where(Campaign.code == CAMPAIGN))
    plan = plan_of(db.session(), campaign)
    return asked(plan, plan.review(review))


def figures(office, actual, review=REVIEW):
    """A row for each figure the review asks for, all with the same number."""
    return [
        {"figure": each.code, "state": "measured", "actual": actual} for each in asked_figures(office, review)
    ]


def weights(office, households, review=REVIEW):
    """A row for each number that figures are averaged by."""
    bases = dict.fromkeys(each.base for each in asked_figures(office, review))
    return [{"base": each, "value": households} for each in bases if each]


def send(office, username, actual, households, **more):
    review = more.pop("review", REVIEW)
    rows = {"figures": figures(office, actual, review), "weights": weights(office, households, review)}
    office.do(username, "report_indicators", task=report_task(office, username, review), **(rows | more))


def verify(office, username, decision="verify"):
    task = report_task(office, username, element="verify_report")
    reason = {} if decision == "verify" else {"return_reason": "Số liệu chưa khớp biên bản."}
    office.do(username, "verify_report", task=task, decision=decision, **reason)


def whole(page, year):
    """The line of all units for a year of the first indicator."""
    return page.one(
        f"section[aria-labelledby=indicator-{POVERTY}] .indicator-whole tbody tr:has(th:-soup-contains('{year}'))"
    ).get_text(" ", strip=True)


def test_verified_reports_become_one_figure_weighted_by_households(signed_in, office, collecting):
    send(office, "registrant", 4, 3000)
    send(office, "other_registrant", 1, 1000)
    verify(office, "officer")
    page = signed_in("secretary").get(PAGE)
    assert "4 1 1 chưa xác nhận Đạt" in whole(page, 2019)
    verify(office, "other_officer")
    page = signed_in("secretary").get(PAGE)
    assert "3,25 2 Đạt" in whole(page, 2019)
    units = page.all(f"section[aria-labelledby=indicator-{POVERTY}] .chart-bar")
    assert len(units) == 2
    assert {each["role"] for each in page.all(".chart-line svg")} == {"img"}
    assert "2/2 đơn vị có báo cáo đã xác nhận" in page.text


def test_who_verifies_sees_numbers_and_targets_side_by_side(signed_in, office, collecting):
    send(office, "registrant", 1, 3000)
    page = signed_in("officer").get(
        f"/tasks/{report_task(office, 'officer', element='verify_report').public_id}"
    )
    row = page.all(".unit-targets tbody tr:has(td:-soup-contains('2019'))")[0].get_text(" ", strip=True)
    assert row.endswith("2019 ≥ 2 1 Chưa đạt trọng số 3.000")


def test_whoever_has_to_report_is_reminded_with_the_last_day(signed_in, office, collecting):
    browser = signed_in("secretary")
    browser.get(PAGE)
    browser.submit("form[action$='/remind']")
    said = signed_in("registrant").get("/notices").text
    assert "Sắp đến hạn báo cáo chỉ tiêu" in said
    assert "Mốc: Sơ kết phong trào năm 2018. Hạn: 21/12/2018" in said


def test_consolidating_begins_with_the_figures(signed_in, office, collecting):
    for username, checker in (("registrant", "officer"), ("other_registrant", "other_officer")):
        send(office, username, 4, 3000)
        verify(office, checker)
    browser = signed_in("specialist")
    page = browser.get(f"/tasks/{office.task('consolidate_review', collecting).public_id}")
    page = browser.get(page.one(".icon-link")["href"])
    assert page.answer.request.path.endswith("/reviews")
    assert "2/2 đơn vị có báo cáo đã xác nhận" in page.text


def test_a_returned_report_does_not_count_and_begins_with_what_was_sent(signed_in, office, collecting):
    send(office, "registrant", 4, 3000)
    verify(office, "officer", "return")
    assert "chưa có số" in whole(signed_in("secretary").get(PAGE), 2019)
    page = signed_in("registrant").get(f"/tasks/{report_task(office, 'registrant').public_id}")
    assert {each["value"] for each in page.all("input[name^='figures-'][name$='-actual']")} == {"4"}


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        (lambda rows, weights: (rows[:-1], weights), "/figures", "figures_missing"),
        (lambda rows, weights: ([*rows, rows[0]], weights), "/figures", "figure_twice"),
        (
            lambda rows, weights: (rows, [{"base": weights[0]["base"]}, *weights[1:]]),
            "/weights/0/value",
            "required",
        ),
        (lambda rows, weights: (rows, []), "/weights", "figures_missing"),
        (lambda rows, weights: (rows, [*weights, weights[0]]), "/weights", "figure_twice"),
    ],
)
def test_each_figure_is_answered_once_with_its_weight(office, collecting, changed, pointer, code):
    rows, counted = changed(figures(office, 4), weights(office, 3000))
    with pytest.raises(InvalidForm) as refusal:
        send(office, "registrant", 4, 3000, figures=rows, weights=counted)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [(pointer, code)]
    assert office.read(select(UnitReport)) == []


def test_what_several_figures_are_averaged_by_is_asked_for_once(signed_in, office, collecting):
    page = signed_in("registrant").get(f"/tasks/{report_task(office, 'registrant').public_id}")
    form = page.form("form.task-form")
    assert not [name for name in form if name.startswith("figures-") and name.endswith("-weight")]
    asked_for = [
        value for name, value in form.items() if name.startswith("weights-") and name.endswith("-base")
    ]
    assert len(asked_for) == len(set(asked_for)) > 0
    send(office, "registrant", 4, 3000, review="so-ket-2018")
    task = report_task(office, "officer", "so-ket-2018", "verify_report")
    office.do("officer", "verify_report", task=task, decision="verify")
    form = (
        signed_in("registrant")
        .get(f"/tasks/{report_task(office, 'registrant').public_id}")
        .form("form.task-form")
    )
    known = {form[f"weights-{n}-base"]: form[f"weights-{n}-value"] for n in range(len(asked_for))}
    assert {base.rpartition("/")[2]: value for base, value in known.items()} == {"2018": "3000", "2019": ""}


def test_what_does_not_concern_a_unit_is_not_counted(signed_in, office, collecting):
    rows = [{"figure": row["figure"], "state": "not_concerned"} for row in figures(office, 0)]
    office.do("registrant", "report_indicators", task=report_task(office, "registrant"), figures=rows)
    verify(office, "officer")
    page = signed_in("secretary").get(PAGE)
    assert "chưa có số" in whole(page, 2019)
    assert "1 đơn vị không thuộc phạm vi: xã An Cư." in page.text


def test_a_unit_sees_its_own_numbers_and_those_of_all(signed_in, office, collecting):
    send(office, "registrant", 4, 3000)
    send(office, "other_registrant", 1, 1000)
    verify(office, "officer")
    verify(office, "other_officer")
    page = signed_in("officer").get(PAGE)
    assert "3,25" in whole(page, 2019)
    assert "xã An Phú" not in page.text
    assert "xã An Cư" in page.text
    signed_in("officer").get(f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/review_report.pdf", status=404)


def test_reports_are_closed_and_the_conference_is_concluded(signed_in, office, collecting):
    send(
        office, "registrant", 4, 3000, own_awards=[{"award": "Giấy khen", "collectives": 2, "individuals": 5}]
    )
    verify(office, "officer")
    address = f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/close"
    signed_in("officer").get(PAGE)
    signed_in("officer").post(address, {"reason": "Hết hạn."}, status=403)
    browser = signed_in("specialist")
    browser.get(PAGE)
    browser.post(address, {"reason": ""}, status=422)
    browser.get(PAGE)
    answer = browser.post(address, {"reason": "Đã nhắc ba lần."}).answer
    assert "Đã khép nhận báo cáo" in answer.get_data(as_text=True)
    browser.post(address, {"reason": "Lần nữa."}, status=409)
    task = office.task("consolidate_review", collecting)
    office.do("specialist", "consolidate_review", task=task, summary="Đạt tiến độ.")
    office.do("secretary", "conclude_review", collecting, **HELD)
    office.work()
    page = signed_in("secretary").get(PAGE)
    assert "Đã kết thúc" in page.text
    assert "Không báo cáo" in page.text
    told = page.one(".plain-list").get_text(" ", strip=True)
    assert told == "xã An Phú : Vận động thêm 5 căn nhà đến 01/03/2020"
    for document in ("review_report", "review_minutes"):
        answer = browser.client.get(f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/{document}.pdf")
        assert answer.data.startswith(b"%PDF")
    answer = browser.client.get(f"/campaigns/{CAMPAIGN}/reviews/{REVIEW}/review_report.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert [sheet.title for sheet in book] == ["Kết quả chung", "Từng đơn vị"]
    assert 4 in [row[4].value for row in book["Kết quả chung"].iter_rows(min_row=4)]


def test_who_closes_the_reports_sees_who_is_shut_out(signed_in, office, collecting):
    send(office, "registrant", 4, 3000)
    asked = " ".join(signed_in("specialist").get(PAGE).one(".close-reports").get_text().split())
    assert "1 đơn vị không còn báo cáo được nữa: xã An Phú." in asked


def pledge(office, target, **row):
    """The commune of An Cư registers itself, with a number for the poverty rate of 2019; it is accepted."""
    code = office.register(nominee_kind="commune", nominee_name="Xã An Cư", strand="ho-tro-dia-ban-ngheo")
    row = {"indicator": "Giảm nghèo", "pledge": "Giảm tỷ lệ hộ nghèo", "figure": f"{POVERTY}/2019", **row}
    office.do("officer", "fill_on_behalf", code, targets=[row | target], commitment="Cam kết.")
    office.do("officer", "check_registration", code, decision="accept")
    office.work()
    return code


@scene
def over_years(office):
    """The plan measures the income of poor households for the whole period, and asks for it at each review."""
    text = (SHIPPED_PLANS / f"{CAMPAIGN}.yaml").read_text("utf-8")
    once, always = (
        "years: [2020]\n    for_whom: Hộ nghèo",
        "years: [2018, 2019, 2020]\n    for_whom: Hộ nghèo",
    )
    import_plan(text.replace(once, always, 1), actor=SYSTEM, now=office.now)
    return office.open_campaign()


def test_a_number_of_the_whole_period_is_asked_for_anew_and_said_to_be_of_before(
    signed_in, office, over_years
):
    send(office, "registrant", 1, 3000, review="so-ket-2018")
    task = report_task(office, "officer", "so-ket-2018", "verify_report")
    office.do("officer", "verify_report", task=task, decision="verify")
    page = signed_in("registrant").get(f"/tasks/{report_task(office, 'registrant').public_id}")
    form = page.form("form.task-form")
    rows = [name.removesuffix("-figure") for name in form if name.endswith("-figure")]
    said = {form[f"{row}-figure"]: form[f"{row}-actual"] for row in rows}
    assert (said[f"{POVERTY}/2018"], said["thu-nhap-ho-ngheo/period"]) == ("1", "")
    told = signed_in("secretary").get(PAGE).one("section[aria-labelledby=indicator-thu-nhap-ho-ngheo]")
    assert "đến nay đạt 66,6%" in told.get_text(" ", strip=True)
    assert "số liệu của mốc trước" in told.get_text(" ", strip=True)
