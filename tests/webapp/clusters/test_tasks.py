"""The forms with points: one line a criterion, limits and totals beside it, what was typed kept on a fault."""

from tests import clustered
from tests.clustered import AN_CU, AN_PHU, CASE


def open_form(browser, office, element, unit=None):
    task = clustered.task_of(office, element, unit) if unit else office.task(element, CASE)
    browser.get(f"/tasks/{task.public_id}")
    if browser.page.all("form[action$='/take']"):
        browser.submit("form[action$='/take']")
    return browser.get(f"/tasks/{task.public_id}")


def total(page, index=0):
    return page.all("[data-score-total]")[index].get_text(strip=True)


def test_a_self_score_is_typed_saved_and_counted_without_a_script(signed_in, office, opened):
    browser = signed_in("other_officer")
    page = open_form(browser, office, "score_self", AN_PHU)
    assert total(page) == "0"
    assert "tối đa 15 · hệ số 1,2 · cần minh chứng" in page.text
    page = browser.submit(
        "form.score-form",
        act="draft",
        **{"scores-0-points": "14,5", "scores-1-points": "10", "scores-10-points": "2"},
    )
    assert total(page) == "24,5"
    assert page.one("#f-scores-0-points")["value"] == "14,5"


def test_a_fault_stands_at_its_line_and_nothing_typed_is_lost(signed_in, office, opened):
    browser = signed_in("other_officer")
    open_form(browser, office, "score_self", AN_PHU)
    fields = {f"scores-{row}-points": "1" for row in range(11)}
    page = browser.submit("form.score-form", status=422, act="complete", **fields | {"scores-0-points": "99"})
    assert page.one("#f-scores-0-points")["aria-invalid"] == "true"
    assert "15" in page.one("#f-scores-0-points-fault").get_text()
    assert page.one("#f-scores-1-evidence-fault")
    assert page.one("#f-scores-0-points")["value"] == "99"


def test_who_scores_another_sees_its_points_and_evidence(signed_in, office, opened):
    for unit in (AN_PHU, clustered.POLICE):
        clustered.score_self(office, unit)
    office.work()
    browser = signed_in("other_officer")
    page = open_form(browser, office, "score_cross", AN_PHU)
    assert page.one(".score-sheet h3").get_text() == "xã An Cư"
    assert page.all("td[data-label='Tự chấm']")[0].get_text(strip=True) == "14"
    assert browser.client.get(page.all(".score-told a")[0]["href"]).status_code == 200


def test_the_leader_finds_the_cross_scores_filled_in(signed_in, office, scored):
    browser = signed_in("officer")
    page = open_form(browser, office, "consolidate_scores")
    assert [total(page, row) for row in range(3)] == ["100,8", "90,6", "90,6"]
    browser.submit("form.score-form", act="complete")
    page = open_form(signed_in("secretary"), office, "verify_scores")
    assert page.all("td[data-label='Tổng hợp']")[0].get_text(strip=True) == "14"
    signed_in("secretary").submit("form.score-form", act="complete", decision="accept")
    assert office.task("cast_acclaim", CASE)


def test_a_vote_is_a_choice_of_the_others(signed_in, office, scored):
    clustered.consolidate(office)
    clustered.accept(office)
    page = open_form(signed_in("officer"), office, "cast_acclaim", AN_CU)
    offered = [label.get_text(strip=True) for label in page.all(".options .form-check-label")]
    assert offered == ["xã An Phú", "Công an huyện Tịnh Biên", "Không suy tôn đơn vị nào"]


def test_after_a_return_the_leaders_new_points_stand_in_the_form(signed_in, office, scored):
    clustered.consolidate(office)
    office.do("secretary", "verify_scores", CASE, decision="return", return_reason="Rà soát lại")
    task = office.task("consolidate_scores", CASE)
    rows = clustered.lines(office, task)
    rows[0] = rows[0] | {"points": 12.5}
    office.do("officer", "consolidate_scores", task=task, scores=rows)
    page = open_form(signed_in("secretary"), office, "verify_scores")
    assert page.one("#f-scores-0-points")["value"] == "12,5"


def test_votes_are_read_by_others_when_the_round_is_over(signed_in, office, scored):
    clustered.consolidate(office)
    clustered.accept(office)
    task = clustered.task_of(office, "cast_acclaim", AN_PHU)
    clustered.vote(office, AN_CU, AN_PHU)
    assert (
        "Đơn vị được suy tôn xã An Phú" not in signed_in("other_officer").get(f"/tasks/{task.public_id}").text
    )
    for unit in (AN_PHU, clustered.POLICE):
        clustered.vote(office, unit, AN_CU)
    office.work()
    page = signed_in("other_officer").get(f"/clusters/cases/{CASE}")
    assert "xã An Cư → xã An Phú" in page.text
