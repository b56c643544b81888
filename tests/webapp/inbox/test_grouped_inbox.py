"""The list in groups, how far one has come with its tasks, and a refresh that says what is new."""

import pytest

from tests.offices import scene
from tests.statements import statements
from webapp.operations.tasks import save_draft, take_task


@scene
def mixed(office):
    """On the common list of An Cư: three registrations to fill in, two nominations to prepare."""
    office.open_campaign()
    for name in ("Trần Văn Ất", "Lê Thị Bính", "Phạm Văn Đinh"):
        office.register(nominee_name=name)
    return [office.nominate(nominee_name=name) for name in ("Võ Thị Kỷ", "Hồ Văn Mậu")]


@pytest.fixture
def officer(signed_in, mixed):
    return signed_in("officer")


def heads(page):
    return [head.get_text(" ", strip=True) for head in page.all("#inbox-list .group-row")]


def names(page):
    return [cell.get_text(strip=True) for cell in page.all("#inbox-list .cell-who")]


def test_groups_have_a_head_with_their_count_and_the_earliest_due_first(officer):
    page = officer.get("/inbox/common?group=kind")
    assert sorted(heads(page)) == ["Lập thay hồ sơ đề nghị 2", "Lập thay phiếu đăng ký 3"]
    assert len(page.all("#inbox-list tbody")) == 2
    assert heads(officer.get("/inbox/common?group=session")) == ["Không thuộc phiên họp nào của Hội đồng 5"]
    [campaign] = heads(officer.get("/inbox/common?group=campaign"))
    assert campaign.endswith(" 5")
    assert not heads(officer.get("/inbox/common?group=nonsense"))


def test_a_group_that_does_not_fit_goes_on_under_its_head_on_the_next_page(officer, office):
    for number in range(24):
        office.register(nominee_name=f"Nguyễn Văn {number:02d}")
    first = officer.get("/inbox/common?group=kind")
    second = officer.get(first.one(".pager [rel=next]")["href"])
    assert len(names(first)) == 25
    assert len(names(second)) == 4
    assert not set(names(first)) & set(names(second))
    both = heads(first) + heads(second)
    assert "Lập thay phiếu đăng ký 27" in both
    assert "Lập thay hồ sơ đề nghị 2" in both


def test_filters_and_groups_go_together(officer):
    page = officer.get("/inbox/common?group=kind&kind=nomination.prepare_on_behalf")
    assert heads(page) == ["Lập thay hồ sơ đề nghị 2"]
    assert page.one("#filter-group option[selected]")["value"] == "kind"


def test_working_through_a_group_stays_in_it_and_leads_back_to_the_groups(officer, mixed):
    page = officer.get("/inbox/common?group=kind")
    button = next(form for form in page.all("#inbox-list form") if "prepare_on_behalf" in form["action"])
    assert "kind=nomination.prepare_on_behalf" in button["action"]
    page = officer.post(button["action"])
    assert "/ 2" in page.one(".task-progress").get_text()
    assert page.one(".back-link")["href"] == "/inbox/common?group=kind"


def test_neighbours_of_a_task_are_looked_at_without_taking_them(officer, office):
    task = office.task("fill_on_behalf").public_id
    page = officer.get(f"/tasks/{task}?tab=common&kind=registration.fill_on_behalf")
    assert page.one(".task-progress").get_text(strip=True) == "3 / 3"
    page = officer.get(page.one(".task-place [rel=prev]")["href"])
    assert page.one(".task-progress").get_text(strip=True) == "2 / 3"
    assert page.one(".task-place [rel=next]")["href"].startswith(f"/tasks/{task}")
    assert page.all(".notice form[action*=take]")
    assert office.task("fill_on_behalf").holder_id is None


def test_number_of_statements_does_not_grow_with_the_groups(officer, office):
    counts = []
    for more in (1, 30):
        for number in range(more):
            office.nominate(nominee_name=f"Nguyễn Văn {more} {number}")
        officer.get("/inbox/common?group=session")
        counts.append(len(statements(lambda: officer.get("/inbox/common?group=session"))))
    assert counts[0] == counts[1] <= 12


def test_a_task_is_new_until_its_page_is_opened_and_in_work_with_a_draft(officer, signed_in, office):
    assert len(officer.get("/inbox/common").all("tr.is-unread")) == 5
    task = office.task("fill_on_behalf").public_id
    officer.get(f"/tasks/{task}")
    page = officer.get("/inbox/common")
    assert len(page.all("tr.is-unread")) == 4
    assert "Chưa mở" not in page.one(f"tr:has(#task-{task})").get_text()
    assert len(signed_in("colleague").get("/inbox/common").all("tr.is-unread")) == 5, (
        "each has their own marks"
    )

    take_task(task, actor=office.actor("officer"), now=office.now)
    assert "đang làm" in signed_in("officer").get("/inbox/mine").one("#inbox-list").get_text()
    assert len(statements(lambda: officer.get(f"/tasks/{task}"))) == len(
        statements(lambda: officer.get(f"/tasks/{task}"))
    )


def test_a_draft_left_on_a_task_given_back_is_still_in_work(officer, office):
    from webapp.operations.tasks import give_back_task

    task, actor = office.task("fill_on_behalf").public_id, office.actor("officer")
    take_task(task, actor=actor, now=office.now)
    save_draft(task, {"commitment": "Cam kết"}, actor=actor, now=office.now)
    give_back_task(task, actor=actor, now=office.now)
    assert "đang làm" in officer.get("/inbox/common").one(f"tr:has(#task-{task})").get_text()


def test_looking_at_a_task_of_others_marks_nothing(signed_in, office, mixed):
    task = office.task("fill_on_behalf").public_id
    signed_in("specialist").get(f"/tasks/{task}")
    assert len(signed_in("officer").get("/inbox/common").all("tr.is-unread")) == 5


def test_the_refresh_says_how_many_are_new(officer, office):
    address = officer.get("/inbox/common").one("#inbox-list")["hx-get"]
    office.move(hours=1)
    office.register(nominee_name="Trần Thị Mậu")
    office.register(nominee_name="Trần Thị Kỷ")
    text = officer.client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "Có 2 việc mới. Danh sách vừa thay đổi" in text
    assert (
        officer.client.get(address.replace("since=", "since=x"), headers={"HX-Request": "true"}).status_code
        == 200
    )
